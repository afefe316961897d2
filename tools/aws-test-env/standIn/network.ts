import {
  CreateNetworkInterfaceCommand,
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  DeleteNetworkInterfaceCommand,
  DeleteSecurityGroupCommand,
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
  DescribeInternetGatewaysCommand,
  DescribeNatGatewaysCommand,
  type NetworkInterface,
} from '@aws-sdk/client-ec2';
import type { AwsClients } from '../../../apps/workshop/src/targets/aws/clients.ts';
import { AwsRefusal } from '../front/answer.ts';
import type { Handler } from '../front/server.ts';
import type { StandInContext } from './context.ts';

type Ec2 = AwsClients['ec2'];

/** By which moto/program.py knows interfaces of services, and takes it off. */
const IN_USE = 'in use: ';

/** Makes the network interfaces that a service puts into subnets of its user: they are requester-managed, and found by description. */
export async function makeInterfaces(ec2: Ec2, options: { readonly subnets: readonly string[]; readonly groups: readonly string[]; readonly description: string }): Promise<readonly string[]> {
  const made: string[] = [];
  for (const subnet of options.subnets) {
    const { NetworkInterface: found } = await ec2.send(new CreateNetworkInterfaceCommand({ SubnetId: subnet, Description: `${IN_USE}${options.description}`, ...(options.groups.length > 0 ? { Groups: [...options.groups] } : {}) }));
    if (found?.NetworkInterfaceId !== undefined) made.push(found.NetworkInterfaceId);
  }
  return made;
}

/** Network interfaces whose description is this. */
export async function interfacesOf(ec2: Ec2, description: string): Promise<readonly NetworkInterface[]> {
  const { NetworkInterfaces = [] } = await ec2.send(new DescribeNetworkInterfacesCommand({}));
  return NetworkInterfaces.filter((each) => each.Description === description);
}

/** Removes them, as the service does when it is done with them. */
export async function removeInterfaces(ec2: Ec2, description: string): Promise<void> {
  for (const { NetworkInterfaceId } of await interfacesOf(ec2, description)) await ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId }));
}

/** The VPC of a subnet. */
export async function vpcOf(ec2: Ec2, subnet: string): Promise<string> {
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({ SubnetIds: [subnet] }));
  const vpc = Subnets[0]?.VpcId;
  if (vpc === undefined) throw new AwsRefusal('InvalidSubnetID.NotFound', `The subnet ID '${subnet}' does not exist`);
  return vpc;
}

/** The security group that EKS makes for a cluster and its nodes; made again, it is found. */
export async function clusterSecurityGroup(ec2: Ec2, cluster: string, vpc: string): Promise<string> {
  const found = await ec2.send(new DescribeSecurityGroupsCommand({ Filters: [{ Name: 'vpc-id', Values: [vpc] }] }));
  const prefix = `eks-cluster-sg-${cluster}-`;
  const id = found.SecurityGroups?.find((each) => each.GroupName?.startsWith(prefix))?.GroupId;
  if (id !== undefined) return id;
  const made = await ec2.send(new CreateSecurityGroupCommand({ GroupName: `${prefix}${Math.trunc(Math.random() * 1e9)}`, Description: 'EKS created security group applied to ENI that is attached to EKS Control Plane master nodes, and managed workloads.', VpcId: vpc }));
  await ec2.send(new CreateTagsCommand({ Resources: [made.GroupId ?? ''], Tags: [{ Key: 'aws:eks:cluster-name', Value: cluster }, { Key: `kubernetes.io/cluster/${cluster}`, Value: 'owned' }] }));
  return made.GroupId ?? '';
}

/** Removes that group. */
export async function removeClusterSecurityGroup(ec2: Ec2, cluster: string): Promise<void> {
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({}));
  for (const { GroupName, GroupId } of SecurityGroups) if (GroupName?.startsWith(`eks-cluster-sg-${cluster}-`)) await ec2.send(new DeleteSecurityGroupCommand({ GroupId }));
}

/** What still uses a VPC, a subnet or a security group, as EC2 would say it; undefined when nothing does. */
export async function usedBy(ec2: Ec2, what: { readonly vpc?: string; readonly subnet?: string; readonly group?: string }): Promise<string | undefined> {
  const { NetworkInterfaces = [] } = await ec2.send(new DescribeNetworkInterfacesCommand({}));
  const user = NetworkInterfaces.find(
    (each) => (what.vpc !== undefined && each.VpcId === what.vpc) || (what.subnet !== undefined && each.SubnetId === what.subnet) || (what.group !== undefined && each.Groups?.some(({ GroupId }) => GroupId === what.group) === true),
  );
  if (user !== undefined) return `network interface ${user.NetworkInterfaceId ?? ''} (${user.Description ?? ''})`;
  if (what.vpc !== undefined) {
    const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters: [{ Name: 'vpc-id', Values: [what.vpc] }] }));
    const group = SecurityGroups.find((each) => each.GroupName !== 'default');
    if (group !== undefined) return `security group ${group.GroupId ?? ''} (${group.GroupName ?? ''})`;
    const gateways = await ec2.send(new DescribeInternetGatewaysCommand({ Filters: [{ Name: 'attachment.vpc-id', Values: [what.vpc] }] }));
    if ((gateways.InternetGateways?.length ?? 0) > 0) return `internet gateway ${gateways.InternetGateways?.[0]?.InternetGatewayId ?? ''}`;
    const endpoints = await ec2.send(new DescribeVpcEndpointsCommand({ Filters: [{ Name: 'vpc-id', Values: [what.vpc] }] }));
    const endpoint = endpoints.VpcEndpoints?.find((each) => String(each.State) !== 'deleted');
    if (endpoint !== undefined) return `endpoint ${endpoint.VpcEndpointId ?? ''}`;
  }
  if (what.group !== undefined) {
    const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({}));
    const other = SecurityGroups.find((each) => each.GroupId !== what.group && [...(each.IpPermissions ?? []), ...(each.IpPermissionsEgress ?? [])].some((rule) => rule.UserIdGroupPairs?.some(({ GroupId }) => GroupId === what.group) === true));
    if (other !== undefined) return `a rule of security group ${other.GroupId ?? ''}`;
  }
  return undefined;
}

/** The public addresses that an internet gateway carries: it can't be detached while there are any. */
async function publicAddresses(ec2: Ec2, vpc: string): Promise<readonly string[]> {
  const { NatGateways = [] } = await ec2.send(new DescribeNatGatewaysCommand({ Filter: [{ Name: 'vpc-id', Values: [vpc] }] }));
  return NatGateways.filter((each) => each.State === 'available').map((each) => each.NatGatewayId ?? '');
}

async function isTerminated(ec2: Ec2, instance: string | undefined): Promise<boolean> {
  if (instance === undefined) return false;
  const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [instance] }));
  return Reservations.some(({ Instances = [] }) => Instances.some(({ State }) => State?.Name === 'terminated'));
}

const violation = (text: string): AwsRefusal => new AwsRefusal('DependencyViolation', text);

/**
 * EC2's refusals that moto does not have: a VPC, a subnet or a security group goes only when no network interface is left in it.
 * The texts are EC2's own, see https://repost.aws/knowledge-center/troubleshoot-dependency-error-delete-vpc.
 */
export function networkHandlers({ moto }: StandInContext): Readonly<Record<string, Handler>> {
  return {
    'ec2:DeleteVpc': async ({ region, input }) => {
      const vpc = String(input['VpcId']);
      if ((await usedBy(moto(region).ec2, { vpc })) !== undefined) throw violation(`The vpc '${vpc}' has dependencies and cannot be deleted.`);
      return undefined;
    },
    // What is attached, https://github.com/aws/amazon-vpc-cni-k8s/issues/1399: that a service has it makes no difference to the code.
    'ec2:DeleteNetworkInterface': async ({ region, input }) => {
      const id = String(input['NetworkInterfaceId']);
      const { NetworkInterfaces: [found] = [] } = await moto(region).ec2.send(new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [id] })).catch(() => ({ NetworkInterfaces: [] }));
      // Moto leaves those of an instance attached when it is terminated.
      const isHeld = found?.Status === 'in-use' && !(await isTerminated(moto(region).ec2, found.Attachment?.InstanceId));
      if (isHeld) throw new AwsRefusal('InvalidParameterValue', `Network interface '${id}' is currently in use.`);
      return undefined;
    },
    'ec2:DeleteSubnet': async ({ region, input }) => {
      const subnet = String(input['SubnetId']);
      if ((await usedBy(moto(region).ec2, { subnet })) !== undefined) throw violation(`The subnet '${subnet}' has dependencies and cannot be deleted.`);
      return undefined;
    },
    'ec2:DeleteSecurityGroup': async ({ region, input }) => {
      const group = input['GroupId'];
      if (typeof group === 'string' && (await usedBy(moto(region).ec2, { group })) !== undefined) throw violation(`resource ${group} has a dependent object`);
      return undefined;
    },
    'ec2:DetachInternetGateway': async ({ region, input }) => {
      const vpc = String(input['VpcId']);
      const { Vpcs = [] } = await moto(region).ec2.send(new DescribeVpcsCommand({ VpcIds: [vpc] }));
      if (Vpcs.length > 0 && (await publicAddresses(moto(region).ec2, vpc)).length > 0) throw violation(`Network ${vpc} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`);
      return undefined;
    },
  };
}
