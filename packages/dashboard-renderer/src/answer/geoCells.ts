/** A place on the earth, in degrees. */
export interface GeoPlace {
  readonly lat: number;
  readonly lon: number;
}

const GEOHASH = '0123456789bcdefghjkmnpqrstuvwxyz';

/** The middle of a cell by its key: a geohash, or zoom/x/y of a tile. Undefined for a key that is neither. */
export function cellCentre(key: string, type: string): GeoPlace | undefined {
  return type === 'geotile_grid' ? tileCentre(key) : geohashCentre(key);
}

function geohashCentre(key: string): GeoPlace | undefined {
  const lat = [-90, 90];
  const lon = [-180, 180];
  let upright = false;
  for (const char of key) {
    const bits = GEOHASH.indexOf(char);
    if (bits < 0) return undefined;
    for (let bit = 4; bit >= 0; bit--) {
      const side = upright ? lat : lon;
      const middle = ((side[0] as number) + (side[1] as number)) / 2;
      side[((bits >> bit) & 1) === 1 ? 0 : 1] = middle;
      upright = !upright;
    }
  }
  return key === '' ? undefined : { lat: ((lat[0] as number) + (lat[1] as number)) / 2, lon: ((lon[0] as number) + (lon[1] as number)) / 2 };
}

function tileCentre(key: string): GeoPlace | undefined {
  const [zoom, x, y] = key.split('/').map(Number);
  if (zoom === undefined || x === undefined || y === undefined || [zoom, x, y].some((part) => !Number.isInteger(part))) return undefined;
  const tiles = 2 ** zoom;
  return { lon: ((x + 0.5) / tiles) * 360 - 180, lat: (Math.atan(Math.sinh(Math.PI * (1 - (2 * (y + 0.5)) / tiles))) * 180) / Math.PI };
}
