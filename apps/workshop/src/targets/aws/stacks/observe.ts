import { DescribeStackEventsCommand, DescribeStacksCommand, paginateDescribeStackEvents, paginateListStacks, type Stack, type StackEvent, type StackStatus } from '@aws-sdk/client-cloudformation';
import { PodscopeError } from '@podscope/core';
import type { AwsClients } from '../clients.ts';
import { awsFailure, isGone } from '../failure.ts';
import { TAGS } from '../names.ts';

type CloudFormation = Pick<AwsClients, 'cloudFormation' | 'region'>;

/** What is said of a stack in errors. */
export const titleOf = (name: string, region: string): string => `The stack ${name} in ${region}`;

/** A stack by its name, or by its id also when it is deleted; undefined where there is none. @throws PodscopeError AWS_… */
export async function findStack({ cloudFormation, region }: CloudFormation, nameOrId: string, signal: AbortSignal): Promise<Stack | undefined> {
  try {
    const { Stacks: [stack] = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName: nameOrId }), { abortSignal: signal });
    return stack;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw awsFailure(error, titleOf(nameOrId, region));
  }
}

/** The event that a stack is of, by its tag. */
export function eventOf({ Tags: tags = [] }: Pick<Stack, 'Tags'>): string | undefined {
  return tags.find(({ Key }) => Key === TAGS.event)?.Value;
}

/** @throws PodscopeError AWS_NOT_OURS for a stack that has the name and not the tag */
export function requireOurs(stack: Stack, event: string, region: string): void {
  if (eventOf(stack) === event) return;
  throw new PodscopeError('AWS_NOT_OURS', `${titleOf(stack.StackName ?? '', region)} is not of the event ${event}: it lacks the tag ${TAGS.event}. Nothing of it is touched.`, { hint: 'Give another --event, or see who made it.' });
}

/** Names of stacks that are there, of all that begin like this. @throws PodscopeError AWS_… */
export async function stacksNamed({ cloudFormation, region }: CloudFormation, names: readonly string[], signal: AbortSignal): Promise<readonly string[]> {
  const there = new Set<string>();
  try {
    for await (const { StackSummaries: stacks = [] } of paginateListStacks({ client: cloudFormation }, {}, { abortSignal: signal })) {
      for (const { StackName: name = '', StackStatus: status } of stacks) if (names.includes(name) && status !== 'DELETE_COMPLETE') there.add(name);
    }
  } catch (error) {
    throw awsFailure(error, `The stacks in ${region}`);
  }
  return [...there];
}

/** Events of a stack since a moment, the oldest first. @throws PodscopeError AWS_… */
export async function stackEvents({ cloudFormation, region }: CloudFormation, stackId: string, since: Date, signal: AbortSignal): Promise<readonly StackEvent[]> {
  const found: StackEvent[] = [];
  try {
    for await (const { StackEvents: events = [] } of paginateDescribeStackEvents({ client: cloudFormation }, { StackName: stackId }, { abortSignal: signal })) {
      const fresh = events.filter(({ Timestamp: at }) => at !== undefined && at >= since);
      found.push(...fresh);
      if (fresh.length < events.length) break;
    }
  } catch (error) {
    if (!isGone(error)) throw awsFailure(error, titleOf(stackId, region));
  }
  return found.toReversed();
}

/**
 * The moment after the last thing that happened to a stack, by the clock of AWS: this machine's own may be minutes off, and would hide what
 * is new, or tell the reasons of an earlier try.
 *
 * @throws PodscopeError AWS_…
 */
export async function afterLastEvent({ cloudFormation, region }: CloudFormation, stackId: string, signal: AbortSignal): Promise<Date> {
  try {
    // The newest comes first.
    const { StackEvents: [newest] = [] } = await cloudFormation.send(new DescribeStackEventsCommand({ StackName: stackId }), { abortSignal: signal });
    return new Date((newest?.Timestamp?.getTime() ?? 0) + 1);
  } catch (error) {
    if (isGone(error)) return new Date(0);
    throw awsFailure(error, titleOf(stackId, region));
  }
}

/** Why a stack came to nothing: each resource that failed, and what its service said. What was only broken off because of another is left out. */
export function reasonsOf(events: readonly StackEvent[]): readonly string[] {
  const failed = events.filter(({ ResourceStatus: status, ResourceStatusReason: reason }) => status?.endsWith('_FAILED') === true && reason !== undefined && !/cancell?ed/iu.test(reason));
  return [...new Set(failed.map(({ LogicalResourceId: id, ResourceType: type, ResourceStatusReason: reason }) => `${id} (${type}): ${reason}`))];
}

/** Whether something is under way. A stack that was only reviewed, as a change set that nobody has executed, rests. */
export const isMoving = (status: StackStatus | string | undefined): boolean => status?.endsWith('_IN_PROGRESS') === true && status !== 'REVIEW_IN_PROGRESS';

/** Whether a deletion is refused until what is under way has ended: "cannot be deleted while in status UPDATE_IN_PROGRESS". One that is being made can be deleted. */
export const mustSettle = (status: StackStatus | string | undefined): boolean => /^(?:(?:UPDATE|IMPORT)_(?:.+_)?|ROLLBACK_)IN_PROGRESS$/u.test(status ?? '');
