/** A place: `lat`/`lon`, `[lon, lat]`, "lat,lon" or a geohash. */
export type GeoPlace = GeoLatLon | readonly number[] | string;

/** A place as numbers. */
export interface GeoLatLon {
  readonly lat: number | string;
  readonly lon: number | string;
}

/** A box on the map. */
export interface GeoBox {
  readonly top_left?: GeoPlace;
  readonly bottom_right?: GeoPlace;
  readonly top_right?: GeoPlace;
  readonly bottom_left?: GeoPlace;
  readonly top?: number;
  readonly left?: number;
  readonly bottom?: number;
  readonly right?: number;
  readonly wkt?: string;
}

/** By name: the box of the field; options stand beside it. */
export interface GeoBoundingBoxQuery {
  readonly ignore_unmapped?: boolean;
  readonly validation_method?: GeoValidation;
  readonly type?: 'memory' | 'indexed';
  readonly boost?: number;
  readonly _name?: string;
  readonly [field: string]: GeoBox | boolean | number | string | undefined;
}

/** How strictly places are read. */
export type GeoValidation = 'STRICT' | 'COERCE' | 'IGNORE_MALFORMED';

/** By name: the place that the field has to be near; the distance and options stand beside it. */
export interface GeoDistanceQuery {
  readonly distance: string | number;
  readonly distance_type?: 'arc' | 'plane';
  readonly unit?: string;
  readonly validation_method?: GeoValidation;
  readonly ignore_unmapped?: boolean;
  readonly boost?: number;
  readonly _name?: string;
  readonly [field: string]: GeoPlace | boolean | number | undefined;
}

/** The corners of a polygon. */
export interface GeoPolygonPoints {
  readonly points: readonly GeoPlace[];
}

/** By name: the polygon of the field; options stand beside it. */
export interface GeoPolygonQuery {
  readonly ignore_unmapped?: boolean;
  readonly validation_method?: GeoValidation;
  readonly boost?: number;
  readonly _name?: string;
  readonly [field: string]: GeoPolygonPoints | boolean | number | string | undefined;
}

/** A shape, and how the field relates to it. */
export interface GeoShapeOptions {
  readonly shape?: GeoShape;
  readonly indexed_shape?: IndexedShape;
  readonly relation?: GeoRelation;
  readonly strategy?: 'recursive' | 'term';
}

/** How two shapes relate. */
export type GeoRelation = 'INTERSECTS' | 'DISJOINT' | 'WITHIN' | 'CONTAINS' | 'intersects' | 'disjoint' | 'within' | 'contains';

/** A GeoJSON geometry. */
export interface GeoShape {
  readonly type: string;
  readonly coordinates?: GeoCoordinates;
  readonly geometries?: readonly GeoShape[];
  readonly orientation?: string;
  readonly radius?: string | number;
}

/** A number, a position, a line of positions and so on. */
export type GeoCoordinates = readonly (number | GeoCoordinates)[];

/** A shape that is stored in an index. */
export interface IndexedShape {
  readonly id: string;
  readonly index?: string;
  readonly path?: string;
  readonly routing?: string;
  readonly type?: string;
}

/** By name: the shape of the field; options stand beside it. */
export interface GeoShapeQuery {
  readonly ignore_unmapped?: boolean;
  readonly boost?: number;
  readonly _name?: string;
  readonly [field: string]: GeoShapeOptions | boolean | number | string | undefined;
}
