import { CreateSubnetCommand, CreateVpcCommand } from '@aws-sdk/client-ec2';
import { CreateClusterCommand } from '@aws-sdk/client-eks';
import type { AwsClients } from '../../clients.ts';

/** Makes a network of two zones and a cluster in it, by the API. Returns the subnets. */
export async function makeCluster({ ec2, eks, region }: Pick<AwsClients, 'ec2' | 'eks' | 'region'>, name: string, more: { readonly tags?: Record<string, string> } = {}): Promise<string[]> {
  const { Vpc: vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const subnets = await Promise.all(
    ['a', 'b'].map(async (zone, index) => {
      const { Subnet: subnet } = await ec2.send(new CreateSubnetCommand({ VpcId: vpc?.VpcId, CidrBlock: `10.0.${index}.0/24`, AvailabilityZone: `${region}${zone}` }));
      return subnet?.SubnetId ?? '';
    }),
  );
  await eks.send(new CreateClusterCommand({ name, version: '1.35', roleArn: 'arn:aws:iam::123456789012:role/podscope-cluster', resourcesVpcConfig: { subnetIds: subnets }, ...more }));
  return subnets;
}
