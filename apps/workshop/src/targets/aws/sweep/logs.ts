import { DeleteLogGroupCommand, DeleteResourcePolicyCommand, DescribeResourcePoliciesCommand, paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs';
import { awsFailure } from '../failure.ts';
import { isForeignCluster, type Removable } from './network.ts';
import type { SweepPlace } from './place.ts';

/** What of CloudWatch Logs is an event's, by names. */
export interface LogNames {
  readonly prefixes: readonly string[];
  /** Another prefix: only where no cluster of somebody else has the event's name. */
  readonly ofCluster: string;
  readonly policies: readonly string[];
}

/** Log groups whose names begin as those of the event do: EKS and the domain write on until they are gone, and make groups again. @throws PodscopeError AWS_… */
export async function logLeftovers(place: SweepPlace, { prefixes, ofCluster, policies }: LogNames): Promise<readonly Removable[]> {
  const { clients: { logs, region }, signal } = place;
  const found: Removable[] = [];
  try {
    for (const logGroupNamePrefix of (await isForeignCluster(place)) ? prefixes : [...prefixes, ofCluster]) {
      for await (const { logGroups = [] } of paginateDescribeLogGroups({ client: logs }, { logGroupNamePrefix }, { abortSignal: signal })) {
        for (const { logGroupName: name = '' } of logGroups) found.push({ by: 'list', kind: 'log group', id: name, remove: () => logs.send(new DeleteLogGroupCommand({ logGroupName: name }), { abortSignal: signal }) });
      }
    }
    // An account has ten of them at most, which is one page.
    const { resourcePolicies = [] } = await logs.send(new DescribeResourcePoliciesCommand({}), { abortSignal: signal });
    for (const { policyName: name = '' } of resourcePolicies) {
      if (policies.includes(name)) found.push({ by: 'list', kind: 'log policy', id: name, remove: () => logs.send(new DeleteResourcePolicyCommand({ policyName: name }), { abortSignal: signal }) });
    }
  } catch (error) {
    throw awsFailure(error, `The log groups in ${region}`);
  }
  return found;
}
