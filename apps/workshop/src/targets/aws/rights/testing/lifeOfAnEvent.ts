import { AttachRolePolicyCommand, CreatePolicyCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { AuthorizeSecurityGroupEgressCommand, AuthorizeSecurityGroupIngressCommand, CreateSecurityGroupCommand, CreateTagsCommand, CreateVpcEndpointCommand, DeleteNetworkInterfaceCommand, DeleteTagsCommand, DescribeInstancesCommand, type Instance, RunInstancesCommand, TerminateInstancesCommand } from '@aws-sdk/client-ec2';
import { CreateTargetGroupCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { ListStateMachinesCommand, StartExecutionCommand, UpdateStateMachineCommand } from '@aws-sdk/client-sfn';
import type { AwsClients } from '../../clients.ts';
import { trustPods } from '../../cluster/identities.ts';
import type { AwsParts, InCluster } from '../../parts.ts';
import { preflight } from '../../preflight/preflight.ts';
import { awsNames, TAGS } from '../../names.ts';
import { LAST_ROLE, templateNames } from '../../templates/names.ts';
import { absentCluster } from '../../testing/absentCluster.ts';
import { quickParts } from '../../testing/quickly.ts';

/** The half in the cluster without a cluster: of it, just what it asks AWS. Shippers get their role by IRSA, as they do in earnest. */
export function askingCluster(): InCluster {
  return {
    ...absentCluster(),
    shipperAccounts: [],
    async grant({ clients, access, cluster, signal }) {
      for (const role of access.shippers) await trustPods(clients, { role, cluster, accounts: [{ namespace: 'logging', name: 'fluentd' }] }, signal);
    },
  };
}

/** The rooms as they are, without what needs the internet. */
export const askingParts = (): AwsParts => ({ ...quickParts(askingCluster()), preflight });

const tagged = (ResourceType: 'security-group' | 'vpc-endpoint', Key: string, Value: string) => [{ ResourceType, Tags: [{ Key, Value }] }];

/** An account to plant into: of tools/aws-test-env. */
interface Plantable {
  readonly region: string;
  inventory(): Promise<{ readonly vpcs: readonly string[]; readonly subnets: readonly string[] }>;
  readonly plant: {
    loadBalancer(vpc: string, options: { readonly cluster: string; readonly kind: 'classic' | 'network' }): Promise<string>;
    networkInterface(subnet: string, options: { readonly cluster: string }): Promise<string>;
    volume(cluster: string): Promise<string>;
    logGroup(cluster: string, options: { readonly name: string }): Promise<string>;
  };
}

/** Two nodes, as EKS starts them, and a run of the expiry that waits: what is there when an event is made longer. @param clients That may do everything. */
export async function plantNodesAndRun({ ec2, sfn }: AwsClients, event: string): Promise<void> {
  const Tags = [{ Key: TAGS.event, Value: event }];
  const { Instances = [] } = await ec2.send(new RunInstancesCommand({ ImageId: 'ami-12c6146b', InstanceType: 't3.medium', MinCount: 2, MaxCount: 2, TagSpecifications: [{ ResourceType: 'instance', Tags }] }));
  // Their launch template says so of disks and interfaces, too, which moto does not take from it.
  await ec2.send(new CreateTagsCommand({ Resources: partsOf(Instances), Tags }));
  const { stateMachines: [machine] = [] } = await sfn.send(new ListStateMachinesCommand({}));
  const definition = JSON.stringify({ StartAt: 'Pause', States: { Pause: { Type: 'Wait', Seconds: 600, End: true } } });
  await sfn.send(new UpdateStateMachineCommand({ stateMachineArn: machine?.stateMachineArn, definition }));
  await sfn.send(new StartExecutionCommand({ stateMachineArn: machine?.stateMachineArn, input: '{}' }));
}

/** Instances go with their group, which moto has none of, and disks and interfaces with them, which it keeps. @param clients That may do everything. */
export async function removeNodes({ ec2 }: AwsClients, event: string): Promise<void> {
  const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ Filters: [{ Name: `tag:${TAGS.event}`, Values: [event] }] }));
  const instances = Reservations.flatMap(({ Instances = [] }) => Instances);
  await ec2.send(new DeleteTagsCommand({ Resources: partsOf(instances), Tags: [{ Key: TAGS.event }] }));
  await ec2.send(new TerminateInstancesCommand({ InstanceIds: instances.flatMap(({ InstanceId: id }) => id ?? []) }));
  for (const id of partsOf(instances)) if (id.startsWith('eni-')) await ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: id }));
}

const partsOf = (instances: readonly Instance[]): string[] => instances.flatMap(({ BlockDeviceMappings: disks = [], NetworkInterfaces: interfaces = [] }) => [...disks.map(({ Ebs }) => Ebs?.VolumeId), ...interfaces.map(({ NetworkInterfaceId: id }) => id)].filter((id) => id !== undefined));

/** What the search for tags goes on naming though it is gone, one thing for each way to ask. */
export function goneThings(account: string, region: string, event: string): readonly string[] {
  const { cluster } = awsNames({ event });
  const { stateMachine, scheduleGroup, budget } = templateNames({ event, region });
  const arn = (service: string, resource: string): string => `arn:aws:${service}:${region}:${account}:${resource}`;
  return [
    arn('eks', `podidentityassociation/${cluster}/a-0123456789abcdef0`), arn('states', `stateMachine:${stateMachine}`), arn('scheduler', `schedule-group/${scheduleGroup}`),
    `arn:aws:iam::${account}:oidc-provider/oidc.eks.${region}.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF`, `arn:aws:budgets::${account}:budget/${budget}`,
  ];
}

let planted = 0;

/** What Kubernetes, services and people leave of an event, one thing for each right that removes any; again and again, under other names. @param clients That may do everything. */
export async function plantLeftovers(aws: Plantable, clients: AwsClients, event: string): Promise<void> {
  const { vpcs: [vpc = ''], subnets: [subnet = ''] } = await aws.inventory();
  const { cluster } = awsNames({ event });
  planted += 1;
  for (const kind of ['classic', 'network'] as const) await aws.plant.loadBalancer(vpc, { cluster, kind });
  await clients.elbV2.send(new CreateTargetGroupCommand({ Name: `k8s-left-${planted}`, Protocol: 'TCP', Port: 80, VpcId: vpc, TargetType: 'ip', Tags: [{ Key: 'elbv2.k8s.aws/cluster', Value: cluster }] }));
  await aws.plant.networkInterface(subnet, { cluster });
  await aws.plant.volume(cluster);
  await aws.plant.logGroup(cluster, { name: `/aws/eks/${cluster}/made-again-${planted}` });
  await clients.ec2.send(new CreateVpcEndpointCommand({ VpcId: vpc, VpcEndpointType: 'Interface', ServiceName: `com.amazonaws.${aws.region}.guardduty-data`, TagSpecifications: tagged('vpc-endpoint', 'GuardDutyManaged', 'true') }));
  await plantGroups(clients, vpc, cluster);
}

/** Two groups that name each other: neither goes before their rules. */
async function plantGroups({ ec2 }: AwsClients, vpc: string, cluster: string): Promise<void> {
  const make = async (name: string): Promise<string> => (await ec2.send(new CreateSecurityGroupCommand({ GroupName: name, Description: name, VpcId: vpc, TagSpecifications: tagged('security-group', `kubernetes.io/cluster/${cluster}`, 'owned') }))).GroupId ?? '';
  const [one, other] = [await make(`k8s-one-${planted}`), await make(`k8s-other-${planted}`)];
  const to = (group: string) => [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, UserIdGroupPairs: [{ GroupId: group }] }];
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: one, IpPermissions: to(other) }));
  await ec2.send(new AuthorizeSecurityGroupEgressCommand({ GroupId: other, IpPermissions: to(one) }));
}

/** Policies that somebody has put on the role that is deleted last. @param clients That may do everything. */
export async function plantRolePolicies({ iam }: AwsClients, event: string, region: string): Promise<void> {
  const RoleName = templateNames({ event, region }).role(LAST_ROLE);
  const document = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }] });
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'planted', PolicyDocument: document }));
  const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: `planted-${event}`, PolicyDocument: document }));
  await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: Policy?.Arn }));
}
