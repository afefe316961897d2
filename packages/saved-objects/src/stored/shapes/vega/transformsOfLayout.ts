import type { Corners } from './projection.ts';
import type { TransformBase } from './transforms.ts';
import type { NumberParam } from './transformsOfMaps.ts';
import type { Compare, FieldRef, FieldRefs, ResultNames, SignalBoolean, SignalNumber, SignalNumbers, SignalOr, SignalRef } from './values.ts';

/** A force; which parameters it has follows from `force`. */
export interface Force {
  readonly force: 'center' | 'collide' | 'link' | 'nbody' | 'x' | 'y';
  readonly x?: SignalNumber | FieldRef;
  readonly y?: SignalNumber | FieldRef;
  readonly radius?: NumberParam;
  readonly strength?: NumberParam;
  readonly iterations?: SignalNumber;
  readonly theta?: SignalNumber;
  readonly distanceMin?: SignalNumber;
  readonly distanceMax?: SignalNumber;
  readonly links?: string;
  readonly id?: FieldRef;
  readonly distance?: NumberParam;
}

/** Places by forces. */
export interface ForceTransform extends TransformBase {
  readonly type: 'force';
  readonly static?: SignalBoolean;
  readonly restart?: SignalBoolean;
  readonly iterations?: SignalNumber;
  readonly alpha?: SignalNumber;
  readonly alphaMin?: SignalNumber;
  readonly alphaTarget?: SignalNumber;
  readonly velocityDecay?: SignalNumber;
  readonly forces?: SignalRef | readonly (Force | SignalRef)[];
  readonly as?: ResultNames;
}

/** Where a label is. */
export type LabelAnchor = 'left' | 'right' | 'top' | 'bottom' | 'top-left' | 'top-right' | 'bottom-left' | 'bottom-right' | 'middle';

/** Places of labels that do not overlap. */
export interface LabelTransform extends TransformBase {
  readonly type: 'label';
  readonly size: SignalNumbers;
  readonly sort?: Compare;
  readonly anchor?: SignalOr<LabelAnchor> | readonly SignalOr<LabelAnchor>[];
  readonly offset?: SignalNumber | readonly SignalNumber[];
  readonly padding?: SignalNumber | null;
  readonly markIndex?: number;
  readonly lineAnchor?: SignalOr<'start' | 'end' | 'begin'>;
  readonly avoidBaseMark?: SignalBoolean;
  readonly avoidMarks?: SignalRef | readonly string[];
  readonly method?: SignalOr<'naive' | 'reduced-search' | 'floodfill'>;
  readonly as?: ResultNames;
}

/** The path from one node to another. */
export interface LinkPathTransform extends TransformBase {
  readonly type: 'linkpath';
  readonly sourceX?: FieldRef;
  readonly sourceY?: FieldRef;
  readonly targetX?: FieldRef;
  readonly targetY?: FieldRef;
  readonly orient?: SignalOr<'horizontal' | 'vertical' | 'radial'>;
  readonly shape?: SignalOr<'line' | 'arc' | 'curve' | 'diagonal' | 'orthogonal'>;
  readonly require?: SignalRef;
  readonly as?: SignalOr<string>;
}

/** A tree by keys. */
export interface NestTransform extends TransformBase {
  readonly type: 'nest';
  readonly keys?: FieldRefs;
  readonly generate?: SignalBoolean;
  readonly key?: FieldRef;
}

/** A tree by parents. */
export interface StratifyTransform extends TransformBase {
  readonly type: 'stratify';
  readonly key: FieldRef;
  readonly parentKey: FieldRef;
}

/** A tree as circles in circles. */
export interface PackTransform extends TransformBase {
  readonly type: 'pack';
  readonly field?: FieldRef;
  readonly sort?: Compare;
  readonly padding?: SignalNumber;
  readonly radius?: FieldRef | null;
  readonly size?: SignalNumbers;
  readonly as?: ResultNames;
}

/** A tree as layers. */
export interface PartitionTransform extends TransformBase {
  readonly type: 'partition';
  readonly field?: FieldRef;
  readonly sort?: Compare;
  readonly padding?: SignalNumber;
  readonly round?: SignalBoolean;
  readonly size?: SignalNumbers;
  readonly as?: ResultNames;
}

/** Values as slices. */
export interface PieTransform extends TransformBase {
  readonly type: 'pie';
  readonly field?: FieldRef;
  readonly startAngle?: SignalNumber;
  readonly endAngle?: SignalNumber;
  readonly sort?: SignalBoolean;
  readonly as?: ResultNames;
}

/** Values on top of each other. */
export interface StackTransform extends TransformBase {
  readonly type: 'stack';
  readonly field?: FieldRef;
  readonly groupby?: FieldRefs;
  readonly sort?: Compare;
  readonly offset?: SignalOr<'zero' | 'center' | 'normalize'>;
  readonly as?: ResultNames;
}

/** A tree as nodes. */
export interface TreeTransform extends TransformBase {
  readonly type: 'tree';
  readonly field?: FieldRef;
  readonly sort?: Compare;
  readonly method?: SignalOr<'tidy' | 'cluster'>;
  readonly size?: SignalNumbers;
  readonly nodeSize?: SignalNumbers;
  readonly separation?: SignalBoolean;
  readonly as?: ResultNames;
}

/** The links of a tree. */
export interface TreeLinksTransform extends TransformBase {
  readonly type: 'treelinks';
  readonly key?: FieldRef;
}

/** A tree as boxes in boxes. */
export interface TreemapTransform extends TransformBase {
  readonly type: 'treemap';
  readonly field?: FieldRef;
  readonly sort?: Compare;
  readonly method?: SignalOr<'squarify' | 'resquarify' | 'binary' | 'dice' | 'slice' | 'slicedice'>;
  readonly padding?: SignalNumber;
  readonly paddingInner?: SignalNumber;
  readonly paddingOuter?: SignalNumber;
  readonly paddingTop?: SignalNumber;
  readonly paddingRight?: SignalNumber;
  readonly paddingBottom?: SignalNumber;
  readonly paddingLeft?: SignalNumber;
  readonly ratio?: SignalNumber;
  readonly round?: SignalBoolean;
  readonly size?: SignalNumbers;
  readonly as?: ResultNames;
}

/** What is nearest to each point. */
export interface VoronoiTransform extends TransformBase {
  readonly type: 'voronoi';
  readonly x: FieldRef;
  readonly y: FieldRef;
  readonly size?: SignalNumbers;
  readonly extent?: Corners;
  readonly as?: SignalOr<string>;
}

/** Words as large as they are frequent. */
export interface WordcloudTransform extends TransformBase {
  readonly type: 'wordcloud';
  readonly size?: SignalNumbers;
  readonly font?: FieldRef;
  readonly fontStyle?: FieldRef;
  readonly fontWeight?: FieldRef | number;
  readonly fontSize?: NumberParam;
  readonly fontSizeRange?: SignalNumbers | null;
  readonly rotate?: NumberParam;
  readonly text?: FieldRef;
  readonly spiral?: SignalOr<'archimedean' | 'archimedian' | 'rectangular'>;
  readonly padding?: NumberParam;
  readonly as?: ResultNames;
}
