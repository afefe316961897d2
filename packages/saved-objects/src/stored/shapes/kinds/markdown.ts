import type { Numeric } from '../aggregations/jsonInput.ts';

/** Parameters of a text (src/plugins/vis_type_markdown/public/types.ts of OpenSearch Dashboards). */
export interface MarkdownParams {
  readonly type?: 'markdown';
  readonly fontSize?: Numeric;
  readonly markdown?: string;
  readonly openLinksInNewTab?: boolean;
}
