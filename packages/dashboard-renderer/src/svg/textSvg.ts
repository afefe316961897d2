import { inkOf } from '../draw/colors.ts';
import type { ControlsResult, MetricResult, TableCell, TableColumn, TagCloudResult } from '../answer/result.ts';
import { boxPart, fitted, svgDocument, type SvgOptions, textPart } from './svgParts.ts';
import { placeTags } from '../draw/tagCloud.ts';
import { textWidth } from './textWidth.ts';

/** Points of a visualization as pixels. */
const PIXELS_PER_POINT = 4 / 3;

/** Big numbers beside each other. */
export function metricSvg({ values, fontSize = 60 }: MetricResult, options: SvgOptions): string {
  const width = options.width / values.length;
  const widest = Math.max(1, ...values.map(({ formatted }) => textWidth(formatted, '1px')));
  const size = Math.min(fontSize * PIXELS_PER_POINT, options.height / 2.5, (width - 16) / widest);
  return svgDocument(options, values.flatMap(({ label, formatted, labelled, color, background }, index) => {
    const x = (index + 0.5) * width;
    const written = background === undefined ? color : readableOn(background);
    return [
      ...(background === undefined ? [] : [boxPart(index * width + 4, 4, width - 8, options.height - 8, background)]),
      textPart(x, options.height / 2, formatted, options, { size, anchor: 'middle', bold: true, ...(written === undefined ? {} : { color: written }) }),
      ...(labelled === false ? [] : [textPart(x, options.height / 2 + Math.max(20, size * 0.5), fitted(label, width - 8, 13), options, { anchor: 'middle', faint: true, ...(background === undefined ? {} : { color: readableOn(background) }) })]),
    ];
  }));
}

/** Black or white, whichever is read more easily on a ground. */
function readableOn(background: string): string {
  const channels = /^#/.test(background) ? [1, 3, 5].map((at) => Number.parseInt(background.slice(at, at + 2), 16)) : (background.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
  const [red = 0, green = 0, blue = 0] = channels;
  return red * 0.299 + green * 0.587 + blue * 0.114 < 140 ? '#ffffff' : '#000000';
}

const LINE = 22;

/** Rows under their columns, and totals under the rows. */
export function tableSvg(columns: readonly TableColumn[], rows: readonly (readonly TableCell[])[], options: SvgOptions, totals?: readonly string[]): string {
  const ink = inkOf(options.theme ?? 'light');
  const room = Math.max(0, Math.floor(options.height / LINE) - (totals ? 2 : 1));
  const shown = rows.slice(0, room);
  const widths = columnWidths(columns, shown, options.width);
  const lefts = widths.map((_width, at) => widths.slice(0, at).reduce((sum, width) => sum + width, 0));
  const cell = (content: string, column: number, row: number, style: { readonly faint?: boolean; readonly bold?: boolean; readonly color?: string }): string => {
    const numeric = columns[column]?.numeric === true;
    const [left, width] = [lefts[column] ?? 0, widths[column] ?? 0];
    return textPart(numeric ? left + width - 8 : left + 8, (row + 1) * LINE - 6, fitted(content, width - 16, 13), options, { anchor: numeric ? 'end' : 'start', ...style });
  };
  const line = (row: number): string => `<line x1="0" x2="${options.width}" y1="${row * LINE}" y2="${row * LINE}" stroke="${ink.line}"/>`;
  return svgDocument(options, [
    ...columns.map(({ label }, column) => cell(label, column, 0, { faint: true, bold: true })),
    line(1),
    ...shown.flatMap((cells, row) => cells.map(({ formatted, color }, column) => cell(formatted, column, row + 1, color === undefined ? {} : { color }))),
    ...(totals ? [line(shown.length + 1), ...totals.map((total, column) => cell(total, column, shown.length + 1, { bold: true }))] : []),
  ]);
}

/** Texts longer than this are not measured to their end. */
const MEASURED = 80;

/** Columns as wide as their texts, and what is left or lacking shared out among them. */
function columnWidths(columns: readonly TableColumn[], rows: readonly (readonly TableCell[])[], width: number): readonly number[] {
  const wide = (text: string, bold: boolean): number => textWidth(text.slice(0, MEASURED), bold ? 'bold 13px' : '13px') + 18;
  const wanted = columns.map(({ label }, at) => Math.max(40, wide(label, true), ...rows.map((cells) => wide(cells[at]?.formatted ?? '', false))));
  const sum = wanted.reduce((total, each) => total + each, 0);
  if (sum <= width) return wanted.map((each) => each + (width - sum) / columns.length);
  // Narrow columns keep their texts, and the wide ones give way.
  const fair = width / columns.length;
  const kept = wanted.filter((each) => each <= fair).reduce((total, each) => total + each, 0);
  const spare = width - kept;
  const over = wanted.filter((each) => each > fair).reduce((total, each) => total + each, 0);
  return wanted.map((each) => (each <= fair ? each : (each / over) * spare));
}

/** Words around their middle. */
export function tagCloudSvg({ tags, label }: TagCloudResult, options: SvgOptions): string {
  const height = options.height - (label === undefined ? 0 : 24);
  return svgDocument(options, [
    ...placeTags(tags, options.width, height).map(({ at, x, y, size }) => {
      const tag = tags[at];
      return tag ? textPart(x, y + size * 0.35, tag.text, options, { size, anchor: 'middle', color: tag.color }) : '';
    }),
    ...(label === undefined ? [] : [textPart(options.width / 2, options.height - 8, fitted(label, options.width, 12), options, { anchor: 'middle', size: 12, faint: true })]),
  ]);
}

/** Controls beside each other, below each other where they are narrow. */
export function controlsSvg({ controls, buttons }: ControlsResult, options: SvgOptions): string {
  const ink = inkOf(options.theme ?? 'light');
  const columns = Math.max(1, Math.min(controls.length, Math.floor(options.width / 180)));
  const width = options.width / columns;
  const rows = Math.ceil(controls.length / columns);
  const parts = controls.flatMap((control, index): string[] => {
    const x = (index % columns) * width + 12;
    const y = Math.floor(index / columns) * 74 + 22;
    const inner = width - 24;
    const title = textPart(x, y, fitted(control.label, inner, 12), options, { size: 12, bold: true, faint: !control.enabled });
    if (control.kind === 'list') return [title, boxPart(x, y + 8, inner, 30, control.enabled ? 'none' : ink.line, ink.line), textPart(x + 10, y + 28, 'Select...', options, { faint: true }), textPart(x + inner - 18, y + 27, '▾', options, { faint: true })];
    const end = (value: number | null): string => (value === null ? '–' : String(value));
    const [from, to] = [x + 56, x + inner - 56];
    return [
      title,
      boxPart(x, y + 8, 44, 30, 'none', ink.line),
      boxPart(x + inner - 44, y + 8, 44, 30, 'none', ink.line),
      `<line x1="${from}" x2="${to}" y1="${y + 20}" y2="${y + 20}" stroke="${ink.faint}" stroke-width="2"/>`,
      ...[from, to].map((place) => `<circle cx="${place}" cy="${y + 20}" r="6" fill="${ink.surface}" stroke="${ink.faint}"/>`),
      textPart(from, y + 44, end(control.min), options, { size: 11, anchor: 'middle' }),
      textPart(to, y + 44, end(control.max), options, { size: 11, anchor: 'middle' }),
    ];
  });
  const below = rows * 74 + 28;
  const names = buttons ? ['Apply changes', 'Cancel changes', 'Clear form'].map((name, at) => textPart(12 + at * 130, below, name, options, { faint: true })) : [];
  return svgDocument(options, [...parts, ...names]);
}
