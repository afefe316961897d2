import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const exec = promisify(execFile);

/** The repository's root. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Runs a command; its stdout. A failure's message carries both of its outputs: npm says why, whatever a caller's `--silent` asks. */
export async function run(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
  try {
    const { stdout } = await exec(command, [...args], { cwd, env: { ...process.env, npm_config_loglevel: 'error', ...env }, maxBuffer: 1 << 26, timeout: 540_000 });
    return stdout;
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as Error & { stdout?: string; stderr?: string };
    throw new Error(`${command} ${args.join(' ')}: ${message.split('\n')[0]}\n${stdout}\n${stderr}`, { cause: error });
  }
}

/** The folders of the packages that are published, libraries first. */
export async function publishedFolders(): Promise<readonly string[]> {
  const folders: string[] = [];
  for (const parent of ['packages', 'apps']) {
    for (const name of (await readdir(join(root, parent))).sort()) {
      const manifest = JSON.parse(await readFile(join(root, parent, name, 'package.json'), 'utf8')) as { private?: boolean };
      if (manifest.private !== true) folders.push(`${parent}/${name}`);
    }
  }
  return folders;
}

async function packageManagerName(): Promise<string> {
  const { packageManager } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { packageManager: string };
  return packageManager;
}

/** Builds every package, as `npm run build` does. */
export async function buildAll(): Promise<void> {
  await run(process.execPath, [join(root, 'tools/bootstrap/nx.mjs'), 'run-many', '-t', 'build', '--outputStyle=static'], root, { NX_DAEMON: 'false' });
}

/** Packs the published packages as they would be published; tarball by package folder. */
export async function packAll(destination: string): Promise<ReadonlyMap<string, string>> {
  const tarballs = new Map<string, string>();
  const packageManager = await packageManagerName();
  for (const folder of await publishedFolders()) {
    const out = await run('npx', ['--yes', packageManager, 'pack', '--json', '--pack-destination', destination], join(root, folder));
    const { filename } = JSON.parse(out.slice(out.indexOf('{'))) as { filename: string };
    tarballs.set(folder, filename.startsWith('/') ? filename : join(destination, filename));
  }
  return tarballs;
}
