import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { CollectorReply, CollectorRequest, CollectorSettings, CollectorStats } from '../protocol.ts';

const MAIN = new URL('../main.ts', import.meta.url);

/** A collector process as the supervisor forks it. */
export class CollectorProcess {
  readonly #settings: CollectorSettings;
  #child: ChildProcess | undefined;

  constructor(settings: CollectorSettings) {
    this.#settings = settings;
  }

  async start(): Promise<void> {
    this.#child = fork(MAIN, [], { execArgv: ['--conditions=@podscope/source'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    await this.#ask({ type: 'configure', ...this.#settings }, 'ready');
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  async drain(): Promise<void> {
    await this.#ask({ type: 'drain' }, 'drained');
  }

  async stats(): Promise<CollectorStats> {
    const reply = await this.#ask({ type: 'stats' }, 'stats');
    if (reply.type !== 'stats') throw new TypeError(`An answer of type ${reply.type}.`);
    return reply.streams;
  }

  async #ask(request: CollectorRequest, type: CollectorReply['type']): Promise<CollectorReply> {
    const child = this.#child;
    if (child === undefined) throw new TypeError('The collector was not started.');
    child.send(request);
    for (;;) {
      const [reply] = (await Promise.race([
        once(child, 'message'),
        once(child, 'exit').then(() => {
          throw new Error('The collector ended.');
        }),
      ])) as [CollectorReply];
      if (reply.type === type) return reply;
    }
  }

  /** `kill -9`; resolves when the process is gone. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  /** As the supervisor ends it. */
  async stop(): Promise<number | null> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const exited = once(child, 'exit');
    if (child.connected) child.disconnect();
    await exited;
    return child.exitCode;
  }
}
