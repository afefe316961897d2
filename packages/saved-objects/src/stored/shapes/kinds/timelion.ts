/** Parameters of a Timelion chart (src/plugins/vis_type_timelion of OpenSearch Dashboards). */
export interface TimelionParams {
  readonly type?: 'timelion';
  readonly expression?: string;
  readonly interval?: string;
}
