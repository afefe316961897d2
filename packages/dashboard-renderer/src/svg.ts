import * as echarts from 'echarts';
import { inkOf, type Theme } from './colors.ts';
import { escapeMarkup, visibleText } from './escape.ts';
import type { PanelResult, TableCell, TableColumn } from './result.ts';
import { textWidth } from './textWidth.ts';

// Without a canvas ECharts guesses with a narrow font, and names run into each other.
if (!('document' in globalThis)) echarts.setPlatformAPI({ measureText: (text, font) => ({ width: textWidth(text, font) }) });

/** Options of {@link renderToSvg}. */
export interface SvgOptions {
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  /** For panels that are no charts; a chart carries its own. @default 'light' */
  readonly theme?: Theme;
}

/** Draws a panel as one SVG document, without a browser. Texts longer than their place are cut. */
export function renderToSvg(result: PanelResult, options: SvgOptions): string {
  switch (result.kind) {
    case 'chart': {
      const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: options.width, height: options.height });
      try {
        chart.setOption(result.option);
        return visibleText(chart.renderToSVGString());
      } finally {
        chart.dispose();
      }
    }
    case 'metric':
      return metricSvg(result.values, options);
    case 'table':
    case 'documents':
      return tableSvg(result.columns, result.rows, options);
    case 'markdown':
      return svg(options, wrapped(result.text, options.width - 24).map((line, index) => text(12, 24 + index * 18, line, options)));
    case 'empty':
      return svg(options, [text(options.width / 2, options.height / 2, 'No results', options, { anchor: 'middle', faint: true })]);
  }
}

/** Lines that fit; the marks of headings, bold and code are left out. */
function wrapped(markdown: string, width: number): readonly string[] {
  return markdown.split('\n').flatMap((line) => {
    const lines = [''];
    for (const word of line.replace(/^#+\s+|\*\*|`/g, '').split(' ')) {
      const longer = `${lines.at(-1)} ${word}`.trimStart();
      if (textWidth(longer, '13px') <= width || lines.at(-1) === '') lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines;
  });
}

interface TextStyle {
  readonly size?: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly faint?: boolean;
}

function text(x: number, y: number, content: string, { theme = 'light' }: SvgOptions, style: TextStyle = {}): string {
  const ink = inkOf(theme);
  return `<text x="${x}" y="${y}" font-size="${style.size ?? 13}" text-anchor="${style.anchor ?? 'start'}" fill="${style.faint === true ? ink.faint : ink.text}">${escapeMarkup(content)}</text>`;
}

function svg({ width, height }: SvgOptions, parts: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif">${parts.join('')}</svg>`;
}

/** As much of a text as a width holds, then an ellipsis. */
function fitted(content: string, width: number, size: number): string {
  const font = `${size}px`;
  // No character is narrower than a fifth of the size: more of them need not be measured.
  const line = content.slice(0, Math.max(1, Math.ceil((width / size) * 5)));
  if (line === content && textWidth(line, font) <= width) return line;
  const chars = [...line];
  while (chars.length > 1 && textWidth(`${chars.join('')}…`, font) > width) chars.pop();
  return `${chars.join('')}…`;
}

function metricSvg(values: readonly { readonly label: string; readonly formatted: string }[], options: SvgOptions): string {
  const width = options.width / values.length;
  const size = Math.min(48, options.height / 2.5, width / 5);
  return svg(options, values.flatMap(({ label, formatted }, index) => {
    const x = (index + 0.5) * width;
    return [
      text(x, options.height / 2, formatted, options, { size, anchor: 'middle' }),
      text(x, options.height / 2 + size * 0.7, fitted(label, width - 8, 13), options, { anchor: 'middle', faint: true }),
    ];
  }));
}

function tableSvg(columns: readonly TableColumn[], rows: readonly (readonly TableCell[])[], options: SvgOptions): string {
  const line = 22;
  const width = options.width / columns.length;
  const shown = rows.slice(0, Math.max(0, Math.floor(options.height / line) - 1));
  const cell = (content: string, column: number, row: number, faint: boolean): string => {
    const numeric = columns[column]?.numeric === true;
    return text(numeric ? (column + 1) * width - 8 : column * width + 8, (row + 1) * line - 6, fitted(content, width - 16, 13), options, { anchor: numeric ? 'end' : 'start', faint });
  };
  return svg(options, [
    ...columns.map(({ label }, column) => cell(label, column, 0, true)),
    ...shown.flatMap((cells, row) => cells.map(({ formatted }, column) => cell(formatted, column, row + 1, false))),
  ]);
}
