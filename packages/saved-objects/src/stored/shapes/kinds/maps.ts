import type { Numeric } from '../aggregations/jsonInput.ts';
import type { ColorSchema, Nothing, CommonVisParams } from './chart.ts';
import type { Dimension, MapDimensions } from './dimensions.ts';

/** What both kinds of maps have (src/plugins/maps_legacy/public/common/types of OpenSearch Dashboards and Kibana 7.10). */
export interface MapParams extends CommonVisParams {
  readonly addTooltip?: boolean;
  readonly legendPosition?: 'bottomleft' | 'bottomright' | 'topleft' | 'topright';
  readonly colorSchema?: ColorSchema;
  readonly mapZoom?: Numeric;
  readonly mapCenter?: readonly number[] | MapPoint;
  readonly wms?: Wms;
}

/** A place. */
export interface MapPoint {
  readonly lat?: number;
  readonly lon?: number;
}

/** The map beneath: a service of tiles, or a Web Map Service. */
export interface Wms {
  readonly enabled?: boolean;
  readonly url?: string | null;
  readonly options?: WmsOptions;
  readonly selectedTmsLayer?: TmsLayer | null;
  readonly tmsLayers?: readonly TmsLayer[];
  /** Of the running page; of no use. */
  readonly baseLayersAreLoaded?: KeptPromise;
}

/** What JSON makes of a promise: nothing, or the innards of core-js (src/plugins/maps_legacy/public/map/base_maps_visualization.js). */
export interface KeptPromise {
  readonly _c?: readonly Nothing[];
  readonly _s?: number;
  readonly _d?: boolean;
  readonly _v?: boolean | Nothing;
  readonly _h?: number;
  readonly _n?: boolean;
}

/** Parameters of a Web Map Service. */
export interface WmsOptions {
  readonly version?: string;
  readonly layers?: string;
  readonly format?: string;
  readonly transparent?: boolean;
  readonly attribution?: string;
  readonly styles?: string;
}

/** A service of tiles (src/plugins/maps_legacy/public/map/service_settings.js). */
export interface TmsLayer {
  readonly id?: string;
  readonly origin?: LayerOrigin;
  readonly url?: string;
  readonly minZoom?: number;
  readonly maxZoom?: number;
  readonly attribution?: string;
  readonly subdomains?: readonly string[];
  readonly default?: boolean;
  readonly tms?: boolean;
  readonly $$hashKey?: string;
}

/** Who offers a layer (src/plugins/maps_legacy/public/common/constants/origin.ts). */
export type LayerOrigin = 'elastic_maps_service' | 'opensearch_maps_service' | 'self_hosted' | 'user-upload';

/** Parameters of a map of places (src/plugins/tile_map/public/tile_map_type.js of OpenSearch Dashboards). */
export interface TileMapParams extends MapParams {
  readonly type?: 'tile_map';
  readonly mapType?: 'Scaled Circle Markers' | 'Shaded Circle Markers' | 'Shaded Geohash Grid' | 'Heatmap' | 'Pins';
  readonly isDesaturated?: boolean;
  readonly heatClusterSize?: Numeric;
  /** Before 6. */
  readonly heatMaxZoom?: Numeric;
  readonly heatMinOpacity?: Numeric;
  readonly heatRadius?: Numeric;
  readonly heatBlur?: Numeric;
  readonly heatNormalizeData?: boolean;
  readonly dimensions?: MapDimensions;
}

/** Parameters of a map of regions (src/plugins/region_map/public/region_map_type.js of OpenSearch Dashboards). */
export interface RegionMapParams extends MapParams {
  readonly type?: 'region_map';
  readonly emsHotLink?: string | null;
  readonly isDisplayWarning?: boolean;
  readonly outlineWeight?: Numeric | null;
  readonly showAllShapes?: boolean;
  readonly selectedLayer?: VectorLayer | null;
  readonly selectedJoinField?: JoinField | null;
  /** OpenSearch Dashboards 2.2 on: a layer of one's own. */
  readonly layerChosenByUser?: 'default' | 'custom';
  readonly selectedCustomLayer?: VectorLayer | null;
  readonly selectedCustomJoinField?: JoinField | null;
  readonly metric?: Dimension | null;
  readonly bucket?: Dimension | null;
}

/** Shapes of regions. */
export interface VectorLayer {
  readonly layerId?: string;
  readonly id?: string | number;
  readonly name?: string;
  readonly origin?: LayerOrigin;
  readonly isEMS?: boolean;
  readonly url?: string;
  readonly format?: 'geojson' | 'topojson' | LayerFormat;
  /** `false` where the index of a layer of one's own could not be asked. */
  readonly fields?: readonly JoinField[] | false;
  readonly meta?: LayerMeta | null;
  readonly attribution?: string;
  readonly created_at?: string;
  readonly tags?: readonly string[];
  readonly weight?: number;
  readonly $$hashKey?: string;
}

/** How shapes are written. */
export interface LayerFormat {
  readonly type?: 'geojson' | 'topojson';
}

/** Where in the file shapes are. */
export interface LayerMeta {
  readonly feature_collection_path?: string;
}

/** A property of shapes that values are matched with. */
export interface JoinField {
  readonly name?: string;
  readonly description?: string;
  /** The name itself in a layer of one's own. */
  readonly type?: string;
  readonly values?: readonly string[];
  readonly $$hashKey?: string;
}
