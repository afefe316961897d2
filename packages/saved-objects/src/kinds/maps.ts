import type { Fields } from '@podscope/core';
import type { Bucket, GeohashGridBucket, TermsBucketOf } from '../aggregations/buckets.ts';
import type { FieldFor } from '../aggregations/fieldTypes.ts';
import type { Metric, PlainMetricOf, SiblingMetricOf, TopNumberOf } from '../aggregations/metrics.ts';
import { storedAggregations } from '../aggregations/storedAggregations.ts';
import type { DataView } from '../dataView.ts';
import { specInvalid } from '../specInvalid.ts';
import type { ColorSchema } from './colors.ts';
import { placed } from './lists.ts';
import { type CommonOptions, type Visualization, visualization } from './visualization.ts';

/** A map of a server of the Web Map Service below what is drawn. */
export interface WmsLayer {
  readonly url: string;
  readonly version?: string;
  readonly layers?: string;
  readonly format?: string;
  readonly transparent?: boolean;
  readonly attribution?: string;
  readonly styles?: string;
}

/** How every map looks. */
export interface MapLook {
  /** @default 2 */
  readonly zoom?: number;
  /** Latitude and longitude. @default [0, 0] */
  readonly center?: readonly [latitude: number, longitude: number];
  /** @default 'bottomright' */
  readonly legend?: 'bottomright' | 'bottomleft' | 'topright' | 'topleft';
  /** @default 'Yellow to Red' */
  readonly colorSchema?: ColorSchema;
  /** @default true */
  readonly tooltip?: boolean;
  /** @default the product's own map */
  readonly wms?: WmsLayer;
}

/** The shapes of a region map, as the product keeps the one that was chosen (`VectorLayer` in src/plugins/maps_legacy). */
export interface RegionLayer {
  readonly name: string;
  /** @default the origin and the name */
  readonly layerId?: string;
  /** Where the shapes are. */
  readonly url: string;
  /** @default 'geojson' */
  readonly format?: 'geojson' | 'topojson';
  /** Where the shapes are inside a file of TopoJSON. */
  readonly featureCollectionPath?: string;
  readonly attribution?: string;
  /** What shapes can be joined by. */
  readonly fields: readonly { readonly name: string; readonly description: string }[];
}

/** Options of {@link regionMap}. */
export interface RegionMapOptions<F extends Fields> extends CommonOptions, MapLook {
  /** What colours a region. */
  readonly value: PlainMetricOf<F> | TopNumberOf<F> | SiblingMetricOf<F>;
  /** The field whose values name regions. */
  readonly regions: TermsBucketOf<F>;
  /** The shapes. @default the first that the product has */
  readonly layer?: RegionLayer;
  /** The name of the layer's field that has the same values. @default the layer's first */
  readonly joinField?: string;
  /** Warn of values without a region. @default true */
  readonly warnings?: boolean;
  /** Show regions without a value. @default true */
  readonly allShapes?: boolean;
  /** Width of a region's border. @default 1 */
  readonly outlineWeight?: number;
}

/** Options of {@link tileMap}. */
export interface TileMapOptions<F extends Fields> extends CommonOptions, MapLook {
  /** What sizes or colours a mark. */
  readonly value: PlainMetricOf<F> | TopNumberOf<F>;
  /** Where the marks are. */
  readonly places: GeohashGridBucket<FieldFor<F, 'geohashGrid'>>;
  /** @default 'circles' */
  readonly marks?: 'circles' | 'shaded circles' | 'grid' | 'heat';
  /** How large spots of heat are. @default 1.5 */
  readonly heatSize?: number;
  /** Take the colours from the map below. @default true */
  readonly desaturated?: boolean;
}

/** What maps have without the catalogue's types. */
export interface LooseMapOptions extends CommonOptions, MapLook {
  readonly value: Metric | readonly Metric[];
  readonly buckets: readonly Bucket[];
}

const MARKS = { circles: 'Scaled Circle Markers', 'shaded circles': 'Shaded Circle Markers', grid: 'Shaded Geohash Grid', heat: 'Heatmap' } as const;

function mapParams(options: MapLook): Record<string, unknown> {
  const { wms } = options;
  return {
    legendPosition: options.legend ?? 'bottomright',
    addTooltip: options.tooltip ?? true,
    colorSchema: options.colorSchema ?? 'Yellow to Red',
    mapZoom: options.zoom ?? 2,
    mapCenter: options.center === undefined ? [0, 0] : [...options.center],
    wms: {
      enabled: wms !== undefined,
      url: wms?.url ?? '',
      options: {
        version: wms?.version ?? '',
        layers: wms?.layers ?? '',
        format: wms?.format ?? 'image/png',
        transparent: wms?.transparent ?? true,
        attribution: wms?.attribution ?? '',
        styles: wms?.styles ?? '',
      },
    },
  };
}

function aggregations(type: 'region_map' | 'tile_map', id: string, view: DataView, { value, buckets }: LooseMapOptions) {
  const metrics = Array.isArray(value) ? (value as readonly Metric[]) : [value as Metric];
  return storedAggregations(view, { type, id, metrics, buckets: placed(buckets, 'segment') });
}

type RegionLook = Pick<RegionMapOptions<Fields>, 'layer' | 'joinField' | 'warnings' | 'allShapes' | 'outlineWeight'>;

/** A region map, without the catalogue's types; defaults from src/plugins/region_map/public/region_map_type.js. */
export function looseRegionMap(id: string, title: string, view: DataView, options: LooseMapOptions & RegionLook): Visualization {
  const params = {
    ...mapParams(options),
    emsHotLink: '',
    isDisplayWarning: options.warnings ?? true,
    outlineWeight: options.outlineWeight ?? 1,
    showAllShapes: options.allShapes ?? true,
    ...layerParams(id, options),
  };
  return visualization({ id, title, kind: 'regionMap', view, aggs: aggregations('region_map', id, view, options), options, params });
}

function layerParams(id: string, { layer, joinField }: RegionLook): Record<string, unknown> {
  if (layer === undefined) {
    if (joinField !== undefined) throw specInvalid(`The region map "${id}" names a field to join by and no layer.`, 'Pass the layer, too.');
    return {};
  }
  const fields = layer.fields.map((field) => ({ type: 'property', ...field }));
  const join = joinField === undefined ? fields[0] : fields.find(({ name }) => name === joinField);
  if (join === undefined) throw specInvalid(`The layer of the region map "${id}" has no field "${String(joinField)}".`, `Use one of ${fields.map(({ name }) => name).join(', ')}.`);
  const { name, layerId = `self_hosted.${name}`, url, format = 'geojson', featureCollectionPath, attribution } = layer;
  const selectedLayer = {
    attribution: attribution ?? '',
    name,
    layerId,
    url,
    format: { type: format, ...(featureCollectionPath === undefined ? {} : { feature_collection_path: featureCollectionPath }) },
    fields,
    isEMS: false,
  };
  return { selectedLayer, selectedJoinField: join };
}

/** Regions coloured by a metric. */
export function regionMap<F extends Fields>(id: string, title: string, view: DataView<F>, options: RegionMapOptions<F>): Visualization {
  return looseRegionMap(id, title, view, { ...options, value: options.value as Metric, buckets: [options.regions as Bucket] });
}

/** A map with marks, without the catalogue's types; defaults from src/plugins/tile_map/public/tile_map_type.js. */
export function looseTileMap(id: string, title: string, view: DataView, options: LooseMapOptions & Pick<TileMapOptions<Fields>, 'marks' | 'heatSize' | 'desaturated'>): Visualization {
  const params = { ...mapParams(options), mapType: MARKS[options.marks ?? 'circles'], isDesaturated: options.desaturated ?? true, heatClusterSize: options.heatSize ?? 1.5 };
  return visualization({ id, title, kind: 'tileMap', view, aggs: aggregations('tile_map', id, view, options), options, params });
}

/** Marks on a map. */
export function tileMap<F extends Fields>(id: string, title: string, view: DataView<F>, options: TileMapOptions<F>): Visualization {
  return looseTileMap(id, title, view, { ...options, value: options.value as Metric, buckets: [options.places] });
}
