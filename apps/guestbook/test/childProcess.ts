import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A program under test, over its channel. */
export interface TestChild<Request, Reply> extends AsyncDisposable {
  readonly process: ChildProcess;
  send(request: Request): void;
  /** The next reply for which the test holds; earlier ones count, too, each once. */
  reply<Wanted extends Reply>(test: (reply: Reply) => reply is Wanted): Promise<Wanted>;
  /** Closes the channel and waits for the exit code. */
  end(): Promise<number | null>;
}

/** Forks a program of this package as the supervisor does. */
export function forkChild<Request extends object, Reply>(
  entry: string,
  execArgv: readonly string[] = [],
): TestChild<Request, Reply> {
  const path = fileURLToPath(new URL(entry, import.meta.url));
  const process = fork(path, { execArgv: ['--conditions=@podscope/source', ...execArgv], stdio: 'inherit' });
  const replies: Reply[] = [];
  const waiting = new Set<() => void>();
  process.on('message', (reply) => {
    replies.push(reply as Reply);
    for (const wake of waiting) wake();
  });
  const end = async (): Promise<number | null> => {
    if (process.exitCode !== null) return process.exitCode;
    const exit = once(process, 'exit') as Promise<[number | null]>;
    if (process.connected) process.disconnect();
    return (await exit)[0];
  };
  return {
    process,
    send: (request) => void process.send(request),
    async reply<Wanted extends Reply>(test: (reply: Reply) => reply is Wanted) {
      const end = Date.now() + 20_000;
      for (;;) {
        const index = replies.findIndex((each) => test(each));
        if (index >= 0) return replies.splice(index, 1)[0] as Wanted;
        if (Date.now() > end) throw new Error(`No such reply; there are ${JSON.stringify(replies)}`);
        await new Promise<void>((resolve) => {
          const wake = (): void => {
            clearTimeout(timer);
            waiting.delete(wake);
            resolve();
          };
          const timer = setTimeout(wake, 1_000);
          waiting.add(wake);
        });
      }
    },
    end,
    async [Symbol.asyncDispose]() {
      await end();
    },
  };
}
