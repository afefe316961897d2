import { DescribeSubnetsCommand, paginateDescribeInstances } from '@aws-sdk/client-ec2';
import { PodscopeError } from '@podscope/core';
import type { AwsClients } from '../clients.ts';
import { type EksCluster, observeEksCluster } from '../cluster/observe.ts';
import { awsFailure } from '../failure.ts';
import type { NetworkFacts } from '../templates/network/facts.ts';

/** The cluster of `--existing-cluster`. @throws PodscopeError AWS_NOT_FOUND, AWS_… */
export async function requireCluster(clients: Pick<AwsClients, 'eks' | 'region'>, name: string, signal: AbortSignal): Promise<EksCluster> {
  const cluster = await observeEksCluster(clients, name, signal);
  if (cluster === undefined) throw new PodscopeError('AWS_NOT_FOUND', `There is no cluster ${name} in ${clients.region}.`, { hint: 'Check the name after --existing-cluster, --region, and whose account the credentials are of.' });
  return cluster;
}

/**
 * The network of a cluster that is there, for a domain beside it: one subnet of each zone, private ones where there are some.
 *
 * @throws PodscopeError AWS_CLUSTER_FAILED for a cluster without a network, AWS_…
 */
export async function networkOf({ ec2, region }: Pick<AwsClients, 'ec2' | 'region'>, cluster: EksCluster, signal: AbortSignal): Promise<NonNullable<NetworkFacts['existing']>> {
  const { vpcId, securityGroupId, subnetIds } = cluster;
  if (vpcId === undefined || securityGroupId === undefined || subnetIds.length === 0) throw new PodscopeError('AWS_CLUSTER_FAILED', `The EKS cluster ${cluster.name} (${region}) has no network yet; it is ${cluster.status}.`, { hint: 'Wait until it is ACTIVE, or name another one.' });
  try {
    const { Subnets: subnets = [] } = await ec2.send(new DescribeSubnetsCommand({ SubnetIds: [...subnetIds] }), { abortSignal: signal });
    const closed = subnets.filter(({ MapPublicIpOnLaunch: isPublic }) => isPublic !== true);
    const byZone = new Map((closed.length > 0 ? closed : subnets).toReversed().map(({ AvailabilityZone: zone, SubnetId: id = '' }) => [zone, id]));
    return { vpcId, privateSubnetIds: [...byZone.values()].toSorted().slice(0, 3), nodeSecurityGroupIds: [securityGroupId, ...(await groupsOfNodes(ec2, cluster.name, securityGroupId, signal))] };
  } catch (error) {
    throw awsFailure(error, `The network of the EKS cluster ${cluster.name} (${region})`);
  }
}

/**
 * The security groups of nodes that don't have the cluster's own one, as those of terraform-aws-modules/terraform-aws-eks
 * (`attach_cluster_primary_security_group` is false). Nodes of every kind carry the tag; each group is let in, since one of a node is enough.
 */
async function groupsOfNodes(ec2: AwsClients['ec2'], cluster: string, own: string, signal: AbortSignal): Promise<readonly string[]> {
  const found = new Set<string>();
  const Filters = [{ Name: `tag:kubernetes.io/cluster/${cluster}`, Values: ['owned'] }, { Name: 'instance-state-name', Values: ['pending', 'running'] }];
  for await (const { Reservations = [] } of paginateDescribeInstances({ client: ec2 }, { Filters }, { abortSignal: signal })) {
    for (const { SecurityGroups = [] } of Reservations.flatMap(({ Instances = [] }) => Instances)) {
      const groups = SecurityGroups.flatMap(({ GroupId: id }) => (id === undefined ? [] : [id]));
      if (!groups.includes(own)) for (const id of groups) found.add(id);
    }
  }
  return [...found].toSorted();
}
