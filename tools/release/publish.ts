import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packAll, root, run } from './workspace.ts';

/** Where the packages go, and how. */
export interface PublishOptions {
  /** A folder whose `.npmrc` says where packages go; without one, npm's own settings. */
  readonly cwd: string;
  /** Signs where each package was built; only a workflow with an identity can. */
  readonly provenance: boolean;
}

/** What became of one package. */
export interface Published {
  readonly id: string;
  readonly state: 'published' | 'was there';
}

async function isThere(id: string, cwd: string): Promise<boolean> {
  try {
    return (await run('npm', ['view', id, 'version'], cwd)).trim() !== '';
  } catch (error) {
    // Only "not found" means that it may be published; without an answer nobody knows.
    if (error instanceof Error && error.message.includes('E404')) return false;
    throw error;
  }
}

/** Publishes the packed packages, libraries first, whose version is not there yet. A second run does nothing. */
export async function publishTarballs(tarballs: ReadonlyMap<string, string>, { cwd, provenance }: PublishOptions): Promise<readonly Published[]> {
  const done: Published[] = [];
  for (const [folder, tarball] of tarballs) {
    const { name, version } = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8')) as { name: string; version: string };
    const id = `${name}@${version}`;
    const there = await isThere(id, cwd);
    if (!there) await run('npm', ['publish', tarball, `--provenance=${provenance}`, '--access', 'public'], cwd);
    done.push({ id, state: there ? 'was there' : 'published' });
  }
  return done;
}

// `npm run release`: what the publish job of .github/workflows/release.yml runs after the build.
if (import.meta.main) {
  const folder = await mkdtemp(join(tmpdir(), 'podscope-publish-'));
  try {
    for (const { id, state } of await publishTarballs(await packAll(folder), { cwd: root, provenance: true })) process.stdout.write(`${id}: ${state}\n`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
