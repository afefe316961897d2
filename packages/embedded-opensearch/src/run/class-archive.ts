import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isPodscopeError } from '@podscope/core';
import { runsUnderAgent } from '../distribution.ts';
import { withLock } from '../install/lock.ts';
import type { Java } from '../java/find-java.ts';
import type { Installation } from '../locate/locate.ts';
import type { OnProgress } from '../progress.ts';
import { runOpenSearch } from './run.ts';

const RETRY_AFTER_MS = 24 * 60 * 60_000;

/** What an archive belongs to. */
export interface ClassArchiveOptions {
  readonly cacheDir: string;
  readonly installation: Pick<Installation, 'home' | 'version'>;
  readonly java: Java;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The archive's path: it fits one version in one place on one Java only. */
export function classArchivePath({ cacheDir, installation, java }: ClassArchiveOptions): string {
  const place = createHash('sha256').update(`${installation.home}\n${java.command}`).digest('hex').slice(0, 12);
  return join(cacheDir, 'class-archives', `${installation.version}-java-${java.version.replace(/[^\w.]/g, '_')}-${place}.jsa`);
}

/** A few requests, so that the classes that every user needs soon are in the archive too. */
async function exercise(url: string): Promise<void> {
  const json = { 'content-type': 'application/json' };
  const ask = async (method: string, path: string, body?: string): Promise<void> => {
    const answer = await fetch(url + path, { method, headers: json, ...(body === undefined ? {} : { body }) });
    await answer.arrayBuffer();
  };
  const query = '{"query":{"match_all":{}},"aggs":{"t":{"date_histogram":{"field":"t","fixed_interval":"1h"},"aggs":{"n":{"avg":{"field":"n"}}}},"k":{"terms":{"field":"k.keyword"}}}}';
  await ask('POST', '/training/_bulk?refresh=true', '{"create":{}}\n{"t":"2026-01-01T00:00:00Z","n":1,"k":"a b"}\n');
  await ask('POST', '/training/_search', query);
  await ask('GET', '/_cluster/health');
  await ask('GET', '/_stats');
}

async function make(options: ClassArchiveOptions, path: string): Promise<void> {
  const unfinished = `${path}.${process.pid}`;
  try {
    const server = await runOpenSearch(
      { installation: options.installation, java: options.java, classArchive: { path: unfinished, write: true } },
      { signal: options.signal },
    );
    await exercise(server.url).finally(() => server.stop());
    await rename(unfinished, path);
  } finally {
    await rm(unfinished, { force: true });
  }
}

/** What a process left that was killed while it made the archive: we hold its lock. */
async function removeUnfinished(path: string): Promise<void> {
  const prefix = `${basename(path)}.`;
  for (const name of await readdir(dirname(path))) {
    if (name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length))) await rm(join(dirname(path), name), { force: true });
  }
}

async function failedLately(marker: string): Promise<boolean> {
  return existsSync(marker) && Date.now() - (await stat(marker)).mtimeMs < RETRY_AFTER_MS;
}

function report(error: unknown): string {
  if (!(error instanceof Error)) return `${String(error)}\n`;
  const details = isPodscopeError(error) ? error.details : [];
  return `${[error.stack ?? error.message, ...details].join('\n')}\n`;
}

/**
 * The archive of the server's loaded classes (AppCDS), which spares about a third of a start's CPU time. It is made
 * once, by a server that is started and stopped for it. Undefined where it can't be made, which is remembered for a day:
 * a server runs without it as well.
 */
export async function classArchive(options: ClassArchiveOptions): Promise<string | undefined> {
  // Java archives no classes while an agent may change them, and 3.x runs under one.
  if (runsUnderAgent(options.installation.version)) return undefined;
  const path = classArchivePath(options);
  const failed = `${path}.failed`;
  if (existsSync(path)) return path;
  if (await failedLately(failed)) return undefined;
  await mkdir(join(options.cacheDir, 'class-archives'), { recursive: true });
  return withLock(`${path}.lock`, async () => {
    if (existsSync(path)) return path;
    if (await failedLately(failed)) return undefined;
    await removeUnfinished(path);
    options.onProgress?.({ type: 'class-archive', state: 'making' });
    try {
      await make(options, path);
    } catch (error) {
      options.signal?.throwIfAborted();
      await writeFile(failed, report(error));
      options.onProgress?.({ type: 'class-archive', state: 'failed' });
      return undefined;
    }
    options.onProgress?.({ type: 'class-archive', state: 'made' });
    return path;
  }, options);
}
