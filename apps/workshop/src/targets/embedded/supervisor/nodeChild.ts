import { type ChildProcess, fork } from 'node:child_process';
import { PodscopeError } from '@podscope/core';
import { entry, type EntryName, nodeFlags } from '../entry.ts';
import type { Ledger } from '../../../ledger/ledger.ts';
import type { ProcessLog } from './processLog.ts';

export interface NodeChildOptions {
  readonly name: EntryName;
  readonly ledger: Ledger;
  readonly log: ProcessLog;
  /** What else is to happen with each line that it writes. */
  readonly onLine?: (stream: 'stdout' | 'stderr', line: string) => void;
  /** It ended; `wanted` is false when nobody asked it to. */
  readonly onExit: (reason: string, wanted: boolean) => void;
}

interface Waiting {
  readonly accepts: (reply: { readonly type: string }) => boolean;
  readonly resolve: (reply: never) => void;
  readonly reject: (error: Error) => void;
}

const REQUEST_TIMEOUT = 30_000;

/** One of our own programs in a process of its own, asked over Node's channel. It ends when the channel closes. */
export class NodeChild<Request extends { readonly type: string }, Reply extends { readonly type: string }> {
  readonly #options: NodeChildOptions;
  readonly #process: ChildProcess;
  #waiting: Waiting[] = [];
  #ending = false;
  readonly #exited = Promise.withResolvers<void>();

  constructor(options: NodeChildOptions) {
    const { name, ledger, log } = options;
    this.#options = options;
    ledger.announce(name);
    const child = fork(entry(name), [], { execArgv: [...nodeFlags(name)], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    this.#process = child;
    const pid = child.pid;
    if (pid !== undefined) ledger.started(name, pid);
    for (const stream of ['stdout', 'stderr'] as const) this.#readLines(stream);
    child.on('message', (reply) => this.#answer(reply as Reply));
    const onEnd = (reason: string): void => {
      if (pid !== undefined) ledger.ended(name, pid);
      const error = new PodscopeError('PROCESS_ENDED', `The ${name} process ended (${reason}).`, { hint: 'It is started again; see "podscope logs supervisor".' });
      for (const each of this.#waiting.splice(0)) each.reject(error);
      log.write(this.#ending ? 'info' : 'error', name, `process ${pid ?? ''} ended: ${reason}`);
      this.#exited.resolve();
      options.onExit(reason, this.#ending);
    };
    child.once('error', (error) => {
      if (pid === undefined) onEnd(error.message);
      else log.write('error', name, error.message);
    });
    child.once('exit', (code, signal) => onEnd(signal ?? `exit code ${code}`));
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /**
   * Sends a request and waits for the first answer that `accepts` takes.
   *
   * @throws PodscopeError PROCESS_ENDED, PROCESS_SILENT
   */
  request<Answer extends Reply>(request: Request, accepts: (reply: Reply) => reply is Answer, timeout = REQUEST_TIMEOUT): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const waiting: Waiting = { accepts: (reply) => accepts(reply as Reply), resolve: resolve as Waiting['resolve'], reject };
    this.#waiting.push(waiting);
    const timer = setTimeout(() => {
      this.#waiting = this.#waiting.filter((each) => each !== waiting);
      reject(new PodscopeError('PROCESS_SILENT', `The ${this.#options.name} process did not answer "${request.type}" within ${timeout / 1000} s.`, { hint: 'See "podscope logs supervisor".' }));
    }, timeout);
    if (this.#process.connected) this.#process.send(request, (error) => error && reject(error));
    else reject(new PodscopeError('PROCESS_ENDED', `The ${this.#options.name} process has ended.`, { hint: 'It is started again; try once more.' }));
    return promise.finally(() => clearTimeout(timer));
  }

  /** Ends the process: by closing the channel, and after `grace` milliseconds with KILL. */
  async end(grace = 5_000): Promise<void> {
    this.#ending = true;
    if (this.#process.connected) this.#process.disconnect();
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), grace);
    await this.#exited.promise;
    clearTimeout(timer);
  }

  /** Told by tests and by the restart of a pod. */
  kill(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  #answer(reply: Reply): void {
    const index = this.#waiting.findIndex((each) => each.accepts(reply));
    if (index < 0) return;
    const [waiting] = this.#waiting.splice(index, 1);
    waiting?.resolve(reply as never);
  }

  #readLines(stream: 'stdout' | 'stderr'): void {
    let rest = '';
    this.#process[stream]?.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        this.#options.log.write(stream === 'stdout' ? 'info' : 'warning', this.#options.name, line);
        this.#options.onLine?.(stream, line);
      }
    });
  }
}
