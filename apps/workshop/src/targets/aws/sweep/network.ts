import {
  DeleteNetworkInterfaceCommand, DeleteSecurityGroupCommand, DeleteVpcEndpointsCommand, DeleteVolumeCommand, type Filter, paginateDescribeNatGateways, paginateDescribeNetworkInterfaces, paginateDescribeSecurityGroups, paginateDescribeVolumes,
  paginateDescribeVpcEndpoints, paginateDescribeVpcs, RevokeSecurityGroupEgressCommand, RevokeSecurityGroupIngressCommand, type SecurityGroup, type Tag,
} from '@aws-sdk/client-ec2';
import { DeleteLoadBalancerCommand as DeleteClassicCommand, paginateDescribeLoadBalancers as paginateClassic } from '@aws-sdk/client-elastic-load-balancing';
import { DeleteLoadBalancerCommand, DeleteTargetGroupCommand, paginateDescribeLoadBalancers, paginateDescribeTargetGroups } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { PodscopeError } from '@podscope/core';
import { awsFailure, isGone, isRefusedForNow } from '../failure.ts';
import { TAGS } from '../names.ts';
import { clusterOwner, type Owner } from './foreign.ts';
import type { Left, SweepPlace } from './place.ts';

/** Something that no stack made, and how it is removed. */
export interface Removable extends Left {
  readonly remove: (() => Promise<unknown>) | undefined;
}

interface Caller {
  readonly ec2: SweepPlace['clients']['ec2'];
  readonly signal: AbortSignal;
}

const named = (name: string, ...values: string[]): Filter => ({ Name: name, Values: values });
/** CloudFormation tags what it makes: that goes with its stack. */
const isOfStack = (tags: readonly Tag[] | undefined): boolean => tags?.some(({ Key }) => Key?.startsWith('aws:cloudformation:')) === true;

async function pagesOf<Page, Item>(pages: AsyncIterable<Page>, items: (page: Page) => readonly Item[] | undefined): Promise<readonly Item[]> {
  const found: Item[] = [];
  for await (const page of pages) found.push(...(items(page) ?? []));
  return found;
}

/** The VPCs that carry the event's tag: what is in them is the event's. */
export async function vpcsOf({ clients: { ec2 }, names: { event }, signal }: SweepPlace): Promise<readonly string[]> {
  const found = await pagesOf(paginateDescribeVpcs({ client: ec2 }, { Filters: [named(`tag:${TAGS.event}`, event)] }, { abortSignal: signal }), ({ Vpcs }) => Vpcs);
  return found.flatMap(({ VpcId: id }) => (id === undefined ? [] : [id]));
}

/**
 * What Kubernetes and AWS have made in the event's network, and no stack removes: load balancers of both kinds with their target groups,
 * interfaces, security groups, endpoints (GuardDuty makes some by itself); and volumes, wherever they are.
 *
 * Volumes are known by the tags of the EBS driver: https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/tagging.md
 *
 * @returns what is to be removed first, first
 * @throws PodscopeError AWS_…
 */
export async function networkLeftovers(place: SweepPlace): Promise<readonly Removable[]> {
  try {
    const vpcs = await vpcsOf(place);
    const cluster = await clusterOwner(place);
    const inNetwork = vpcs.length === 0 ? [] : [...(await loadBalancers(place, vpcs)), ...(await interfaces(place, vpcs, cluster)), ...(await endpoints(place, vpcs)), ...(await securityGroups(place, vpcs, cluster))];
    return [...inNetwork, ...(await volumes(place, cluster))];
  } catch (error) {
    throw awsFailure(error, `What is in the network of the event ${place.names.event} in ${place.clients.region}`);
  }
}

async function loadBalancers({ clients: { elb, elbV2 }, signal }: SweepPlace, vpcs: readonly string[]): Promise<readonly Removable[]> {
  const classic = await pagesOf(paginateClassic({ client: elb }, {}, { abortSignal: signal }), ({ LoadBalancerDescriptions }) => LoadBalancerDescriptions);
  const modern = await pagesOf(paginateDescribeLoadBalancers({ client: elbV2 }, {}, { abortSignal: signal }), ({ LoadBalancers }) => LoadBalancers);
  const groups = await pagesOf(paginateDescribeTargetGroups({ client: elbV2 }, {}, { abortSignal: signal }), ({ TargetGroups }) => TargetGroups);
  return [
    ...classic.filter(({ VPCId: vpc = '' }) => vpcs.includes(vpc)).map(({ LoadBalancerName: name = '' }) => ({ by: 'list', kind: 'load balancer', id: name, remove: () => elb.send(new DeleteClassicCommand({ LoadBalancerName: name }), { abortSignal: signal }) }) as const),
    ...modern.filter(({ VpcId: vpc = '' }) => vpcs.includes(vpc)).map(({ LoadBalancerArn: arn = '' }) => ({ by: 'list', kind: 'load balancer', id: arn, remove: () => elbV2.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: arn }), { abortSignal: signal }) }) as const),
    ...groups.filter(({ VpcId: vpc = '' }) => vpcs.includes(vpc)).map(({ TargetGroupArn: arn = '' }) => ({ by: 'list', kind: 'target group', id: arn, remove: () => elbV2.send(new DeleteTargetGroupCommand({ TargetGroupArn: arn }), { abortSignal: signal }) }) as const),
  ];
}

/** What services write on their own interfaces: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/requester-managed-eni.html */
const OF_SERVICES = /^(?:Interface for NAT Gateway|VPC Endpoint Interface|ES |ELB |EFS mount)/u;
/** EKS takes its own with it, but for some that nobody else ever would. */
const OF_EKS = /^Amazon EKS /u;

async function interfaces({ clients: { ec2 }, signal }: SweepPlace, vpcs: readonly string[], cluster: Owner): Promise<readonly Removable[]> {
  const gateways = await pagesOf(paginateDescribeNatGateways({ client: ec2 }, { Filter: [named('vpc-id', ...vpcs)] }, { abortSignal: signal }), ({ NatGateways }) => NatGateways);
  const ofGateways = new Set(gateways.flatMap(({ NatGatewayAddresses: addresses = [] }) => addresses.map(({ NetworkInterfaceId: id }) => id)));
  const found = await pagesOf(paginateDescribeNetworkInterfaces({ client: ec2 }, { Filters: [named('vpc-id', ...vpcs)] }, { abortSignal: signal }), ({ NetworkInterfaces }) => NetworkInterfaces);
  return found.map(({ NetworkInterfaceId: id = '', Status: status, Description: description = '', RequesterManaged: managed, InterfaceType: type }) => {
    const base = { by: 'list', kind: 'network interface', id, why: [status ?? '', type ?? '', description].filter((part) => part !== '').join(', ') } as const;
    // One in use, or of a service of AWS, goes with whatever has it.
    return { ...base, remove: status === 'available' && managed !== true && !OF_SERVICES.test(description) && !(cluster === 'event' && OF_EKS.test(description)) && !ofGateways.has(id) ? () => ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: id }), { abortSignal: signal }) : undefined };
  });
}

async function endpoints({ clients: { ec2 }, signal }: SweepPlace, vpcs: readonly string[]): Promise<readonly Removable[]> {
  const found = await pagesOf(paginateDescribeVpcEndpoints({ client: ec2 }, { Filters: [named('vpc-id', ...vpcs)] }, { abortSignal: signal }), ({ VpcEndpoints }) => VpcEndpoints);
  return found
    .filter(({ Tags: tags, State: state }) => !isOfStack(tags) && !tags?.some(({ Key }) => Key === TAGS.event) && state?.toLowerCase() !== 'deleted' && state?.toLowerCase() !== 'deleting')
    .map(({ VpcEndpointId: id = '', ServiceName: service = '' }) => ({ by: 'list', kind: 'VPC endpoint', id, why: service, remove: () => removeEndpoint(id, { ec2, signal }) }));
}

/** It answers well, and names in the answer what it did not do. */
async function removeEndpoint(id: string, { ec2, signal }: Caller): Promise<void> {
  const { Unsuccessful: [refused] = [] } = await ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [id] }), { abortSignal: signal });
  if (refused?.Error === undefined) return;
  throw Object.assign(new Error(refused.Error.Message ?? ''), { name: refused.Error.Code ?? 'Error', $metadata: {} });
}

async function securityGroups({ clients: { ec2 }, signal }: SweepPlace, vpcs: readonly string[], cluster: Owner): Promise<readonly Removable[]> {
  const found = await pagesOf(paginateDescribeSecurityGroups({ client: ec2 }, { Filters: [named('vpc-id', ...vpcs)] }, { abortSignal: signal }), ({ SecurityGroups }) => SecurityGroups);
  // The default one goes with its VPC. EKS removes its own with the cluster, now and then it does not:
  // https://github.com/eksctl-io/eksctl/issues/5135, https://github.com/hashicorp/terraform-provider-aws/issues/20925
  const strange = found.filter(({ GroupName: name, Tags: tags }) => name !== 'default' && !isOfStack(tags) && !(cluster === 'event' && tags?.some(({ Key }) => Key === 'aws:eks:cluster-name') === true));
  return strange.map((group) => ({ by: 'list', kind: 'security group', id: group.GroupId ?? '', ...(group.GroupName === undefined ? {} : { why: group.GroupName }), remove: () => removeGroup(group, { ec2, signal }) }));
}

/** Two groups that name each other can be deleted only when their rules are gone. */
async function removeGroup({ GroupId: id, IpPermissions: inward = [], IpPermissionsEgress: outward = [] }: SecurityGroup, { ec2, signal }: Caller): Promise<void> {
  if (inward.some(({ UserIdGroupPairs: pairs = [] }) => pairs.length > 0)) await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: id, IpPermissions: inward }), { abortSignal: signal });
  if (outward.some(({ UserIdGroupPairs: pairs = [] }) => pairs.length > 0)) await ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId: id, IpPermissions: outward }), { abortSignal: signal });
  await ec2.send(new DeleteSecurityGroupCommand({ GroupId: id }), { abortSignal: signal });
}

async function volumes({ clients: { ec2 }, names, signal }: SweepPlace, cluster: Owner): Promise<readonly Removable[]> {
  const filters = [[named(`tag:${TAGS.event}`, names.event)], ...(cluster === 'somebody' ? [] : [[named(`tag:kubernetes.io/cluster/${names.cluster}`, 'owned')], [named('tag:KubernetesCluster', names.cluster)]])];
  const found = new Map<string, Removable>();
  for (const Filters of filters) {
    for (const { VolumeId: id = '', State: state, Tags: tags = [] } of await pagesOf(paginateDescribeVolumes({ client: ec2 }, { Filters }, { abortSignal: signal }), ({ Volumes }) => Volumes)) {
      const claim = tags.find(({ Key }) => Key === 'kubernetes.io/created-for/pvc/name')?.Value;
      // The disk of a node goes with the node.
      found.set(id, { by: 'list', kind: 'volume', id, why: [state ?? '', claim ?? ''].filter((part) => part !== '').join(', '), remove: state === 'available' || state === 'error' ? () => ec2.send(new DeleteVolumeCommand({ VolumeId: id }), { abortSignal: signal }) : undefined });
    }
  }
  return [...found.values()];
}

/**
 * Removes what may be removed now; what AWS refuses for the moment is left for the next time. What it refuses for good keeps nothing else:
 * that is told when all the rest was tried.
 *
 * @param note Told of each that was removed.
 * @throws PodscopeError AWS_…: the first refusal
 */
export async function removeLeftovers(found: readonly Removable[], region: string, note: (removed: Left) => void = () => undefined): Promise<void> {
  let refusal: PodscopeError | undefined;
  for (const { remove, ...left } of found) {
    if (remove === undefined) continue;
    try {
      await remove();
      note(left);
    } catch (error) {
      if (isGone(error) || isRefusedForNow(error)) continue;
      const failure = awsFailure(error, `The ${left.kind} ${left.id} in ${region}`);
      // Nothing else will be granted either.
      if (SESSION_OVER.has(failure.code)) throw failure;
      refusal ??= failure;
    }
  }
  if (refusal !== undefined) throw refusal;
}

const SESSION_OVER: ReadonlySet<string> = new Set(['AWS_NO_CREDENTIALS', 'AWS_SESSION_EXPIRED', 'AWS_CREDENTIALS_REFUSED', 'INTERRUPTED']);
