import { CreateDomainCommand, DeleteDomainCommand } from '@aws-sdk/client-opensearch';
import { AllocateAddressCommand, CreateVpcCommand } from '@aws-sdk/client-ec2';
import { DeleteRoleCommand } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type StartedAws, startAws } from '../../../../../../tools/aws-test-env/start.ts';
import type { AwsCheck } from '../parts.ts';
import { awsSettings, type AwsSettingsInput } from '../settings.ts';
import { preflight } from './preflight.ts';

let aws: StartedAws;
beforeAll(async () => {
  aws = await startAws();
});
beforeEach(() => aws.reset());
afterAll(() => aws?.stop());

const look = (given: AwsSettingsInput = {}): Promise<readonly AwsCheck[]> => preflight(aws.clients(), awsSettings.parse(given), new AbortController().signal);
const failed = async (given: AwsSettingsInput = {}): Promise<readonly AwsCheck[]> => (await look(given)).filter(({ verdict }) => verdict !== 'ok');

it('finds an empty account fit, and changes nothing', async () => {
  const checks = await look();
  expect(checks.filter(({ verdict }) => verdict !== 'ok')).toEqual([]);
  expect(checks.map(({ id }) => id)).toEqual(['identity', 'region', 'names', 'zones', 'quota-vcpus', 'quota-vpcs', 'quota-addresses', 'quota-clusters', 'quota-domains', 'quota-domain-nodes', 'kubernetes-version', 'engine-version', 'domain-type', 'service-role']);
  expect(checks.find(({ id }) => id === 'quota-vcpus')?.found).toBe('0 of 32 used, 8 needed');
  expect(aws.calls().map(({ action }) => action).filter((action) => !/^(?:Get|List|Describe)/u.test(action))).toEqual([]);
});

it('counts what an account uses against its quotas', async () => {
  const { ec2 } = aws.clients();
  for (let index = 0; index < 5; index += 1) await ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }));
  await ec2.send(new CreateVpcCommand({ CidrBlock: '10.9.0.0/16' }));
  aws.setQuota('L-1216C47A', 7);
  aws.setQuota('L-F678F1CE', 2);
  expect(await failed()).toEqual([
    expect.objectContaining({ id: 'quota-vcpus', verdict: 'failed', found: '0 of 7 used, 8 needed', todo: expect.stringMatching(/--region eu-central-1 --service-code ec2 --quota-code L-1216C47A --desired-value 8\b.*fewer --nodes/u) as string }),
    // The region's own VPC, and the new one.
    expect.objectContaining({ id: 'quota-vpcs', found: '2 of 2 used, 1 needed' }),
    expect.objectContaining({ id: 'quota-addresses', found: '5 of 5 used, 1 needed', todo: expect.stringContaining('--egress endpoints') as string }),
  ]);
  expect((await failed({ egress: 'endpoints', nodes: { count: 3 } })).map(({ id }) => id)).toEqual(['quota-vpcs']);
});

it('knows what is not offered, and says what is', async () => {
  expect(await failed({ kubernetesVersion: '1.10', domain: { engineVersion: 'OpenSearch_9.9', type: 'x9.huge.search' }, nodes: { type: 'x9.huge' } })).toEqual([
    expect.objectContaining({ id: 'zones', verdict: 'failed', found: expect.stringContaining('x9.huge') as string, todo: expect.stringContaining('--node-type') as string }),
    expect.objectContaining({ id: 'quota-vcpus', verdict: 'warning' }),
    expect.objectContaining({ id: 'kubernetes-version', verdict: 'failed', todo: expect.stringContaining('1.35') as string }),
    expect.objectContaining({ id: 'engine-version', verdict: 'failed', todo: expect.stringContaining('OpenSearch_2.19') as string }),
    expect.objectContaining({ id: 'domain-type', verdict: 'failed' }),
  ]);
  expect(await failed({ domain: { diskGiB: 500 } })).toEqual([expect.objectContaining({ id: 'domain-type', found: expect.stringContaining('200 GiB') as string })]);
});

it('tells another’s domain of the name from the event’s own', async () => {
  const { opensearch } = aws.clients();
  const make = (tags: readonly { readonly Key: string; readonly Value: string }[]) => opensearch.send(new CreateDomainCommand({ DomainName: 'podscope-reinvent', EngineVersion: 'OpenSearch_2.19', TagList: [...tags] }));
  await make([]);
  expect(await failed({ event: 'reinvent' })).toEqual([expect.objectContaining({ id: 'names', found: 'the domain podscope-reinvent is there, without the tag of this event', todo: expect.stringContaining('--event') as string })]);
  expect(await failed({ existingCluster: 'theirs', existingDomain: 'podscope-reinvent' })).toEqual([expect.objectContaining({ id: 'existing-domain', verdict: 'failed', found: expect.stringContaining('an endpoint in a VPC') as string })]);
  expect(await failed({ existingCluster: 'theirs', existingDomain: 'nowhere' })).toEqual([expect.objectContaining({ id: 'existing-domain', found: 'there is none in eu-central-1' })]);
  await opensearch.send(new DeleteDomainCommand({ DomainName: 'podscope-reinvent' }));
  await aws.reset();
  await make([{ Key: 'podscope:event', Value: 'reinvent' }]);
  aws.setQuota('L-076D529E', 1);
  const checks = await look({ event: 'reinvent' });
  expect(checks.find(({ id }) => id === 'names')).toMatchObject({ verdict: 'ok', found: '1 of 5 are there, of this event: it goes on with them' });
  expect(checks.map(({ id }) => id)).not.toContain('quota-domains');
});

it('says how to make the role that OpenSearch Service lacks', async () => {
  await aws.clients().iam.send(new DeleteRoleCommand({ RoleName: 'AWSServiceRoleForAmazonOpenSearchService' }));
  expect(await failed()).toEqual([expect.objectContaining({ id: 'service-role', todo: expect.stringContaining('create-service-linked-role') as string })]);
});

it('warns where a question is not allowed, and ends where the session has ended', async () => {
  aws.fail({ service: 'servicequotas', action: '*', error: 'AccessDeniedException', times: 100 });
  aws.fail({ service: 'eks', action: 'DescribeClusterVersions', error: 'AccessDeniedException' });
  const warned = await failed();
  expect(warned.map(({ verdict }) => verdict)).toEqual(Array.from({ length: 7 }, () => 'warning'));
  expect(warned.map(({ title }) => title)).toContain('Kubernetes 1.35');
  await aws.reset();
  aws.fail({ service: 'es', action: 'ListVersions', error: 'ExpiredTokenException' });
  await expect(look()).rejects.toMatchObject({ code: 'AWS_SESSION_EXPIRED', message: expect.stringContaining('OpenSearch Service in eu-central-1') as string });
  const { secretAccessKey, sessionToken } = aws.credentials;
  for (const secret of [secretAccessKey, sessionToken]) expect(JSON.stringify(warned)).not.toContain(secret);
});

it('tells a region that is off from credentials that are none', async () => {
  const off = { service: 'sts', action: 'GetCallerIdentity', error: 'InvalidClientTokenId' } as const;
  aws.fail(off);
  await expect(look()).rejects.toMatchObject({ code: 'AWS_REGION_OFF', message: expect.stringMatching(/eu-central-1 .* us-east-1/u) as string, hint: expect.stringContaining('--region') as string });
  await aws.reset();
  aws.fail({ ...off, times: 2 });
  await expect(look()).rejects.toMatchObject({ code: 'AWS_CREDENTIALS_REFUSED' });
});
