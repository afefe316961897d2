import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { lintFilebeat, lintMetricbeat, parseFilebeat, parseMetricbeat } from '../../packages/log-shippers/src/beats/index.ts';
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

/**
 * What the linter says of the configurations that Beats ship, and why it may: they are for Elasticsearch with x-pack, with the system calls
 * of 2021; Metricbeat's drop after three tries; the reference has every module beside every other.
 */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  '7.12 filebeat': ['seccomp', 'template-to-opensearch'],
  '7.17 filebeat': ['seccomp'],
  '7.12 metricbeat': ['drops-events', 'kube-state-metrics-2', 'seccomp', 'state-and-node', 'template-to-opensearch'],
  '7.17 metricbeat': ['drops-events', 'seccomp', 'state-and-node'],
};

it.each(VERSIONS.flatMap(([version, exact]) => (['filebeat', 'metricbeat'] as const).map((beat) => ({ version, exact, beat }))))('finds nothing else in the reference of $beat $exact', ({ version, exact, beat }) => {
  const text = readFileSync(join(modules, `v7@v${exact}`, beat, `${beat}.reference.yml`), 'utf8');
  const found = beat === 'filebeat' ? lintFilebeat(parseFilebeat(text, { version })) : lintMetricbeat(parseMetricbeat(text, { version }));
  expect(found.map(({ rule }) => rule).sort()).toEqual(KNOWN[`${version} ${beat}`]);
});
