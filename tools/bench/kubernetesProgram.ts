import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, realpath, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const run = promisify(execFile);

/**
 * Makes a program of ours what a user has: compiled, with the other packages as they are installed beside it. What is ours is in one
 * file.
 */
export async function compileProgram(source: string, folder: string): Promise<string> {
  const outfile = join(folder, 'program.mjs');
  await build({
    entryPoints: [source],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    conditions: ['@podscope/source'],
    plugins: [
      {
        name: 'installed',
        setup: ({ onResolve }) => onResolve({ filter: /^[^./]/ }, ({ path, kind }) => (kind === 'entry-point' || path.startsWith('@podscope/') ? undefined : { path, external: true })),
      },
    ],
  });
  // The app looks for its own version there.
  await cp(join(root, 'apps/workshop/package.json'), join(folder, 'package.json'));
  const modules = join(folder, 'node_modules');
  for (const owner of ['apps/workshop', 'packages/fault-injectors', 'packages/core']) {
    const { dependencies = {}, peerDependencies = {} } = JSON.parse(await readFile(join(root, owner, 'package.json'), 'utf8')) as Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;
    for (const name of Object.keys({ ...dependencies, ...peerDependencies }).filter((each) => !each.startsWith('@podscope/'))) {
      const installed = await realpath(join(root, owner, 'node_modules', name)).catch(() => undefined);
      await mkdir(dirname(join(modules, name)), { recursive: true });
      // Named by several of them: the same.
      if (installed !== undefined) await symlink(installed, join(modules, name)).catch(() => undefined);
    }
  }
  return outfile;
}

/** What one process took: as a whole, and what it says of itself after its imports. Seconds. */
export interface ProcessTime {
  readonly whole: number;
  readonly inside: number;
}

/** Runs a compiled program, whose last line is `{"seconds": …}`. */
export async function timedProgram(program: string, args: readonly string[]): Promise<ProcessTime> {
  const started = performance.now();
  const { stdout } = await run(process.execPath, [program, ...args], { maxBuffer: 1 << 26 });
  const whole = (performance.now() - started) / 1000;
  const { seconds } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { readonly seconds: number };
  return { whole, inside: seconds };
}

/** Runs kubectl with a kubeconfig, and fails where it does. Seconds. */
export async function timedKubectl(kubectl: string, args: readonly string[], environment: Readonly<Record<string, string>>): Promise<{ readonly seconds: number; readonly stdout: string }> {
  const started = performance.now();
  const { stdout } = await run(kubectl, [...args], { env: environment, maxBuffer: 1 << 26 });
  return { seconds: (performance.now() - started) / 1000, stdout };
}
