import { TAGS } from '../names.ts';
import type { AwsSettings } from '../settings.ts';
import { type Condition, type Right, rightsNames, type RightsNames } from './right.ts';
import { STACK_TYPES } from './stackTypes.ts';
import { managedPoliciesOf, templatesOf, typesOf } from './templatesOf.ts';

/**
 * Only for what CloudFormation asks on the caller's behalf: nobody can make a network or a role with these rights but by a stack, and
 * stacks have the event's names. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/fas-requests-and-permission-evaluation.html
 */
const VIA: Condition = { StringEquals: { 'aws:CalledViaFirst': 'cloudformation.amazonaws.com' } };

const via = (more: Readonly<Record<string, string | readonly string[]>>): Condition => ({ StringEquals: { ...VIA['StringEquals'], ...more } });

/**
 * What CloudFormation does with the caller's rights: for each type in the event's templates what its handlers name, narrowed to names and
 * tags of the event. From documentation: no test can ask CloudFormation itself.
 *
 * @throws Error when a type has no row, or an action no statement: whoever adds one says what it may reach
 */
export function stackRights(settings: AwsSettings): readonly Right[] {
  const templates = templatesOf(settings);
  const types = typesOf(templates);
  const policies = managedPoliciesOf(templates);
  const wanted = new Set(types.flatMap((type) => {
    const rights = STACK_TYPES[type];
    if (rights === undefined) throw new Error(`Nobody said what CloudFormation needs for ${type}.`);
    return rights.actions;
  }).filter((action) => policies.length > 0 || !ATTACHING.includes(action)));
  const names = rightsNames(settings);
  const all = [...looks(), ...network(names), ...cluster(names), ...roles(names, types, policies), ...rest(names)];
  const covered = new Set(all.flatMap(({ actions }) => actions));
  const forgotten = [...wanted].filter((action) => !covered.has(action));
  if (forgotten.length > 0) throw new Error(`Nobody said what these may reach: ${forgotten.join(', ')}.`);
  return all.map((right) => ({ ...right, actions: right.actions.filter((action) => wanted.has(action)) })).filter(({ actions }) => actions.length > 0);
}

const LOOKS = [
  'Addresses', 'FlowLogs', 'Instances', 'InternetGateways', 'LaunchTemplates', 'LaunchTemplateVersions', 'NatGateways', 'NetworkAcls', 'NetworkInterfaces', 'RouteTables', 'SecurityGroups', 'Subnets', 'Tags', 'VpcEncryptionControls', 'VpcEndpoints', 'Vpcs', 'VpnGateways',
];

function looks(): readonly Right[] {
  return [
    {
      sid: 'LookAtStacks',
      why: 'looks that no resource can be given for',
      actions: [...LOOKS.map((what) => `ec2:Describe${what}`), 'logs:DescribeIndexPolicies', 'logs:DescribeLogGroups', 'logs:DescribeResourcePolicies'],
      resources: ['*'],
    },
  ];
}

function network({ arn, event }: RightsNames): readonly Right[] {
  const ofEvent = { [`aws:ResourceTag/${TAGS.event}`]: event };
  const kinds = (...names: readonly string[]): readonly string[] => names.map((name) => arn('ec2', `${name}/*`));
  return [
    {
      sid: 'MakeNetworks',
      // A handler may tag what it made with a second call: so this does not ask for the tag yet.
      why: 'what a network is made of, by stacks only; its ids are not known before',
      actions: [
        'AllocateAddress', 'AssociateRouteTable', 'AttachInternetGateway', 'AuthorizeSecurityGroupEgress', 'AuthorizeSecurityGroupIngress', 'CreateFlowLogs', 'CreateInternetGateway', 'CreateLaunchTemplate', 'CreateNatGateway', 'CreateRoute', 'CreateRouteTable',
        'CreateSecurityGroup', 'CreateSubnet', 'CreateVpc', 'CreateVpcEndpoint', 'DescribeVpcAttribute', 'ModifySubnetAttribute', 'ModifyVpcAttribute', 'RevokeSecurityGroupEgress',
      ].map((action) => `ec2:${action}`),
      resources: kinds('elastic-ip', 'internet-gateway', 'launch-template', 'natgateway', 'route-table', 'security-group', 'security-group-rule', 'subnet', 'vpc', 'vpc-endpoint', 'vpc-flow-log'),
      condition: VIA,
    },
    {
      sid: 'ChangeNetworks',
      why: 'what is changed or deleted carries the event’s tag',
      actions: [
        'CreateLaunchTemplateVersion', 'CreateTags', 'DeleteFlowLogs', 'DeleteInternetGateway', 'DeleteLaunchTemplate', 'DeleteNatGateway', 'DeleteRoute', 'DeleteRouteTable', 'DeleteSecurityGroup', 'DeleteSubnet', 'DeleteTags', 'DeleteVpc', 'DeleteVpcEndpoints',
        'DetachInternetGateway', 'DisassociateRouteTable', 'ModifyVpcEndpoint', 'ReleaseAddress', 'ReplaceRoute', 'ReplaceRouteTableAssociation', 'RevokeSecurityGroupIngress', 'UpdateSecurityGroupRuleDescriptionsEgress', 'UpdateSecurityGroupRuleDescriptionsIngress',
      ].map((action) => `ec2:${action}`),
      resources: [arn('ec2', '*/*')],
      condition: via(ofEvent),
    },
    { sid: 'TagNetworks', why: 'the event’s tag on what was made', actions: ['ec2:CreateTags'], resources: [arn('ec2', '*/*')], condition: via({ [`aws:RequestTag/${TAGS.event}`]: event }) },
    {
      sid: 'TryNodes',
      why: 'EKS tries whether its caller may start what the launch template says; the account of images is not this one',
      actions: ['ec2:RunInstances'],
      resources: kinds('image', 'instance', 'launch-template', 'network-interface', 'security-group', 'snapshot', 'subnet', 'volume'),
      condition: VIA,
    },
  ];
}

function cluster({ arn, prefix }: RightsNames): readonly Right[] {
  const kinds = ['access-entry', 'addon', 'nodegroup', 'podidentityassociation'].map((kind) => arn('eks', `${kind}/${prefix}/*`));
  return [
    { sid: 'MakeClusters', why: 'this action knows no resource; by stacks only', actions: ['eks:CreateCluster'], resources: ['*'], condition: VIA },
    {
      sid: 'ClusterStack',
      why: 'the cluster, its nodes, add-ons and access entries',
      actions: [
        'AssociateAccessPolicy', 'CreateAccessEntry', 'CreateAddon', 'CreateNodegroup', 'CreatePodIdentityAssociation', 'DeleteAccessEntry', 'DeleteAddon', 'DeleteCluster', 'DeleteNodegroup', 'DeletePodIdentityAssociation', 'DescribeAccessEntry', 'DescribeAddon', 'DescribeCluster',
        'DescribeNodegroup', 'DescribePodIdentityAssociation', 'DescribeUpdate', 'DisassociateAccessPolicy', 'ListAssociatedAccessPolicies', 'ListUpdates', 'TagResource', 'UntagResource', 'UpdateAccessEntry', 'UpdateAddon', 'UpdateClusterConfig', 'UpdateClusterVersion',
        'UpdateNodegroupConfig', 'UpdateNodegroupVersion', 'UpdatePodIdentityAssociation',
      ].map((action) => `eks:${action}`),
      resources: [arn('eks', `cluster/${prefix}`), ...kinds],
    },
  ];
}

/** Who takes which role, of those that templates make. */
const PASSED = [
  { sid: 'PassToEks', type: 'AWS::EKS::Cluster', roles: ['cluster', 'nodes', 'cni', 'ebs-csi'], services: ['ec2.amazonaws.com', 'eks.amazonaws.com', 'pods.eks.amazonaws.com'] },
  { sid: 'PassToStates', type: 'AWS::StepFunctions::StateMachine', roles: ['expiry'], services: ['states.amazonaws.com'] },
  { sid: 'PassToScheduler', type: 'AWS::Scheduler::Schedule', roles: ['expiry-schedule'], services: ['scheduler.amazonaws.com'] },
  { sid: 'PassToFlowLogs', type: 'AWS::EC2::FlowLog', roles: ['flow-logs'], services: ['vpc-flow-logs.amazonaws.com'] },
] as const;

/** Only where a role gets a policy of AWS. */
const ATTACHING: readonly string[] = ['iam:AttachRolePolicy', 'iam:DetachRolePolicy'];

function roles({ role, globalArn, arn }: RightsNames, types: readonly string[], policies: readonly string[]): readonly Right[] {
  const region = arn('', '').split(':')[3] ?? '';
  return [
    {
      sid: 'Roles',
      why: 'the event’s roles, by stacks only',
      actions: ['CreateRole', 'DeleteRole', 'DeleteRolePolicy', 'GetRole', 'GetRolePolicy', 'ListAttachedRolePolicies', 'ListRolePolicies', 'ListRoleTags', 'PutRolePolicy', 'TagRole', 'UntagRole', 'UpdateAssumeRolePolicy', 'UpdateRole', 'UpdateRoleDescription'].map((action) => `iam:${action}`),
      resources: [role('*')],
      condition: VIA,
    },
    ...(policies.length === 0
      ? []
      : [{ sid: 'RolePolicies', why: 'policies of AWS: these, and no others', actions: ATTACHING, resources: [role('*')], condition: { ArnEquals: { 'iam:PolicyARN': policies.map((name) => globalArn('iam', `policy/${name}`).replace('::*:', '::aws:')) } } }]),
    ...PASSED.filter(({ type }) => types.includes(type)).map(({ sid, roles: ids, services }) => ({
      sid, why: 'who is given which role', actions: ['iam:PassRole'], resources: ids.map((id) => role(id)), condition: { StringEquals: { 'iam:PassedToService': services.length === 1 ? services[0] : [...services] } },
    })),
    {
      sid: 'ClusterServiceRoles',
      why: 'EKS makes its own roles with the first cluster and the first nodes of an account',
      actions: ['iam:CreateServiceLinkedRole'],
      resources: [globalArn('iam', 'role/aws-service-role/eks*')],
      condition: { StringEquals: { 'iam:AWSServiceName': ['eks.amazonaws.com', 'eks-nodegroup.amazonaws.com'] } },
    },
    {
      sid: 'TokensOfPods',
      why: 'the issuer of the cluster’s tokens, as IAM knows it; its id is not known before',
      actions: ['CreateOpenIDConnectProvider', 'DeleteOpenIDConnectProvider', 'GetOpenIDConnectProvider', 'ListOpenIDConnectProviderTags', 'TagOpenIDConnectProvider', 'UntagOpenIDConnectProvider'].map((action) => `iam:${action}`),
      resources: [globalArn('iam', `oidc-provider/oidc.eks.${region}.*`)],
      condition: VIA,
    },
  ];
}

function rest({ arn, globalArn, templates: { clusterLogs, flowLogs, scheduleGroup, stateMachine, budget } }: RightsNames): readonly Right[] {
  return [
    {
      sid: 'StackLogs',
      why: 'logs of the cluster, and of the network',
      actions: ['CreateLogGroup', 'DeleteLogGroup', 'GetDataProtectionPolicy', 'ListTagsForResource', 'PutRetentionPolicy', 'TagResource', 'UntagResource'].map((action) => `logs:${action}`),
      resources: [clusterLogs, flowLogs].map((name) => arn('logs', `log-group:${name}*`)),
    },
    {
      sid: 'Schedule',
      why: 'what starts the expiry',
      actions: ['CreateSchedule', 'CreateScheduleGroup', 'DeleteSchedule', 'DeleteScheduleGroup', 'GetSchedule', 'GetScheduleGroup', 'ListTagsForResource', 'TagResource', 'UntagResource', 'UpdateSchedule'].map((action) => `scheduler:${action}`),
      resources: [arn('scheduler', `schedule/${scheduleGroup}/*`), arn('scheduler', `schedule-group/${scheduleGroup}`)],
    },
    {
      sid: 'StateMachine',
      why: 'what deletes the event when its time is over',
      actions: ['CreateStateMachine', 'DeleteStateMachine', 'DescribeStateMachine', 'ListTagsForResource', 'TagResource', 'UntagResource', 'UpdateStateMachine'].map((action) => `states:${action}`),
      resources: [arn('states', `stateMachine:${stateMachine}`)],
    },
    { sid: 'Budget', why: 'the alarm', actions: ['ListTagsForResource', 'ModifyBudget', 'TagResource', 'UntagResource', 'ViewBudget'].map((action) => `budgets:${action}`), resources: [globalArn('budgets', `budget/${budget}`)] },
    { sid: 'BudgetView', why: 'whose costs it counts', actions: ['billing:GetBillingViewData'], resources: [globalArn('billing', 'billingview/*')] },
  ];
}
