import type { DashboardAttributes } from './dashboard/dashboard.ts';
import type { IndexPatternAttributes } from './indexPattern/indexPattern.ts';
import type { ConfigAttributes, QueryAttributes, UrlAttributes } from './others.ts';
import type { SearchAttributes } from './search.ts';
import type { VisualizationAttributes } from './visualization.ts';

/**
 * The attributes of each type of saved object, with the JSON inside them taken apart. `npm run shapes` makes
 * `shapes.json` of these interfaces, by which plain JSON is checked at run time.
 */
export interface Shapes {
  readonly visualization: VisualizationAttributes;
  readonly dashboard: DashboardAttributes;
  readonly search: SearchAttributes;
  readonly 'index-pattern': IndexPatternAttributes;
  readonly query: QueryAttributes;
  readonly url: UrlAttributes;
  readonly config: ConfigAttributes;
}

/** A type of saved object whose attributes have an exact type. */
export type ShapedType = keyof Shapes;
