import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root, trackedFiles } from '../policy/workspace.ts';

const exec = promisify(execFile);
let copy: string;

/** The node_modules of a project of the copy: outside packages from here, the workspace's own from the copy. */
async function linkPackages(project: string): Promise<void> {
  const from = join(root, project, 'node_modules');
  const to = join(copy, project, 'node_modules');
  for (const name of await readdir(from).catch(() => [])) {
    if (name === '@podscope') {
      for (const own of await readdir(join(from, name))) {
        const folder = ['guestbook', 'console', 'workshop'].includes(own) ? `apps/${own}` : `packages/${own}`;
        await mkdir(join(to, name), { recursive: true });
        await symlink(join(copy, folder), join(to, name, own));
      }
    } else {
      await mkdir(to, { recursive: true });
      await symlink(join(from, name), join(to, name));
    }
  }
}

/** Runs one of the workspace's commands in the copy; its output when it fails. */
async function failureOf(command: string, ...args: readonly string[]): Promise<string> {
  const env = { ...process.env, NX_DAEMON: 'false', PODSCOPE_LANE: 'unit', CI: 'true' };
  return exec(process.execPath, [join(copy, 'node_modules', command), ...args], { cwd: copy, env, maxBuffer: 1 << 26 }).then(
    () => '',
    (error: { stdout: string; stderr: string }) => `${error.stdout}\n${error.stderr}`,
  );
}

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'podscope-generators-'));
  for (const file of await trackedFiles()) {
    if (!/^(?:packages|apps|tools|docs)\/|^[^/]+$/.test(file)) continue;
    await mkdir(join(copy, dirname(file)), { recursive: true });
    await cp(join(root, file), join(copy, file));
  }
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
  for (const parent of ['packages', 'apps']) for (const name of await readdir(join(root, parent))) await linkPackages(`${parent}/${name}`);
});
afterAll(() => rm(copy, { recursive: true, force: true }));

describe('the generators', () => {
  it('make a fault, a hunt, a dashboard and a visualization that compile, pass lint, their own tests and the catalogues’', { timeout: 400_000 }, async () => {
    const generate = (kind: string, ...args: readonly string[]) => failureOf('nx/dist/bin/nx.js', 'generate', `./tools/generators/generators.json:${kind}`, ...args, '--no-interactive');
    expect(await generate('fault', 'tried-fault')).toBe('');
    expect(await generate('hunt', 'tried-hunt', '--title=A hunt that was tried')).toBe('');
    expect(await generate('dashboard', 'tried-dashboard')).toBe('');
    expect(await generate('visualization', 'tried-picture', '--title=A picture that was tried')).toBe('');

    const vitest = ['vitest/vitest.mjs', 'run', '--config', 'tools/test/vitest.config.ts'] as const;
    expect(await failureOf(...vitest, 'fault-injectors/src/faults/catalogue', 'triedFault', 'fault-injectors/src/faults/fields', 'workshop/src/hunts/catalogue', 'workshop/src/dashboards', 'workshop/src/visualizations', 'tools/previews')).toBe('');
    const { stdout } = await exec(process.execPath, [join(copy, 'node_modules/vitest/vitest.mjs'), 'list', '--config', 'tools/test/vitest.config.ts', 'triedFault'], { cwd: copy, env: { ...process.env, PODSCOPE_LANE: 'unit' } });
    expect(stdout).toContain('packages/fault-injectors/src/faults/tried-fault/triedFault.test.ts');

    for (const project of ['packages/fault-injectors', 'apps/workshop']) expect(await failureOf('typescript/bin/tsc', '-p', project)).toBe('');
    expect(await failureOf('eslint/bin/eslint.js', 'packages/fault-injectors/src', 'apps/workshop/src/hunts', 'apps/workshop/src/dashboards', 'apps/workshop/src/visualizations', '--max-warnings', '0')).toBe('');
    expect(await exec(process.execPath, [...['--conditions=@podscope/source'], join(copy, 'node_modules/vitest/vitest.mjs'), 'run', '--config', 'tools/test/vitest.config.ts', 'catalogues'], { cwd: copy, env: { ...process.env, PODSCOPE_LANE: 'policy' } }).then(() => '', (error: { stdout: string }) => error.stdout)).toBe('');

    // Nothing is written over, and a name that is none changes nothing.
    expect(await generate('fault', 'tried-fault')).toContain('is there already');
    expect(await generate('fault', 'Not A Name')).not.toBe('');
  });
});
