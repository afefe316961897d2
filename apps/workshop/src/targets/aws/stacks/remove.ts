import { DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import { PodscopeError } from '@podscope/core';
import type { AwsClients } from '../clients.ts';
import { awsFailure, isGone } from '../failure.ts';
import { afterLastEvent, findStack, mustSettle, reasonsOf, requireOurs, stackEvents, titleOf } from './observe.ts';
import { followStack, type StackWait } from './follow.ts';

/** How often a deletion is asked for again, after what stood in its way was removed. */
const TRIES = 6;

/** What removing a stack takes, beside waiting. */
export interface StackRemoval extends StackWait {
  /** Removes what Kubernetes and AWS have made in the stack's network, before the next try. @default nothing */
  readonly clear?: (reasons: readonly string[]) => Promise<void>;
}

/**
 * Deletes a stack and waits until it is gone. Where AWS refuses because something is still used, what uses it is cleared, and it is
 * tried again.
 *
 * @returns false where there was none
 * @throws PodscopeError AWS_STACK_FAILED with the reasons, AWS_NOT_OURS, AWS_TIMEOUT, AWS_…; the signal's reason
 */
export async function removeStack(clients: Pick<AwsClients, 'cloudFormation' | 'region'>, { name, event }: { readonly name: string; readonly event: string }, wait: StackRemoval): Promise<boolean> {
  const { cloudFormation, region } = clients;
  const { signal, clear = async () => undefined } = wait;
  let reasons: readonly string[] = [];
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    let found = await findStack(clients, name, signal);
    if (found?.StackStatus === 'DELETE_COMPLETE') found = undefined;
    if (found === undefined) return attempt > 0;
    requireOurs(found, event, region);
    const id = found.StackId ?? name;
    if (mustSettle(found.StackStatus)) await followStack(clients, id, await afterLastEvent(clients, id, signal), wait);
    const began = await afterLastEvent(clients, id, signal);
    if (found.StackStatus !== 'DELETE_IN_PROGRESS') await ask(id);
    const ended = await followStack(clients, id, began, wait);
    if (ended === undefined || ended.StackStatus === 'DELETE_COMPLETE') return true;
    reasons = reasonsOf(await stackEvents(clients, id, began, signal));
    wait.onProgress(`it could not be deleted (${reasons[0] ?? ended.StackStatusReason ?? ended.StackStatus}): clearing the way`);
    await clear(reasons);
  }
  throw new PodscopeError('AWS_STACK_FAILED', `${titleOf(name, region)} could not be deleted: ${reasons[0] ?? 'CloudFormation does not say why'}.`, { hint: 'Each line is a resource that is still used. Run "podscope down --target aws" again in some minutes.', details: reasons });

  async function ask(stack: string): Promise<void> {
    try {
      // By its id: one that was made again under the same name meanwhile is another one.
      await cloudFormation.send(new DeleteStackCommand({ StackName: stack }), { abortSignal: signal });
    } catch (error) {
      if (!isGone(error)) throw awsFailure(error, titleOf(stack, region));
    }
  }
}
