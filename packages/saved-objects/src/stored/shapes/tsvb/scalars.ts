/** A switch: TSVB keeps numbers (components/yes_no of vis_type_timeseries). */
export type YesNo = 0 | 1;

/** A number as its editor left it: the number, its text, empty text, or null for what is no number (components/lib/create_number_handler). */
export type NumberText = number | string | null;

/** A field, or (Kibana from 7.15) several of them; null is one not chosen yet. */
export type TsvbFields = string | readonly (string | null)[] | null;

/** What a series or a filter searches for, beside the dashboard's own query. Before 6.3: text in Lucene's language; empty text is no filter. */
export type TsvbFilter = TsvbQuery | string | null;

/** A query with its language (queryObject of vis_type_timeseries/common/vis_schema.ts). */
export interface TsvbQuery {
  readonly query?: string | null;
  readonly language?: 'kuery' | 'lucene' | null;
}

/** The text of an index pattern, or (Kibana from 7.12) the data view's id. */
export type TsvbIndexPattern = string | TsvbDataView | null;

/** A data view by its id (IndexPatternValue of Kibana's vis_type_timeseries/common/types). */
export interface TsvbDataView {
  readonly id: string;
}
