import { TAGS } from '../names.ts';
import type { AwsSettings } from '../settings.ts';
import { kubernetesTags } from '../templates/expiry/sweeps.ts';
import { LAST_ROLE } from '../templates/names.ts';
import { type Condition, type Right, rightsNames } from './right.ts';

const tagged = (key: string, value: string): Condition => ({ StringEquals: { [`aws:ResourceTag/${key}`]: value } });

/**
 * What `up`, `status`, `down`, `open` and `kubeconfig` ask AWS themselves. A test runs them with exactly this, and fails for each action
 * that is taken out and for each that is never asked for.
 *
 * Which actions know resources and which condition keys: https://docs.aws.amazon.com/service-authorization/latest/reference/
 */
export function ownRights(settings: AwsSettings): readonly Right[] {
  return [...looks(settings), ...ofStacks(settings), ...ofExpiry(settings), ...ofCluster(settings), ...ofDomain(settings), ...ofLeftovers(settings)];
}

/** None of these actions knows a resource. They change nothing. */
function looks({ existingCluster, existingDomain }: AwsSettings): readonly Right[] {
  const ownCluster = existingCluster === undefined;
  const ownDomain = existingDomain === undefined;
  return [
    {
      sid: 'Look',
      why: 'looks that no resource can be given for: what is there, what is offered, and what is left',
      actions: [
        'cloudformation:ListStacks',
        'ec2:DescribeInstances', 'ec2:DescribeNatGateways', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeRegions', 'ec2:DescribeSecurityGroups', 'ec2:DescribeTags', 'ec2:DescribeVolumes', 'ec2:DescribeVpcEndpoints', 'ec2:DescribeVpcs',
        'elasticloadbalancing:DescribeLoadBalancers', 'elasticloadbalancing:DescribeTargetGroups',
        'logs:DescribeLogGroups', 'logs:DescribeResourcePolicies',
        'servicequotas:GetAWSDefaultServiceQuota', 'tag:GetResources',
        ...(ownCluster
          ? ['ec2:DescribeAddresses', 'ec2:DescribeAvailabilityZones', 'ec2:DescribeInstanceTypeOfferings', 'ec2:DescribeInstanceTypes', 'eks:DescribeAddonVersions', 'eks:DescribeClusterVersions', 'eks:ListClusters']
          : ['ec2:DescribeSubnets', 'iam:ListOpenIDConnectProviders']),
        ...(ownDomain ? ['es:DescribeInstanceTypeLimits', 'es:ListDomainNames', 'es:ListInstanceTypeDetails', 'es:ListVersions'] : []),
      ],
      resources: ['*'],
    },
  ];
}

function ofStacks(settings: AwsSettings): readonly Right[] {
  const { event, prefix, arn, role, globalArn } = rightsNames(settings);
  const last = role(LAST_ROLE);
  return [
    {
      sid: 'Stacks',
      why: 'the event’s stacks; what is in them is in the other policies',
      actions: ['cloudformation:CreateStack', 'cloudformation:DeleteStack', 'cloudformation:DescribeStackEvents', 'cloudformation:DescribeStacks', 'cloudformation:TagResource', 'cloudformation:UpdateStack'],
      resources: ['expiry', 'network', 'cluster'].map((id) => arn('cloudformation', `stack/${prefix}-${id}/*`)),
    },
    {
      sid: 'Ledger',
      why: 'the ledger of the event',
      actions: ['ssm:AddTagsToResource', 'ssm:DeleteParameters', 'ssm:GetParametersByPath', 'ssm:PutParameter'],
      resources: [arn('ssm', `parameter/podscope/${event}/*`)],
    },
    { sid: 'WhoAsks', why: 'the path of the role that asks, whose name no policy knows, and whether OpenSearch Service has its role', actions: ['iam:GetRole'], resources: [globalArn('iam', 'role/*')] },
    { sid: 'Shippers', why: 'which pods take on the shippers’ role', actions: ['iam:UpdateAssumeRolePolicy'], resources: [role('shippers')] },
    {
      sid: 'LastRole',
      why: 'the one role that its own stack leaves',
      actions: ['iam:DeleteRole', 'iam:DeleteRolePolicy', 'iam:DetachRolePolicy', 'iam:ListAttachedRolePolicies', 'iam:ListRolePolicies'],
      resources: [last],
    },
    { sid: 'Quotas', why: 'the quotas that an event needs something of', actions: ['servicequotas:GetServiceQuota'], resources: [arn('servicequotas', '*')] },
  ];
}

/** The expiry, and what the search for tags goes on naming when it is gone. */
function ofExpiry(settings: AwsSettings): readonly Right[] {
  const { prefix, cluster, arn, globalArn, templates: { stateMachine, scheduleGroup, budget } } = rightsNames(settings);
  return [
    {
      sid: 'Expiry',
      why: 'runs of the expiry that have begun when an event is made longer',
      actions: ['states:DescribeStateMachine', 'states:ListExecutions', 'states:StopExecution'],
      resources: [arn('states', `stateMachine:${stateMachine}`), arn('states', `execution:${stateMachine}:*`)],
    },
    {
      sid: 'StillThere',
      why: 'whether what the search for tags names is really there',
      actions: ['budgets:ViewBudget', 'eks:DescribePodIdentityAssociation', 'iam:GetOpenIDConnectProvider', 'scheduler:GetScheduleGroup'],
      resources: [
        globalArn('budgets', `budget/${budget}`), ...[...new Set([prefix, cluster])].map((name) => arn('eks', `podidentityassociation/${name}/*`)), globalArn('iam', `oidc-provider/oidc.eks.${settings.region}.*`), arn('scheduler', `schedule-group/${scheduleGroup}`),
      ],
    },
  ];
}

function ofCluster(settings: AwsSettings): readonly Right[] {
  const { prefix, cluster, arn } = rightsNames(settings);
  const names = [...new Set([prefix, cluster])];
  return [
    ...(settings.existingCluster === undefined
      ? [{ sid: 'NodeTags', why: 'nodes, their volumes and interfaces are told when the event ends', actions: ['ec2:CreateTags'], resources: ['instance', 'network-interface', 'volume'].map((kind) => arn('ec2', `${kind}/*`)), condition: tagged(TAGS.event, settings.event) }]
      : []),
    {
      sid: 'Cluster',
      why: 'how the cluster is, and its address for kubeconfig; what may be done inside is said by its access entries',
      actions: ['eks:DescribeCluster', 'eks:DescribeNodegroup', 'eks:ListNodegroups'],
      resources: names.flatMap((name) => [arn('eks', `cluster/${name}`), arn('eks', `nodegroup/${name}/*`)]),
    },
  ];
}

function ofDomain(settings: AwsSettings): readonly Right[] {
  const { prefix, domain, arn, globalArn, templates: { logGroups } } = rightsNames(settings);
  const own = settings.existingDomain === undefined;
  const groups = [logGroups.domain, logGroups.event, ...(settings.existingCluster === undefined ? [logGroups.cluster, logGroups.insights] : [])].map((begin) => arn('logs', `log-group:${begin}*`));
  return [
    {
      sid: 'Domain',
      why: 'the domain, and what is asked of it through the tunnel',
      actions: ['es:DescribeDomain', 'es:DescribeDomainChangeProgress', 'es:ListTags', ...HTTP, ...(own ? ['es:AddTags', 'es:CreateDomain', 'es:DeleteDomain', ...CHANGES] : [])],
      resources: [...new Set([prefix, domain])].flatMap((name) => [arn('es', `domain/${name}`), arn('es', `domain/${name}/*`)]),
    },
    {
      sid: 'LogGroups',
      why: 'the logs of the domain, and those that services make again while they go',
      actions: ['logs:DeleteLogGroup', ...(own ? ['logs:CreateLogGroup', 'logs:PutRetentionPolicy', 'logs:TagResource'] : [])],
      resources: groups,
    },
    { sid: 'LogPolicy', why: 'a policy of CloudWatch Logs has no ARN; it lets the domain write its logs', actions: ['logs:DeleteResourcePolicy', ...(own ? ['logs:PutResourcePolicy'] : [])], resources: ['*'] },
    ...(own
      ? [
          {
            sid: 'DomainServiceRole',
            why: 'the role by which OpenSearch Service reaches a network: made once in an account, as the preflight says',
            actions: ['iam:CreateServiceLinkedRole'],
            resources: [globalArn('iam', 'role/aws-service-role/opensearchservice.amazonaws.com/*')],
            condition: { StringEquals: { 'iam:AWSServiceName': 'opensearchservice.amazonaws.com' } },
          },
        ]
      : []),
  ];
}

/** A later `up` that wants another size or version. */
const CHANGES = ['es:DescribeDryRunProgress', 'es:GetCompatibleVersions', 'es:GetUpgradeHistory', 'es:GetUpgradeStatus', 'es:UpdateDomainConfig', 'es:UpgradeDomain'] as const;

/** Requests to the domain itself. */
const HTTP = ['es:ESHttpDelete', 'es:ESHttpGet', 'es:ESHttpHead', 'es:ESHttpPatch', 'es:ESHttpPost', 'es:ESHttpPut'] as const;

/** What Kubernetes and services leave in the event's network, by the tags that they give it; nobody else's. */
function ofLeftovers(settings: AwsSettings): readonly Right[] {
  const { event, prefix, arn } = rightsNames(settings);
  const { owned, controller, interface: nic } = kubernetesTags(prefix);
  const balancers = [arn('elasticloadbalancing', 'loadbalancer/*'), arn('elasticloadbalancing', 'targetgroup/*')];
  const ownCluster = settings.existingCluster === undefined;
  const [group, volume, endpoint, instance, nicArn] = ['security-group', 'volume', 'vpc-endpoint', 'instance', 'network-interface'].map((kind) => arn('ec2', `${kind}/*`)) as [string, string, string, string, string];
  const groups = ['ec2:DeleteSecurityGroup', 'ec2:RevokeSecurityGroupEgress', 'ec2:RevokeSecurityGroupIngress'];
  const balancing = ['elasticloadbalancing:DeleteLoadBalancer', 'elasticloadbalancing:DeleteTargetGroup'];
  return [
    { sid: 'LeftByCluster', why: 'what the cluster has made: load balancers, their security groups, volumes', actions: ['ec2:DeleteVolume', ...groups, ...balancing], resources: [group, volume, ...balancers], condition: tagged(owned[0], owned[1]) },
    { sid: 'LeftByController', why: 'the same of the AWS load balancer controller', actions: [...groups, ...balancing], resources: [group, ...balancers], condition: tagged(controller[0], controller[1]) },
    { sid: 'LeftByCni', why: 'interfaces of pods; while they are there they are told when the event ends', actions: ['ec2:DeleteNetworkInterface', ...(ownCluster ? ['ec2:CreateTags'] : [])], resources: [nicArn], condition: tagged(nic[0], nic[1]) },
    {
      sid: 'OfEvent',
      why: 'volumes of the storage class that is made for an event; and when it ends, on nodes and disks',
      actions: ['ec2:DeleteVolume', ...(ownCluster ? ['ec2:CreateTags'] : [])],
      resources: [volume, ...(ownCluster ? [instance, nicArn] : [])],
      condition: tagged(TAGS.event, event),
    },
    // AmazonGuardDutyServiceRolePolicy, of AWS, has it that both carry this tag.
    { sid: 'LeftByGuardDuty', why: 'endpoints that GuardDuty puts into every network', actions: ['ec2:DeleteVpcEndpoints', ...groups], resources: [endpoint, group], condition: tagged('GuardDutyManaged', 'true') },
  ];
}
