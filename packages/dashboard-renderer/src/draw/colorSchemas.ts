/**
 * ColorBrewer's palettes, between whose colours the product's maps lie
 * (src/plugins/charts/public/static/color_maps/color_maps.ts of 2.8).
 */
const SCHEMAS: Readonly<Record<string, string>> = {
  Blues: 'f7fbff deebf7 c6dbef 9ecae1 6baed6 4292c6 2171b5 08519c 08306b',
  Greens: 'f7fcf5 e5f5e0 c7e9c0 a1d99b 74c476 41ab5d 238b45 006d2c 00441b',
  Greys: 'ffffff f0f0f0 d9d9d9 bdbdbd 969696 737373 525252 252525 000000',
  Reds: 'fff5f0 fee0d2 fcbba1 fc9272 fb6a4a ef3b2c cb181d a50f15 67000d',
  'Yellow to Red': 'ffffcc ffeda0 fed976 feb24c fd8d3c fc4e2a e31a1c bd0026 800026',
  'Green to Red': '006837 1a9850 66bd63 a6d96a d9ef8b ffffbf fee08b fdae61 f46d43 d73027 a50026',
};

/** Colours that the product's maps hold, taken from 256; between them it goes straight. */
const STOPS = 511;
const SHADES = 256;

/** The colour of a share from 0 to 1 in a schema; an unknown schema is "Green to Red", as in new visualizations. */
export function schemaColor(share: number, schema: unknown): string {
  const palette = (SCHEMAS[String(schema)] ?? (SCHEMAS['Green to Red'] as string)).split(' ').map((hex) => [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)));
  const exact = (at: number): readonly number[] => between(palette, (Math.min(SHADES - 1, Math.floor((at / STOPS) * SHADES)) / (SHADES - 1)) * (palette.length - 1));
  const place = Math.min(1, Math.max(0, share)) * STOPS;
  const stop = Math.min(STOPS - 1, Math.floor(place));
  const channels = between([exact(stop), exact(stop + 1)], place - stop);
  return `rgb(${channels.map((channel) => Math.round(channel)).join(',')})`;
}

function between(colors: readonly (readonly number[])[], place: number): readonly number[] {
  const low = Math.min(colors.length - 2, Math.floor(place));
  const [from, to] = [colors[low] as readonly number[], colors[low + 1] as readonly number[]];
  return from.map((channel, at) => channel + ((to[at] as number) - channel) * (place - low));
}

/** A class of values with its name and colour. */
export interface ColorClass {
  readonly from: number;
  readonly to: number;
  readonly label: string;
  readonly color: string;
}

/** The ranges of a visualization with their colours: the reader's own, or those of the schema from its first to its last. */
export function colorClasses(
  ranges: readonly { readonly from: number; readonly to: number }[],
  { schema, inverted, own, label }: { readonly schema: unknown; readonly inverted: boolean; readonly own: Readonly<Record<string, unknown>>; label(value: number): string },
): readonly ColorClass[] {
  const last = Math.max(1, ranges.length - 1);
  return ranges.map(({ from, to }, at) => {
    const name = `${label(from)} - ${label(to)}`;
    const mine = own[name];
    return { from, to, label: name, color: typeof mine === 'string' ? mine : schemaColor(inverted ? 1 - at / last : at / last, schema) };
  });
}

/** The class of a value: the one that it is in, or the nearest. */
export function classOf(classes: readonly ColorClass[], value: number | null): ColorClass | undefined {
  if (value === null) return undefined;
  const inside = classes.find(({ from, to }) => value >= from && value < to);
  return inside ?? (value < (classes[0]?.from ?? 0) ? classes[0] : classes.at(-1));
}
