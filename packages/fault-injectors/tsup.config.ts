import { defineConfig } from 'tsup';
import preset from '../../tools/build/tsup.config.ts';
import { watchdogBundle } from './watchdog.bundle.ts';

const entries = { index: 'src/index.ts', 'kubernetes/index': 'src/kubernetes/index.ts', 'experiments/index': 'src/experiments/index.ts' };

/** The programs of both watchdogs beside the entries: the local one shares their code, the one in a cluster is a file of its own. */
export default defineConfig([
  { ...preset, entry: { ...entries, 'watchdog-local': 'src/watchdog/localProgram.ts' }, dts: { entry: entries } },
  { ...watchdogBundle, entry: { 'watchdog-cluster': 'src/kubernetes/watchdog/program.ts' } },
]);
