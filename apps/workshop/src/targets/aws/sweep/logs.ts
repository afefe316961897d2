import { DeleteLogGroupCommand, DeleteResourcePolicyCommand, DescribeResourcePoliciesCommand, paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs';
import { awsFailure } from '../failure.ts';
import { clusterOwner, domainOwner } from './foreign.ts';
import type { Removable } from './network.ts';
import type { SweepPlace } from './place.ts';

/** What of CloudWatch Logs is an event's, by names: it has tags for groups, which those lose that a service makes again. */
export interface LogNames {
  /** How names of the event's own groups begin. */
  readonly ofEvent: string;
  /** Only where no cluster of somebody else has the event's name. */
  readonly ofCluster: readonly string[];
  /** Only where no domain of somebody else has the event's name; with the policy that lets the domain write, which says so itself. */
  readonly ofDomain: string;
  readonly policy: string;
  /** When the event began, where that is known: logs of a domain that are older are of another one, and stay. EKS, unlike a domain, makes its group again, also late. */
  readonly since?: Date | undefined;
}

/** How far the clock may be off by which an event began. */
const SKEW_MS = 10 * 60_000;

/** Log groups whose names begin as those of the event do: EKS and the domain write on until they are gone, and make groups again. @throws PodscopeError AWS_… */
export async function logLeftovers(place: SweepPlace, { ofEvent, ofCluster, ofDomain, policy, since }: LogNames): Promise<readonly Removable[]> {
  const { clients: { logs, region }, names: { domain }, signal } = place;
  const found: Removable[] = [];
  try {
    const hasDomain = (await domainOwner(place)) !== 'somebody';
    const prefixes = [ofEvent, ...((await clusterOwner(place)) === 'somebody' ? [] : ofCluster), ...(hasDomain ? [ofDomain] : [])];
    for (const logGroupNamePrefix of prefixes) {
      for await (const { logGroups = [] } of paginateDescribeLogGroups({ client: logs }, { logGroupNamePrefix }, { abortSignal: signal })) {
        for (const { logGroupName: name = '', creationTime } of logGroups) {
          if (logGroupNamePrefix === ofDomain && since !== undefined && creationTime !== undefined && creationTime < since.getTime() - SKEW_MS) continue;
          found.push({ by: 'list', kind: 'log group', id: name, remove: () => logs.send(new DeleteLogGroupCommand({ logGroupName: name }), { abortSignal: signal }) });
        }
      }
    }
    if (!hasDomain) return found;
    for (let nextToken: string | undefined, isFirst = true; isFirst || nextToken !== undefined; isFirst = false) {
      const { resourcePolicies = [], nextToken: next } = await logs.send(new DescribeResourcePoliciesCommand({ nextToken }), { abortSignal: signal });
      nextToken = next;
      for (const { policyName: name = '', policyDocument: text = '' } of resourcePolicies) {
        if (name === policy && text.includes(`:domain/${domain}"`)) found.push({ by: 'list', kind: 'log policy', id: name, remove: () => logs.send(new DeleteResourcePolicyCommand({ policyName: name }), { abortSignal: signal }) });
      }
    }
  } catch (error) {
    throw awsFailure(error, `The log groups in ${region}`);
  }
  return found;
}
