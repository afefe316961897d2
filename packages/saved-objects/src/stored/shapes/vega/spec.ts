import type { VegaConfig } from './config.ts';
import type { HostConfig } from './hostConfig.ts';
import type { Scope } from './scope.ts';
import type { ExprRef, SignalNumber, SignalRef, TextLines } from './values.ts';

/** A specification in Vega 3–5 (https://vega.github.io/vega/docs/specification/). */
export interface VegaSpec extends Scope {
  readonly $schema?: string;
  readonly description?: string;
  readonly name?: string;
  readonly background?: string | SignalRef | null;
  readonly width?: ViewSize;
  readonly height?: ViewSize;
  readonly padding?: Padding | SignalRef;
  readonly autosize?: AutoSize | SignalRef;
  readonly config?: VegaConfig;
  readonly style?: TextLines;
  /** Of Vega 2. */
  readonly viewport?: readonly (number | null)[];
  /** As `config.kibana`, of Kibana 6.2 and earlier. */
  readonly _hostConfig?: HostConfig;
}

/** The width or height: a number, `container`, or a signal. */
export type ViewSize = SignalNumber;

/** The space around. */
export type Padding = number | 'auto' | 'strict' | PaddingSides;

/** The space on one side; an expression, as some authors write it, counts as none. */
export type PaddingSize = SignalNumber | ExprRef;

/** The space on each side. */
export interface PaddingSides {
  readonly top?: PaddingSize;
  readonly bottom?: PaddingSize;
  readonly left?: PaddingSize;
  readonly right?: PaddingSize;
}

/** How the size of the view is found. */
export type AutoSizeType = 'pad' | 'fit' | 'fit-x' | 'fit-y' | 'none';

/** How the size of the view is found, with options. `false` of old specifications is taken for `fit`. */
export type AutoSize = AutoSizeType | boolean | AutoSizeOptions;

/** Options of the size of the view. */
export interface AutoSizeOptions {
  readonly type?: AutoSizeType | SignalRef;
  readonly resize?: boolean;
  readonly contains?: 'content' | 'padding';
}
