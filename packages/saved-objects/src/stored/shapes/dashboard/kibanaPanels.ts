/** Of a panel with anomalies that machine learning found (x-pack/plugins/ml/public/embeddables/types.ts of Kibana). */
export interface AnomalyPanelConfig {
  readonly jobIds?: readonly string[];
  readonly swimlaneType?: 'overall' | 'viewBy';
  /** The field whose values have a lane each. */
  readonly viewBy?: string;
  readonly perPage?: number;
  readonly maxSeriesToPlot?: number;
  readonly severityThreshold?: number | null;
}

/** Of a panel with a picture (Kibana from 8.7; src/plugins/image_embeddable/public/types.ts). */
export interface ImagePanelConfig {
  readonly imageConfig?: ImageConfig;
}

/** A picture, and how it fills its panel. */
export interface ImageConfig {
  readonly src?: ImageFile | ImageAddress;
  readonly altText?: string;
  readonly sizing?: ImageSizing;
  readonly backgroundColor?: string;
}

/** How a picture fills its panel. */
export interface ImageSizing {
  readonly objectFit: 'fill' | 'contain' | 'cover' | 'none';
}

/** A picture at an address. */
export interface ImageAddress {
  readonly type: 'url';
  readonly url: string;
}

/** A picture that was uploaded. */
export interface ImageFile {
  readonly type: 'file';
  readonly fileId: string;
  readonly fileImageMeta?: ImageFileMeta;
}

/** What an uploaded picture looks like before it is loaded. */
export interface ImageFileMeta {
  readonly blurHash?: string;
  readonly width: number;
  readonly height: number;
}
