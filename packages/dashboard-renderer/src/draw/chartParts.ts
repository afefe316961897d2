import type { EChartsOption } from 'echarts';
import { inkOf, type Theme } from './colors.ts';
import { escapeMarkup, shortened, squeezed } from '../escape.ts';

/** How charts are drawn. */
export interface ChartStyle {
  readonly theme: Theme;
  /** Legends below the chart, for narrow panels. */
  readonly compact: boolean;
  readonly timeZone: string;
}

/** What every chart has in common. */
export function baseOption(style: ChartStyle): EChartsOption {
  const ink = inkOf(style.theme);
  return {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: { color: ink.text, fontFamily: 'system-ui, sans-serif', fontSize: 12 },
    aria: { enabled: true },
  };
}

/** A legend that scrolls; `position` is the stored one. */
export function legendOption(names: readonly string[], position: string, show: boolean, style: ChartStyle): NonNullable<EChartsOption['legend']> {
  const ink = inkOf(style.theme);
  const beside = !style.compact && (position === 'right' || position === 'left');
  return {
    show,
    type: 'scroll',
    data: [...names],
    orient: beside ? 'vertical' : 'horizontal',
    ...(beside ? { [position]: 12, top: 8, bottom: 8 } : { [position === 'top' && !style.compact ? 'top' : 'bottom']: 0 }),
    icon: 'circle',
    itemWidth: 8,
    itemHeight: 8,
    itemGap: 8,
    formatter: (name: string) => squeezed(name, 24),
    tooltip: { show: false },
    textStyle: { color: ink.text, fontSize: 11 },
    pageTextStyle: { color: ink.faint },
    pageIconColor: ink.text,
    pageIconInactiveColor: ink.line,
  };
}

/** A legend of classes of values, for charts whose colours stand for no series. */
export function classLegend(classes: readonly { readonly label: string; readonly color: string }[], style: ChartStyle): object[] {
  const ink = inkOf(style.theme);
  return classes.map(({ label, color }, at) => ({
    type: 'group',
    right: 12,
    top: 8 + at * 20,
    silent: true,
    // An invisible field makes all entries as wide as each other: their points stand in one line.
    children: [
      { type: 'rect', shape: { x: 0, y: 0, width: LEGEND_ENTRY, height: 16 }, style: { fill: 'transparent' } },
      { type: 'circle', shape: { cx: 6, cy: 8, r: 5 }, style: { fill: color, stroke: ink.line, lineWidth: 1 } },
      { type: 'text', style: { x: 18, y: 8, text: shortened(label, 16), textVerticalAlign: 'middle', fill: ink.text, fontSize: 11 } },
    ],
  }));
}

const LEGEND_ENTRY = 110;

/** Pixels of a legend beside its plot. */
const LEGEND_WIDTH = 184;

/** Pixels for the names and the title of an upright value axis: the plots of a page begin at one place. */
const AXIS_WIDTH = 84;
const NARROW_AXIS_WIDTH = 72;

/** Where the plot stands beside its legend. `aligned` plots have one left and right edge on a page. */
export function gridOption(position: string, legend: boolean, style: ChartStyle, aligned: boolean) {
  const beside = legend && !style.compact && (position === 'right' || position === 'left');
  const below = legend && !beside && (style.compact || position !== 'top');
  const outer = {
    left: beside && position === 'left' ? LEGEND_WIDTH : 8,
    right: beside && position === 'right' ? LEGEND_WIDTH : 16,
    top: legend && !beside && !below ? 34 : 16,
    bottom: below ? 30 : 8,
  };
  const contain = { outerBoundsContain: 'all' as const, outerBoundsClampWidth: '50%' };
  if (!aligned) return { ...outer, outerBoundsMode: 'same' as const, ...contain };
  return {
    ...outer,
    left: outer.left + (style.compact ? NARROW_AXIS_WIDTH : AXIS_WIDTH),
    bottom: outer.bottom + (style.compact ? 20 : 36),
    // The last name on the axis may stand out to the right; anything wider makes the plot narrower.
    outerBounds: { ...outer, right: Math.max(0, outer.right - 16) },
    ...contain,
  };
}

/** Pixels of an upright title, unless the picture is known to be higher. */
const UPRIGHT_TITLE = 120;

/** A title along its axis. An upright one is cut: a title higher than its plot would make the plot lower. */
export function axisTitle(title: string, style: ChartStyle, upright = false): object {
  if (title === '') return {};
  return {
    name: shortened(title, 60),
    nameLocation: 'middle',
    nameTextStyle: { color: inkOf(style.theme).faint, fontSize: 11, fontWeight: 600 },
    nameGap: 8,
    ...(upright ? { nameTruncate: { maxWidth: UPRIGHT_TITLE, ellipsis: '…' } } : {}),
  };
}

/** One line of a tooltip. */
export interface TooltipLine {
  readonly color: string;
  readonly name: string;
  readonly value: string;
}

const MOST_LINES = 15;

/** A tooltip's HTML. Names and values come from logs: everything is escaped. */
export function tooltipHtml(title: string, lines: readonly TooltipLine[]): string {
  const shown = lines.slice(0, MOST_LINES).map(({ color, name, value }) => {
    const dot = `<span style="display:inline-block;width:8px;height:8px;border-radius:50%;margin-right:6px;background:${escapeMarkup(color)}"></span>`;
    return `<div style="display:flex;justify-content:space-between;gap:16px"><span>${dot}${escapeMarkup(shortened(name, 60))}</span><b>${escapeMarkup(value)}</b></div>`;
  });
  const more = lines.length > MOST_LINES ? [`<div>… and ${lines.length - MOST_LINES} more</div>`] : [];
  return [`<div style="margin-bottom:4px">${escapeMarkup(shortened(title, 80))}</div>`, ...shown, ...more].join('');
}

/** The look of tooltips. */
export function tooltipStyle(style: ChartStyle) {
  const ink = inkOf(style.theme);
  return { confine: true, backgroundColor: ink.surface, borderColor: ink.line, textStyle: { color: ink.text, fontSize: 12 } };
}
