import type { AwsSettings } from '../../settings.ts';
import { LEDGER_KINDS } from '../../ledger/record.ts';
import { awsNames } from '../../names.ts';
import { templateNames } from '../names.ts';
import { removal, type Sweep } from './find.ts';

/** How Kubernetes marks what it makes in an account. */
export function kubernetesTags(cluster: string) {
  return {
    /** Of load balancers and their groups that the cloud controller makes, and of volumes. */
    owned: [`kubernetes.io/cluster/${cluster}`, 'owned'],
    /** Of load balancers of the AWS load balancer controller. */
    controller: ['elbv2.k8s.aws/cluster', cluster],
    /** Of network interfaces of the add-on vpc-cni. */
    interface: ['cluster.k8s.amazonaws.com/name', cluster],
  } as const;
}

/** Load balancers and target groups, of both kinds of makers. A classic one is deleted by its name, which is the end of its ARN. */
export function loadBalancerSweeps(settings: AwsSettings): readonly Sweep[] {
  const { owned, controller } = kubernetesTags(awsNames(settings).cluster);
  const sweep = (list: string, [Key, value]: readonly [string, string]): Sweep => ({
    list,
    find: {
      service: 'resourcegroupstaggingapi',
      action: 'getResources',
      parameters: { TagFilters: [{ Key, Values: [value] }], ResourceTypeFilters: ['elasticloadbalancing:loadbalancer', 'elasticloadbalancing:targetgroup'] },
      items: '$.ResourceTagMappingList[*].ResourceARN',
    },
    remove: {
      Remove: {
        Type: 'Choice',
        Choices: [
          { Variable: '$', StringMatches: '*:targetgroup/*', Next: 'TargetGroup' },
          { Variable: '$', StringMatches: '*:loadbalancer/*/*', Next: 'LoadBalancer' },
        ],
        Default: 'ClassicLoadBalancer',
      },
      TargetGroup: removal('elasticloadbalancingv2', 'deleteTargetGroup', { 'TargetGroupArn.$': '$' }),
      LoadBalancer: removal('elasticloadbalancingv2', 'deleteLoadBalancer', { 'LoadBalancerArn.$': '$' }),
      ClassicLoadBalancer: removal('elasticloadbalancing', 'deleteLoadBalancer', { 'LoadBalancerName.$': "States.ArrayGetItem(States.StringSplit($, '/'), 1)" }),
    },
  });
  return [sweep('loadBalancers', owned), sweep('controllerLoadBalancers', controller)];
}

/** What is left in the network of a cluster that is gone, and its volumes. */
export function leftoverSweeps(settings: AwsSettings): readonly Sweep[] {
  const { owned, interface: nic, controller } = kubernetesTags(awsNames(settings).cluster);
  const by = ([key, value]: readonly [string, string], ...more: readonly { readonly Name: string; readonly Values: readonly string[] }[]) => ({ Filters: [{ Name: `tag:${key}`, Values: [value] }, ...more] });
  const unused = { Name: 'status', Values: ['available'] };
  const groups = (list: string, tag: readonly [string, string]): Sweep => ({
    list,
    find: { service: 'ec2', action: 'describeSecurityGroups', parameters: by(tag), items: '$.SecurityGroups[*].GroupId' },
    remove: { Remove: removal('ec2', 'deleteSecurityGroup', { 'GroupId.$': '$' }) },
  });
  return [
    { list: 'interfaces', find: { service: 'ec2', action: 'describeNetworkInterfaces', parameters: by(nic, unused), items: '$.NetworkInterfaces[*].NetworkInterfaceId' }, remove: { Remove: removal('ec2', 'deleteNetworkInterface', { 'NetworkInterfaceId.$': '$' }) } },
    groups('groups', owned),
    groups('controllerGroups', controller),
    { list: 'volumes', find: { service: 'ec2', action: 'describeVolumes', parameters: by(owned, unused), items: '$.Volumes[*].VolumeId' }, remove: { Remove: removal('ec2', 'deleteVolume', { 'VolumeId.$': '$' }) } },
  ];
}

/** Log groups whose names begin like this. */
export function logGroupSweep(list: string, prefix: string): Sweep {
  return {
    list,
    find: { service: 'cloudwatchlogs', action: 'describeLogGroups', parameters: { LogGroupNamePrefix: prefix }, items: '$.LogGroups[*].LogGroupName' },
    remove: { Remove: removal('cloudwatchlogs', 'deleteLogGroup', { 'LogGroupName.$': '$' }) },
  };
}

/**
 * The ledger in the account. Of an event on a cluster that stays, the record is kept: what was put on that cluster only `down` takes
 * away, and from another machine it knows of the cluster by nothing else.
 */
export function parameterSweeps(settings: AwsSettings): readonly Sweep[] {
  const sweep = (list: string, Path: string): Sweep => ({
    list,
    find: { service: 'ssm', action: 'getParametersByPath', parameters: { Path, Recursive: true }, items: '$.Parameters[*].Name' },
    remove: { Remove: removal('ssm', 'deleteParameter', { 'Name.$': '$' }) },
  });
  if (settings.existingCluster === undefined) return [sweep('parameters', templateNames(settings).parameters)];
  return LEDGER_KINDS.map((kind) => sweep(`${kind.replaceAll(/-(.)/gu, (_, letter: string) => letter.toUpperCase())}Parameters`, `${awsNames(settings).ledger}/${kind}`));
}
