import { CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateNetworkInterfaceCommand, CreateSecurityGroupCommand, CreateVolumeCommand, DescribeSubnetsCommand } from '@aws-sdk/client-ec2';
import { CreateLoadBalancerCommand as CreateClassicCommand } from '@aws-sdk/client-elastic-load-balancing';
import { CreateLoadBalancerCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { AwsClients } from '../../apps/workshop/src/targets/aws/clients.ts';
import { makeInterfaces } from './standIn/network.ts';

/** What Kubernetes and the services leave in an account, made as they make it: no stack knows of it. */
export interface Plants {
  /** As the load balancers of Services: with network interfaces in the subnets, a security group, and the tag of the cluster. Its name. */
  loadBalancer(vpc: string, options?: { readonly cluster?: string; readonly kind?: 'classic' | 'network' | 'application' }): Promise<string>;
  /** In use by nobody, as the CNI leaves them. Its id. */
  networkInterface(subnet: string, options?: { readonly cluster?: string; readonly description?: string }): Promise<string>;
  /** As the EBS driver makes them for claims. Its id. */
  volume(cluster: string, options?: { readonly zone?: string }): Promise<string>;
  /** As Container Insights and the cluster's own logs do. Its name. */
  logGroup(cluster: string, options?: { readonly name?: string }): Promise<string>;
}

const owned = (cluster: string): { Key: string; Value: string }[] => [{ Key: `kubernetes.io/cluster/${cluster}`, Value: 'owned' }];

/** The descriptions of load balancers' interfaces: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/requester-managed-eni.html. */
export const interfaceText = (kind: 'classic' | 'network' | 'application', name: string): string => (kind === 'classic' ? `ELB ${name}` : `ELB ${kind === 'network' ? 'net' : 'app'}/${name}/50dc6c495c0c9188`);

let counter = 0;

export function createPlants(region: string, { ec2, elb, elbV2, logs }: AwsClients): Plants {
  return {
    async loadBalancer(vpc, { cluster = 'podscope', kind = 'network' } = {}) {
      const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({ Filters: [{ Name: 'vpc-id', Values: [vpc] }] }));
      const zones = new Map(Subnets.map((each) => [each.AvailabilityZone, each.SubnetId ?? '']));
      const subnets = [...zones.values()];
      const name = kind === 'classic' ? `a${String(++counter).padStart(31, 'b')}` : `k8s-guestboo-frontend-${String(++counter).padStart(10, '0')}`;
      const { GroupId = '' } = await ec2.send(new CreateSecurityGroupCommand({ GroupName: kind === 'classic' ? `k8s-elb-${name}` : name, Description: 'Security group for Kubernetes ELB', VpcId: vpc, TagSpecifications: [{ ResourceType: 'security-group', Tags: owned(cluster) }] }));
      const Tags = [...owned(cluster), { Key: 'kubernetes.io/service-name', Value: 'guestbook/frontend' }];
      if (kind === 'classic') await elb.send(new CreateClassicCommand({ LoadBalancerName: name, Subnets: subnets, SecurityGroups: [GroupId], Tags, Listeners: [{ Protocol: 'TCP', LoadBalancerPort: 80, InstanceProtocol: 'TCP', InstancePort: 30080 }] }));
      else await elbV2.send(new CreateLoadBalancerCommand({ Name: name, Type: kind, Subnets: subnets, ...(kind === 'application' ? { SecurityGroups: [GroupId] } : {}), Tags }));
      await makeInterfaces(ec2, { subnets, groups: [GroupId], description: interfaceText(kind, name) });
      return name;
    },
    async networkInterface(subnet, { cluster = 'podscope', description = 'aws-K8S-i-0123456789abcdef0' } = {}) {
      const Tags = [{ Key: 'cluster.k8s.amazonaws.com/name', Value: cluster }, { Key: 'node.k8s.amazonaws.com/instance_id', Value: 'i-0123456789abcdef0' }];
      const { NetworkInterface } = await ec2.send(new CreateNetworkInterfaceCommand({ SubnetId: subnet, Description: description, TagSpecifications: [{ ResourceType: 'network-interface', Tags }] }));
      return NetworkInterface?.NetworkInterfaceId ?? '';
    },
    async volume(cluster, { zone = `${region}a` } = {}) {
      const Tags = [...owned(cluster), { Key: 'ebs.csi.aws.com/cluster', Value: 'true' }, { Key: 'KubernetesCluster', Value: cluster }, { Key: 'kubernetes.io/created-for/pvc/name', Value: 'data-0' }];
      const { VolumeId = '' } = await ec2.send(new CreateVolumeCommand({ AvailabilityZone: zone, Size: 8, VolumeType: 'gp3', TagSpecifications: [{ ResourceType: 'volume', Tags }] }));
      return VolumeId;
    },
    async logGroup(cluster, { name = `/aws/containerinsights/${cluster}/application` } = {}) {
      await logs.send(new CreateLogGroupCommand({ logGroupName: name }));
      return name;
    },
  };
}
