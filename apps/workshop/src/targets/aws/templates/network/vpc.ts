import type { AwsSettings } from '../../settings.ts';
import { awsNames } from '../../names.ts';
import { tagList } from '../tags.ts';
import { ref, sub, type TemplateResource, type Value } from '../template.ts';
import type { NetworkFacts } from './facts.ts';

/** The addresses of a network of ours. A zone's private subnet takes 8,192 of them, since each pod has one of its own; a public one 256. */
export const VPC_CIDR = '10.42.0.0/16';

/** Of an interface endpoint. What nodes and pods call when nothing else lets them out; the domain stands in the network itself. */
export const INTERFACE_ENDPOINTS = ['ec2', 'ecr.api', 'ecr.dkr', 'eks', 'eks-auth', 'elasticloadbalancing', 'logs', 'sts'] as const;

/** cfn-lint warns of a template that names zones, since another region has others. This one is generated for its region, and the zones were looked up. */
const NAMED_ZONES = { 'cfn-lint': { config: { ignore_checks: ['W3010'] } } };

/** The logical ids of the subnets, in the order of the zones. */
export interface NetworkPlan {
  readonly resources: Readonly<Record<string, TemplateResource>>;
  readonly privateSubnets: readonly string[];
  readonly publicSubnets: readonly string[];
}

/**
 * A network over two or three zones. Private subnets reach out through one NAT gateway, which is less than one a zone and enough for
 * an event of hours: if its zone fails, running pods stay reachable, and images can't be pulled. S3 has a gateway endpoint either way,
 * which costs nothing and carries the layers of images in ECR. The tags of the subnets are those by which EKS and the load balancer
 * controller choose them: https://docs.aws.amazon.com/eks/latest/userguide/network-load-balancing.html
 */
export function networkPlan(settings: AwsSettings, tags: Readonly<Record<string, string>>, { zones }: Pick<NetworkFacts, 'zones'>): NetworkPlan {
  const { cluster } = awsNames(settings);
  const all = Array.from({ length: settings.zones }, (_, index) => index);
  const open = settings.egress === 'nat';
  const zone = (index: number): Value => zones?.[index] ?? { 'Fn::Select': [index, { 'Fn::GetAZs': '' }] };
  const subnet = (kind: 'public' | 'private', index: number): TemplateResource => ({
    Type: 'AWS::EC2::Subnet',
    ...(zones === undefined ? {} : { Metadata: NAMED_ZONES }),
    Properties: {
      VpcId: ref('Vpc'),
      AvailabilityZone: zone(index),
      CidrBlock: kind === 'public' ? `10.42.${index}.0/24` : `10.42.${32 * (index + 1)}.0/19`,
      MapPublicIpOnLaunch: false,
      Tags: tagList({ ...tags, [`kubernetes.io/cluster/${cluster}`]: 'shared', [kind === 'public' ? 'kubernetes.io/role/elb' : 'kubernetes.io/role/internal-elb']: '1' }, `${cluster}-${kind}-${index + 1}`),
    },
  });
  const privateSubnets = all.map((index) => `PrivateSubnet${index + 1}`);
  const publicSubnets = open ? all.map((index) => `PublicSubnet${index + 1}`) : [];
  return {
    privateSubnets,
    publicSubnets,
    resources: {
      Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: VPC_CIDR, EnableDnsSupport: true, EnableDnsHostnames: true, Tags: tagList(tags, cluster) } },
      ...Object.fromEntries(all.map((index) => [privateSubnets[index], subnet('private', index)])),
      PrivateRoutes: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: ref('Vpc'), Tags: tagList(tags, `${cluster}-private`) } },
      ...associations('Private', privateSubnets),
      S3Endpoint: {
        Type: 'AWS::EC2::VPCEndpoint',
        Properties: { VpcId: ref('Vpc'), VpcEndpointType: 'Gateway', ServiceName: sub('com.amazonaws.${AWS::Region}.s3'), RouteTableIds: [ref('PrivateRoutes')], Tags: tagList(tags, `${cluster}-s3`) },
      },
      ...(open ? { ...Object.fromEntries(all.map((index) => [`PublicSubnet${index + 1}`, subnet('public', index)])), ...wayOut(publicSubnets, cluster, tags) } : endpoints(privateSubnets, cluster, tags)),
    },
  };
}

function associations(kind: 'Public' | 'Private', subnets: readonly string[]): Readonly<Record<string, TemplateResource>> {
  return Object.fromEntries(
    subnets.map((subnet) => [`${subnet}Routes`, { Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: { SubnetId: ref(subnet), RouteTableId: ref(`${kind}Routes`) } }]),
  );
}

function wayOut(publicSubnets: readonly string[], cluster: string, tags: Readonly<Record<string, string>>): Readonly<Record<string, TemplateResource>> {
  return {
    InternetGateway: { Type: 'AWS::EC2::InternetGateway', Properties: { Tags: tagList(tags, cluster) } },
    InternetGatewayAttachment: { Type: 'AWS::EC2::VPCGatewayAttachment', Properties: { VpcId: ref('Vpc'), InternetGatewayId: ref('InternetGateway') } },
    PublicRoutes: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: ref('Vpc'), Tags: tagList(tags, `${cluster}-public`) } },
    ...associations('Public', publicSubnets),
    PublicRoute: {
      Type: 'AWS::EC2::Route',
      DependsOn: ['InternetGatewayAttachment'],
      Properties: { RouteTableId: ref('PublicRoutes'), DestinationCidrBlock: '0.0.0.0/0', GatewayId: ref('InternetGateway') },
    },
    NatAddress: { Type: 'AWS::EC2::EIP', DependsOn: ['InternetGatewayAttachment'], Properties: { Domain: 'vpc', Tags: tagList(tags, `${cluster}-nat`) } },
    NatGateway: {
      Type: 'AWS::EC2::NatGateway',
      // Without the route its address leads nowhere; and it is gone before the gateway is detached, which AWS refuses otherwise.
      DependsOn: ['PublicRoute', 'PublicSubnet1Routes'],
      Properties: { AllocationId: { 'Fn::GetAtt': ['NatAddress', 'AllocationId'] }, SubnetId: ref(publicSubnets[0] as string), Tags: tagList(tags, cluster) },
    },
    PrivateRoute: { Type: 'AWS::EC2::Route', Properties: { RouteTableId: ref('PrivateRoutes'), DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: ref('NatGateway') } },
  };
}

function endpoints(privateSubnets: readonly string[], cluster: string, tags: Readonly<Record<string, string>>): Readonly<Record<string, TemplateResource>> {
  const id = (service: string): string => `${service.split(/[.-]/).map((part) => `${part.charAt(0).toUpperCase()}${part.slice(1)}`).join('')}Endpoint`;
  return Object.fromEntries(
    INTERFACE_ENDPOINTS.map((service) => [
      id(service),
      {
        Type: 'AWS::EC2::VPCEndpoint',
        Properties: {
          VpcId: ref('Vpc'),
          VpcEndpointType: 'Interface',
          ServiceName: sub(`com.amazonaws.\${AWS::Region}.${service}`),
          PrivateDnsEnabled: true,
          SubnetIds: privateSubnets.map(ref),
          SecurityGroupIds: [ref('EndpointSecurityGroup')],
          Tags: tagList(tags, `${cluster}-${service}`),
        },
      } satisfies TemplateResource,
    ]),
  );
}
