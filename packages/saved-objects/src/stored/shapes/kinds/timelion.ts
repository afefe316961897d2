/** Parameters of a Timelion chart (src/plugins/vis_type_timelion/public/timelion_vis_type.tsx of OpenSearch Dashboards). */
export interface TimelionParams {
  readonly type?: 'timelion';
  readonly expression?: string;
  /** `auto`, or a number and a unit; numbers are milliseconds. */
  readonly interval?: string | number;
}
