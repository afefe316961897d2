/** Parameters of a text (src/plugins/vis_type_markdown of OpenSearch Dashboards). */
export interface MarkdownParams {
  readonly type?: 'markdown';
  readonly fontSize?: number;
  readonly markdown?: string;
  readonly openLinksInNewTab?: boolean;
}
