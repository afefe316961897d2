import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { date, defineFields, keyword, long, short } from '@podscope/core';
import {
  area, avg, bundle, checkSavedObjects, convertSavedObjects, count, type Dashboard, dashboard, dataView, dateHistogram, gauge, horizontalBar, line, max, metric, pie, readSavedObjects, row, type StoredObject, sum, table, TARGETS, terms, toNdjson, uniqueCount,
  verticalBar, type Visualization,
} from '@podscope/saved-objects';
import { literalBuilders } from './literals.ts';
import { grafanaDashboard } from './grafana.ts';
import { median } from './podscope.ts';

const DASHBOARDS = 1000;
const ROUNDS = 15;
const WARM_UP = 5;

const web = dataView('apache-*', {
  fields: defineFields({ '@timestamp': date(), 'url.path': keyword(), host: keyword(), status: short(), bytes: long() }),
  formats: { bytes: 'bytes' },
});
const x = dateHistogram('@timestamp');
const status = terms('status', { size: 5 });

/** The twelve panels of a dashboard: all kinds, as dashboards have them. */
export const PANELS: readonly ((id: string, title: string) => Visualization)[] = [
  (id, title) => metric(id, title, web, { y: count() }),
  (id, title) => metric(id, title, web, { y: uniqueCount('host') }),
  (id, title) => gauge(id, title, web, { y: max('bytes'), bounds: [0, 1000, 10_000] }),
  (id, title) => line(id, title, web, { x, y: count(), split: status }),
  (id, title) => line(id, title, web, { x, y: [avg('bytes'), max('bytes')] }),
  (id, title) => area(id, title, web, { x, y: sum('bytes'), split: terms('host', { size: 10 }) }),
  (id, title) => verticalBar(id, title, web, { x, y: count(), split: status, filter: 'status >= 400' }),
  (id, title) => horizontalBar(id, title, web, { x: terms('url.path', { size: 20 }), y: count() }),
  (id, title) => pie(id, title, web, { slices: status, y: count() }),
  (id, title) => table(id, title, web, { rows: terms('url.path', { size: 20 }), y: [count(), avg('bytes')] }),
  (id, title) => line(id, title, web, { x, y: uniqueCount('host') }),
  (id, title) => verticalBar(id, title, web, { x, y: sum('bytes') }),
];

const idOf = (board: number, panel: number): string => `panel-${board}-${panel}`;
const titleOf = (board: number, panel: number): string => `Panel ${panel} of ${board}`;

const boardOf = (id: string, title: string, panels: readonly Visualization[]): Dashboard =>
  dashboard(id, title, [row(...panels.slice(0, 3)), row(...panels.slice(3, 5)), row(...panels.slice(5, 8)), row(...panels.slice(8, 10)), row(...panels.slice(10))]);

/** As a user writes it. */
function builtByLibrary(boards: number): string {
  const all = Array.from({ length: boards }, (_, board) => {
    const panels = PANELS.map((make, panel) => make(idOf(board, panel), titleOf(board, panel)));
    return boardOf(`board-${board}`, `Board ${board}`, panels);
  });
  return toNdjson(bundle(...all), { target: 'opensearch-dashboards@2' });
}

/** The same bytes out of object literals, with the same inner `JSON.stringify`. */
async function literalWriter(): Promise<(boards: number) => string> {
  const { pattern, visualizations, board: literalBoard } = await literalBuilders(web.object, PANELS, boardOf);
  return (boards) => {
    const panels: object[] = [];
    const last: object[] = [];
    for (let board = 0; board < boards; board += 1) {
      const ids = visualizations.map((_, panel) => idOf(board, panel));
      for (const [panel, make] of visualizations.entries()) panels.push(make(ids[panel] ?? '', titleOf(board, panel)));
      last.push(literalBoard(`board-${board}`, `Board ${board}`, ids));
    }
    const objects = [pattern(), ...panels, ...last];
    return [...objects, { exportedCount: objects.length, missingRefCount: 0, missingReferences: [] }].map((line) => `${JSON.stringify(line)}\n`).join('');
  };
}

/** What building and serialising costs. Seconds are medians. */
export interface BuildFigures {
  readonly dashboards: number;
  readonly objects: number;
  readonly library: number;
  readonly literals: number;
  /** Library over literals of the same round: median. */
  readonly ratio: number;
  /** Dashboards of twelve panels that Grafana's SDK builds and serialises. */
  readonly grafana: number;
}

function seconds(work: () => unknown): number {
  const before = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - before) / 1e9;
}

/** Builds 1,000 dashboards by the library, by literals, and by Grafana's SDK, in turn. */
export async function measureBuilding(): Promise<BuildFigures> {
  const byLiterals = await literalWriter();
  if (byLiterals(3) !== builtByLibrary(3)) throw new Error('The literals do not write the same bytes as the library.');
  const runs = Array.from({ length: WARM_UP + ROUNDS }, () => ({
    library: seconds(() => builtByLibrary(DASHBOARDS)),
    literals: seconds(() => byLiterals(DASHBOARDS)),
    grafana: seconds(() => Array.from({ length: DASHBOARDS }, (_, board) => JSON.stringify(grafanaDashboard(board, PANELS.length)))),
  })).slice(WARM_UP);
  return {
    dashboards: DASHBOARDS,
    objects: DASHBOARDS * (PANELS.length + 1) + 1,
    library: median(runs.map(({ library }) => library)),
    literals: median(runs.map(({ literals }) => literals)),
    ratio: median(runs.map(({ library, literals }) => library / literals)),
    grafana: median(runs.map(({ grafana }) => grafana)),
  };
}

/** What checking and converting the corpus costs. */
export interface CorpusFigures {
  readonly objects: number;
  readonly targets: number;
  /** Objects a second, each checked and converted for one target. */
  readonly perSecond: number;
  readonly read: number;
}

/** Reads, checks and converts every object of a folder, file by file, for every target. */
export function measureCorpus(folder: string): CorpusFigures {
  const texts = filesIn(folder).map((file) => [file, readFileSync(file, 'utf8')] as const);
  let files: readonly (readonly StoredObject[])[] = [];
  const read = seconds(() => (files = texts.map(([file, text]) => readSavedObjects(text, { file }).objects.map(({ object }) => object))));
  const objects = files.reduce((all, { length }) => all + length, 0);
  const targets = Object.keys(TARGETS) as (keyof typeof TARGETS)[];
  const work = (): void => {
    for (const target of targets) for (const set of files) checkSavedObjects(convertSavedObjects(set, { to: target }).objects, { target });
  };
  work();
  const runs = Array.from({ length: 3 }, () => seconds(work));
  return { objects, targets: targets.length, perSecond: (objects * targets.length) / median(runs), read: objects / read };
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
}
