import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Dashboard, SavedObject, Visualization } from '@podscope/saved-objects';

/** What the made module exports: functions that return object literals. */
export interface LiteralBuilders {
  pattern(): object;
  readonly visualizations: readonly ((id: string, title: string) => object)[];
  board(id: string, title: string, panels: readonly string[]): object;
}

const ID = 'placeholder-id';
const TITLE = 'placeholder title';
const panelId = (at: number): string => `placeholder-panel-${at}`;
/** Attributes that hold JSON as text: the literals stringify it anew, as a user who writes them must. */
const INNER = ['visState', 'uiStateJSON', 'panelsJSON', 'optionsJSON', 'searchSourceJSON'];

/**
 * Writes what the library makes as a module of object literals, with identifiers in the place of ids and titles, and loads it:
 * the floor that a builder can be held against, whatever it makes.
 */
export async function literalBuilders(pattern: SavedObject, makers: readonly ((id: string, title: string) => Visualization)[], boardOf: (id: string, title: string, panels: readonly Visualization[]) => Dashboard): Promise<LiteralBuilders> {
  const board = boardOf(ID, TITLE, makers.map((make, at) => make(panelId(at), TITLE)));
  const module = [
    `export const pattern = () => (${literal(pattern)});`,
    `export const visualizations = [${makers.map((make) => `(id, title) => (${literal(make(ID, TITLE).object)})`).join(',\n')}];`,
    `export const board = (id, title, panels) => (${literal(board.object)});`,
  ].join('\n');
  const folder = await mkdtemp(join(tmpdir(), 'podscope-literals-'));
  try {
    const file = join(folder, 'literals.mjs');
    await writeFile(file, module);
    return (await import(pathToFileURL(file).href)) as LiteralBuilders;
  } finally {
    await rm(folder, { recursive: true });
  }
}

function literal(value: unknown): string {
  if (value === ID) return 'id';
  if (value === TITLE) return 'title';
  const panel = typeof value === 'string' ? /^placeholder-panel-(\d+)$/u.exec(value) : null;
  if (panel !== null) return `panels[${panel[1]}]`;
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{ ${members.map(([name, member]) => `${JSON.stringify(name)}: ${INNER.includes(name) && member !== '{}' ? `JSON.stringify(${literal(JSON.parse(String(member)))})` : literal(member)}`).join(', ')} }`;
}
