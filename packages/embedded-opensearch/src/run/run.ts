import { copyFile, mkdir, mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { isPodscopeError, PodscopeError, redactText } from '@podscope/core';
import { namesOf } from '../distribution.ts';
import type { Java } from '../java/find-java.ts';
import type { Installation } from '../locate/locate.ts';
import type { OnProgress } from '../progress.ts';
import { applySecurity } from '../security/apply.ts';
import { securitySettings, writeSecurityFiles } from '../security/configuration.ts';
import type { Security } from '../security/prepare.ts';
import { serverCommand, type Profile } from './command.ts';
import { freePort, requireFreePort } from './port.ts';
import { untilReady, type ReadyWhen } from './ready.ts';
import { defaultSettings, type Settings, writeConfiguration } from './server-files.ts';
import { spawnWatched, type ServerExit, type ServerProcess } from './server-process.ts';

/** How a located server is run. */
export interface RunOptions {
  /** The HTTP port of 127.0.0.1. @default a free one */
  readonly port?: number | undefined;
  /** Kept when given. @default a temporary directory that is thrown away */
  readonly dataDir?: string | undefined;
  /** Kept when given. @default a temporary directory, kept after a failure */
  readonly logsDir?: string | undefined;
  /** The Java heap. @default '512m' */
  readonly heap?: string | undefined;
  /** `fast-start` compiles with C1 only; `throughput` also with C2, which pays after a minute of indexing. @default 'fast-start' */
  readonly profile?: Profile | undefined;
  /** Further Java options, such as `-XX:+HeapDumpOnOutOfMemoryError`. */
  readonly jvmOptions?: readonly string[] | undefined;
  /** Settings over the package's own. */
  readonly settings?: Settings | undefined;
  /** @default 'http' */
  readonly ready?: ReadyWhen | undefined;
  /** How long the server may take to be ready, in milliseconds. @default 120000 */
  readonly startTimeoutMs?: number | undefined;
  /** Ends a start under way, and the server after it. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress | undefined;
}

/** A running server. */
export interface StartedOpenSearch {
  /** Such as `http://127.0.0.1:9200`, without a slash at the end; `https:` with the security plugin. */
  readonly url: string;
  readonly port: number;
  /** The Java process. */
  readonly pid: number;
  readonly version: string;
  readonly dataDir: string;
  /** What the server prints. */
  readonly logFile: string;
  /** The program and its arguments. */
  readonly javaCommand: readonly string[];
  /** Settles when the server has ended, by itself or by {@link stop}. Never rejects. */
  readonly exited: Promise<ServerExit>;
  /** Ends the server (TERM, after six seconds KILL) and removes what is temporary. May be called again. */
  stop(): Promise<void>;
  /** Sends the server process a signal, as a test of its death does. */
  kill(signal: NodeJS.Signals): void;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Between TERM and KILL: the server is gone within ten seconds of its owner's death, whatever it does. */
const GRACE_MS = 6_000;
/** A class archive is written between TERM and the end. */
const ARCHIVING_GRACE_MS = 60_000;
const LAST_LINES = 30;

async function lastLines(path: string): Promise<string[]> {
  const file = await open(path, 'r');
  try {
    const { size } = await stat(path);
    const length = Math.min(size, 64 * 1024);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length);
    const lines = buffer.toString('utf8', 0, bytesRead).split('\n').filter((line) => line.trim() !== '');
    return lines.slice(-LAST_LINES).map(redactText);
  } finally {
    await file.close();
  }
}

/** What {@link runOpenSearch} needs beside the user's wishes. */
export interface RunContext {
  readonly installation: Pick<Installation, 'home' | 'version'>;
  readonly java: Java;
  readonly classArchive?: { readonly path: string; readonly write: boolean } | undefined;
  readonly security?: Security | undefined;
}

/**
 * Runs an installed server until it is stopped, its owner dies, or it ends by itself.
 *
 * @throws PodscopeError `OPENSEARCH_PORT_TAKEN`; `OPENSEARCH_START_FAILED` with the server's last lines as details; the
 *   signal's reason when it is aborted; `OPENSEARCH_SECURITY_REFUSED`.
 */
export async function runOpenSearch(context: RunContext, options: RunOptions = {}): Promise<StartedOpenSearch> {
  options.signal?.throwIfAborted();
  if (options.port !== undefined) await requireFreePort(options.port);
  const port = options.port ?? (await freePort());
  const root = await mkdtemp(join(tmpdir(), 'podscope-opensearch-'));
  try {
    return await runIn(root, port, context, options);
  } catch (error) {
    await rm(root, { recursive: true, force: true });
    throw error;
  }
}

async function runIn(root: string, port: number, { installation, java, classArchive, security }: RunContext, options: RunOptions): Promise<StartedOpenSearch> {
  const place = {
    home: installation.home,
    dataDir: options.dataDir === undefined ? join(root, 'data') : resolve(options.dataDir),
    logsDir: options.logsDir === undefined ? join(root, 'logs') : resolve(options.logsDir),
    port,
    transportPort: await freePort(),
  };
  const logFile = join(place.logsDir, `${namesOf(installation.version).word}.log`);
  const configDir = join(root, 'config');
  const tempDir = join(root, 'tmp');
  for (const directory of [place.dataDir, place.logsDir, tempDir]) await mkdir(directory, { recursive: true });
  await writeConfiguration(configDir, installation.version, { ...defaultSettings(place), ...(security && securitySettings), ...options.settings });
  if (security) await writeSecurityFiles(configDir, security.certificates);
  await (await open(logFile, 'w')).close();
  const javaCommand = await serverCommand({
    java: java.command,
    home: installation.home,
    version: installation.version,
    configDir,
    tempDir,
    heap: options.heap ?? '512m',
    profile: options.profile ?? 'fast-start',
    jvmOptions: options.jvmOptions ?? [],
    classArchive,
    asRoot: process.getuid?.() === 0,
  });
  const began = performance.now();
  const graceMs = classArchive?.write === true ? ARCHIVING_GRACE_MS : GRACE_MS;
  // Not in `root`: the watchdog removes that, and a shell can't stand in a directory that is gone.
  const server = await spawnWatched(javaCommand, { logFile, trash: root, cwd: place.home, graceMs });
  options.onProgress?.({ type: 'starting', pid: server.pid, port });
  const url = `${security ? 'https' : 'http'}://127.0.0.1:${port}`;
  await waitForStart(server, { url, logFile, root, version: installation.version, security }, options);
  options.onProgress?.({ type: 'ready', url, milliseconds: Math.round(performance.now() - began) });
  return handleOf(server, { url, port, version: installation.version, dataDir: place.dataDir, logFile, javaCommand, root, signal: options.signal });
}

interface Starting {
  readonly url: string;
  readonly logFile: string;
  readonly root: string;
  readonly version: string;
  readonly security: Security | undefined;
}

/** True once the server is ready, and has its users; false once `signal` says that it is no use. */
async function becomesReady({ url, security }: Starting, when: ReadyWhen, signal: AbortSignal): Promise<boolean> {
  if (security === undefined) return untilReady(url, when, signal);
  const { ca, admin } = security.certificates;
  const tls = { ca, ...admin };
  if (!(await untilReady(url, 'security', signal, tls))) return false;
  await applySecurity(url, security, signal);
  return when === 'http' || untilReady(url, when, signal, tls);
}

async function waitForStart(server: ServerProcess, starting: Starting, options: RunOptions): Promise<void> {
  const { logFile, root, version } = starting;
  const giveUp = new AbortController();
  const timeoutMs = options.startTimeoutMs ?? 120_000;
  let problem = `did not answer within ${timeoutMs / 1000} s`;
  const timer = setTimeout(() => giveUp.abort(), timeoutMs);
  const onAbort = (): void => giveUp.abort();
  options.signal?.addEventListener('abort', onAbort, { once: true });
  if (options.signal?.aborted) onAbort();
  const ended = server.exited.then((exit) => {
    problem = `ended with ${exit.signal ?? `code ${exit.code}`}`;
    giveUp.abort();
  });
  try {
    if (await becomesReady(starting, options.ready ?? 'http', giveUp.signal)) return;
  } catch (error) {
    if (isPodscopeError(error)) {
      await server.end();
      throw error;
    }
    if (!giveUp.signal.aborted) problem = `did not take its users: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', onAbort);
  }
  const details = await lastLines(logFile);
  const kept = options.logsDir === undefined ? `${root}.log` : logFile;
  if (kept !== logFile && !options.signal?.aborted) await copyFile(logFile, kept);
  await server.end();
  await ended;
  options.signal?.throwIfAborted();
  throw new PodscopeError('OPENSEARCH_START_FAILED', `${namesOf(version).title} ${version} ${problem}.`, {
    hint: `Its last lines say why; all of them are in ${kept}.`,
    details,
  });
}

type HandleFacts = Pick<StartedOpenSearch, 'url' | 'port' | 'version' | 'dataDir' | 'logFile' | 'javaCommand'> & {
  readonly root: string;
  readonly signal: AbortSignal | undefined;
};

function handleOf(server: ServerProcess, { root, signal, ...facts }: HandleFacts): StartedOpenSearch {
  let stopped: Promise<void> | undefined;
  let running = true;
  const exited = server.exited.then((exit) => {
    running = false;
    return exit;
  });
  const stop = (): Promise<void> => {
    stopped ??= (async () => {
      signal?.removeEventListener('abort', onAbort);
      await server.end();
      await rm(root, { recursive: true, force: true });
    })();
    return stopped;
  };
  const onAbort = (): void => void stop();
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted) onAbort();
  server.unref();
  return {
    ...facts,
    pid: server.pid,
    exited,
    stop,
    kill(name) {
      if (running) process.kill(server.pid, name);
    },
    [Symbol.asyncDispose]: stop,
  };
}
