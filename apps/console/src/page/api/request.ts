import { PodscopeError } from '@podscope/core';

/**
 * One request to the console's server. Every request that is no GET carries the console's own header.
 *
 * @throws PodscopeError with the server's code, or `CONSOLE_UNREACHABLE`.
 */
export async function request<Answer>(path: string, body?: unknown, signal?: AbortSignal): Promise<Answer> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(path, {
      ...(signal ? { signal } : {}),
      ...(body === undefined
        ? { headers: { accept: 'application/json' } }
        : {
            method: 'POST',
            headers: { 'content-type': 'application/json', 'x-podscope-console': '1', accept: 'application/json' },
            body: JSON.stringify(body),
          }),
    });
    text = await response.text();
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new PodscopeError('CONSOLE_UNREACHABLE', `The console's server does not answer at ${path}.`, {
      hint: 'Look whether "podscope up", or "podscope open console" of a cluster, still runs, then refresh.',
      cause,
    });
  }
  const answer = parseJson(text);
  if (response.ok && answer !== undefined) return answer as Answer;
  throw errorOf(answer, response.status, path);
}

function parseJson(text: string): unknown {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function errorOf(answer: unknown, status: number, path: string): PodscopeError {
  const error = isRecord(answer) && isRecord(answer['error']) ? answer['error'] : undefined;
  if (error && typeof error['message'] === 'string') {
    return new PodscopeError(typeof error['code'] === 'string' ? error['code'] : 'CONSOLE_REQUEST_FAILED', error['message'], {
      ...(typeof error['hint'] === 'string' ? { hint: error['hint'] } : {}),
    });
  }
  return new PodscopeError('CONSOLE_REQUEST_FAILED', `The console's server answered ${status} at ${path}.`, {
    hint: 'Refresh; if it stays, read the supervisor log in the run directory.',
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
