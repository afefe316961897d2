import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { isPodscopeError } from '@podscope/core';
import { layoutOf, renderPanel, type SavedObject } from '../../packages/dashboard-renderer/src/index.ts';
import { compareRecording } from '../golden/compare.ts';
import { readRecordings } from '../golden/recordings.ts';
import { chromiumOptions } from '../test/chromium.ts';
import type { PageInput } from './renderer/page.ts';

/** How long a recorded dashboard takes until all of its panels are drawn, in milliseconds: medians of {@link ROUNDS} rounds. */
export interface RendererFigures {
  readonly panels: number;
  readonly ours: number;
  readonly bare: number;
  readonly ratio: number;
}

const DASHBOARD = 'logs-web-traffic';
const ROUNDS = 15;
/** Pixels of a column and of a grid row. */
const CELL = { width: 30, height: 24 };

/** Draws the recorded dashboard in Chromium, from saved objects and answers, and from ready options, in turns. */
export async function measureRenderer(): Promise<RendererFigures | undefined> {
  const folder = join(process.env['PODSCOPE_CORPUS'] ?? '', 'golden', 'osd-2.8.0');
  if (!existsSync(folder)) return undefined;
  const { objects, recordings } = readRecordings(folder);
  const recording = recordings.find(({ kind, name }) => kind === 'dashboard' && name === DASHBOARD);
  if (recording === undefined) throw new Error(`There is no recording of ${DASHBOARD}.`);
  const { answers } = await compareRecording(recording, objects);
  const { panels } = layoutOf(objects, recording.object.id);
  // Vega on a map would need tiles from the network: it is on neither side, and was not drawn on the recorded page either.
  const drawn = panels.filter(({ object }) => !onMap(object));
  const input: PageInput = {
    objects,
    panels: drawn.map(({ object, grid }) => ({ id: object.id, answers: [...(answers.get(object.id) ?? [])], width: grid.w * CELL.width, height: grid.h * CELL.height })),
    timeRange: { from: recording.from, to: recording.to },
  };
  const bundled = await build({ entryPoints: [fileURLToPath(new URL('renderer/page.ts', import.meta.url))], bundle: true, write: false, format: 'iife', minify: true, conditions: ['@podscope/source'] });
  await using browser = await chromium.launch(await chromiumOptions());
  const page = await browser.newPage({ viewport: { width: 1600, height: 2400 } });
  await page.setContent('<!doctype html><body></body>');
  await page.addScriptTag({ content: bundled.outputFiles[0]?.text ?? '' });
  const run = (side: 'ours' | 'bare'): Promise<number> => page.evaluate(([name, given]) => (globalThis as unknown as { runs: Record<'ours' | 'bare', (input: PageInput) => Promise<number>> }).runs[name](given), [side, input] as const);
  // Twice before it counts: the browser compiles what it sees often.
  for (let warm = 0; warm < 2; warm++) for (const side of ['ours', 'bare'] as const) await run(side);
  const times = { ours: [] as number[], bare: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) for (const side of round % 2 === 0 ? (['ours', 'bare'] as const) : (['bare', 'ours'] as const)) times[side].push(await run(side));
  const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN;
  const [ours, bare] = [median(times.ours), median(times.bare)];
  return { panels: drawn.length, ours, bare, ratio: ours / bare };
}

function onMap(object: SavedObject): boolean {
  try {
    renderPanel(object, undefined, { theme: 'light', timeRange: { from: 'now-1h', to: 'now' } });
    return false;
  } catch (error) {
    return isPodscopeError(error, 'RENDERER_UNSUPPORTED');
  }
}
