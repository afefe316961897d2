import { CreateBudgetCommand, DeleteBudgetCommand, type CreateBudgetRequest } from '@aws-sdk/client-budgets';
import { AuthorizeSecurityGroupEgressCommand, RevokeSecurityGroupEgressCommand } from '@aws-sdk/client-ec2';
import { DescribeNodegroupCommand, TagResourceCommand, UpdateNodegroupConfigCommand, type CreateClusterRequest, type CreateNodegroupRequest, type UpdateNodegroupConfigRequest } from '@aws-sdk/client-eks';
import { CreateOpenIDConnectProviderCommand, DeleteOpenIDConnectProviderCommand } from '@aws-sdk/client-iam';
import { CreateScheduleCommand, CreateScheduleGroupCommand, DeleteScheduleCommand, DeleteScheduleGroupCommand, GetScheduleCommand, UpdateScheduleCommand, type CreateScheduleInput, type UpdateScheduleInput } from '@aws-sdk/client-scheduler';
import { CreateStateMachineCommand, DeleteStateMachineCommand, type CreateStateMachineInput } from '@aws-sdk/client-sfn';
import { AwsRefusal } from '../../front/answer.ts';
import { faultsOf, isFields, type Fields, type Value } from '../../models/schema.ts';
import { serviceOf } from '../../models/services.ts';
import type { StandInContext } from '../context.ts';
import type { EksAccess } from '../eks/access.ts';
import type { Clusters } from '../eks/clusters.ts';
import type { Made } from './template.ts';

/** Where a resource is made, and for which stack. */
export interface ResourceScope {
  readonly region: string;
  /** Tags of the stack, which CloudFormation gives to all that can have any. */
  readonly tags: Readonly<Record<string, string>>;
  readonly stackName: string;
  readonly logicalId: string;
}

/** A type that moto's CloudFormation does not make. */
export interface ResourceMaker {
  make(properties: Fields, scope: ResourceScope): Promise<Made>;
  remove(properties: Fields, made: Made, scope: ResourceScope): Promise<void>;
  /** Without it a change of the properties fails. */
  update?(properties: Fields, made: Made, scope: ResourceScope): Promise<void>;
}

const text = (value: Value): string => (typeof value === 'string' ? value : '');

/** CloudFormation's names of members are the API's, with a capital; values of maps are left as they are. */
function lowered(value: Value, keep: readonly string[] = []): Value {
  if (Array.isArray(value)) return value.map((each: Value) => lowered(each, keep));
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name.charAt(0).toLowerCase() + name.slice(1), keep.includes(name) ? each : lowered(each, keep)]));
}

function tagsOf(properties: Fields, { tags }: ResourceScope): Readonly<Record<string, string>> {
  const own = Array.isArray(properties['Tags']) ? (properties['Tags'] as readonly Fields[]).map((each) => [text(each['Key']), text(each['Value'])] as const) : Object.entries(isFields(properties['Tags']) ? properties['Tags'] : {}).map(([name, value]) => [name, text(value)] as const);
  return { ...tags, ...Object.fromEntries(own) };
}

/** @throws AwsRefusal when the SDK's own model would not let it be sent */
async function checked<Input>(service: string, action: string, input: Fields): Promise<Input> {
  const operation = (await serviceOf(service))?.operations.get(action);
  if (operation === undefined) throw new Error(`The SDK has no operation ${service}:${action}.`);
  const faults = faultsOf(operation.input, input);
  if (faults.length > 0) throw new AwsRefusal('ValidationError', `Properties validation failed for ${service}:${action}: ${faults.join('; ')}`);
  return input as unknown as Input;
}

/** Makers by type. */
export function resourceMakers({ moto, account }: StandInContext, eks: { readonly clusters: Clusters; readonly access: EksAccess }): Readonly<Record<string, ResourceMaker>> {
  async function createBudget({ region }: ResourceScope, name: string, budget: Fields, notifications: Value): Promise<void> {
    const limit = budget['BudgetLimit'];
    const input: Fields = { AccountId: account, Budget: { ...budget, BudgetName: name, ...(isFields(limit) ? { BudgetLimit: { ...limit, Amount: String(limit['Amount']) } } : {}) }, NotificationsWithSubscribers: notifications };
    await moto(region).budgets.send(new CreateBudgetCommand(await checked<CreateBudgetRequest>('budgets', 'CreateBudget', input)));
  }

  return {
    'AWS::EKS::Cluster': {
      async make(properties, scope) {
        const { Tags: _, Logging: logging, ...rest } = properties;
        const name = text(properties['Name']) || `${scope.stackName}-${scope.logicalId}`;
        const given = isFields(logging) && isFields(logging['ClusterLogging']) ? ((logging['ClusterLogging']['EnabledTypes'] ?? []) as readonly Fields[]) : [];
        const types = given.map((each) => text(each['Type']));
        const input: Fields = { ...(lowered(rest) as Fields), name, tags: tagsOf(properties, scope), ...(types.length > 0 ? { logging: { clusterLogging: [{ types, enabled: true }] } } : {}) };
        await eks.clusters.create(scope.region, await checked<CreateClusterRequest>('eks', 'CreateCluster', input), true);
        const cluster = await eks.clusters.describe(scope.region, name);
        const at = (...path: readonly string[]): string => text(path.reduce<Value>((value, member) => (isFields(value) ? value[member] : undefined), cluster));
        return {
          ref: name,
          attributes: {
            Arn: at('arn'),
            Id: name,
            Endpoint: at('endpoint'),
            CertificateAuthorityData: at('certificateAuthority', 'data'),
            ClusterSecurityGroupId: at('resourcesVpcConfig', 'clusterSecurityGroupId'),
            OpenIdConnectIssuerUrl: at('identity', 'oidc', 'issuer'),
            'KubernetesNetworkConfig.ServiceIpv6Cidr': '',
          },
        };
      },
      remove: (_, { ref }, { region }) => eks.clusters.remove(region, ref),
      async update(properties, { attributes }, scope) {
        // Tags are all that moto changes of a cluster at once.
        await moto(scope.region).eks.send(new TagResourceCommand({ resourceArn: attributes['Arn'] ?? '', tags: { ...tagsOf(properties, scope) } }));
      },
    },
    'AWS::EKS::Nodegroup': {
      async make(properties, scope) {
        const { Tags: _, Labels: labels, ...rest } = properties;
        const clusterName = text(properties['ClusterName']);
        const nodegroupName = text(properties['NodegroupName']) || `${scope.logicalId}-${scope.stackName}`;
        const input: Fields = { ...(lowered(rest) as Fields), ...(labels === undefined ? {} : { labels }), nodegroupName, tags: tagsOf(properties, scope) };
        await eks.clusters.createNodegroup(scope.region, await checked<CreateNodegroupRequest>('eks', 'CreateNodegroup', input), true);
        const { nodegroup } = await moto(scope.region).eks.send(new DescribeNodegroupCommand({ clusterName, nodegroupName }));
        return { ref: `${clusterName}/${nodegroupName}`, attributes: { Arn: nodegroup?.nodegroupArn ?? '', ClusterName: clusterName, NodegroupName: nodegroupName, Id: `${clusterName}/${nodegroupName}` } };
      },
      async remove(_, { ref }, { region }) {
        const [cluster = '', name = ''] = ref.split('/');
        await eks.clusters.removeNodegroup(region, cluster, name);
      },
      // Moto changes no tags of a node group.
      async update(properties, { ref }, scope) {
        const [clusterName = '', nodegroupName = ''] = ref.split('/');
        const scalingConfig = lowered(properties['ScalingConfig']) as UpdateNodegroupConfigRequest['scalingConfig'];
        await moto(scope.region).eks.send(new UpdateNodegroupConfigCommand({ clusterName, nodegroupName, scalingConfig }));
      },
    },
    'AWS::EKS::Addon': {
      async make(properties, scope) {
        const { Tags: _, ...rest } = properties;
        const input = await checked<Fields>('eks', 'CreateAddon', { ...(lowered(rest) as Fields), tags: tagsOf(properties, scope) });
        const made = await eks.access.create(scope.region, 'addon', input);
        return { ref: `${text(made['clusterName'])}|${text(made['addonName'])}`, attributes: { Arn: text(made['addonArn']) } };
      },
      async remove(properties, _, { region }) {
        eks.access.remove(region, 'addon', text(properties['ClusterName']), text(properties['AddonName']));
      },
      async update(properties, { ref }, scope) {
        const given = lowered(properties) as Fields;
        eks.access.change(scope.region, 'addon', text(properties['ClusterName']), ref.split('|')[1] ?? '', { ...given, tags: tagsOf(properties, scope) });
      },
    },
    'AWS::EKS::AccessEntry': {
      async make(properties, scope) {
        const { Tags: _, AccessPolicies: policies, ...rest } = properties;
        const input = await checked<Fields>('eks', 'CreateAccessEntry', { ...(lowered(rest) as Fields), tags: tagsOf(properties, scope) });
        const made = await eks.access.create(scope.region, 'accessEntry', { ...input, accessPolicies: lowered(policies) });
        return { ref: `${text(made['principalArn'])}|${text(made['clusterName'])}`, attributes: { AccessEntryArn: text(made['accessEntryArn']) } };
      },
      async remove(properties, _, { region }) {
        eks.access.remove(region, 'accessEntry', text(properties['ClusterName']), text(properties['PrincipalArn']));
      },
      async update(properties, { ref }, scope) {
        const given = lowered(properties) as Fields;
        eks.access.change(scope.region, 'accessEntry', text(properties['ClusterName']), ref.split('|')[0] ?? '', { ...given, tags: tagsOf(properties, scope) });
      },
    },
    'AWS::EKS::PodIdentityAssociation': {
      async make(properties, scope) {
        const { Tags: _, ...rest } = properties;
        const input = await checked<Fields>('eks', 'CreatePodIdentityAssociation', { ...(lowered(rest) as Fields), tags: tagsOf(properties, scope) });
        const made = await eks.access.create(scope.region, 'association', input);
        return { ref: text(made['associationArn']), attributes: { AssociationArn: text(made['associationArn']), AssociationId: text(made['associationId']) } };
      },
      async remove(properties, { attributes }, { region }) {
        eks.access.remove(region, 'association', text(properties['ClusterName']), attributes['AssociationId'] ?? '');
      },
      async update(properties, { attributes }, scope) {
        eks.access.change(scope.region, 'association', text(properties['ClusterName']), attributes['AssociationId'] ?? '', { roleArn: properties['RoleArn'], tags: tagsOf(properties, scope) });
      },
    },
    'AWS::Scheduler::ScheduleGroup': {
      async make(properties, scope) {
        const name = text(properties['Name']) || scope.logicalId;
        const { ScheduleGroupArn: arn = '' } = await moto(scope.region).scheduler.send(new CreateScheduleGroupCommand({ Name: name, Tags: Object.entries(tagsOf(properties, scope)).map(([Key, Value]) => ({ Key, Value })) }));
        return { ref: name, attributes: { Arn: arn, State: 'ACTIVE' } };
      },
      async remove(_, { ref }, { region }) {
        await moto(region).scheduler.send(new DeleteScheduleGroupCommand({ Name: ref }));
      },
      async update() {
        // Of a group only tags can change, and nobody looks at these.
      },
    },
    'AWS::Scheduler::Schedule': {
      async make(properties, scope) {
        const name = text(properties['Name']) || `${scope.stackName}-${scope.logicalId}`;
        const input = await checked<CreateScheduleInput>('scheduler', 'CreateSchedule', { ...withDates(properties), Name: name });
        const { ScheduleArn: arn = '' } = await moto(scope.region).scheduler.send(new CreateScheduleCommand(input));
        return { ref: name, attributes: { Arn: arn } };
      },
      async remove(properties, { ref }, { region }) {
        const { scheduler } = moto(region);
        const at = { Name: ref, GroupName: text(properties['GroupName']) || 'default' };
        // One that deleted itself after its last run is gone already.
        if ((await scheduler.send(new GetScheduleCommand(at)).catch(() => undefined)) !== undefined) await scheduler.send(new DeleteScheduleCommand(at));
      },
      async update(properties, { ref }, { region }) {
        await moto(region).scheduler.send(new UpdateScheduleCommand(await checked<UpdateScheduleInput>('scheduler', 'UpdateSchedule', { ...withDates(properties), Name: ref })));
      },
    },
    // Moto's own keeps a state machine where its Step Functions don't look, once they run executions.
    'AWS::StepFunctions::StateMachine': {
      async make(properties, scope) {
        const name = text(properties['StateMachineName']) || `${scope.logicalId}-${scope.stackName}`;
        const tags = Object.entries(tagsOf(properties, scope)).map(([key, value]) => ({ key, value }));
        const input: Fields = { name, definition: properties['DefinitionString'], roleArn: properties['RoleArn'], type: text(properties['StateMachineType']) || 'STANDARD', tags };
        const { stateMachineArn: arn = '' } = await moto(scope.region).sfn.send(new CreateStateMachineCommand(await checked<CreateStateMachineInput>('states', 'CreateStateMachine', input)));
        return { ref: arn, attributes: { Arn: arn, Name: name } };
      },
      async remove(_, { ref }, { region }) {
        await moto(region).sfn.send(new DeleteStateMachineCommand({ stateMachineArn: ref }));
      },
    },
    'AWS::Budgets::Budget': {
      async make(properties, scope) {
        const budget = isFields(properties['Budget']) ? properties['Budget'] : {};
        const name = text(budget['BudgetName']) || scope.logicalId;
        await createBudget(scope, name, budget, properties['NotificationsWithSubscribers']);
        return { ref: name, attributes: {} };
      },
      async update(properties, { ref }, scope) {
        // Moto has no UpdateBudget.
        await moto(scope.region).budgets.send(new DeleteBudgetCommand({ AccountId: account, BudgetName: ref }));
        await createBudget(scope, ref, isFields(properties['Budget']) ? properties['Budget'] : {}, properties['NotificationsWithSubscribers']);
      },
      async remove(_, { ref }, { region }) {
        await moto(region).budgets.send(new DeleteBudgetCommand({ AccountId: account, BudgetName: ref }));
      },
    },
    'AWS::IAM::OIDCProvider': {
      async make(properties, scope) {
        const { iam } = moto(scope.region);
        const list = (name: string): string[] => (Array.isArray(properties[name]) ? properties[name].map(String) : []);
        const { OpenIDConnectProviderArn: arn = '' } = await iam.send(new CreateOpenIDConnectProviderCommand({ Url: text(properties['Url']), ClientIDList: list('ClientIdList'), ThumbprintList: list('ThumbprintList') }));
        return { ref: arn, attributes: { Arn: arn } };
      },
      async remove(_, { ref }, { region }) {
        await moto(region).iam.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: ref }));
      },
    },
    'AWS::EC2::SecurityGroupEgress': {
      async make(properties, { region, logicalId, stackName }) {
        await moto(region).ec2.send(new AuthorizeSecurityGroupEgressCommand({ GroupId: text(properties['GroupId']), IpPermissions: [permissionOf(properties)] }));
        return { ref: `${stackName}-${logicalId}`, attributes: {} };
      },
      async remove(properties, _, { region }) {
        await moto(region).ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId: text(properties['GroupId']), IpPermissions: [permissionOf(properties)] }));
      },
    },
  };
}

/** Times as the API takes them: a template has them as text. */
function withDates(properties: Fields): Fields {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, name === 'StartDate' || name === 'EndDate' ? new Date(text(value)) : value]));
}

function permissionOf(properties: Fields): object {
  const group = properties['DestinationSecurityGroupId'];
  const range = properties['CidrIp'];
  return {
    IpProtocol: text(properties['IpProtocol']),
    ...(properties['FromPort'] === undefined ? {} : { FromPort: Number(properties['FromPort']), ToPort: Number(properties['ToPort']) }),
    ...(group === undefined ? {} : { UserIdGroupPairs: [{ GroupId: text(group) }] }),
    ...(range === undefined ? {} : { IpRanges: [{ CidrIp: text(range) }] }),
  };
}
