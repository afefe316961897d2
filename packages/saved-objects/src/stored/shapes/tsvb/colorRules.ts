/** When a rule applies (components/color_rules of vis_type_timeseries; `empty` since Kibana 7.13). */
export type TsvbOperator = 'gt' | 'gte' | 'lt' | 'lte' | 'empty';

/** The condition of a colour rule. The editor keeps one without a condition where there is no rule. */
interface TsvbRule {
  readonly id?: string | null;
  readonly operator?: TsvbOperator | null;
  /** As it was spelled before 7.7, whose migration puts it right for gauges only; nothing reads it any more. */
  readonly opperator?: TsvbOperator | null;
  readonly value?: number | string | null;
}

/** The colour of a metric's panel, or of a row of a table or a top N. */
export interface TsvbBackgroundColorRule extends TsvbRule {
  readonly background_color?: string | null;
  /** Of the text. */
  readonly color?: string | null;
}

/** The colour of a bar of a top N. */
export interface TsvbBarColorRule extends TsvbRule {
  readonly bar_color?: string | null;
}

/** The colour of a gauge. */
export interface TsvbGaugeColorRule extends TsvbRule {
  readonly gauge?: string | null;
  readonly text?: string | null;
}

/** The colour of a column's text in a table. */
export interface TsvbTextColorRule extends TsvbRule {
  readonly text?: string | null;
}
