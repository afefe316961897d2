import type { EncodeChannels, EncodeSets } from './encode.ts';
import type { Scope } from './scope.ts';
import type { Transform } from './transforms.ts';
import type { BooleanLike, Compare, NumberLike, SignalBoolean, SignalOr, SignalRef, TextLines } from './values.ts';

/** What is drawn, or a group. */
export type MarkType = ItemMark['type'] | 'group';

/** A mark: items of one kind, one for each tuple of its data. */
export interface ItemMark extends MarkBase {
  readonly type: 'arc' | 'area' | 'image' | 'line' | 'path' | 'rect' | 'rule' | 'shape' | 'symbol' | 'text' | 'trail';
  readonly from?: MarkFrom;
}

/** A group: a mark with marks, axes, scales and data of its own. */
export interface GroupMark extends MarkBase, Scope {
  readonly type: 'group';
  readonly from?: GroupFrom;
}

/**
 * A mark, or a group of marks.
 *
 * @discriminator type
 */
export type Mark = ItemMark | GroupMark;

/** What all marks have. */
export interface MarkBase {
  readonly name?: string;
  readonly description?: string;
  readonly role?: string;
  readonly aria?: BooleanLike;
  readonly style?: TextLines;
  readonly key?: string;
  readonly clip?: SignalBoolean | MarkClip;
  readonly sort?: Compare;
  readonly interactive?: SignalBoolean;
  readonly transform?: readonly Transform[];
  readonly zindex?: NumberLike;
  readonly on?: readonly MarkTrigger[];
  readonly encode?: EncodeSets;
  /** Of Vega 2. */
  readonly properties?: EncodeSets;
  /** Have no effect here, where some authors have them: they belong into `encode`. */
  readonly enter?: EncodeChannels;
  readonly update?: EncodeChannels;
  readonly hover?: EncodeChannels;
}

/** The shape to which a mark is cut. */
export interface MarkClip {
  readonly path?: string | SignalRef;
  readonly sphere?: string | SignalRef;
}

/** Where a mark's data comes from: a data set, or another mark. */
export interface MarkFrom {
  readonly data?: string;
  readonly mark?: string;
}

/** Where a group's data comes from, or how it is cut into facets. */
export interface GroupFrom extends MarkFrom {
  readonly facet?: MarkFacet;
}

/** The facets of a group: by a field that has data sets, or by values. */
export interface MarkFacet {
  readonly name: string;
  readonly data?: string;
  readonly field?: string;
  readonly groupby?: SignalOr<string> | readonly SignalOr<string>[];
  readonly aggregate?: FacetAggregate;
}

/** The values of a facet. */
export interface FacetAggregate {
  readonly cross?: BooleanLike;
  readonly fields?: readonly (string | null)[];
  readonly ops?: readonly string[];
  readonly as?: readonly (string | null)[];
}

/** What happens to a mark's items when an expression changes. */
export interface MarkTrigger {
  readonly trigger: string;
  readonly modify?: string;
  readonly values?: string;
}
