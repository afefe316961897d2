export { colorScale } from './colors.ts';
export type { ColorKey, ColorScale, Theme } from './colors.ts';
export { escapeMarkup } from './escape.ts';
export type { PanelFilter, QueryFilter, RangeFilter, ValueFilter } from './filter.ts';
export { formatBytes, formatDate, formatNumber, formatPercent } from './formats.ts';
export { intervalFor } from './interval.ts';
export type { Interval } from './interval.ts';
export { fieldsOfQuery } from './queryFields.ts';
export type { QueryField } from './queryFields.ts';
export { renderPanel } from './render.ts';
export type { RenderOptions } from './render.ts';
export { madeUpAnswer } from './madeUp/answers.ts';
export type { MadeUpOptions } from './madeUp/answers.ts';
export { productColors } from './productColors.ts';
export { requestFor, requestsFor } from './requests.ts';
export type { ObjectRequestOptions, PanelRequest, RequestOptions } from './requests.ts';
export type {
  ChartResult,
  ControlsResult,
  DocumentsResult,
  EmptyResult,
  ListControl,
  MarkdownResult,
  MetricResult,
  MetricValue,
  PanelResult,
  RangeControl,
  TableCell,
  TableColumn,
  TableResult,
  Tag,
  TagCloudResult,
  VegaResult,
} from './result.ts';
export type { SearchResponse } from './rows.ts';
export { API_PATHS, askPanel, otherSearch, searchesFor } from './searches.ts';
export type { PanelAnswers, PanelSearch, Send } from './searches.ts';
export { placeTags } from './tagCloud.ts';
export type { PlacedTag } from './tagCloud.ts';
export { layoutOf } from './savedObjects.ts';
export type { DashboardLayout, DashboardPanel, Query, SavedObject, StoredFilter } from './savedObjects.ts';
export { resolveRange, resolveTime } from './time.ts';
export type { ResolvedRange, TimeRange } from './time.ts';
export { isVega, vegaRequestsFor, vegaViewOf } from './vega/vegaPanel.ts';
export type { VegaRequest, VegaView } from './vega/vegaPanel.ts';
