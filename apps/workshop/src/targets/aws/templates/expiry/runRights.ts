import type { AwsSettings } from '../../settings.ts';
import { awsNames, STACKS, TAGS } from '../../names.ts';
import { LAST_ROLE, templateNames } from '../names.ts';
import { arnHere, policyDocument, type Statement } from '../policies.ts';
import { sub, type Properties, type Value } from '../template.ts';
import { kubernetesTags } from './sweeps.ts';

const tagged = ([key, value]: readonly [string, string]): Properties => ({ StringEquals: { [`aws:ResourceTag/${key}`]: value } });

/** The ARN of one of the event's roles. */
export function roleArn(settings: AwsSettings, id: Parameters<ReturnType<typeof templateNames>['role']>[0]): Value {
  return sub(`arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/${templateNames(settings).role(id)}`);
}

/**
 * What the state machine may do: look, and delete what has the event's names or tags. What is in stacks it leaves to CloudFormation.
 * On `*` are looks that can't be narrowed, and the log policy, which has no ARN: see the tables of each service at
 * https://docs.aws.amazon.com/service-authorization/latest/reference/
 */
export function runRights(settings: AwsSettings): Properties {
  const names = awsNames(settings);
  const { logGroups, parameters } = templateNames(settings);
  const ofEvent = tagged([TAGS.event, settings.event]);
  const { owned, controller, interface: nic } = kubernetesTags(names.cluster);
  const stacks = STACKS.map((id) => arnHere('cloudformation', `stack/${names.stack(id)}/*`));
  const balancers = [arnHere('elasticloadbalancing', 'loadbalancer/*'), arnHere('elasticloadbalancing', 'targetgroup/*')];
  const ec2 = (resource: string): Value => arnHere('ec2', `${resource}/*`);
  const ofCluster: readonly Statement[] = [
    { Effect: 'Allow', Action: ['eks:DescribeCluster'], Resource: arnHere('eks', `cluster/${names.cluster}`) },
    { Effect: 'Allow', Action: ['tag:GetResources', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSecurityGroups', 'ec2:DescribeVolumes'], Resource: '*' },
    ...[owned, controller].map((tag): Statement => ({ Effect: 'Allow', Action: ['elasticloadbalancing:DeleteLoadBalancer', 'elasticloadbalancing:DeleteTargetGroup'], Resource: balancers, Condition: tagged(tag) })),
    { Effect: 'Allow', Action: ['ec2:DeleteSecurityGroup', 'ec2:DeleteVolume'], Resource: [ec2('security-group'), ec2('volume')], Condition: tagged(owned) },
    { Effect: 'Allow', Action: ['ec2:DeleteSecurityGroup'], Resource: ec2('security-group'), Condition: tagged(controller) },
    { Effect: 'Allow', Action: ['ec2:DeleteNetworkInterface'], Resource: ec2('network-interface'), Condition: tagged(nic) },
  ];
  const ofDomain: readonly Statement[] = [
    { Effect: 'Allow', Action: ['es:ListDomainNames', 'logs:DeleteResourcePolicy'], Resource: '*' },
    { Effect: 'Allow', Action: ['es:DeleteDomain'], Resource: arnHere('es', `domain/${names.domain}`), Condition: ofEvent },
    { Effect: 'Allow', Action: ['es:ListTags'], Resource: arnHere('es', `domain/${names.domain}`) },
  ];
  const prefixes = [...(settings.existingCluster === undefined ? [logGroups.cluster, logGroups.insights] : []), ...(settings.existingDomain === undefined ? [logGroups.domain] : []), logGroups.event];
  return policyDocument(
    ...(settings.existingCluster === undefined ? ofCluster : []),
    ...(settings.existingDomain === undefined ? ofDomain : []),
    { Effect: 'Allow', Action: ['cloudformation:DescribeStacks'], Resource: stacks },
    { Effect: 'Allow', Action: ['cloudformation:DeleteStack'], Resource: stacks, Condition: ofEvent },
    { Effect: 'Allow', Action: ['iam:PassRole'], Resource: roleArn(settings, LAST_ROLE), Condition: { StringEquals: { 'iam:PassedToService': 'cloudformation.amazonaws.com' } } },
    { Effect: 'Allow', Action: ['logs:DescribeLogGroups'], Resource: arnHere('logs', 'log-group:*') },
    { Effect: 'Allow', Action: ['logs:DeleteLogGroup'], Resource: prefixes.map((prefix) => arnHere('logs', `log-group:${prefix}*`)) },
    { Effect: 'Allow', Action: ['ssm:GetParametersByPath', 'ssm:DeleteParameter'], Resource: [arnHere('ssm', `parameter${parameters}`), arnHere('ssm', `parameter${parameters}/*`)] },
  );
}
