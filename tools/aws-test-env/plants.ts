import { CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { AuthorizeSecurityGroupIngressCommand, CreateNetworkInterfaceCommand, CreateSecurityGroupCommand, CreateVolumeCommand, CreateVpcEndpointCommand, DescribeSecurityGroupsCommand, DescribeSubnetsCommand, type IpPermission } from '@aws-sdk/client-ec2';
import { CreateLoadBalancerCommand as CreateClassicCommand } from '@aws-sdk/client-elastic-load-balancing';
import { CreateListenerCommand, CreateLoadBalancerCommand, CreateTargetGroupCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { AwsClients } from '../../apps/workshop/src/targets/aws/clients.ts';
import { makeInterfaces } from './standIn/network.ts';

/** What Kubernetes and the services leave in an account, made as they make it: no stack knows of it. */
export interface Plants {
  /**
   * As the load balancers of Services: with network interfaces in the subnets, a security group that the cluster's own lets in, a target
   * group where it is none of the classic kind, and the tag of the cluster. Its name.
   */
  loadBalancer(vpc: string, options?: { readonly cluster?: string; readonly kind?: 'classic' | 'network' | 'application' }): Promise<string>;
  /** As GuardDuty makes one by itself in a VPC that it watches: an interface in each subnet, and a security group. Its id. */
  endpoint(vpc: string): Promise<string>;
  /** Two that let each other in, as the shared and the own group of a load balancer: neither goes before its rules. Their ids. */
  securityGroups(vpc: string, options?: { readonly cluster?: string }): Promise<readonly string[]>;
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

/** Lets what is in a group in, at a port. */
const from = (GroupId: string, port: number): IpPermission => ({ IpProtocol: 'tcp', FromPort: port, ToPort: port, UserIdGroupPairs: [{ GroupId }] });

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
      const { SecurityGroups: [own] = [] } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters: [{ Name: 'vpc-id', Values: [vpc] }, { Name: 'tag:aws:eks:cluster-name', Values: [cluster] }] }));
      if (own !== undefined) await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: own.GroupId, IpPermissions: [from(GroupId, 30_080)] }));
      if (kind === 'classic') await elb.send(new CreateClassicCommand({ LoadBalancerName: name, Subnets: subnets, SecurityGroups: [GroupId], Tags, Listeners: [{ Protocol: 'TCP', LoadBalancerPort: 80, InstanceProtocol: 'TCP', InstancePort: 30080 }] }));
      else {
        const Protocol = kind === 'application' ? 'HTTP' : 'TCP';
        const { LoadBalancers: [made] = [] } = await elbV2.send(new CreateLoadBalancerCommand({ Name: name, Type: kind, Subnets: subnets, ...(kind === 'application' ? { SecurityGroups: [GroupId] } : {}), Tags }));
        const { TargetGroups: [group] = [] } = await elbV2.send(new CreateTargetGroupCommand({ Name: `k8s-target-${String(counter).padStart(10, '0')}`, Protocol, Port: 30_080, VpcId: vpc, Tags }));
        await elbV2.send(new CreateListenerCommand({ LoadBalancerArn: made?.LoadBalancerArn, Protocol, Port: 80, DefaultActions: [{ Type: 'forward', TargetGroupArn: group?.TargetGroupArn }] }));
      }
      await makeInterfaces(ec2, { subnets, groups: [GroupId], description: interfaceText(kind, name) });
      return name;
    },
    async endpoint(vpc) {
      const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({ Filters: [{ Name: 'vpc-id', Values: [vpc] }] }));
      const managed = [{ Key: 'GuardDutyManaged', Value: 'true' }];
      const { GroupId = '' } = await ec2.send(new CreateSecurityGroupCommand({ GroupName: `GuardDutyManagedSecurityGroup-${vpc}`, Description: `Associated with VPC-${vpc} and tagged as GuardDutyManaged`, VpcId: vpc, TagSpecifications: [{ ResourceType: 'security-group', Tags: managed }] }));
      const { VpcEndpoint } = await ec2.send(new CreateVpcEndpointCommand({ VpcId: vpc, VpcEndpointType: 'Interface', ServiceName: `com.amazonaws.${region}.guardduty-data`, SubnetIds: Subnets.map(({ SubnetId = '' }) => SubnetId), SecurityGroupIds: [GroupId], TagSpecifications: [{ ResourceType: 'vpc-endpoint', Tags: managed }] }));
      return VpcEndpoint?.VpcEndpointId ?? '';
    },
    async securityGroups(vpc, { cluster = 'podscope' } = {}) {
      const Tags = [{ Key: 'elbv2.k8s.aws/cluster', Value: cluster }];
      const number = ++counter;
      const make = async (name: string): Promise<string> => (await ec2.send(new CreateSecurityGroupCommand({ GroupName: `${name}-${number}`, Description: '[k8s] SecurityGroup of a LoadBalancer', VpcId: vpc, TagSpecifications: [{ ResourceType: 'security-group', Tags }] }))).GroupId ?? '';
      const [one, other] = [await make('k8s-traffic'), await make('k8s-guestboo')];
      await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: one, IpPermissions: [from(other, 80)] }));
      await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: other, IpPermissions: [from(one, 80)] }));
      return [one, other];
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
