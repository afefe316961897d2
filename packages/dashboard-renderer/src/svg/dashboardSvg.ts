import { inkOf, type Theme } from '../draw/colors.ts';
import { boxPart, fitted, svgDocument, textPart } from './svgParts.ts';

/** A drawn panel with its place on the 48-column grid. */
export interface PlacedPanel {
  readonly title: string;
  readonly grid: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  /** Draws the panel in its place; what it throws is written into the place. */
  draw(width: number, height: number): string | Promise<string>;
}

/** Options of {@link dashboardToSvg}. */
export interface DashboardSvgOptions {
  /** Pixels. */
  readonly width: number;
  readonly theme: Theme;
  /** Above the panels. @default none */
  readonly title?: string;
}

const COLUMNS = 48;
/** Pixels from one row of the product's grid to the next; panels stand 8 apart. */
const ROW = 28;
const GAP = 8;
const TITLE = 26;

/**
 * A whole dashboard as one SVG document, in the places that it gives its panels. A panel that cannot be drawn says why,
 * and leaves the others alone.
 */
export async function dashboardToSvg(panels: readonly PlacedPanel[], { width, theme, title }: DashboardSvgOptions): Promise<string> {
  const ink = inkOf(theme);
  const head = title === undefined ? 0 : 40;
  const column = (width - GAP) / COLUMNS;
  const height = head + GAP + Math.max(1, ...panels.map(({ grid }) => grid.y + grid.h)) * ROW;
  const options = { width, height, theme };
  const parts: string[] = [boxPart(0, 0, width, height, theme === 'dark' ? '#14181f' : '#f5f7fa')];
  if (title !== undefined) parts.push(textPart(GAP + 4, 27, fitted(title, width - 24, 18), options, { size: 18, bold: true }));
  // As they stand: colours are given in the order in which values are seen.
  const inOrder = panels.toSorted((a, b) => a.grid.y - b.grid.y || a.grid.x - b.grid.x);
  for (const { title: name, grid, draw } of inOrder) {
    const place = { x: GAP + grid.x * column, y: head + GAP + grid.y * ROW, width: grid.w * column - GAP, height: grid.h * ROW - GAP };
    const named = name === '' ? 0 : TITLE;
    const room = { width: Math.max(40, Math.floor(place.width - 12)), height: Math.max(24, Math.floor(place.height - named - 8)) };
    parts.push(boxPart(place.x, place.y, place.width, place.height, ink.surface, ink.line));
    if (named > 0) parts.push(textPart(place.x + 10, place.y + 18, fitted(name, place.width - 20, 12), options, { size: 12, bold: true }));
    const drawn = await drawnOr(draw, room, theme);
    parts.push(drawn.replace('<svg ', `<svg x="${Math.round(place.x + 6)}" y="${Math.round(place.y + named + 2)}" `));
  }
  return svgDocument(options, parts);
}

async function drawnOr(draw: PlacedPanel['draw'], room: { readonly width: number; readonly height: number }, theme: Theme): Promise<string> {
  const options = { ...room, theme };
  try {
    return await draw(room.width, room.height);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return svgDocument(options, [textPart(room.width / 2, room.height / 2, fitted(message, room.width - 24, 13), options, { anchor: 'middle', faint: true })]);
  }
}
