import { setTimeout as sleep } from 'node:timers/promises';
import type { Stack } from '@aws-sdk/client-cloudformation';
import { PodscopeError } from '@podscope/core';
import type { AwsClients } from '../clients.ts';
import { isRefusedForNow } from '../failure.ts';
import { findStack, isMoving, stackEvents, titleOf } from './observe.ts';

/** How a wait goes about it. */
export interface StackWait {
  readonly signal: AbortSignal;
  readonly onProgress: (message: string) => void;
  /** Milliseconds. @default an hour */
  readonly timeoutMs?: number;
  /** Between two questions, milliseconds. @default 5 seconds */
  readonly pauseMs?: number;
}

/**
 * Waits until nothing is under way in a stack, and tells what its resources come to. A question that is refused for a while, or a
 * network that is gone for a moment, ends no wait.
 *
 * @returns the stack; undefined when it is not there any more
 * @throws PodscopeError AWS_TIMEOUT, AWS_…; the signal's reason
 */
export async function followStack(clients: Pick<AwsClients, 'cloudFormation' | 'region'>, stackId: string, since: Date, { signal, onProgress, timeoutMs = 3_600_000, pauseMs = 5_000 }: StackWait): Promise<Stack | undefined> {
  const deadline = performance.now() + timeoutMs;
  const told = new Set<string>();
  for (let refused = 0; ; ) {
    signal.throwIfAborted();
    try {
      for (const { EventId: id = '', LogicalResourceId: resource, ResourceStatus: status = '' } of await stackEvents(clients, stackId, since, signal)) {
        if (told.has(id)) continue;
        told.add(id);
        onProgress(`${resource} ${status.toLowerCase().replaceAll('_', ' ')}`);
      }
      const stack = await findStack(clients, stackId, signal);
      refused = 0;
      if (stack === undefined || !isMoving(stack.StackStatus)) return stack;
    } catch (error) {
      // Each request was tried several times already.
      refused += 1;
      if (refused > 5 || !isPassing(error)) throw error;
    }
    if (performance.now() > deadline) {
      throw new PodscopeError('AWS_TIMEOUT', `${titleOf(stackId.replace(/^arn:.*:stack\/([^/]+)\/.*$/u, '$1'), clients.region)} is not done after ${Math.round(timeoutMs / 60_000)} minutes.`, { hint: 'It goes on in the account. Run the same command again to wait on.' });
    }
    await sleep(pauseMs, undefined, { signal });
  }
}

function isPassing(error: unknown): boolean {
  return error instanceof PodscopeError && (['AWS_THROTTLED', 'AWS_UNREACHABLE'].includes(error.code) || isRefusedForNow(error.cause));
}
