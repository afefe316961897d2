import { expect, it } from 'vitest';
import { existingClusterChecks, unknownIssuer } from './existing.ts';
import type { EksCluster } from './observe.ts';

const ISSUER = 'oidc.eks.eu-central-1.amazonaws.com/id/ABC';
const cluster: EksCluster = {
  name: 'orders', arn: 'arn:aws:eks:eu-central-1:123456789012:cluster/orders', region: 'eu-central-1', status: 'ACTIVE', version: '1.35', endpoint: 'https://x', ca: 'x', vpcId: 'vpc-1', subnetIds: ['subnet-1'],
  securityGroupId: 'sg-1', oidcIssuer: `https://${ISSUER}`, tags: {}, publicCidrs: ['203.0.113.0/24'], access: 'API', issues: [],
};
const checks = (more: Partial<EksCluster>, { issuers = [ISSUER], vpcId }: { readonly issuers?: readonly string[]; readonly vpcId?: string } = {}) =>
  existingClusterChecks('orders', 'eu-central-1', { cluster: { ...cluster, ...more }, issuers }, vpcId).map(({ id, verdict, found }) => [id, verdict, found]);

it('takes a cluster that is active, new enough and known to IAM', () => {
  expect(checks({}, { vpcId: 'vpc-1' })).toEqual([
    ['existing-cluster', 'ok', 'Kubernetes 1.35, active, in vpc-1'],
    ['cluster-api', 'ok', 'it is open from 203.0.113.0/24'],
    ['cluster-identity', 'ok', 'IAM knows its OIDC provider'],
  ]);
});

it.each<[string, Partial<EksCluster>, string | undefined, readonly unknown[]]>([
  ['is being made', { status: 'CREATING' }, undefined, ['existing-cluster', 'failed', 'it is CREATING']],
  ['is being updated', { status: 'UPDATING' }, undefined, ['existing-cluster', 'warning', 'it is UPDATING']],
  ['is too old', { version: '1.27' }, undefined, ['existing-cluster', 'failed', 'it is Kubernetes 1.27; the manifests are for 1.28 and later']],
  ['has no version that is one', { version: '' }, undefined, ['existing-cluster', 'failed', 'it is Kubernetes ; the manifests are for 1.28 and later']],
  ['is in another network than the domain', {}, 'vpc-2', ['existing-cluster', 'failed', 'it is in vpc-1, and the domain in vpc-2']],
  ['is not well', { issues: ['Ec2SubnetNotFound: gone (subnet-1)'] }, undefined, ['existing-cluster', 'warning', 'Kubernetes 1.35, active, in vpc-1']],
  ['is closed', { publicCidrs: [] }, undefined, ['cluster-api', 'warning', 'it is open from inside of its VPC only']],
  ['has its users in a map', { access: 'CONFIG_MAP' }, undefined, ['cluster-api', 'ok', 'it is open from 203.0.113.0/24; its users are in the ConfigMap aws-auth only']],
  ['has no issuer', { oidcIssuer: undefined }, undefined, ['cluster-identity', 'failed', 'it has no OIDC issuer, so no shipper gets a role']],
])('says of a cluster that %s', (_what, more, vpcId, line) => {
  expect(checks(more, vpcId === undefined ? {} : { vpcId })).toContainEqual(line);
});

it('says of a name that is none, and what to do', () => {
  expect(existingClusterChecks('orders', 'eu-central-1', { cluster: undefined, issuers: [] })).toEqual([expect.objectContaining({ verdict: 'failed', found: 'there is none in eu-central-1', todo: expect.stringContaining('--region') })]);
});

it('finds the issuer that IAM does not know', () => {
  expect(checks({}, { issuers: [] })).toContainEqual(['cluster-identity', 'ok', 'IAM does not know its OIDC provider yet: one is made, and goes with the event']);
  expect([unknownIssuer({ cluster, issuers: [] }), unknownIssuer({ cluster, issuers: [ISSUER] }), unknownIssuer({ cluster: undefined, issuers: [] })]).toEqual([`https://${ISSUER}`, undefined, undefined]);
});
