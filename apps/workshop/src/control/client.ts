import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { socketPath as defaultSocketPath } from '../targets/embedded/supervisor/runDirectory.ts';
import { PodscopeError } from '@podscope/core';
import type { ControlClient } from './api.ts';

/** Where the running supervisor of `runDir` listens: its ledger says so when the path was too long for a socket. */
async function socketPath(runDir: string): Promise<string> {
  const ledger = await readFile(join(runDir, 'ledger.json'), 'utf8').catch(() => '{}');
  try {
    const parsed: unknown = JSON.parse(ledger);
    if (typeof parsed === 'object' && parsed !== null && 'socket' in parsed && typeof parsed.socket === 'string') {
      return parsed.socket;
    }
  } catch {
    // A broken ledger must not hide a system that runs: it listens where it would on this machine.
  }
  return defaultSocketPath(runDir);
}

interface Reported {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly details?: readonly string[];
}

function reportedError(body: unknown): Reported | undefined {
  if (typeof body !== 'object' || body === null || !('error' in body)) return undefined;
  const { error } = body;
  if (typeof error !== 'object' || error === null || !('code' in error) || !('message' in error)) return undefined;
  return error as Reported;
}

/** How long a question may take: nothing that is asked changes anything, so it is answered at once. Milliseconds. */
const QUESTION_TIMEOUT = 30_000;

/**
 * One request to the supervisor of `runDir`.
 *
 * @param timeout milliseconds; an order has none of its own, because a restart or a hunt takes as long as it takes.
 * @throws PodscopeError NOT_RUNNING, CONTROL_FAILED, or whatever the supervisor reports.
 */
export async function callControl<Answer>(runDir: string, method: 'GET' | 'POST', path: string, body?: unknown, timeout = method === 'GET' ? QUESTION_TIMEOUT : 0): Promise<Answer> {
  const payload = body === undefined ? undefined : JSON.stringify(body);
  const socket = await socketPath(runDir);
  const text = await new Promise<string>((resolve, reject) => {
    const call = request(
      { socketPath: socket, method, path, timeout, headers: { host: 'podscope', ...(payload === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }) } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
      },
    );
    call.once('error', (cause: NodeJS.ErrnoException) => {
      const down = cause.code === 'ENOENT' || cause.code === 'ECONNREFUSED';
      reject(
        down
          ? new PodscopeError('NOT_RUNNING', `Nothing runs in ${runDir}.`, { hint: 'Start it with "podscope up" (in the repository: npm start).', cause })
          : new PodscopeError('CONTROL_FAILED', `The supervisor did not answer ${method} ${path}: ${cause.message}.`, { hint: 'See "podscope logs supervisor".', cause }),
      );
    });
    call.once('timeout', () => call.destroy(new Error(`no answer within ${timeout / 1000} s`)));
    call.end(payload);
  });
  const answer: unknown = text === '' ? {} : JSON.parse(text);
  const failure = reportedError(answer);
  if (failure) {
    throw new PodscopeError(failure.code, failure.message, {
      ...(failure.hint === undefined ? {} : { hint: failure.hint }),
      ...(failure.details === undefined ? {} : { details: failure.details }),
    });
  }
  return answer as Answer;
}

/** The public verbs of the system that runs in `runDir`. Each call throws NOT_RUNNING when nothing does. */
export function connectControl(runDir: string): ControlClient {
  const get = <Answer>(path: string) => callControl<Answer>(runDir, 'GET', path);
  const post = <Answer>(path: string, body: unknown) => callControl<Answer>(runDir, 'POST', path, body);
  return {
    state: () => get('/v1/state'),
    scale: async (deployment, replicas) => void (await post('/v1/scale', { deployment, replicas })),
    restart: async (target) => void (await post('/v1/restart', { target })),
    exec: (pod, command) => post('/v1/exec', { pod, command }),
    logs: async (pod, tail) => {
      const { lines } = await get<{ lines: readonly string[] }>(`/v1/logs?pod=${encodeURIComponent(pod)}&tail=${tail}`);
      return lines;
    },
    stopClient: async (id) => void (await post('/v1/clients/stop', { id })),
    publish: async (path) => void (await post('/v1/publish', { path })),
    hunts: () => get('/v1/hunts'),
    startHunt: (id, seed) => post('/v1/hunts/start', { id, ...(seed === undefined ? {} : { seed }) }),
    takeHint: (id) => post('/v1/hunts/hint', { id }),
    answerHunt: (id, answers) => post('/v1/hunts/answer', { id, answers }),
    submitHunt: (id) => post('/v1/hunts/submit', { id }),
    stopHunt: (id) => post('/v1/hunts/stop', { id }),
    shutdown: async () => void (await post('/v1/down', {})),
  };
}
