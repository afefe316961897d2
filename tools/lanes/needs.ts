import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { findJava } from '../../packages/embedded-opensearch/src/java/find-java.ts';
import { assetsFolder, canObtain, recipes, type KubeProgram } from '../kube-test-env/programs.ts';
import { findPython } from '../aws-test-env/install/findPython.ts';
import { findChromium } from '../test/chromium.ts';

const exec = promisify(execFile);

async function succeeds(attempt: Promise<unknown>): Promise<boolean> {
  return attempt.then(
    () => true,
    () => false,
  );
}

const hasGo = () => succeeds(exec('go', ['version']));

/** What a lane may need, and whether this machine has it. A JDK is looked for in the way that the server looks for it. */
export const needs = {
  java17: () => succeeds(findJava('2.19.6')),
  java21: () => succeeds(findJava('3.8.0')),
  mvn: () => succeeds(exec('mvn', ['--version'])),
  'redis-server': () => succeeds(exec('redis-server', ['--version'])),
  go: hasGo,
  // Built with Go, or brought by setup-envtest. An incomplete folder of that counts: the lane then says what it lacks.
  'kube-apiserver': async () => assetsFolder() !== undefined || hasGo(),
  // Version 3.10 or newer, with venv.
  python3: async () => (await findPython()) !== undefined,
  // Named, never guessed: the lane puts things on it.
  cluster: async () => Boolean(process.env['PODSCOPE_TEST_CONTEXT']),
  chromium: async () => (await findChromium()) !== undefined,
} as const;

/** A name of {@link needs}. */
export type Need = keyof typeof needs;

/**
 * True when a program that no lane needs, but some of its tests try where it is, can be had: one of `tools/kube-test-env` from
 * KUBEBUILDER_ASSETS or with Go, any other from a folder of `PODSCOPE_SHIPPERS_BIN` or the PATH.
 */
export function hasProgram(name: string): boolean {
  if (Object.hasOwn(recipes, name)) return canObtain(name as KubeProgram);
  const folders = [process.env['PODSCOPE_SHIPPERS_BIN'] ?? '', process.env['PATH'] ?? ''].flatMap((list) => list.split(delimiter));
  return folders.some((folder) => folder !== '' && existsSync(join(folder, name)));
}
