import { CreateStackCommand, type Output, type Stack, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import { PodscopeError } from '@podscope/core';
import type { AwsClients } from '../clients.ts';
import { awsFailure, isAwsError } from '../failure.ts';
import { removeStack } from './remove.ts';
import { afterLastEvent, findStack, isMoving, reasonsOf, requireOurs, stackEvents, titleOf } from './observe.ts';
import { followStack, type StackWait } from './follow.ts';

/** A stack as it is wanted. */
export interface WantedStack {
  readonly name: string;
  readonly event: string;
  /** The template's text; at most 51,200 bytes, which is what CloudFormation takes without a bucket. */
  readonly body: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** What a stack came to. */
export interface DeployedStack {
  readonly outcome: 'created' | 'updated' | 'unchanged';
  readonly outputs: readonly Output[];
}

/** What making a stack takes, beside waiting. */
export interface StackMaking extends StackWait {
  /** Waited for when there is no stack, before one is asked for. @default nothing */
  readonly beforeCreate?: () => Promise<void>;
}

const MOST_BYTES = 51_200;
/** States that a stack never leaves but by its deletion. */
const LOST = new Set(['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'CREATE_FAILED', 'DELETE_FAILED', 'REVIEW_IN_PROGRESS']);

/**
 * Makes a stack, or changes it to what is wanted. One that an earlier try broke off at is waited for; what is left of a failed one is
 * removed first. A stack of the same name without the event's tag is not touched.
 *
 * @throws PodscopeError AWS_STACK_FAILED with the reasons of each resource, AWS_NOT_OURS, AWS_TIMEOUT, AWS_…; the signal's reason
 */
export async function deployStack(clients: Pick<AwsClients, 'cloudFormation' | 'region'>, wanted: WantedStack, wait: StackMaking): Promise<DeployedStack> {
  const { name, event, body } = wanted;
  const bytes = Buffer.byteLength(body);
  if (bytes > MOST_BYTES) throw new PodscopeError('AWS_STACK_FAILED', `${titleOf(name, clients.region)}: its template has ${bytes} bytes, and CloudFormation takes ${MOST_BYTES}.`, { hint: 'Give fewer presenters or zones.' });
  let found = await findStack(clients, name, wait.signal);
  if (found !== undefined) requireOurs(found, event, clients.region);
  if (found !== undefined && isMoving(found.StackStatus)) {
    wait.onProgress(`it is ${found.StackStatus}: waiting`);
    const id = found.StackId ?? name;
    const settled = await followStack(clients, id, await afterLastEvent(clients, id, wait.signal), wait);
    found = settled?.StackStatus === 'DELETE_COMPLETE' ? undefined : settled;
  }
  if (found !== undefined && LOST.has(found.StackStatus ?? '')) {
    wait.onProgress('removing what is left of a failed one');
    await removeStack(clients, { name, event }, wait);
    found = undefined;
  }
  if (found?.StackStatus === 'UPDATE_ROLLBACK_FAILED') {
    throw new PodscopeError('AWS_STACK_FAILED', `${titleOf(name, clients.region)} is UPDATE_ROLLBACK_FAILED: a change of it failed, and could not be taken back either, so CloudFormation changes it no further.`, { hint: 'Continue its rollback in the console of AWS, then run the same command again. "podscope down --target aws" deletes it as it is.' });
  }
  return found === undefined ? create(clients, wanted, wait) : update(clients, wanted, found, wait);
}

async function create(clients: Pick<AwsClients, 'cloudFormation' | 'region'>, wanted: WantedStack, wait: StackMaking): Promise<DeployedStack> {
  await wait.beforeCreate?.();
  // All that ever happens to a new stack is of this try.
  const began = new Date(0);
  const id = await asked(clients, wanted, async (request) => {
    try {
      return (await clients.cloudFormation.send(new CreateStackCommand({ ...request, OnFailure: 'ROLLBACK' }), { abortSignal: wait.signal })).StackId;
    } catch (error) {
      // The answer to an earlier try of this request was lost on the way; or somebody else was quicker.
      const there = isAwsError(error, 'AlreadyExists') ? await findStack(clients, wanted.name, wait.signal) : undefined;
      if (there === undefined) throw error;
      requireOurs(there, wanted.event, clients.region);
      return there.StackId;
    }
  });
  const stack = await followStack(clients, id ?? wanted.name, began, wait);
  if (!isDone(stack)) throw await failed(clients, wanted, stack, id ?? wanted.name, began, wait);
  return { outcome: 'created', outputs: stack.Outputs ?? [] };
}

/** What is just made may be changed by another `up` before it is looked at. */
const isDone = (stack: Stack | undefined): stack is Stack => stack?.StackStatus === 'CREATE_COMPLETE' || stack?.StackStatus === 'UPDATE_COMPLETE';

async function update(clients: Pick<AwsClients, 'cloudFormation' | 'region'>, wanted: WantedStack, found: Stack, wait: StackWait): Promise<DeployedStack> {
  const id = found.StackId ?? wanted.name;
  const began = await afterLastEvent(clients, id, wait.signal);
  const changed = await asked(clients, wanted, async (request) => {
    try {
      await clients.cloudFormation.send(new UpdateStackCommand(request), { abortSignal: wait.signal });
      return true;
    } catch (error) {
      // CloudFormation has no other word for it.
      if (error instanceof Error && /No updates are to be performed/u.test(error.message)) return false;
      throw error;
    }
  });
  if (!changed) return { outcome: 'unchanged', outputs: found.Outputs ?? [] };
  const stack = await followStack(clients, id, began, wait);
  if (!isDone(stack)) throw await failed(clients, wanted, stack, id, began, wait);
  return { outcome: 'updated', outputs: stack.Outputs ?? [] };
}

interface StackRequest {
  readonly StackName: string;
  readonly TemplateBody: string;
  readonly Capabilities: ['CAPABILITY_NAMED_IAM'];
  readonly Tags: { readonly Key: string; readonly Value: string }[];
}

async function asked<Answer>({ region }: Pick<AwsClients, 'region'>, { name, body, tags }: WantedStack, send: (request: StackRequest) => Promise<Answer>): Promise<Answer> {
  try {
    return await send({ StackName: name, TemplateBody: body, Capabilities: ['CAPABILITY_NAMED_IAM'], Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) });
  } catch (error) {
    throw awsFailure(error, titleOf(name, region));
  }
}

async function failed(clients: Pick<AwsClients, 'cloudFormation' | 'region'>, { name }: WantedStack, stack: Stack | undefined, id: string, since: Date, { signal }: StackWait): Promise<PodscopeError> {
  const reasons = reasonsOf(await stackEvents(clients, id, since, signal));
  const how = stack === undefined ? 'is gone: somebody deleted it' : `is ${stack.StackStatus}${stack.StackStatusReason === undefined ? '' : ` (${stack.StackStatusReason})`}`;
  return new PodscopeError('AWS_STACK_FAILED', `${titleOf(name, clients.region)} ${how}${reasons[0] === undefined ? '' : `: ${reasons[0]}`}.`, {
    hint: 'Change what is refused and run the same command again: it removes what is left of this try first. "podscope down --target aws" removes everything.',
    details: reasons,
  });
}
