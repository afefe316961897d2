import type { ChartStyle } from './chartParts.ts';
import type { ColorScale } from './colors.ts';
import type { ReadSetting } from '../answer/rows.ts';

/** What every kind of chart is drawn with. */
export interface PanelStyle extends ChartStyle {
  readonly setting: ReadSetting;
  readonly colors: ColorScale;
  /** What the reader of a page has set, by the name that it has in `uiStateJSON`'s `vis`. */
  readonly own: Readonly<Record<string, unknown>>;
}

/** The reader's own colours by value. */
export function ownColors({ own }: PanelStyle): Readonly<Record<string, unknown>> {
  const { colors } = own;
  return typeof colors === 'object' && colors !== null ? (colors as Record<string, unknown>) : {};
}

/** Whether a legend is shown: the visualization has one, and the reader has not closed it. */
export function hasLegend(params: Readonly<Record<string, unknown>>, { own }: PanelStyle): boolean {
  return params['addLegend'] !== false && own['legendOpen'] !== false;
}
