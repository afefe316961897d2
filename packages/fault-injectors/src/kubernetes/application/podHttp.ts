import { request } from 'node:http';
import type { Duplex } from 'node:stream';
import { PodscopeError } from '@podscope/core';

/** A request to a port of a pod. */
export interface PodRequest {
  readonly method?: 'GET' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What a pod answered. */
export interface PodAnswer {
  readonly status: number;
  readonly body: string;
  /** From the request to the end of the answer, the forward included. */
  readonly milliseconds: number;
}

const TIMEOUT_MS = 45_000;
const MOST_BYTES = 1024 * 1024;

/**
 * One request over a stream, which is closed afterwards.
 *
 * @param of whose port it is, for errors: `guestbook/frontend-a, port 8081`.
 * @throws PodscopeError FAULT_POD_UNREACHABLE
 */
export async function askPod(stream: Duplex, of: string, { method = 'GET', path, headers = {}, body }: PodRequest): Promise<PodAnswer> {
  const from = performance.now();
  try {
    return await new Promise<PodAnswer>((resolve, reject) => {
      const asking = request({ createConnection: () => stream, method, path, headers: { host: 'localhost', connection: 'close', ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }), ...headers }, signal: AbortSignal.timeout(TIMEOUT_MS) });
      asking.once('error', reject);
      asking.once('response', (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (part: string) => {
          if (text.length < MOST_BYTES) text += part;
        });
        answer.once('error', reject);
        answer.once('end', () => resolve({ status: answer.statusCode ?? 0, body: text, milliseconds: performance.now() - from }));
      });
      asking.end(body);
    });
  } catch (cause) {
    throw new PodscopeError('FAULT_POD_UNREACHABLE', `${of} does not answer.`, { hint: 'Check that the pod runs and listens on that port.', cause });
  } finally {
    stream.destroy();
  }
}
