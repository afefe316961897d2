import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as ecs from '@podscope/core/ecs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

/** Instantiations of the compiler for the program below over all of the Elastic Common Schema, the largest catalogue. */
const BUDGET = 1_100_000;

const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
const HEAD = `import * as ecs from '@podscope/core/ecs';
import { defineFields } from '@podscope/core';
import { averageBucket, avg, count, dataView, dateHistogram, derivative, heatmap, line, pie, table, terms, timeSeries, topHits } from '../src/index.ts';

const fields = defineFields({ ${Object.entries(ecs).flatMap(([name, set]) => (typeof set === 'object' ? [`...ecs.${name}`] : [])).join(', ')} });
const view = dataView('logs-*', { fields });
const x = dateHistogram('@timestamp');
`;
const RIGHT = `
export const all = [
  line('a', 'A', view, { x, y: [count(), avg('http.response.bytes'), derivative(avg('http.response.bytes'))], split: terms('url.path', { orderBy: avg('http.response.bytes') }) }),
  pie('b', 'B', view, { y: count(), slices: [terms('host.name'), terms('url.path')] }),
  table('c', 'C', view, { y: [averageBucket(count(), x), topHits('url.path')], rows: terms('host.name') }),
  heatmap('d', 'D', view, { value: avg('event.duration'), x, y: terms('host.name') }),
  timeSeries('e', 'E', view, { series: { metric: derivative(avg('http.response.bytes')), split: terms('host.name') } }),
];
`;
const WRONG: readonly string[] = [
  "line('a', 'A', view, { x, y: avg('url.path') });",
  "line('a', 'A', view, { x: terms('url.pth'), y: count() });",
  "line('a', 'A', view, { x: dateHistogram('http.response.bytes'), y: [count(), avg('event.duration')] });",
  "line('a', 'A', view, { x, y: derivative(derivative(avg('url.path'))) });",
  "pie('a', 'A', view, { y: avg('event.duration'), slices: terms('host.name') });",
  "table('a', 'A', view, { y: averageBucket(count(), dateHistogram('http.response.bytes')), rows: terms('message') });",
  "heatmap('a', 'A', view, { value: avg('host.name'), x });",
  "timeSeries('a', 'A', view, { series: { metric: derivative(avg('host.name')) } });",
];

describe('the compiler', () => {
  let folder = '';
  beforeEach(() => {
    // Inside the package, so that the program finds its imports.
    folder = mkdtempSync(join(import.meta.dirname, '../.budget-'));
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ extends: '../../../tsconfig.base.json', files: ['program.ts'] }));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const compile = (text: string, ...options: readonly string[]): Promise<string> => {
    writeFileSync(join(folder, 'program.ts'), text);
    return new Promise((resolve) => {
      execFile(process.execPath, [tsc, '-p', folder, '--pretty', 'false', ...options], { maxBuffer: 64 * 1024 * 1024 }, (_error, stdout) => resolve(stdout));
    });
  };

  it('keeps within its budget on the largest catalogue', async () => {
    const said = await compile(HEAD + RIGHT, '--extendedDiagnostics');
    expect(said).not.toMatch(/error TS/u);
    const instantiations = Number(/Instantiations:\s+(\d+)/u.exec(said)?.[1]);
    expect(instantiations).toBeGreaterThan(10_000);
    expect(instantiations).toBeLessThanOrEqual(BUDGET);
  });

  it('says what is wrong with a field in fewer than ten lines', async () => {
    const said = await compile(`${HEAD}${WRONG.join('\n')}\nexport {};\n`);
    const errors = said.split(/^(?=\S+\(\d+,\d+\): error TS)/mu).filter((each) => each.includes('program.ts'));
    expect(errors.length).toBeGreaterThanOrEqual(WRONG.length);
    expect(errors.map((error) => error.trimEnd().split('\n').length).filter((lines) => lines >= 10)).toEqual([]);
  });
});
