import type { AwsSettings } from '../../settings.ts';
import { awsNames, TAGS } from '../../names.ts';
import { ROLES, templateNames } from '../names.ts';
import { arnHere, policyDocument, type Statement } from '../policies.ts';
import { sub, type Properties } from '../template.ts';
import { roleArn } from './runRights.ts';

/** What a network is made of, and what CloudFormation calls to delete it: each takes a condition on the resource's tags. */
const EC2_DELETIONS = [
  'DeleteFlowLogs', 'DeleteInternetGateway', 'DeleteLaunchTemplate', 'DeleteLaunchTemplateVersions', 'DeleteNatGateway', 'DeleteRoute', 'DeleteRouteTable', 'DeleteSecurityGroup', 'DeleteSubnet', 'DeleteVpc', 'DeleteVpcEndpoints',
  'DetachInternetGateway', 'DisassociateRouteTable', 'ReleaseAddress', 'RevokeSecurityGroupEgress', 'RevokeSecurityGroupIngress',
] as const;

/** What is asked while things go. None of these actions can be narrowed to a resource. */
const EC2_LOOKS = [
  'DescribeAddresses', 'DescribeFlowLogs', 'DescribeInternetGateways', 'DescribeLaunchTemplates', 'DescribeLaunchTemplateVersions', 'DescribeNatGateways', 'DescribeNetworkInterfaces', 'DescribeRouteTables', 'DescribeSecurityGroups', 'DescribeSecurityGroupRules',
  'DescribeSubnets', 'DescribeVpcAttribute', 'DescribeVpcEndpoints', 'DescribeVpcs',
] as const;

/**
 * What CloudFormation may do when it deletes the stacks of an event, the last one included, with {@link runRights}'s machine as its caller:
 * delete, and nothing else; what has no tag to go by is named in full.
 */
export function stackRights(settings: AwsSettings): Properties {
  const names = awsNames(settings);
  const own = templateNames(settings);
  const cluster = settings.existingCluster ?? names.cluster;
  const ofEvent = { StringEquals: { [`aws:ResourceTag/${TAGS.event}`]: settings.event } };
  const eks = (...kinds: readonly string[]) => kinds.map((kind) => arnHere('eks', `${kind}/${cluster}/*`));
  const network: readonly Statement[] = [
    { Effect: 'Allow', Action: EC2_LOOKS.map((action) => `ec2:${action}`), Resource: '*' },
    { Effect: 'Allow', Action: EC2_DELETIONS.map((action) => `ec2:${action}`), Resource: arnHere('ec2', '*/*'), Condition: ofEvent },
  ];
  const ofCluster: readonly Statement[] = [
    { Effect: 'Allow', Action: ['eks:DeleteCluster', 'eks:DescribeCluster', 'eks:ListAccessEntries', 'eks:ListAddons', 'eks:ListNodegroups'], Resource: arnHere('eks', `cluster/${cluster}`), Condition: ofEvent },
    {
      Effect: 'Allow',
      Action: ['eks:DeleteAccessEntry', 'eks:DeleteAddon', 'eks:DeleteNodegroup', 'eks:DescribeAccessEntry', 'eks:DescribeAddon', 'eks:DescribeNodegroup', 'eks:DisassociateAccessPolicy', 'eks:ListAssociatedAccessPolicies'],
      Resource: [...eks('access-entry', 'addon', 'nodegroup'), arnHere('eks', `cluster/${cluster}`)],
    },
  ];
  return policyDocument(
    ...network,
    ...(settings.existingCluster === undefined ? ofCluster : []),
    // A deletion names the cluster, and the association.
    { Effect: 'Allow', Action: ['eks:DeletePodIdentityAssociation', 'eks:DescribePodIdentityAssociation', 'eks:ListPodIdentityAssociations'], Resource: [arnHere('eks', `cluster/${cluster}`), ...eks('podidentityassociation')] },
    {
      Effect: 'Allow',
      Action: ['iam:DeleteRole', 'iam:DeleteRolePolicy', 'iam:DetachRolePolicy', 'iam:GetRole', 'iam:GetRolePolicy', 'iam:ListAttachedRolePolicies', 'iam:ListInstanceProfilesForRole', 'iam:ListRolePolicies'],
      Resource: ROLES.map((id) => roleArn(settings, id)),
    },
    {
      Effect: 'Allow',
      Action: ['iam:DeleteOpenIDConnectProvider', 'iam:GetOpenIDConnectProvider', 'iam:ListOpenIDConnectProviderTags', 'iam:UntagOpenIDConnectProvider'],
      Resource: sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:oidc-provider/oidc.eks.${AWS::Region}.*'),
      Condition: ofEvent,
    },
    { Effect: 'Allow', Action: ['logs:DescribeLogGroups'], Resource: arnHere('logs', 'log-group:*') },
    { Effect: 'Allow', Action: ['logs:DeleteLogGroup'], Resource: [own.clusterLogs, own.flowLogs].map((name) => arnHere('logs', `log-group:${name}*`)) },
    {
      Effect: 'Allow',
      Action: ['scheduler:DeleteSchedule', 'scheduler:DeleteScheduleGroup', 'scheduler:GetSchedule', 'scheduler:GetScheduleGroup'],
      Resource: [arnHere('scheduler', `schedule/${own.scheduleGroup}/*`), arnHere('scheduler', `schedule-group/${own.scheduleGroup}`)],
    },
    { Effect: 'Allow', Action: ['states:DeleteStateMachine', 'states:DescribeStateMachine'], Resource: arnHere('states', `stateMachine:${own.stateMachine}`) },
    ...(settings.budget === undefined ? [] : [{ Effect: 'Allow', Action: ['budgets:ModifyBudget', 'budgets:ViewBudget'], Resource: sub(`arn:\${AWS::Partition}:budgets::\${AWS::AccountId}:budget/${own.budget}`) } as const]),
  );
}
