import { DescribeNatGatewaysCommand, DescribeNetworkInterfacesCommand, DescribeSecurityGroupsCommand, DescribeVpcEndpointsCommand } from '@aws-sdk/client-ec2';
import type { AwsClients } from '../../../../apps/workshop/src/targets/aws/clients.ts';
import { ResourceFailure } from './engine.ts';
import type { Stack } from './stack.ts';

/**
 * Refuses the deletion of a stack as EC2 does it: network interfaces and security groups that are not the stack's own hold its subnets,
 * groups and VPC. Moto deletes a stack past the front, and would delete them all.
 *
 * @throws ResourceFailure with EC2's text
 */
export async function refuseWhileUsed(stack: Stack, ec2: AwsClients['ec2']): Promise<void> {
  const ids = new Set(stack.resources.map(({ physicalId }) => physicalId));
  const of = (type: string): Stack['resources'] => stack.resources.filter((each) => each.type === type);
  const networks = [...of('AWS::EC2::SecurityGroup'), ...of('AWS::EC2::Subnet'), ...of('AWS::EC2::VPC')];
  if (networks.length === 0) return;
  const { NatGateways = [] } = await ec2.send(new DescribeNatGatewaysCommand({}));
  const { VpcEndpoints = [] } = await ec2.send(new DescribeVpcEndpointsCommand({}));
  const own = new Set([
    ...NatGateways.filter((each) => ids.has(each.NatGatewayId ?? '')).flatMap((each) => each.NatGatewayAddresses?.map(({ NetworkInterfaceId }) => NetworkInterfaceId) ?? []),
    ...VpcEndpoints.filter((each) => ids.has(each.VpcEndpointId ?? '')).flatMap((each) => each.NetworkInterfaceIds ?? []),
  ]);
  const { NetworkInterfaces = [] } = await ec2.send(new DescribeNetworkInterfacesCommand({}));
  const foreign = NetworkInterfaces.filter((each) => !own.has(each.NetworkInterfaceId) && !ids.has(each.NetworkInterfaceId ?? ''));
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({}));
  for (const resource of networks) {
    const id = resource.physicalId;
    const suffix = '(Service: Ec2, Status Code: 400, Request ID: stand-in)';
    if (resource.type === 'AWS::EC2::SecurityGroup') {
      const ruled = SecurityGroups.some((each) => !ids.has(each.GroupId ?? '') && [...(each.IpPermissions ?? []), ...(each.IpPermissionsEgress ?? [])].some((rule) => rule.UserIdGroupPairs?.some(({ GroupId }) => GroupId === id)));
      if (ruled || foreign.some((each) => each.Groups?.some(({ GroupId }) => GroupId === id))) throw new ResourceFailure(resource, `resource ${id} has a dependent object ${suffix}`);
    }
    if (resource.type === 'AWS::EC2::Subnet' && foreign.some((each) => each.SubnetId === id)) throw new ResourceFailure(resource, `The subnet '${id}' has dependencies and cannot be deleted. ${suffix}`);
    if (resource.type === 'AWS::EC2::VPC') {
      const groups = SecurityGroups.filter((each) => each.VpcId === id && each.GroupName !== 'default' && !ids.has(each.GroupId ?? ''));
      if (groups.length > 0 || foreign.some((each) => each.VpcId === id)) throw new ResourceFailure(resource, `The vpc '${id}' has dependencies and cannot be deleted. ${suffix}`);
    }
  }
}
