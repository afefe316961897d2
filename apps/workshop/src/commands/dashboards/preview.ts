import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { PodscopeError } from '@podscope/core';
import { askPanel, layoutOf, madeUpAnswer, type PanelSearch, productColors, renderPanel, type SavedObject, type SearchResponse, type Theme } from '@podscope/dashboard-renderer';
import { dashboardToSvg, drawToSvg, type PlacedPanel } from '@podscope/dashboard-renderer/svg';
import { migrateSavedObject } from '@podscope/saved-objects';
import { exitCodes } from '../../terminal/exitCodes.ts';
import type { CommandAction } from '../command.ts';
import { usageError } from '../usageError.ts';
import { pictureToPng } from './picturePng.ts';
import { readAll, requireReadable } from './reading.ts';
import { writeWhole } from './writeWhole.ts';

const FORMATS = ['.svg', '.html', '.png'];

/** A panel that could not be drawn, and why. */
interface Undrawn {
  readonly panel: string;
  readonly why: string;
}

/** `podscope dashboards preview <files...> --out <picture>` */
export const run: CommandAction = async ({ environment, output }, paths, options) => {
  const out = resolve(String(options['out']));
  const format = extname(out).toLowerCase();
  if (!FORMATS.includes(format)) throw usageError(`${out} is no name of a picture.`, `Let it end in ${FORMATS.join(', ')}.`);
  const theme = options['dark'] === true ? 'dark' : 'light';
  const width = Number(options['width']);
  if (!Number.isInteger(width) || width < 320 || width > 8_000) throw usageError(`"${String(options['width'])}" is no width.`, 'Give a whole number of pixels from 320 to 8000.');
  const reading = await readAll(paths);
  requireReadable(reading);
  const objects = reading.objects.map(({ object }) => migrateSavedObject(object) as unknown as SavedObject);
  const recorded = options['data'] === undefined ? undefined : await answersIn(String(options['data']));
  const page = await drawn(objects, chosen(objects, options['dashboard'] as string | undefined), {
    theme,
    width,
    timeRange: { from: String(options['from']), to: String(options['to']) },
    // Made-up data are the same on every day.
    now: options['now'] === undefined ? Date.parse('2026-01-31T12:00:00Z') : moment(String(options['now'])),
    recorded,
  });
  const text = format === '.html' ? htmlOf(page.title, page.svg, theme) : page.svg;
  await writeWhole(out, format === '.png' ? await pictureToPng(page.svg, width, environment.path) : text, options['overwrite'] === true);
  for (const { panel, why } of page.undrawn) output.note(`${panel} is not drawn: ${why}`);
  output.result({ dashboard: page.id, out, panels: page.panels, undrawn: page.undrawn, data: recorded ? 'recorded' : 'made up' }, () => [`✔ ${out}: ${page.panels} panels of "${page.title}", ${recorded ? 'from recorded answers' : 'with made-up data'}`]);
  return exitCodes.ok;
};

function moment(text: string): number {
  const time = Date.parse(text);
  if (Number.isFinite(time)) return time;
  throw usageError(`"${text}" is no time.`, 'Write such as 2026-01-31T12:00:00Z.');
}

/** The dashboard of that id or title, or the only one. */
function chosen(objects: readonly SavedObject[], asked: string | undefined): SavedObject {
  const dashboards = objects.filter(({ type }) => type === 'dashboard');
  const named = dashboards.map(({ id, attributes }) => `${id} (${String(attributes['title'])})`).join(', ');
  const found = asked === undefined ? dashboards : dashboards.filter(({ id, attributes }) => id === asked || attributes['title'] === asked);
  const [first] = found;
  if (first && found.length === 1) return first;
  if (dashboards.length === 0) throw usageError('The files hold no dashboard.', 'Export one with all related objects.');
  throw usageError(asked === undefined ? 'The files hold several dashboards.' : `There is no one dashboard "${asked}".`, `Name one with --dashboard: ${named}.`);
}

/** Answers by the title of their panel, and by the names of its searches where it has several. */
type Recorded = ReadonlyMap<string, ReadonlyMap<string, SearchResponse>>;

async function answersIn(file: string): Promise<Recorded> {
  const text = await readFile(file, 'utf8').catch((cause: Error) => {
    throw usageError(`${file} can't be read: ${cause.message}.`, 'Name a file with answers.');
  });
  try {
    const parsed = JSON.parse(text) as Readonly<Record<string, Readonly<Record<string, SearchResponse>>>>;
    return new Map(Object.entries(parsed).map(([panel, answers]) => [panel, new Map(Object.entries(answers))]));
  } catch {
    throw usageError(`${file} is no JSON.`, 'It is one object: panel titles or ids, each with answers by the names of its searches, such as {"Requests": {"main": {…}}}.');
  }
}

interface DrawSetting {
  readonly theme: Theme;
  readonly width: number;
  readonly timeRange: { readonly from: string; readonly to: string };
  readonly now: number;
  readonly recorded: Recorded | undefined;
}

async function drawn(objects: readonly SavedObject[], dashboard: SavedObject, { theme, width, timeRange, now, recorded }: DrawSetting): Promise<{ readonly id: string; readonly title: string; readonly svg: string; readonly panels: number; readonly undrawn: readonly Undrawn[] }> {
  const layout = layoutOf(objects, dashboard.id);
  const colors = productColors();
  const undrawn: Undrawn[] = [];
  const panels = layout.panels.map(({ title, grid, object }): PlacedPanel => ({
    title,
    grid,
    draw: async (panelWidth, panelHeight) => {
      const mine = recorded?.get(title) ?? recorded?.get(object.id);
      const send = async (search: PanelSearch): Promise<SearchResponse> => (recorded ? (mine?.get(search.name) ?? {}) : madeUpAnswer(search, { objects, timeRange, now }));
      try {
        const answers = await askPanel(object, objects, { timeRange, now, dashboardQuery: layout.query, dashboardFilters: layout.filters }, send);
        const result = renderPanel(object, answers.get('main'), { theme, timeRange, now, objects, answers, colors });
        return await drawToSvg(result, { width: panelWidth, height: panelHeight, theme });
      } catch (error) {
        if (!(error instanceof PodscopeError)) throw error;
        undrawn.push({ panel: title === '' ? object.id : title, why: error.message });
        throw error;
      }
    },
  }));
  const svg = await dashboardToSvg(panels, { width, theme, title: layout.title });
  return { id: dashboard.id, title: layout.title, svg, panels: panels.length, undrawn };
}

/** A page that needs nothing but itself. */
function htmlOf(title: string, svg: string, theme: Theme): string {
  const escaped = title.replace(/[&<>"]/gu, (char) => `&#${char.charCodeAt(0)};`);
  return `<!doctype html>\n<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped}</title>\n<style>body{margin:0;background:${theme === 'dark' ? '#14181f' : '#f5f7fa'}}svg{max-width:100%;height:auto}</style>\n${svg}\n</html>\n`;
}
