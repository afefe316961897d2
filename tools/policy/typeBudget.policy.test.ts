import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from './workspace.ts';

const exec = promisify(execFile);
const types = join(root, 'tools/bench/types');
/** What the compiler may instantiate for a dashboard over all of ECS, the library's sources included. It was 990,275 in November 2026. */
const INSTANTIATIONS = 1_100_000;
const LINES = 10;

async function tsc(...args: readonly string[]): Promise<string> {
  const done = await exec(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), ...args], { cwd: root, maxBuffer: 1 << 26 }).catch((error: { stdout: string; stderr: string }) => error);
  return `${done.stdout}${done.stderr}`;
}

describe('the compiler, over the largest catalogue', () => {
  it(`instantiates at most ${INSTANTIATIONS} types`, { timeout: 300_000 }, async () => {
    const said = await tsc('-p', types, '--extendedDiagnostics');
    expect(said).not.toContain('error TS');
    const instantiations = Number(/^Instantiations:\s+(\d+)$/mu.exec(said)?.[1]);
    expect(instantiations).toBeGreaterThan(10_000);
    expect(instantiations).toBeLessThanOrEqual(INSTANTIATIONS);
  });

  describe('of a wrong field', () => {
    let folder: string;
    let errors: readonly string[];
    const wrong = {
      'a name that is not there': "line('a', 'A', everything, { x: dateHistogram('@timestamp'), y: avg('host.nme') })",
      'a date histogram over a number': "line('b', 'B', everything, { x: dateHistogram('http.response.bytes'), y: count() })",
      'terms over text': "pie('c', 'C', everything, { slices: terms('message'), y: count() })",
      'an average of keywords': "metric('d', 'D', everything, { y: avg('host.name') })",
      'a metric of the wrong type along a histogram': "line('f', 'F', everything, { x: dateHistogram('@timestamp'), y: derivative(derivative(avg('url.path'))) })",
      'a kind that takes no such metric': "pie('g', 'G', everything, { y: avg('event.duration'), slices: terms('host.name') })",
      'a histogram inside a metric over a number': "table('h', 'H', everything, { y: averageBucket(count(), dateHistogram('http.response.bytes')), rows: terms('host.name') })",
      'a series of keywords': "timeSeries('i', 'I', everything, { series: { metric: derivative(avg('host.name')) } })",
      'a heat map of keywords': "heatmap('j', 'J', everything, { value: avg('host.name'), x: dateHistogram('@timestamp') })",
      'a column that is not there': "search('e', 'E', everything, { columns: ['host.nme'] })",
    };

    beforeAll(async () => {
      folder = await mkdtemp(join(types, 'wrong-'));
      const lines = ["import { averageBucket, avg, count, dateHistogram, derivative, heatmap, line, metric, pie, search, table, terms, timeSeries } from '@podscope/saved-objects';", "import { everything } from '../largestCatalogue.ts';", ...Object.values(wrong).map((code, at) => `export const wrong${at} = ${code};`)];
      await writeFile(join(folder, 'wrong.ts'), `${lines.join('\n')}\n`);
      const config = JSON.parse(await readFile(join(types, 'tsconfig.json'), 'utf8')) as { readonly extends: string };
      await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ extends: `../${config.extends}`, files: ['wrong.ts'] }));
      errors = (await tsc('-p', folder, '--pretty', 'false')).split(/^(?=\S+\(\d+,\d+\): error)/mu).filter((each) => each.trim() !== '');
    }, 300_000);
    afterAll(() => rm(folder, { recursive: true }));

    it.each(Object.keys(wrong).map((what, at) => [what, at] as const))(`says in less than ${LINES} lines: %s`, (_, at) => {
      const ofIt = errors.filter((each) => each.includes(`wrong.ts(${at + 3},`));
      expect(ofIt).toHaveLength(1);
      expect(ofIt[0]?.trimEnd().split('\n').length).toBeLessThan(LINES);
    });
  });
});
