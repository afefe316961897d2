import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Ports } from './systemOfPorts.ts';

const PROGRAM = fileURLToPath(new URL('../../../../apps/guestbook/src/standalone.ts', import.meta.url));

/** Real web pods of the guestbook, each a process with a switch and a log file as a container runtime writes it. */
export interface WebPods extends AsyncDisposable {
  readonly web: NonNullable<Ports['web']>;
  /** What each pod is told to do. */
  told(): Promise<readonly unknown[]>;
}

/** @param redis - `<host>:<port>` of a Redis; without one, only pages that need none answer */
export async function startWebPods(names: readonly string[], redis = '127.0.0.1:1', more: readonly string[] = []): Promise<WebPods> {
  const root = await mkdtemp(join(tmpdir(), 'podscope-web-'));
  const children: ChildProcess[] = [];
  const web: { name: string; port: number; adminPort: number; logFile: string }[] = [];
  for (const name of names) {
    const logFile = join(root, `${name}.log`);
    const child = spawn(process.execPath, ['--conditions=@podscope/source', PROGRAM, '--redis', redis, '--port', '0', '--name', name, '--log-file', logFile, '--admin-port', '0', ...more], { stdio: ['ignore', 'ignore', 'pipe'] });
    children.push(child);
    let text = '';
    child.stderr.setEncoding('utf8').on('data', (part: string) => (text += part));
    for (let tries = 0; !text.includes('switch on'); tries++) {
      if (tries > 400) throw new Error(`The web pod did not start: ${text}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    web.push({ name, logFile, port: Number(/listening on port (\d+)/.exec(text)?.[1]), adminPort: Number(/switch on 127\.0\.0\.1:(\d+)/.exec(text)?.[1]) });
  }
  return {
    web,
    told: () => Promise.all(web.map(async ({ adminPort }) => ((await (await fetch(`http://127.0.0.1:${adminPort}/behaviours`)).json()) as { readonly behaviours: unknown }).behaviours)),
    async [Symbol.asyncDispose]() {
      for (const child of children) {
        if (child.exitCode !== null || child.signalCode !== null) continue;
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
      await rm(root, { recursive: true, force: true });
    },
  };
}
