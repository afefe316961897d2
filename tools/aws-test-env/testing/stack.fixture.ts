import { CreateStackCommand, DeleteStackCommand, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import type { AwsClients } from '../../../apps/workshop/src/targets/aws/clients.ts';

const tags = [{ Key: 'podscope:event', Value: 'tried' }];
const ref = (id: string): object => ({ Ref: id });
const att = (id: string, name: string): object => ({ 'Fn::GetAtt': [id, name] });
const zone = (index: number): object => ({ 'Fn::Select': [index, { 'Fn::GetAZs': '' }] });
const trust = (service: string): object => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: ['sts:AssumeRole', 'sts:TagSession'] }] });

/** A VPC with two subnets. */
export const network = {
  Resources: {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16', Tags: tags } },
    A: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: ref('Vpc'), CidrBlock: '10.0.0.0/24', AvailabilityZone: zone(0), Tags: tags } },
    B: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: ref('Vpc'), CidrBlock: '10.0.1.0/24', AvailabilityZone: zone(1), Tags: tags } },
  },
  Outputs: { VpcId: { Value: ref('Vpc') }, A: { Value: ref('A') }, B: { Value: ref('B') } },
};

/** The same with a cluster and all that EKS has; moto's resources and the stand-in's refer to each other both ways. */
export const cluster = {
  Resources: {
    ...network.Resources,
    Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'podscope-tried', AssumeRolePolicyDocument: trust('eks.amazonaws.com'), Tags: tags } },
    Cluster: {
      Type: 'AWS::EKS::Cluster',
      Properties: {
        Name: 'podscope-tried',
        Version: '1.35',
        RoleArn: att('Role', 'Arn'),
        ResourcesVpcConfig: { SubnetIds: [ref('A'), ref('B')], EndpointPrivateAccess: true },
        Logging: { ClusterLogging: { EnabledTypes: [{ Type: 'api' }, { Type: 'audit' }] } },
        AccessConfig: { AuthenticationMode: 'API' },
        Tags: tags,
      },
    },
    Nodes: { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: ref('Cluster'), NodegroupName: 'nodes', NodeRole: att('Role', 'Arn'), Subnets: [ref('A'), ref('B')], ScalingConfig: { MinSize: 1, DesiredSize: 2, MaxSize: 4 }, Labels: { Kept: 'AsIs' } } },
    Addon: { Type: 'AWS::EKS::Addon', DependsOn: ['Nodes'], Properties: { ClusterName: ref('Cluster'), AddonName: 'vpc-cni', Tags: tags } },
    Entry: { Type: 'AWS::EKS::AccessEntry', Properties: { ClusterName: ref('Cluster'), PrincipalArn: 'arn:aws:iam::123456789012:role/presenter', AccessPolicies: [{ PolicyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSAdminPolicy', AccessScope: { Type: 'cluster' } }] } },
    Identity: { Type: 'AWS::EKS::PodIdentityAssociation', Properties: { ClusterName: ref('Cluster'), Namespace: 'monitoring', ServiceAccount: 'fluent-bit', RoleArn: att('Role', 'Arn') } },
    Ingress: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: att('Cluster', 'ClusterSecurityGroupId'), IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '10.0.0.0/16' } },
  },
  Outputs: { ...network.Outputs, Endpoint: { Value: att('Cluster', 'Endpoint') }, Group: { Value: { 'Fn::Sub': '${Cluster.ClusterSecurityGroupId}/${AWS::Region}' } } },
};

/** Asks for a stack until it is at rest. */
export async function untilRest({ cloudFormation }: AwsClients, name: string): Promise<Stack> {
  for (;;) {
    const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName: name }));
    const [stack] = Stacks;
    if (stack === undefined) throw new Error(`There is no stack ${name}.`);
    if (!String(stack.StackStatus).endsWith('IN_PROGRESS')) return stack;
  }
}

/** Makes a stack and waits; its outputs by name are beside it. */
export async function makeStack(clients: AwsClients, name: string, template: object): Promise<{ readonly stack: Stack; readonly outputs: Readonly<Record<string, string>> }> {
  await clients.cloudFormation.send(new CreateStackCommand({ StackName: name, TemplateBody: JSON.stringify(template), Capabilities: ['CAPABILITY_NAMED_IAM'], Tags: tags }));
  const stack = await untilRest(clients, name);
  return { stack, outputs: Object.fromEntries((stack.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue])) };
}

/** Deletes a stack and waits, by its id: one that is deleted is found by that alone. */
export async function deleteStack(clients: AwsClients, { StackId = '' }: Stack): Promise<Stack> {
  await clients.cloudFormation.send(new DeleteStackCommand({ StackName: StackId }));
  return untilRest(clients, StackId);
}
