import { DeleteFlowLogsCommand, DeleteInternetGatewayCommand, DeleteNatGatewayCommand, DeleteNetworkInterfaceCommand, DeleteRouteTableCommand, DeleteSecurityGroupCommand, DeleteSubnetCommand, DeleteVpcCommand, DeleteVpcEndpointsCommand, DescribeInternetGatewaysCommand, DescribeNatGatewaysCommand, DescribeRouteTablesCommand, DetachInternetGatewayCommand, DisassociateRouteTableCommand, ReleaseAddressCommand, DescribeAddressesCommand } from '@aws-sdk/client-ec2';
import type { AwsClients } from '../../../../apps/workshop/src/targets/aws/clients.ts';
import type { StackResource } from './stack.ts';

const ORDER = ['AWS::EC2::FlowLog', 'AWS::EC2::NatGateway', 'AWS::EC2::EIP', 'AWS::EC2::VPCEndpoint', 'AWS::EC2::Subnet', 'AWS::EC2::RouteTable', 'AWS::EC2::InternetGateway', 'AWS::EC2::SecurityGroup', 'AWS::EC2::VPC'];

/** Deletes what moto leaves of the network of a stack: its own deletion swallows the errors of an order that can't work. */
export async function removeRemains(resources: readonly StackResource[], ec2: AwsClients['ec2']): Promise<void> {
  for (const type of ORDER) {
    for (const { physicalId } of resources.filter((each) => each.type === type)) {
      await remove(type, physicalId, ec2).catch((error: unknown) => {
        if (error instanceof Error && /NotFound|Malformed/u.test(error.name)) return;
        throw error;
      });
    }
  }
}

async function remove(type: string, id: string, ec2: AwsClients['ec2']): Promise<void> {
  switch (type) {
    case 'AWS::EC2::FlowLog':
      await ec2.send(new DeleteFlowLogsCommand({ FlowLogIds: [id] }));
      return;
    case 'AWS::EC2::NatGateway': {
      const { NatGateways: [gateway] = [] } = await ec2.send(new DescribeNatGatewaysCommand({ NatGatewayIds: [id] }));
      await ec2.send(new DeleteNatGatewayCommand({ NatGatewayId: id }));
      for (const { NetworkInterfaceId } of gateway?.NatGatewayAddresses ?? []) await ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId })).catch(() => undefined);
      return;
    }
    case 'AWS::EC2::EIP': {
      const { Addresses = [] } = await ec2.send(new DescribeAddressesCommand({}));
      const found = Addresses.find(({ PublicIp, AllocationId }) => PublicIp === id || AllocationId === id);
      if (found !== undefined) await ec2.send(new ReleaseAddressCommand({ AllocationId: found.AllocationId }));
      return;
    }
    case 'AWS::EC2::VPCEndpoint':
      await ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [id] }));
      return;
    case 'AWS::EC2::Subnet':
      await ec2.send(new DeleteSubnetCommand({ SubnetId: id }));
      return;
    case 'AWS::EC2::RouteTable': {
      const { RouteTables = [] } = await ec2.send(new DescribeRouteTablesCommand({ RouteTableIds: [id] }));
      for (const { RouteTableAssociationId } of RouteTables.flatMap(({ Associations = [] }) => Associations)) await ec2.send(new DisassociateRouteTableCommand({ AssociationId: RouteTableAssociationId }));
      await ec2.send(new DeleteRouteTableCommand({ RouteTableId: id }));
      return;
    }
    case 'AWS::EC2::InternetGateway': {
      const { InternetGateways = [] } = await ec2.send(new DescribeInternetGatewaysCommand({ InternetGatewayIds: [id] }));
      for (const { VpcId } of InternetGateways.flatMap(({ Attachments = [] }) => Attachments)) await ec2.send(new DetachInternetGatewayCommand({ InternetGatewayId: id, VpcId }));
      await ec2.send(new DeleteInternetGatewayCommand({ InternetGatewayId: id }));
      return;
    }
    case 'AWS::EC2::SecurityGroup':
      await ec2.send(new DeleteSecurityGroupCommand({ GroupId: id }));
      return;
    default:
      await ec2.send(new DeleteVpcCommand({ VpcId: id }));
  }
}
