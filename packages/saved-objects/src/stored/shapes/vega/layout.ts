import type { SignalBoolean, SignalNumber, SignalOr } from './values.ts';

/** How cells align. */
export type LayoutAlign = 'all' | 'each' | 'none';

/** A value for rows and one for columns. */
export interface ByRowColumn<Value> {
  readonly row?: SignalOr<Value>;
  readonly column?: SignalOr<Value>;
}

/** Cells of a grid. */
export interface GridLayout {
  readonly align?: SignalOr<LayoutAlign> | ByRowColumn<LayoutAlign>;
  readonly bounds?: SignalOr<'full' | 'flush'>;
  readonly center?: SignalBoolean | ByRowColumn<boolean>;
  readonly columns?: SignalNumber;
  readonly padding?: SignalNumber | ByRowColumn<number>;
  readonly offset?: SignalNumber | GridOffset;
  readonly headerBand?: SignalNumber | ByRowColumn<number>;
  readonly footerBand?: SignalNumber | ByRowColumn<number>;
  readonly titleAnchor?: SignalOr<'start' | 'end'> | ByRowColumn<'start' | 'end'>;
  readonly titleBand?: SignalNumber | ByRowColumn<number>;
}

/** How far headers, footers and titles are from the cells. */
export interface GridOffset {
  readonly rowHeader?: SignalNumber;
  readonly rowFooter?: SignalNumber;
  readonly rowTitle?: SignalNumber;
  readonly columnHeader?: SignalNumber;
  readonly columnFooter?: SignalNumber;
  readonly columnTitle?: SignalNumber;
}
