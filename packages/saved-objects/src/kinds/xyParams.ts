import { labelOf } from '../aggregations/metricLabel.ts';
import type { Metric } from '../aggregations/metrics.ts';
import { specInvalid } from '../specInvalid.ts';
import type { AxisLabels, SeriesOf, ValueAxisOptions, XyKind, XyLook } from './xyOptions.ts';

/** The parameters of a chart with axes as the product stores them; defaults from src/plugins/vis_type_vislib/public/{line,area,histogram,horizontal_bar}.ts. */
export function xyParams(kind: XyKind, series: readonly SeriesOf<Metric>[], options: XyLook): Record<string, unknown> {
  const upright = kind !== 'horizontalBar';
  const mode = options.mode ?? (kind === 'line' ? 'normal' : 'stacked');
  const axes = valueAxes(kind, series, options, mode);
  const legend = options.legend ?? 'right';
  const { threshold, grid, categoryAxis = {} } = options;
  return {
    type: upright ? (kind === 'verticalBar' ? 'histogram' : kind) : 'horizontal_bar',
    grid: { categoryLines: grid?.categories ?? false, ...(grid?.axis === undefined ? {} : { valueAxis: axisId(axes, grid.axis, 'The grid') }) },
    categoryAxes: [
      {
        id: 'CategoryAxis-1',
        type: 'category',
        position: categoryAxis.position ?? (upright ? 'bottom' : 'left'),
        show: categoryAxis.show ?? true,
        style: {},
        scale: { type: 'linear' },
        // Every lying bar keeps its name, as in the product; upright names that overlap are left out.
        labels: labels(upright ? { show: true, filter: true, truncate: 100 } : { show: true, rotate: 0, filter: false, truncate: 200 }, categoryAxis.labels),
        title: categoryAxis.title === undefined ? {} : { text: categoryAxis.title },
      },
    ],
    valueAxes: axes,
    seriesParams: series.map((each, index) => seriesParams(kind, each, index, mode, axes)),
    addTooltip: options.tooltip ?? true,
    addLegend: legend !== 'none',
    legendPosition: legend === 'none' ? 'right' : legend,
    times: [],
    addTimeMarker: options.timeMarker ?? false,
    labels: { show: options.valueLabels ?? false },
    thresholdLine: {
      show: threshold !== undefined,
      value: threshold?.value ?? 10,
      width: threshold?.width ?? 1,
      style: threshold?.style ?? 'full',
      color: threshold?.color ?? '#E7664C',
    },
    ...(options.orderBySum === undefined ? {} : { orderBucketsBySum: options.orderBySum }),
    ...(options.radiusRatio === undefined ? {} : { radiusRatio: options.radiusRatio }),
  };
}

interface StoredAxis {
  readonly id: string;
}

function valueAxes(kind: XyKind, series: readonly SeriesOf<Metric>[], options: XyLook, mode: NonNullable<XyLook['mode']>): readonly StoredAxis[] {
  const upright = kind !== 'horizontalBar';
  const given: readonly ValueAxisOptions[] = options.axes ?? [{}];
  if (given.length === 0) throw specInvalid(`A ${kind} has no axis of values.`, 'Leave `axes` out, or pass one.');
  const sides: string[] = [];
  return given.map((axis, index) => {
    const position = axis.position ?? (upright ? 'left' : 'bottom');
    sides.push(position);
    const first = series.find((each) => (each.axis ?? 0) === index)?.metric;
    const ownMode = axis.mode ?? (mode === 'stacked' ? 'normal' : mode);
    return {
      id: `ValueAxis-${index + 1}`,
      name: `${position.charAt(0).toUpperCase()}${position.slice(1)}Axis-${sides.filter((side) => side === position).length}`,
      type: 'value',
      position,
      show: axis.show ?? true,
      style: {},
      scale: { type: axis.scale ?? 'linear', mode: ownMode, ...extents(axis) },
      labels: labels({ show: true, rotate: 0, filter: !upright, truncate: 100 }, axis.labels),
      title: { text: axis.title ?? (index === 0 ? options.axisTitle : undefined) ?? (first ? labelOf(first) : '') },
    };
  });
}

/** Named as in vis_type_vislib/…/metrics_axes/y_extents.tsx and custom_extents_options.tsx. */
function extents({ bounds, fitToData }: ValueAxisOptions): Record<string, unknown> {
  const margin = typeof fitToData === 'number' ? { boundsMargin: fitToData } : {};
  const fit = fitToData === undefined ? {} : { defaultYExtents: fitToData !== false, ...margin };
  if (bounds === undefined) return fit;
  if (bounds.min !== undefined && bounds.max !== undefined && bounds.min >= bounds.max) throw specInvalid(`An axis goes from ${bounds.min} to ${bounds.max}.`, 'Let it end above where it begins.');
  return { ...fit, setYExtents: true, ...(bounds.min === undefined ? {} : { min: bounds.min }), ...(bounds.max === undefined ? {} : { max: bounds.max }) };
}

function seriesParams(kind: XyKind, series: SeriesOf<Metric>, index: number, mode: NonNullable<XyLook['mode']>, axes: readonly StoredAxis[]): Record<string, unknown> {
  const drawn = series.type ?? (kind === 'line' || kind === 'area' ? kind : 'bar');
  return {
    show: true,
    type: drawn === 'bar' ? 'histogram' : drawn,
    mode: series.mode ?? (mode === 'normal' ? 'normal' : 'stacked'),
    data: { label: labelOf(series.metric), id: String(index + 1) },
    valueAxis: axisId(axes, series.axis ?? 0, `The series of ${labelOf(series.metric)}`),
    drawLinesBetweenPoints: series.connect ?? true,
    lineWidth: series.lineWidth ?? 2,
    interpolate: series.interpolate ?? 'linear',
    showCircles: series.points ?? true,
  };
}

function axisId(axes: readonly StoredAxis[], index: number, what: string): string {
  const axis = axes[index];
  if (axis === undefined) throw specInvalid(`${what} names axis ${index}, and there ${axes.length === 1 ? 'is one axis' : `are ${axes.length} axes`}.`, 'Count the `axes` from 0.');
  return axis.id;
}

function labels(own: AxisLabels, given: AxisLabels | undefined): Record<string, unknown> {
  return { ...own, ...given };
}
