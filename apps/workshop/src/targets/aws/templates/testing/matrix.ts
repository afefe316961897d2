import { awsSettings, type AwsSettingsInput } from '../../settings.ts';
import { clusterTemplate } from '../cluster/clusterTemplate.ts';
import type { ClusterFacts } from '../cluster/facts.ts';
import { expiryTemplate } from '../expiry/expiryTemplate.ts';
import type { NetworkFacts } from '../network/facts.ts';
import { networkTemplate } from '../network/networkTemplate.ts';
import type { NetworkOutputs } from '../outputs.ts';
import type { Template } from '../template.ts';

export const EXPIRES = new Date('2026-12-01T16:00:00.000Z');
const CREATOR = 'arn:aws:iam::123456789012:role/maker';
const PRESENTERS = ['arn:aws:iam::123456789012:role/team/presenter', 'arn:aws:iam::123456789012:user/second'];

/** What a network stack could have told. */
export const NETWORK: NetworkOutputs = {
  vpcId: 'vpc-0123456789abcdef0',
  privateSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
  publicSubnetIds: ['subnet-0123456789abcdef2', 'subnet-0123456789abcdef3'],
  nodeSecurityGroupId: 'sg-0123456789abcdef0',
  domainSecurityGroupId: 'sg-0123456789abcdef1',
  shipperRoleArn: 'arn:aws:iam::123456789012:role/podscope-eu-central-1-shippers',
  presenterRoleArn: 'arn:aws:iam::123456789012:role/podscope-eu-central-1-presenters',
  clusterRoleArn: 'arn:aws:iam::123456789012:role/podscope-eu-central-1-cluster',
  nodeRoleArn: 'arn:aws:iam::123456789012:role/podscope-eu-central-1-nodes',
  cniRoleArn: 'arn:aws:iam::123456789012:role/podscope-eu-central-1-cni',
  ebsCsiRoleArn: 'arn:aws:iam::123456789012:role/podscope-eu-central-1-ebs-csi',
};

const SETTINGS: Readonly<Record<string, AwsSettingsInput>> = {
  defaults: {},
  'three zones, everything asked for': { zones: 3, flowLogs: true, presenters: PRESENTERS, owner: 'A. Presenter', budget: { usd: 40, email: 'presenter@example.com' } },
  'endpoints, Arm': { egress: 'endpoints', nodes: { type: 'm7g.large', count: 10, diskGiB: 100 } },
  'endpoints, three zones': { egress: 'endpoints', zones: 3 },
  'longest name': { event: 'abcdefghijklmnopqrs', region: 'ap-southeast-1', budget: { usd: 1, email: 'presenter@example.com' }, presenters: PRESENTERS },
  'existing cluster': { existingCluster: 'theirs' },
  'existing domain': { existingDomain: 'theirs' },
  'existing cluster and domain': { existingCluster: 'theirs', existingDomain: 'theirs-too' },
};

const ACCOUNTS: ClusterFacts['shipperAccounts'] = [
  { namespace: 'logging', name: 'fluentd' },
  { namespace: 'guestbook', name: 'redis' },
];

/** Every kind of template over settings that make them differ, by a title. */
export function templateMatrix(): readonly { readonly title: string; readonly region: string; readonly template: Template }[] {
  return Object.entries(SETTINGS).flatMap(([name, input]) => {
    const settings = awsSettings.parse(input);
    const { region } = settings;
    const existing = { vpcId: NETWORK.vpcId, privateSubnetIds: NETWORK.privateSubnetIds, nodeSecurityGroupIds: [NETWORK.nodeSecurityGroupId, 'sg-0123456789abcdef2'] as const };
    const network: NetworkFacts = { creator: CREATOR, ...(settings.existingCluster === undefined ? {} : { existing }) };
    const cluster: ClusterFacts = { creator: CREATOR, apiCidrs: ['203.0.113.7/32'], shipperAccounts: ACCOUNTS };
    return [
      { title: `network: ${name}`, region, template: networkTemplate(settings, EXPIRES, network) },
      { title: `cluster: ${name}`, region, template: clusterTemplate(settings, EXPIRES, NETWORK, cluster) },
      { title: `expiry: ${name}`, region, template: expiryTemplate(settings, EXPIRES) },
      ...(name === 'defaults'
        ? [
            { title: 'network: zones by name', region, template: networkTemplate(settings, EXPIRES, { ...network, zones: ['eu-central-1a', 'eu-central-1c'] }) },
            { title: 'cluster: private, made by root', region, template: clusterTemplate(settings, EXPIRES, NETWORK, { ...cluster, creator: 'arn:aws:iam::123456789012:root', apiCidrs: [], addonVersions: { coredns: 'v1.12.1-eksbuild.2' } }) },
          ]
        : name === 'existing cluster'
          ? [{ title: 'cluster: existing, of an issuer that IAM does not know', region, template: clusterTemplate(settings, EXPIRES, NETWORK, { ...cluster, shipperAccounts: [], unknownIssuer: 'https://oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF' }) }]
        : []),
    ];
  });
}
