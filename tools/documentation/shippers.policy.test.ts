import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { CANDIDATES, EMBEDDED_SOURCES, KEPT } from '../../apps/workshop/src/targets/embedded/shippers/sources.ts';
import { noAuth, openSearch } from '../../packages/log-shippers/src/index.ts';
import { formatTopology, PATTERNS, planPipeline } from '../../packages/log-shippers/src/pipelines/index.ts';
import { root } from '../policy/workspace.ts';

const page = await readFile(join(root, 'docs/guide/shippers.md'), 'utf8');

it('draws the seed’s topology as it is, and names every pattern', () => {
  const destination = openSearch({ engine: 'opensearch@2', endpoint: 'https://opensearch.example.com:9200', auth: noAuth });
  expect(page).toContain(formatTopology(planPipeline({ pattern: 'ant332', destination })));
  for (const pattern of Object.keys(PATTERNS)) expect(page).toContain(`| \`${pattern}\` |`);
});

it('says of each source on this machine who may ship it, and why not', () => {
  for (const source of EMBEDDED_SOURCES) {
    const row = page.split('\n').find((line) => line.startsWith(`| \`${source}\` |`));
    expect(row, source).toBeDefined();
    const why = KEPT[source];
    if (why !== undefined) expect(row).toContain(why);
    expect(why === undefined).toBe(CANDIDATES[source] !== undefined);
  }
});
