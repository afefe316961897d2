import { PodscopeError } from '@podscope/core';
import type { IncomingMessage } from 'node:http';
import { DEEPEST_JSON, isDeeper } from './depth.ts';

/** Bytes of a request's body. */
export const LARGEST_BODY = 1_048_576;

/**
 * Reads a request's JSON body.
 *
 * @throws PodscopeError CONSOLE_BODY_TOO_LARGE or CONSOLE_BODY_INVALID.
 */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const text = await readText(request);
  if (isDeeper(text, DEEPEST_JSON)) {
    throw new PodscopeError('CONSOLE_BODY_INVALID', `The request's body is nested deeper than ${DEEPEST_JSON} levels.`, { hint: 'Send a flatter document.' });
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new PodscopeError('CONSOLE_BODY_INVALID', 'The request\'s body is not JSON.', { hint: 'Send a JSON document.', cause });
  }
}

/** Listens instead of iterating: leaving a loop early would end the connection before the answer is sent. */
function readText(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= LARGEST_BODY) {
        chunks.push(chunk);
        return;
      }
      chunks.length = 0;
      reject(
        new PodscopeError('CONSOLE_BODY_TOO_LARGE', `The request's body has more than ${LARGEST_BODY} bytes.`, { hint: 'Send less at once.' }),
      );
    });
    request.once('error', reject);
    request.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
  });
}
