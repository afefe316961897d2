import { specInvalid } from '../specInvalid.ts';
import { type Visualization, visualization } from './visualization.ts';

/** Options of {@link timelion}. */
export interface TimelionOptions {
  /** `auto`, or a number and a unit. @default 'auto' */
  readonly interval?: string;
  readonly description?: string;
}

/**
 * Time series by an expression, such as `.es(index=apache-*, timefield=@timestamp, metric=avg:bytes).label(size)`. Every
 * product knows `.es`; OpenSearch Dashboards calls it `.opensearch`, too (src/plugins/vis_type_timelion/server/series_functions/opensearch).
 */
export function timelion(id: string, title: string, expression: string, options: TimelionOptions = {}): Visualization {
  if (!expression.trim().startsWith('.')) throw specInvalid(`The expression of "${id}" calls no function.`, 'Begin with one, such as .es(*).');
  const { interval = 'auto', description } = options;
  return visualization({ id, title, kind: 'timelion', aggs: [], options: description === undefined ? {} : { description }, params: { expression, interval } });
}
