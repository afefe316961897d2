import type { Nodegroup } from '@aws-sdk/client-eks';
import { expect, it } from 'vitest';
import { type AwsClients, awsClients } from '../clients.ts';
import { type EksWait, waitForNodegroup } from './wait.ts';

// Moto's node groups are never unwell: what EKS says of one that is comes from these answers, by the SDK's own types.

/** A client whose answers are given, one after the other; the last one stays. */
function answering(...groups: readonly Nodegroup[]): Pick<AwsClients, 'eks' | 'region'> {
  const { eks, region } = awsClients({ region: 'eu-central-1', credentials: async () => ({ accessKeyId: 'a', secretAccessKey: 'b' }) });
  let asked = 0;
  eks.middlewareStack.add(() => async () => ({ output: { nodegroup: groups[Math.min((asked += 1), groups.length) - 1], $metadata: {} }, response: {} }), { step: 'initialize', priority: 'high' });
  return { eks, region };
}

const said: string[] = [];
const wait: EksWait = { signal: new AbortController().signal, onProgress: (message) => said.push(message), pauseMs: 1 };
const health = { issues: [{ code: 'NodeCreationFailure', message: 'Instances failed to join the kubernetes cluster', resourceIds: ['i-1', 'i-2'] }] } as const satisfies { readonly issues: readonly object[] };
const group = (status: Nodegroup['status'], unwell = false): Nodegroup => ({ nodegroupName: 'nodes', status, ...(unwell ? { health: { issues: health.issues.map((issue) => ({ ...issue, resourceIds: [...issue.resourceIds] })) } } : {}) });

it('tells what EKS finds wrong while it still tries, and goes on', async () => {
  expect(await waitForNodegroup(answering(group('CREATING'), group('DEGRADED', true), group('ACTIVE')), 'podscope', 'nodes', wait)).toMatchObject({ status: 'ACTIVE' });
  expect(said).toEqual(['CREATING', 'DEGRADED; NodeCreationFailure: Instances failed to join the kubernetes cluster (i-1, i-2)']);
});

it('ends with the reasons of EKS where it has given up', async () => {
  await expect(waitForNodegroup(answering(group('CREATE_FAILED', true)), 'podscope', 'nodes', wait)).rejects.toMatchObject({
    code: 'AWS_CLUSTER_FAILED', message: 'The node group nodes of the EKS cluster podscope (eu-central-1) is CREATE_FAILED.', details: ['NodeCreationFailure: Instances failed to join the kubernetes cluster (i-1, i-2)'],
  });
});
