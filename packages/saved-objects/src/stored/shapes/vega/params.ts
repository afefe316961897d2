import type { VegaLiteSpec } from '../vegaLite/spec.ts';
import type { VegaSpec } from './spec.ts';

/** Parameters of a `vega` visualization: its specification, or the text that is no HJSON. */
export interface VegaParams {
  readonly spec?: VegaSpec | VegaLiteSpec | string;
}
