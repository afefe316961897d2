import { PodscopeError } from '@podscope/core';
import type { Panel, Row } from './panel.ts';

/** A panel and where it is on the grid. */
export interface PlacedPanel {
  readonly panel: Panel;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

const COLUMNS = 48;
const LOW: readonly string[] = ['metric', 'gauge', 'goal', 'markdown', 'controls'];

/**
 * Places rows below each other, each as high as its highest panel, and panels outside of rows where they say.
 *
 * @throws PodscopeError `SAVED_OBJECT_LAYOUT_INVALID`
 */
export function placedOf(id: string, parts: readonly (Row | Panel)[]): readonly PlacedPanel[] {
  let y = 0;
  const placed: PlacedPanel[] = [];
  for (const [index, part] of parts.entries()) {
    const where = `${'panels' in part ? 'Row' : 'Panel'} ${index + 1} of dashboard "${id}"`;
    if (!('panels' in part)) {
      placed.push(whereItSays(part, where));
      continue;
    }
    const widths = widthsOf(part.panels, where);
    const height = Math.max(...part.panels.map((each) => each.height ?? (LOW.includes(each.content.kind) ? 8 : 13)));
    let x = 0;
    for (const [column, each] of part.panels.entries()) {
      const w = widths[column] as number;
      placed.push({ panel: each, x, y, w, h: height });
      x += w;
    }
    y += height;
  }
  if (parts.some((part) => !('panels' in part))) refuseOverlaps(id, placed);
  return placed;
}

function whereItSays(panel: Panel, where: string): PlacedPanel {
  const { at, width, height } = panel;
  if (at === undefined || width === undefined || height === undefined) throw invalid(`${where} has no place.`, 'Put it into a row, or give it `at`, a width and a height.');
  const whole = [at.x, at.y].every((each) => Number.isInteger(each) && each >= 0) && [width, height].every((each) => Number.isInteger(each) && each > 0);
  if (!whole || at.x + width > COLUMNS) throw invalid(`${where} is at ${at.x}, ${at.y}, and ${width} by ${height}.`, `Use whole numbers; the grid has ${COLUMNS} columns.`);
  return { panel, x: at.x, y: at.y, w: width, h: height };
}

/** The product would move one of them. */
function refuseOverlaps(id: string, placed: readonly PlacedPanel[]): void {
  for (const [index, a] of placed.entries()) {
    const over = placed.findIndex((b, other) => other > index && a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h);
    if (over !== -1) throw invalid(`Panels ${index + 1} and ${over + 1} of dashboard "${id}" overlap.`, 'Place one of them elsewhere; rows begin at the top.');
  }
}

function widthsOf(panels: readonly Panel[], where: string): readonly number[] {
  const given = panels.reduce((total, each) => total + (each.width ?? 0), 0);
  const open = panels.filter((each) => each.width === undefined).length;
  const left = COLUMNS - given;
  const whole = panels.every((each) => [each.width ?? 1, each.height ?? 1].every((size) => Number.isInteger(size) && size > 0));
  if (panels.length === 0 || left < open || !whole) {
    throw invalid(
      `${where} does not fit: ${panels.length} panels, ${given} columns given of ${COLUMNS}.`,
      'Pass at least one panel; widths are whole columns that leave at least one for every panel without a width.',
    );
  }
  if (panels.some((each) => each.at !== undefined)) throw invalid(`${where} has a panel with a place of its own.`, 'Take it out of the row.');
  let openSoFar = 0;
  return panels.map((each) => {
    if (each.width !== undefined) return each.width;
    const start = Math.round((left * openSoFar) / open);
    openSoFar += 1;
    return Math.round((left * openSoFar) / open) - start;
  });
}

function invalid(message: string, hint: string): PodscopeError<'SAVED_OBJECT_LAYOUT_INVALID'> {
  return new PodscopeError('SAVED_OBJECT_LAYOUT_INVALID', message, { hint });
}
