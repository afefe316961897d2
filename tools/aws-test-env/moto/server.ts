import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createRunning } from '../../kube-test-env/running.ts';
import type { PythonEnvironment } from '../install/environment.ts';

/** A running `moto_server`. */
export interface Moto {
  readonly port: number;
  readonly pid: number;
  readonly logFile: string;
  /** What it ended by, with its last lines; undefined while it runs. */
  whyEnded(): Promise<Error | undefined>;
  /** Forgets all that was made, in every account and region. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 120_000;
const PROGRAM = fileURLToPath(new URL('program.py', import.meta.url));
const NOTICED_MS = 1_000;
const LAST_LINES = 5;

/**
 * Starts `moto_server` on loopback, under a watchdog that ends it with this process. `frontPort` is where its Step Functions send the
 * calls of their AWS SDK tasks.
 */
export async function startMoto({ python }: PythonEnvironment, options: { readonly frontPort: number; readonly signal?: AbortSignal | undefined }): Promise<Moto> {
  const root = await mkdtemp(join(tmpdir(), 'podscope-aws-'));
  const running = createRunning(root);
  try {
    const environment = [`MOTO_PORT=${options.frontPort}`, 'MOTO_IAM_LOAD_MANAGED_POLICIES=true', 'MOTO_EC2_LOAD_DEFAULT_AMIS=false', 'PYTHONUNBUFFERED=1'];
    const unset = ['AWS_PROFILE', 'AWS_ENDPOINT_URL', 'AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE', 'AWS_SESSION_TOKEN'].flatMap((name) => ['-u', name]);
    const { pid, exited } = await running.start('moto', ['env', ...unset, ...environment, python, '-W', 'ignore', PROGRAM, '-H', '127.0.0.1', '-p', '0']);
    // It takes the port itself, and says which: one that was looked for before might be another's by now.
    let port = 0;
    const hasPort = async (): Promise<boolean> => {
      port = Number(/Running on http:\/\/127\.0\.0\.1:(\d+)/u.exec(await readFile(running.logFile('moto'), 'utf8'))?.[1]);
      return port > 0;
    };
    await running.until('moto', hasPort, { timeoutMs: START_TIMEOUT_MS, signal: options.signal });
    const url = `http://127.0.0.1:${port}`;
    const configured = await fetch(`${url}/moto-api/config`, { method: 'POST', body: JSON.stringify({ stepfunctions: { execute_state_machine: true } }) });
    if (!configured.ok) throw new Error(`moto did not take its settings: ${configured.status}`);
    running.unref();
    return {
      port,
      pid,
      logFile: running.logFile('moto'),
      async whyEnded() {
        // A connection breaks a moment before the process is seen to be gone.
        const exit = await Promise.race([exited, sleep(NOTICED_MS, undefined, { ref: false })]);
        if (exit === undefined) return undefined;
        const lines = (await readFile(running.logFile('moto'), 'utf8').catch(() => '')).trimEnd().split('\n').slice(-LAST_LINES);
        return new Error(`moto_server ended with ${exit.signal ?? `code ${exit.code}`}. Its last lines:\n${lines.join('\n')}`);
      },
      async reset() {
        const answer = await fetch(`${url}/moto-api/reset`, { method: 'POST' });
        if (!answer.ok) throw new Error(`moto could not be reset: ${answer.status} ${await answer.text()}`);
      },
      async stop() {
        await running.end();
        await rm(root, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await running.end();
    await rm(root, { recursive: true, force: true });
    throw error;
  }
}
