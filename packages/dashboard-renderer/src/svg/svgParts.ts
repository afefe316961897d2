import { inkOf, type Theme } from '../draw/colors.ts';
import { escapeMarkup } from '../escape.ts';
import { textWidth } from './textWidth.ts';

/** Options of `renderToSvg`. */
export interface SvgOptions {
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  /** For panels that are no charts; a chart carries its own. @default 'light' */
  readonly theme?: Theme;
}

/** How a text is written. */
export interface TextStyle {
  readonly size?: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly faint?: boolean;
  readonly bold?: boolean;
  readonly color?: string;
}

/** A text in a drawing; nothing in it is markup. */
export function textPart(x: number, y: number, content: string, { theme = 'light' }: SvgOptions, style: TextStyle = {}): string {
  const ink = inkOf(theme);
  const color = style.color ?? (style.faint === true ? ink.faint : ink.text);
  const weight = style.bold === true ? ' font-weight="600"' : '';
  return `<text x="${round(x)}" y="${round(y)}" font-size="${round(style.size ?? 13)}" text-anchor="${style.anchor ?? 'start'}"${weight} fill="${escapeMarkup(color)}">${escapeMarkup(content)}</text>`;
}

/** A box in a drawing. */
export function boxPart(x: number, y: number, width: number, height: number, fill: string, stroke = 'none'): string {
  return `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="3" fill="${escapeMarkup(fill)}" stroke="${escapeMarkup(stroke)}"/>`;
}

/** Parts as one document. */
export function svgDocument({ width, height }: SvgOptions, parts: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif">${parts.join('')}</svg>`;
}

/** As much of a text as a width holds, then an ellipsis. */
export function fitted(content: string, width: number, size: number): string {
  const font = `${size}px`;
  // No character is narrower than a fifth of the size: more of them need not be measured.
  const line = content.slice(0, Math.max(1, Math.ceil((width / size) * 5)));
  if (line === content && textWidth(line, font) <= width) return line;
  const chars = [...line];
  while (chars.length > 1 && textWidth(`${chars.join('')}…`, font) > width) chars.pop();
  return `${chars.join('')}…`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
