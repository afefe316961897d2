import { isPodscopeError, PodscopeError } from '@podscope/core';
import type { ObjectRef } from '@podscope/fault-injectors/kubernetes';
import { titleOf } from './applySet.ts';

/** An object that could not be written or judged. */
export interface Failure {
  readonly ref: ObjectRef;
  readonly source?: string | undefined;
  readonly error: unknown;
}

interface Item {
  readonly ref: ObjectRef;
  readonly source?: string | undefined;
}

/** So many requests are under way at once: what a connection of `KubernetesApi` sends together. A server takes 200 changing ones by default (`--max-mutating-requests-inflight`), of everybody. */
const AT_ONCE = 16;

/**
 * Does something with each item, many at once. Every item is tried, so that all that fails is known and not just the first of it;
 * nothing new is begun after the signal.
 *
 * @throws the signal's reason.
 */
export async function together<One extends Item>(items: readonly One[], signal: AbortSignal | undefined, work: (item: One) => Promise<void>): Promise<readonly Failure[]> {
  const failures: Failure[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) {
      signal?.throwIfAborted();
      try {
        await work(item);
      } catch (error) {
        signal?.throwIfAborted();
        failures.push({ ref: item.ref, ...(item.source === undefined ? {} : { source: item.source }), error });
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
  return failures;
}

const lineOf = ({ ref, source, error }: Failure): string => {
  const text = error instanceof Error ? error.message : String(error);
  const said = text.startsWith(titleOf(ref)) ? text : `${titleOf(ref)}: ${text}`;
  return source === undefined ? said : `${source}: ${said}`;
};

/**
 * Throws what failed as one error, if anything did. It has the code of the first, and a detail for each.
 *
 * @param state what is true of the rest, such as `Nothing was written.`
 */
export function throwFailures(failures: readonly Failure[], state: string): void {
  const [first, ...more] = failures;
  if (first === undefined) return;
  // What is not ours is a bug or the connection's end: it goes on as it is.
  if (!isPodscopeError(first.error)) throw first.error;
  const conflict = failures.some(({ error }) => isPodscopeError(error, 'KUBE_CONFLICT'));
  const own = (error: unknown): readonly string[] => (isPodscopeError(error) ? error.details : []);
  throw new PodscopeError(first.error.code, `${lineOf(first)}${more.length === 0 ? '' : ` (and ${more.length} more)`} ${state}`, {
    hint: conflict ? 'Another field manager owns these fields: leave them out of the object, or take them with --force-conflicts.' : (first.error.hint ?? ''),
    details: failures.length === 1 ? own(first.error) : failures.flatMap((failure) => [lineOf(failure), ...own(failure.error).map((detail) => `  ${detail}`)]),
    cause: first.error,
  });
}
