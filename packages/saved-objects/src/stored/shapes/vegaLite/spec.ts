import type { DataRow } from '../dataValue.ts';
import type { HostConfig } from '../vega/hostConfig.ts';
import type { ByRowColumn, LayoutAlign } from '../vega/layout.ts';
import type { AutoSize, Padding } from '../vega/spec.ts';
import type { LiteFacetChannel } from './channels.ts';
import type { LiteConfig, LiteStepSize, LiteViewBackground } from './config.ts';
import type { LiteData, LiteDatasets } from './data.ts';
import type { LiteEncoding } from './encoding.ts';
import type { LiteTitle } from './guides.ts';
import type { LiteMark } from './marks.ts';
import type { LiteParameter, LiteSelections } from './parameters.ts';
import type { LiteProjection } from './projection.ts';
import type { LiteTransform } from './transforms.ts';
import type { ExprNumber, ExprOr, ExprText } from './values.ts';

/** A specification in Vega-Lite 2–5 (https://vega.github.io/vega-lite/docs/spec.html). */
export interface VegaLiteSpec extends LiteView {
  readonly $schema?: string;
  readonly autosize?: AutoSize;
  readonly background?: ExprText | null;
  readonly padding?: ExprOr<Padding>;
  readonly config?: LiteConfig;
  readonly datasets?: LiteDatasets;
  readonly usermeta?: DataRow;
  /** As `config.kibana`, of Kibana 6.2 and earlier. */
  readonly _hostConfig?: HostConfig;
}

/**
 * A view: of one `mark`, of several in `layer`, of several beside each other (`concat`, `hconcat`, `vconcat`), or of
 * `spec` for each value (`facet`) or field (`repeat`).
 */
export interface LiteView {
  readonly name?: string;
  readonly description?: string;
  readonly title?: LiteTitle | null;
  readonly data?: LiteData | null;
  readonly transform?: readonly LiteTransform[];
  readonly params?: readonly LiteParameter[];
  readonly selection?: LiteSelections;
  readonly width?: LiteSize;
  readonly height?: LiteSize;
  readonly view?: LiteViewBackground;
  readonly projection?: LiteProjection;
  readonly resolve?: LiteResolve;

  readonly mark?: LiteMark;
  readonly encoding?: LiteEncoding;
  readonly layer?: readonly LiteView[];

  readonly concat?: readonly LiteView[];
  readonly hconcat?: readonly LiteView[];
  readonly vconcat?: readonly LiteView[];
  readonly facet?: LiteFacetChannel | LiteFacets;
  readonly repeat?: readonly string[] | LiteRepeat;
  readonly spec?: LiteView;

  readonly align?: LayoutAlign | ByRowColumn<LayoutAlign>;
  readonly bounds?: 'full' | 'flush';
  readonly center?: boolean | ByRowColumn<boolean>;
  readonly columns?: number;
  readonly spacing?: number | ByRowColumn<number>;
}

/** The width or height of a view: a number, `container`, or a size for each step. */
export type LiteSize = ExprNumber | LiteStepSize;

/** Facets in rows and columns. */
export interface LiteFacets {
  readonly row?: LiteFacetChannel;
  readonly column?: LiteFacetChannel;
}

/** Fields for rows, columns or layers. */
export interface LiteRepeat {
  readonly row?: readonly string[];
  readonly column?: readonly string[];
  readonly layer?: readonly string[];
}

/** Whether views share their scales and guides. */
export interface LiteResolve {
  readonly axis?: LiteResolveAxis;
  readonly legend?: LiteResolveChannels;
  readonly scale?: LiteResolveChannels;
}

/** Together or each its own. */
export type LiteResolveMode = 'shared' | 'independent';

/** Of axes. */
export interface LiteResolveAxis {
  readonly x?: LiteResolveMode;
  readonly y?: LiteResolveMode;
}

/** Of channels. */
export interface LiteResolveChannels extends LiteResolveAxis {
  readonly xOffset?: LiteResolveMode;
  readonly yOffset?: LiteResolveMode;
  readonly theta?: LiteResolveMode;
  readonly radius?: LiteResolveMode;
  readonly color?: LiteResolveMode;
  readonly fill?: LiteResolveMode;
  readonly stroke?: LiteResolveMode;
  readonly opacity?: LiteResolveMode;
  readonly fillOpacity?: LiteResolveMode;
  readonly strokeOpacity?: LiteResolveMode;
  readonly strokeWidth?: LiteResolveMode;
  readonly strokeDash?: LiteResolveMode;
  readonly size?: LiteResolveMode;
  readonly angle?: LiteResolveMode;
  readonly shape?: LiteResolveMode;
  readonly time?: LiteResolveMode;
}
