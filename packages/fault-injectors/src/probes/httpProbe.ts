import { redactText } from '@podscope/core';
import type { z } from 'zod';
import { type Bound, boundText, isWithin } from './bound.ts';
import { milliseconds, spanText } from '../engine/duration.ts';
import { authorization, requestFailure, withoutLogin } from './http.ts';
import { makeProbe, type ProbeFinding, type WatchedProbe } from './probe.ts';
import { readSpec } from './readSpec.ts';
import { httpSpecSchema } from './specs.ts';
import { valueAt, valueText } from './valueAt.ts';

/** What {@link httpProbe} takes. */
export type HttpProbeOptions = Omit<z.input<typeof httpSpecSchema>, 'kind'>;

/** So much of an answer is looked at. */
const ANSWER_BYTES = 1_048_576;

/**
 * Holds when a web address answers with the expected status, in time, and with the expected text or field. No answer is an answer too: it
 * doesn't hold.
 *
 * @throws PodscopeError PROBE_INVALID
 */
export function httpProbe(options: HttpProbeOptions): WatchedProbe {
  const spec = readSpec(httpSpecSchema, { kind: 'http', ...options });
  const status: Bound = typeof spec.status === 'number' ? { equals: spec.status } : Array.isArray(spec.status) ? { oneOf: spec.status } : spec.status;
  const limit = milliseconds(spec.timeLimit);
  const { url, login } = withoutLogin(spec.url);
  const address = redactText(spec.url);

  async function once(signal: AbortSignal): Promise<ProbeFinding> {
    const begun = performance.now();
    const over = AbortSignal.timeout(limit);
    try {
      const response = await fetch(url, {
        method: spec.method,
        headers: { ...authorization(spec.auth ?? login), ...spec.headers },
        ...(spec.body === undefined ? {} : { body: spec.body }),
        signal: AbortSignal.any([signal, over]),
      });
      const text = await readText(response, spec.answer === undefined ? 0 : ANSWER_BYTES);
      const finding = `${spec.method} ${address} answered ${response.status} after ${spanText(performance.now() - begun)}`;
      if (!isWithin(response.status, status)) return { holds: false, finding: `${finding}, not ${boundText(status)}` };
      if (spec.answer === undefined) return { holds: true, finding };
      const field = 'field' in spec.answer ? spec.answer.field : undefined;
      const value = field === undefined ? text : valueAt(parsed(text), field);
      const what = field === undefined ? 'its text' : `${field} (${valueText(value)})`;
      const holds = isWithin(value, spec.answer);
      return { holds, finding: `${finding}; ${what} is ${holds ? '' : 'not '}${boundText(spec.answer)}` };
    } catch (error) {
      if (signal.aborted) return { holds: false, finding: `${spec.method} ${address} was not waited for`, answered: false };
      return { holds: false, finding: `${spec.method} ${address} ${over.aborted ? `did not answer within ${spanText(limit)}` : `failed: ${requestFailure(error)}`}` };
    }
  }

  return makeProbe({ ...spec, name: spec.name ?? `${spec.method} ${address} answers ${boundText(status)}`, once });
}

/** The first bytes of an answer; the rest is not waited for. */
async function readText(response: Response, most: number): Promise<string> {
  if (most === 0 || response.body === null) {
    await response.body?.cancel();
    return '';
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= most) break;
  }
  return Buffer.concat(chunks).subarray(0, most).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
