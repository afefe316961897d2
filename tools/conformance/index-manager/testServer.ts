import { isPodscopeError } from '../../../packages/core/src/index.ts';
import { startOpenSearch, type StartOptions, type StartedOpenSearch } from '../../../packages/embedded-opensearch/src/index.ts';
import type { JsonObject } from '../../../packages/index-manager/src/model.ts';

/** A server's answer. */
export interface Answer {
  readonly status: number;
  readonly body: JsonObject;
  /** What it said when it refused. */
  readonly reason: string;
}

/** One request to a test server, whatever it answers. */
export async function ask(url: string, method: string, path: string, body?: JsonObject): Promise<Answer> {
  const response = await fetch(`${url}${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }) });
  const answer = (await response.json()) as JsonObject;
  const error = answer['error'] as { readonly reason?: string } | string | undefined;
  return { status: response.status, body: answer, reason: (typeof error === 'object' ? error.reason : error) ?? '' };
}

/** Undefined where no installed JDK can run it. */
export async function startIfPossible(options: StartOptions): Promise<StartedOpenSearch | undefined> {
  try {
    return await startOpenSearch(options);
  } catch (error) {
    if (isPodscopeError(error) && error.code.startsWith('OPENSEARCH_') && error.code.includes('JAVA')) return undefined;
    throw error;
  }
}
