import { join } from 'node:path';
import { askPanel, madeUpAnswer, type PanelSearch, renderPanel, type SearchResponse, type Theme } from '../../../packages/dashboard-renderer/src/index.ts';
import { drawToSvg } from '../../../packages/dashboard-renderer/src/svg.ts';
import type { RegressionCase } from './cases.ts';
import { PATTERN, TIME_RANGE, TIME_ZONE } from './pattern.ts';

/** Where the files of the cases are. */
export const FILES = join(import.meta.dirname, 'files');

/** What a case came to: what we ask, and what we draw of made-up answers. */
export interface RegressionResult {
  readonly json: string;
  readonly light: string;
  readonly dark: string;
}

/** Runs a case. The same case has the same result, byte for byte. */
export async function runCase({ about, source, object }: RegressionCase): Promise<RegressionResult> {
  const objects = [PATTERN, object];
  const requests: Pick<PanelSearch, 'name' | 'api' | 'index' | 'body'>[] = [];
  const now = Date.parse(TIME_RANGE.to);
  const send = async (search: PanelSearch): Promise<SearchResponse> => {
    requests.push({ name: search.name, api: search.api, index: search.index, body: search.body });
    return madeUpAnswer(search, { objects, timeRange: TIME_RANGE, now });
  };
  const answers = await askPanel(object, objects, { timeRange: TIME_RANGE, timeZone: TIME_ZONE, now }, send);
  const draw = async (theme: Theme): Promise<string> => {
    const result = renderPanel(object, answers.get('main'), { theme, timeRange: TIME_RANGE, objects, answers, timeZone: TIME_ZONE, now });
    return drawToSvg(result, { width: 560, height: 320, theme });
  };
  return { json: `${JSON.stringify({ about, source, requests }, undefined, 2)}\n`, light: await draw('light'), dark: await draw('dark') };
}
