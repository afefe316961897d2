import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { readEnvironment } from '../../apps/workshop/src/environment.ts';
import { PodscopeError } from '../../packages/core/src/index.ts';
import { withLock } from '../../packages/embedded-opensearch/src/install/lock.ts';
import { buildFlags, compile, goSettings, type GoSettings } from './compile.ts';
import type { OnGoProgress } from './progress.ts';

/** A program that is built from Go modules whose versions and checksums are committed. */
export interface GoProgram {
  /** The name of the built file, such as `kube-apiserver`. */
  readonly name: string;
  readonly version: string;
  /** A folder with a `go.mod` that requires the program, and the `go.sum` with the checksums of all that it needs. */
  readonly moduleFolder: string;
  /** The import path of the program's main package; `.` for sources of our own in the module's folder. */
  readonly package: string;
  /** For the linker, after `-s -w`: usually `-X <variable>=<version>`. */
  readonly ldflags?: readonly string[] | undefined;
  readonly tags?: readonly string[] | undefined;
  /**
   * True compiles it as it is published. By default the compiler leaves out what costs most of its time and what a test has no use
   * of: optimisation, inlining and debug information.
   */
  readonly optimised?: boolean | undefined;
}

/** Options of {@link buildGoProgram}. */
export interface BuildOptions {
  readonly onProgress?: OnGoProgress | undefined;
  /** Ends a build under way. */
  readonly signal?: AbortSignal | undefined;
  /** @default `go-programs` in the cache that the app uses as well: PODSCOPE_CACHE_DIR, or XDG_CACHE_HOME's podscope */
  readonly cacheDir?: string | undefined;
}

/** As long as another process may take to build the same, on a slow machine. */
const WAIT_MS = 90 * 60_000;

/** Everything that decides what comes out. Our own files in the module's folder count as well. */
async function keyOf(program: GoProgram, settings: GoSettings): Promise<string> {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([program.name, program.version, program.package, buildFlags(program), settings]));
  for (const file of (await readdir(program.moduleFolder)).filter((each) => /^go\.(?:mod|sum)$|\.go$/.test(each)).sort()) {
    hash.update(`\0${file}\0`).update(await readFile(join(program.moduleFolder, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

async function isBuilt(file: string): Promise<boolean> {
  return stat(file).then((found) => found.isFile() && found.size > 0, () => false);
}

/**
 * The path of a Go program: built on the first call, once for all processes, into a cache outside of the repository. It is linked
 * beside and renamed, so that a half-made one is never seen; what an ended build left behind is removed by the next one.
 *
 * @throws PodscopeError `GO_MISSING`; `GO_BUILD_FAILED` with the last lines of the compiler; the signal's reason when it is aborted.
 */
export async function buildGoProgram(program: GoProgram, options: BuildOptions = {}): Promise<string> {
  options.signal?.throwIfAborted();
  for (const file of ['go.mod', 'go.sum']) {
    if (!existsSync(join(program.moduleFolder, file))) {
      throw new PodscopeError('GO_BUILD_FAILED', `${program.moduleFolder} has no ${file}, so nothing says which versions ${program.name} is built from.`, { hint: 'Run go mod tidy there.' });
    }
  }
  const settings = await goSettings(program.moduleFolder);
  const cacheDir = options.cacheDir ?? join(readEnvironment().cacheDir, 'go-programs');
  const id = `${program.name}-${program.version}-${await keyOf(program, settings)}`;
  const folder = join(cacheDir, id);
  const file = join(folder, program.name);
  if (await isBuilt(file)) return file;
  return withLock(join(cacheDir, 'locks', id), async () => {
    if (await isBuilt(file)) return file;
    const unfinished = `building-${id}-`;
    // We hold the lock, so nobody is at work in these.
    for (const name of await readdir(cacheDir)) if (name.startsWith(unfinished)) await rm(join(cacheDir, name), { recursive: true, force: true });
    const work = await mkdtemp(join(cacheDir, unfinished));
    try {
      await mkdir(join(work, 'done'));
      await compile(program, join(work, 'done', program.name), options);
      await writeFile(join(work, 'done', 'built.json'), `${JSON.stringify({ package: program.package, version: program.version, ...settings }, undefined, 2)}\n`);
      // A process that took the lock from us, because we stood still, may have been quicker, and may run it by now.
      if (!(await isBuilt(file))) {
        await rm(folder, { recursive: true, force: true });
        await rename(join(work, 'done'), folder);
      }
    } finally {
      await rm(work, { recursive: true, force: true });
    }
    await removeOlder(cacheDir, basename(folder), program);
    return file;
  }, { waitMs: WAIT_MS, signal: options.signal, onProgress: () => options.onProgress?.({ type: 'waiting', program: program.name }) });
}

/** Keeps the newest three builds of a version: others are of an older recipe or another Go, and each takes up to 100 MB. */
async function removeOlder(cacheDir: string, newest: string, { name, version }: GoProgram): Promise<void> {
  const others = (await readdir(cacheDir)).filter((each) => each !== newest && each.startsWith(`${name}-${version}-`));
  const dated = await Promise.all(others.map(async (each) => ({ each, at: (await stat(join(cacheDir, each))).mtimeMs })));
  for (const { each } of dated.sort((one, other) => other.at - one.at).slice(2)) await rm(join(cacheDir, each), { recursive: true, force: true });
}
