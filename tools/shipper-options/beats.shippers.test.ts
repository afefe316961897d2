import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { lintExamples } from '../conformance/log-shippers/examples.ts';
import { ensureProgram } from '../shipper-programs/programs.ts';
import { beatsOptions } from './beats.ts';

const OPTIONS = join(import.meta.dirname, '../../packages/log-shippers/src/beats/options');
const VERSIONS = [['7.12', '7.12.1'], ['7.17', '7.17.0']] as const;
let modules: string;
beforeAll(async () => {
  for (const [, exact] of VERSIONS) {
    await ensureProgram('filebeat', exact);
    // A program out of the cache needs no modules.
    execFileSync('go', ['mod', 'download', 'github.com/elastic/beats/v7'], { cwd: join(import.meta.dirname, `../shipper-programs/recipes/filebeat-${exact}`) });
  }
  modules = join(execFileSync('go', ['env', 'GOMODCACHE'], { encoding: 'utf8' }).trim(), 'github.com/elastic/beats');
}, 30 * 60_000);

it('lists what the structs of both versions have', () => {
  const files = beatsOptions(modules);
  expect([...files.keys()].sort()).toEqual(readdirSync(OPTIONS).sort());
  for (const [name, text] of files) expect(readFileSync(join(OPTIONS, name), 'utf8')).toBe(text);
});

it.each(VERSIONS.flatMap(([, exact]) => (['filebeat', 'metricbeat'] as const).map((beat) => ({ exact, beat }))))('finds only what is known in the reference of $beat $exact', async ({ exact, beat }) => {
  const { findings, stale } = await lintExamples([join(modules, `v7@v${exact}`, beat, `${beat}.reference.yml`)]);
  expect(findings.length).toBeGreaterThan(0);
  expect(findings.filter(({ known }) => known === null)).toEqual([]);
  expect(stale).toEqual([]);
});
