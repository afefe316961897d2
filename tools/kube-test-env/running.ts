import { copyFile, open, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PodscopeError, redactText } from '../../packages/core/src/index.ts';
import { spawnWatched, type ServerProcess } from '../../packages/embedded-opensearch/src/run/server-process.ts';

/** The programs of one start: each under a watchdog of its own, each with its log in the start's folder. */
export interface Running {
  /** Starts a program; its name is that of its log file too. One that was ended may be started again, and goes on in the same log. */
  start(name: string, command: readonly string[]): Promise<ServerProcess>;
  /** From now on starts a program again that ends by itself, as a kubelet does it with those of a control plane. */
  keep(name: string, command: readonly string[]): void;
  logFile(name: string): string;
  pid(name: string): number;
  /** Ends a program as a crash does, and waits until it is gone. */
  kill(name: string): Promise<void>;
  /**
   * Waits until `ready` says yes; a request that fails counts as a no.
   *
   * @throws PodscopeError `KUBE_START_FAILED` with the last lines of `name`, or of whichever program ended in the meantime.
   */
  until(name: string, ready: () => Promise<boolean>, limits: { readonly timeoutMs: number; readonly signal?: AbortSignal | undefined }): Promise<void>;
  /** Lets this process end although they run; they end then as well. */
  unref(): void;
  /** Ends all of them, those that were started last first: who asks before who answers. */
  end(): Promise<void>;
}

/** Their data are thrown away, so there is no reason to let them finish. */
const GRACE_MS = 2_000;
const LAST_LINES = 25;
const ASK_AGAIN_MS = 25;
/** Before a program that ended by itself is started again: what it asks may be away, too. */
const START_AGAIN_MS = 200;

/** Looks after the programs of one start. `root` is removed with the first of them, whoever ends that. */
export function createRunning(root: string): Running {
  const running = new Map<string, ServerProcess>();
  const ended = new Map<string, string>();
  let isEnding = false;
  const logFile = (name: string): string => join(root, `${name}.log`);

  async function failure(name: string, problem: string): Promise<PodscopeError> {
    const kept = `${root}-${name}.log`;
    await copyFile(logFile(name), kept);
    return new PodscopeError('KUBE_START_FAILED', `${name} ${problem}.`, {
      hint: `Its last lines say why; all of them are in ${kept}.`,
      details: (await readFile(kept, 'utf8')).split('\n').filter((line) => line.trim() !== '').slice(-LAST_LINES).map(redactText),
    });
  }

  function find(name: string): ServerProcess {
    const found = running.get(name);
    if (found === undefined) throw new Error(`${name} does not run here.`);
    return found;
  }

  async function start(name: string, command: readonly string[]): Promise<ServerProcess> {
    await (await open(logFile(name), 'a')).close();
    ended.delete(name);
    // Not in `root`: the watchdog removes that, and a shell can't stand in a directory that is gone.
    const started = await spawnWatched(command, { cwd: tmpdir(), graceMs: GRACE_MS, logFile: logFile(name), ...(running.size === 0 ? { trash: root } : {}) });
    running.set(name, started);
    void started.exited.then((exit) => {
      if (running.get(name) === started) ended.set(name, exit.signal ?? `code ${exit.code}`);
    });
    return started;
  }

  function keep(name: string, command: readonly string[]): void {
    const found = find(name);
    void found.exited
      .then(() => sleep(START_AGAIN_MS))
      .then(async () => {
        if (isEnding || running.get(name) !== found) return;
        (await start(name, command)).unref();
        keep(name, command);
      })
      // What can't be started again is told by whoever waits for it.
      .catch(() => undefined);
  }

  return {
    start,
    keep,
    logFile,
    pid: (name) => find(name).pid,
    async kill(name) {
      const found = find(name);
      process.kill(found.pid, 'SIGKILL');
      await found.exited;
    },
    async until(name, ready, { timeoutMs, signal }) {
      const deadline = performance.now() + timeoutMs;
      for (;;) {
        signal?.throwIfAborted();
        // The first to end is the cause: what it served fails after it.
        for (const [gone, how] of ended) throw await failure(gone, `ended with ${how} before all was ready`);
        // Nobody listens yet, or not for this yet.
        if (await ready().catch(() => false)) return;
        if (performance.now() > deadline) throw await failure(name, `was not ready within ${timeoutMs / 1000} s`);
        await sleep(ASK_AGAIN_MS);
      }
    },
    unref: () => running.forEach((program) => program.unref()),
    async end() {
      isEnding = true;
      for (const program of [...running.values()].reverse()) await program.end();
    },
  };
}
