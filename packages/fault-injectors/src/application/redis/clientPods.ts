import { PodscopeError } from '@podscope/core';
import { z } from 'zod';
import type { FaultChange, FaultRun } from '../../definition/defineFault.ts';
import type { Access } from '../../kubernetes/api/types.ts';
import { changesOf, clientAccesses, type ClientWorkload, ownObjects, startClientWorkload, stopClientWorkload, takenNames } from '../../kubernetes/application/clientWorkload.ts';
import { hold, isHeld, release } from '../holds.ts';
import type { RedisTier } from './tier.ts';

/** Parameters of faults that somebody has to keep up. */
export const helperParams = {
  from: z
    .enum(['client', 'injector'])
    .optional()
    .describe('who keeps it up: a client in the cluster, a Deployment that outlives the injector, or the injector itself, with which it ends; by default the client where an image is given'),
  image: z.string().min(1).max(500).optional().describe('the guestbook’s image, for the client in the cluster'),
  client: z.string().regex(/^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/).default('reporting').describe('name of the client in the cluster; people see it'),
  seconds: z.number().int().min(1).max(86_400).default(3_600).describe('the injector keeps it up for so many seconds at most'),
};

/** {@link helperParams}, checked. */
export interface HelperParams {
  readonly from?: 'client' | 'injector' | undefined;
  readonly image?: string | undefined;
  readonly client: string;
  readonly seconds: number;
}

/** Whether a client in the cluster keeps the fault up. */
export function isByClient({ from, image }: HelperParams): boolean {
  return (from ?? (image === undefined ? 'injector' : 'client')) === 'client';
}

/** For the documented Role. */
export function helperAccesses(params: HelperParams & { readonly namespace: string }): readonly Access[] {
  return isByClient(params) ? clientAccesses(params.namespace) : [];
}

/** @throws PodscopeError FAULT_BAD_PARAMETERS, FAULT_TARGET_UNFIT when the client can't be there. */
export async function checkHelper(tier: Pick<RedisTier, 'id' | 'cluster'>, params: HelperParams): Promise<void> {
  if (!isByClient(params)) return;
  if (params.image === undefined || tier.cluster === undefined) {
    throw new PodscopeError('FAULT_BAD_PARAMETERS', 'A client needs an image, and a cluster to run in.', { hint: 'Give image, the guestbook’s image under the name that your registry has for it; or from: "injector".' });
  }
  const taken = await takenNames(tier.cluster.api, { namespace: tier.cluster.namespace, name: params.client });
  if (taken.length > 0) throw new PodscopeError('FAULT_TARGET_UNFIT', `The namespace ${tier.cluster.namespace} has a ${taken.join(' and a ')} already.`, { hint: 'Choose another name for the client.' });
}

/** What the helper adds to a plan. */
export function helperChanges(params: HelperParams, what: string): readonly FaultChange[] {
  if (!isByClient(params)) return [{ kind: 'client', name: 'injector', action: 'create', reason: what }];
  return [
    { kind: 'Deployment', name: params.client, action: 'create', reason: what, desired: { image: params.image ?? '' } },
    { kind: 'NetworkPolicy', name: `${params.client}-out`, action: 'create', reason: 'lets the client reach what it speaks to, and nothing else' },
    { kind: 'NetworkPolicy', name: `${params.client}-in`, action: 'create', reason: 'lets the client in, where policies close the pods off that it speaks to; only there' },
  ];
}

/** Starts what keeps the fault up: the client with these arguments, or `begin` in this process, which returns how it ends. */
export async function startHelper(
  run: Pick<FaultRun<Pick<RedisTier, 'cluster'>, unknown>, 'id' | 'target' | 'step'>,
  params: HelperParams,
  args: readonly string[],
  begin: () => Promise<() => void | Promise<void>>,
): Promise<void> {
  const { cluster } = run.target;
  if (isByClient(params) && cluster !== undefined) {
    await startClientWorkload({ ...run, step: (name, write) => run.step(name, write), target: cluster }, workloadOf(cluster, params, args));
    return;
  }
  await run.step('begin', async () => hold(run.id, params.seconds, await begin()));
}

/** Ends it. What another injector holds ends with that one. */
export async function stopHelper(run: Pick<FaultRun<Pick<RedisTier, 'cluster'>, unknown>, 'id' | 'target' | 'step'>, params: HelperParams): Promise<void> {
  const { cluster } = run.target;
  if (isByClient(params) && cluster !== undefined) await stopClientWorkload({ ...run, step: (name, write) => run.step(name, write), target: cluster }, { namespace: cluster.namespace, name: params.client });
  else await run.step('end', () => release(run.id));
}

/** What of the helper is there, one line each; none when it is gone. */
export async function helperLeft(run: Pick<FaultRun<Pick<RedisTier, 'cluster'>, unknown>, 'id' | 'target'>, params: HelperParams): Promise<readonly string[]> {
  const { cluster } = run.target;
  if (!isByClient(params) || cluster === undefined) return isHeld(run.id) ? ['this injector keeps it up'] : [];
  return (await ownObjects({ ...run, target: cluster }, { namespace: cluster.namespace, name: params.client })).map(({ kind, metadata }) => `${kind} ${metadata.name} is there`);
}

/** What somebody else changed of it. */
export async function helperChanged(run: Pick<FaultRun<Pick<RedisTier, 'cluster'>, unknown>, 'id' | 'target'>, params: HelperParams): Promise<readonly string[]> {
  const { cluster } = run.target;
  if (!isByClient(params) || cluster === undefined) return [];
  return await changesOf({ ...run, target: cluster }, { namespace: cluster.namespace, name: params.client });
}

function workloadOf({ namespace, selector, port }: NonNullable<RedisTier['cluster']>, params: HelperParams, args: readonly string[]): ClientWorkload {
  return { namespace, name: params.client, image: params.image ?? '', args, selector, port };
}
