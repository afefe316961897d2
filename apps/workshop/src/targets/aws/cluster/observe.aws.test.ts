import { CreateNodegroupCommand, DeleteClusterCommand } from '@aws-sdk/client-eks';
import { CreateRoleCommand, GetRoleCommand } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAws, type StartedAws } from '../../../../../../tools/aws-test-env/start.ts';
import type { AwsClients } from '../clients.ts';
import { ADDONS, addonVersions } from './addons.ts';
import { existingClusterChecks, observeExistingCluster } from './existing.ts';
import { podsTrust, trustPods } from './identities.ts';
import { observeEksCluster, observeNodegroup, observeNodegroups } from './observe.ts';
import { makeCluster } from './testing/makeCluster.ts';
import { type EksWait, waitForEksCluster, waitForNodegroup } from './wait.ts';

let aws: StartedAws;
let clients: AwsClients;
beforeAll(async () => {
  aws = await startAws({ onProgress: (line) => process.stderr.write(`${line}\n`), polls: { cluster: 3 } });
  clients = aws.clients();
}, 10 * 60_000);
afterAll(() => aws?.stop());

const said: string[] = [];
const wait = (more: Partial<EksWait> = {}): EksWait => ({ signal: new AbortController().signal, onProgress: (message) => said.push(message), pauseMs: 5, ...more });

async function withNodes(name = 'podscope'): Promise<void> {
  const subnets = await makeCluster(clients, name, { tags: { 'podscope:event': 'podscope' } });
  await waitForEksCluster(clients, name, wait());
  await clients.eks.send(new CreateNodegroupCommand({ clusterName: name, nodegroupName: 'nodes', subnets, nodeRole: 'arn:aws:iam::123456789012:role/podscope-nodes', instanceTypes: ['t3.medium'], scalingConfig: { minSize: 1, desiredSize: 4, maxSize: 4 } }));
}

describe('a cluster', () => {
  it('is waited for, and then told with all that is asked of it', async () => {
    await withNodes();
    expect(await observeEksCluster(clients, 'podscope')).toMatchObject({ name: 'podscope', region: 'eu-central-1', status: 'ACTIVE', version: '1.35', tags: { 'podscope:event': 'podscope' }, subnetIds: [expect.stringMatching(/^subnet-/u), expect.stringMatching(/^subnet-/u)], issues: [] });
    expect(await waitForNodegroup(clients, 'podscope', 'nodes', wait())).toMatchObject({ name: 'nodes', status: 'ACTIVE', desired: 4, instanceTypes: ['t3.medium'] });
    expect((await observeNodegroups(clients, 'podscope')).map(({ name }) => name)).toEqual(['nodes']);
  });

  it('that is not there is none, and is not waited for', async () => {
    expect(await observeEksCluster(clients, 'none')).toBeUndefined();
    await expect(waitForEksCluster(clients, 'none', wait())).rejects.toMatchObject({ code: 'AWS_CLUSTER_FAILED', message: 'The EKS cluster none (eu-central-1) is not there, or no longer.' });
    await makeCluster(clients, 'bare');
    expect(await observeNodegroup(clients, 'bare', 'nodes')).toBeUndefined();
    await expect(waitForNodegroup(clients, 'bare', 'nodes', wait())).rejects.toMatchObject({ code: 'AWS_CLUSTER_FAILED', message: expect.stringContaining('The node group nodes of the EKS cluster bare (eu-central-1)') });
  });

  it('that is being deleted is not waited for', async () => {
    await makeCluster(clients, 'going');
    await clients.eks.send(new DeleteClusterCommand({ name: 'going' }));
    await expect(waitForEksCluster(clients, 'going', wait())).rejects.toMatchObject({ code: 'AWS_CLUSTER_FAILED' });
  });

  it('is waited for until it was enough, or no longer wanted', async () => {
    await makeCluster(clients, 'slow');
    await expect(waitForEksCluster(clients, 'slow', wait({ timeoutMs: 0 }))).rejects.toMatchObject({ code: 'AWS_CLUSTER_FAILED', message: expect.stringContaining('was not active within 0 minutes; it is CREATING') });
    const stop = new AbortController();
    const waiting = waitForEksCluster(clients, 'slow', wait({ signal: stop.signal, pauseMs: 60_000, onProgress: () => stop.abort(new Error('no longer')) }));
    await expect(waiting).rejects.toThrow(/no longer|aborted/u);
  });

  it.each([
    ['ExpiredTokenException', 'AWS_SESSION_EXPIRED'],
    ['AccessDeniedException', 'AWS_DENIED'],
    ['ThrottlingException', 'AWS_THROTTLED'],
  ])('is told of a failure %s by its own code', async (error, code) => {
    aws.fail({ service: 'eks', action: 'DescribeCluster', error });
    await expect(observeEksCluster(clients, 'podscope')).rejects.toMatchObject({ code, message: expect.stringContaining('The EKS cluster podscope (eu-central-1)') });
  });
});

it('takes the default version of each add-on for the cluster’s version', async () => {
  const versions = await addonVersions(clients, '1.35');
  expect(Object.keys(versions).toSorted()).toEqual([...ADDONS].toSorted());
  expect(Object.values(versions).every((version) => /^v\d+\.\d+\.\d+-eksbuild\.\d+$/u.test(version))).toBe(true);
  await expect(addonVersions(clients, '1.99')).rejects.toMatchObject({ code: 'AWS_VERSION_UNKNOWN', message: expect.stringContaining('for Kubernetes 1.99 (eu-central-1)') });
});

it('lets accounts of a cluster take on a role, and says which role there is not', async () => {
  await makeCluster(clients, 'trusting');
  const cluster = await waitForEksCluster(clients, 'trusting', wait());
  const accounts = [{ namespace: 'logging', name: 'fluentd' }];
  const { Role: role } = await clients.iam.send(new CreateRoleCommand({ RoleName: 'podscope-shippers', AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [] }) }));
  const trust = { role: role?.Arn ?? '', cluster, accounts };
  await trustPods(clients, trust);
  await trustPods(clients, trust);
  const { Role: after } = await clients.iam.send(new GetRoleCommand({ RoleName: 'podscope-shippers' }));
  expect(JSON.parse(decodeURIComponent(after?.AssumeRolePolicyDocument ?? ''))).toEqual(podsTrust(trust));
  await expect(trustPods(clients, { ...trust, role: 'arn:aws:iam::123456789012:role/another' })).rejects.toMatchObject({ code: 'AWS_NOT_FOUND', message: expect.stringContaining('role/another') });
});

it('looks at an existing cluster', async () => {
  await makeCluster(clients, 'orders');
  const found = await observeExistingCluster(clients, 'orders');
  expect(existingClusterChecks('orders', 'eu-central-1', found).map(({ id }) => id)).toEqual(['existing-cluster', 'cluster-api', 'cluster-identity']);
  expect(existingClusterChecks('nothing', 'eu-central-1', await observeExistingCluster(clients, 'nothing')).map(({ verdict }) => verdict)).toEqual(['failed']);
});
