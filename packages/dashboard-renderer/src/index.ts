export { colorScale } from './draw/colors.ts';
export type { ColorKey, ColorScale, Theme } from './draw/colors.ts';
export { escapeMarkup } from './escape.ts';
export type { PanelFilter, QueryFilter, RangeFilter, ValueFilter } from './query/filter.ts';
export { formatBytes, formatDate, formatNumber, formatPercent } from './draw/formats.ts';
export { intervalFor } from './time/interval.ts';
export type { Interval } from './time/interval.ts';
export { fieldsOfQuery } from './query/queryFields.ts';
export type { QueryField } from './query/queryFields.ts';
export { renderPanel } from './render.ts';
export type { RenderOptions } from './render.ts';
export { madeUpAnswer } from './madeUp/answers.ts';
export type { MadeUpOptions } from './madeUp/answers.ts';
export { productColors } from './draw/productColors.ts';
export { requestFor, requestsFor } from './request/requests.ts';
export type { ObjectRequestOptions, PanelRequest, RequestOptions } from './request/requests.ts';
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
} from './answer/result.ts';
export type { SearchResponse } from './answer/rows.ts';
export { API_PATHS, askPanel, otherSearch, searchesFor } from './request/searches.ts';
export type { PanelAnswers, PanelSearch, Send } from './request/searches.ts';
export { placeTags } from './draw/tagCloud.ts';
export type { PlacedTag } from './draw/tagCloud.ts';
export { layoutOf } from './savedObjects.ts';
export type { DashboardLayout, DashboardPanel, Query, SavedObject, StoredFilter } from './savedObjects.ts';
export { resolveRange, resolveTime } from './time/time.ts';
export type { ResolvedRange, TimeRange } from './time/time.ts';
export { isVega, vegaRequestsFor, vegaViewOf } from './vega/vegaPanel.ts';
export type { VegaRequest, VegaView } from './vega/vegaPanel.ts';
