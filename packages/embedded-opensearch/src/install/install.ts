import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isPodscopeError, PodscopeError } from '@podscope/core';
import { namesOf } from '../distribution.ts';
import { findJava } from '../java/find-java.ts';
import { installDirectory, locateInCache, type Installation } from '../locate/locate.ts';
import type { OnProgress, Source } from '../progress.ts';
import { releases, type Release } from '../releases.ts';
import { NEEDED_BYTES, requireDiskSpace } from './disk-space.ts';
import { downloadTarball } from './download.ts';
import { withLock } from './lock.ts';
import { installFromMaven } from './maven.ts';
import { extractTarball } from './tarball.ts';

/** The sources that something is installed from. */
export type InstallSource = Extract<Source, 'tarball' | 'maven'>;

/** How a server is installed. */
export interface InstallOptions {
  readonly version: string;
  readonly cacheDir: string;
  /** Tried in this order. */
  readonly sources: readonly InstallSource[];
  readonly javaHome?: string | undefined;
  /** The Maven program. @default 'mvn' */
  readonly mavenCommand?: string | undefined;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Archives to use instead of the listed ones; for mirrors and tests. */
  readonly tarballs?: Release['tarballs'] | undefined;
}

/** Codes that end the search: going on would hide what has to be seen. */
const FINAL = 'OPENSEARCH_CORRUPT_DOWNLOAD';

/** Codes that say more than "no source" when nothing else was left to try; of two, the later source's, which needs less. */
const TELLING = ['OPENSEARCH_NO_DISK_SPACE', 'OPENSEARCH_JAVA_TOO_OLD', 'OPENSEARCH_JAVA_TOO_NEW', 'OPENSEARCH_NO_JAVA'] as const;

interface Place {
  readonly target: string;
  readonly work: string;
}

const install: Readonly<Record<InstallSource, (options: InstallOptions, place: Place) => Promise<void>>> = {
  async tarball(options, { target, work }) {
    const archives = options.tarballs ?? (process.platform === 'linux' ? releases[options.version]?.tarballs : undefined);
    const tarball = archives?.[process.arch];
    if (tarball === undefined) throw new Error(`no archive of ${options.version} is known for ${process.platform} ${process.arch}`);
    await requireDiskSpace(options.cacheDir, NEEDED_BYTES.tarball);
    const path = join(work, 'server.tar.gz');
    options.onProgress?.({ type: 'install', step: `downloading ${namesOf(options.version).title} ${options.version}` });
    await downloadTarball(tarball, path, options);
    options.onProgress?.({ type: 'install', step: 'unpacking the server' });
    await extractTarball(path, target);
  },
  async maven(options, place) {
    await requireDiskSpace(options.cacheDir, NEEDED_BYTES.maven);
    await findJava(options.version, { javaHome: options.javaHome });
    await installFromMaven({ ...options, ...place });
  },
};

const unfinished = (version: string): string => `installing-${version}-`;

/** What an install left half-made when its process was killed: we hold its lock, so nobody is at work there. */
async function removeUnfinished(cacheDir: string, version: string): Promise<void> {
  for (const name of await readdir(cacheDir)) {
    if (name.startsWith(unfinished(version))) await rm(join(cacheDir, name), { recursive: true, force: true });
  }
}

async function tryInto(options: InstallOptions, source: InstallSource): Promise<void> {
  const work = await mkdtemp(join(options.cacheDir, unfinished(options.version)));
  try {
    const place = { target: join(work, 'home'), work };
    await install[source](options, place);
    // A process that took the lock from us, because we stood still, may have been quicker, and may run it by now.
    if (await locateInCache(options.cacheDir, options.version)) return;
    const home = installDirectory(options.cacheDir, options.version);
    await rm(home, { recursive: true, force: true });
    await rename(place.target, home);
  } finally {
    await rm(work, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}

/** The reason in one line, with the cause that libraries hide behind "fetch failed". */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inner = error instanceof AggregateError ? error.errors[0] : error.cause;
  const first = error.message.split('\n')[0] ?? '';
  return first === '' && inner instanceof Error ? inner.message : first || error.name;
}

/**
 * Installs a version into the cache, once for all processes: it is made in a directory beside and renamed, so that a
 * half-made one is never seen.
 *
 * @throws PodscopeError `OPENSEARCH_NO_SOURCE` naming all four ways; the more telling `OPENSEARCH_NO_DISK_SPACE`,
 *   `OPENSEARCH_NO_JAVA`, `OPENSEARCH_JAVA_TOO_OLD` or `OPENSEARCH_JAVA_TOO_NEW` when that was in the way;
 *   `OPENSEARCH_CORRUPT_DOWNLOAD` at once.
 */
export async function installOpenSearch(options: InstallOptions): Promise<Installation> {
  const { cacheDir, version, onProgress } = options;
  if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) {
    throw new PodscopeError('OPENSEARCH_NO_SOURCE', `"${version}" is no version of a server.`, { hint: 'Versions look like 2.19.6.' });
  }
  return withLock(join(cacheDir, 'locks', `install-${version}`), async () => {
    const there = await locateInCache(cacheDir, version);
    if (there) return there;
    await removeUnfinished(cacheDir, version);
    await mkdir(join(cacheDir, 'servers'), { recursive: true });
    const errors: unknown[] = [];
    const details: string[] = [];
    for (const source of options.sources) {
      onProgress?.({ type: 'source', source, state: 'trying' });
      try {
        await tryInto(options, source);
        const installed = await locateInCache(cacheDir, version);
        if (installed === undefined) throw new Error(`it holds no ${namesOf(version).title} ${version}`);
        onProgress?.({ type: 'source', source, state: 'used' });
        return installed;
      } catch (error) {
        options.signal?.throwIfAborted();
        if (isPodscopeError(error, FINAL)) throw error;
        const reason = reasonOf(error);
        onProgress?.({ type: 'source', source, state: 'passed-over', reason });
        errors.push(error);
        details.push(`${source}: ${reason}`);
      }
    }
    const telling = TELLING.map((code) => errors.findLast((error) => isPodscopeError(error, code))).find((error) => error !== undefined);
    if (telling !== undefined) throw telling;
    throw new PodscopeError('OPENSEARCH_NO_SOURCE', `${namesOf(version).title} ${version} is not here and can't be installed.`, {
      hint: 'One of four ways is needed: OPENSEARCH_HOME naming an installed distribution; a cache that holds it; the official archive from the network (Linux); or Maven with a JDK (Debian: apt-get install maven).',
      details,
      cause: errors.at(-1),
    });
  }, options);
}
