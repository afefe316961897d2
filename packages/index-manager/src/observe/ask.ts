import { type Answer, type IndexClient, reasonOf, send, statusOf } from '../client.ts';
import { failureOf } from '../failures.ts';
import type { JsonObject, JsonValue } from '../model.ts';
import { isObject } from '../normalise/json.ts';

/** What servers say of a path that they don't have: no such path, or they take it for an index and its name is none. */
export const NO_SUCH_PATH = /no handler found|invalid[ _]index[ _]name|must not start with|incorrect http method|not supported/iu;

/**
 * One observing request. A 404 is an answer with an empty body; so is, with `mayLack`, what says that the server has not got
 * such a thing (any other 400 is an error: a thing that was asked for wrongly is not missing), and the statuses that are named.
 *
 * @throws PodscopeError INDEX_OBSERVE_FAILED, or what {@link failureOf} finds to be the matter.
 */
export async function askForObject(client: IndexClient, path: string, options: { readonly mayLack?: boolean; readonly expected?: readonly number[] } = {}): Promise<Answer> {
  try {
    const answer = await send(client, { method: 'GET', path, expected: [404, ...(options.expected ?? [])] });
    return answer.status === 200 ? answer : lacking(answer.status);
  } catch (error) {
    const status = statusOf(error);
    if (options.mayLack === true && (status === 405 || (status === 400 && NO_SUCH_PATH.test(reasonOf(error))))) return lacking(status);
    throw failureOf(error, 'INDEX_OBSERVE_FAILED', `GET ${path.split('?')[0]}`);
  }
}

function lacking(status: number): Answer {
  return { status, body: {}, reason: '' };
}

/** The objects of a list in an answer. */
export function objectsOf(answer: JsonObject, member: string): readonly JsonObject[] {
  const list: JsonValue | undefined = answer[member];
  return Array.isArray(list) ? list.filter(isObject) : [];
}
