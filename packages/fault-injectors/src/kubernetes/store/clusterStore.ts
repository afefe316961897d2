import { isPodscopeError, PodscopeError } from '@podscope/core';
import type { FaultRecord, FaultStore, StoreStep } from '../../engine/types.ts';
import { admit, claimOf, refuseStopped } from '../../stores/admission.ts';
import { unreadable } from '../../stores/unreadable.ts';
import type { KubernetesApi } from '../api/types.ts';
import { storeAccesses } from '../role/engineAccesses.ts';
import { recordRef, STORE_NAMESPACE } from './names.ts';
import { Records, type Seen } from './records.ts';
import { changeRegistry, readRegistry } from './registry.ts';

const ID = /^[0-9a-f]{16}$/;
const plainly: StoreStep = (_name, write) => write();

/** What {@link clusterStore} takes beside the API. */
export interface ClusterStoreOptions {
  /** Made with the first fault when it is missing and this user may. @default 'podscope-faults' */
  readonly namespace?: string;
}

/** A store in a cluster. */
export interface ClusterStore extends FaultStore {
  readonly namespace: string;
  /** A record without its state from before, in one small request. @throws PodscopeError FAULT_RECORD_UNREADABLE when it is there and can't be used */
  peek(id: string): Promise<Omit<FaultRecord, 'before'> | undefined>;
}

/**
 * Keeps faults in the cluster that they are in, so that every machine finds them: a Secret for each record with its state from before (compressed
 * and split where it is large), and one ConfigMap, changed by compare and swap on its resourceVersion, that says which fault has what.
 *
 * A fault is there as long as its Secret is. What has a claim and no Secret is void, and dropped by the next injector in whose way it is, or by `tidy`.
 */
export function clusterStore(api: KubernetesApi, { namespace = STORE_NAMESPACE }: ClusterStoreOptions = {}): ClusterStore {
  const records = new Records(api, namespace);
  /** What this store saw last, so that most writes need no look before. The API server tells when it is out of date. */
  const seen = new Map<string, { readonly seen: Seen; readonly before: unknown }>();

  async function look(id: string): Promise<{ readonly seen: Seen; readonly before: unknown } | undefined> {
    const found = await records.see(id);
    if (!found) return undefined;
    const whole = await records.whole(id);
    if (whole && whole.record === null) throw unreadable(id, whole.reason);
    return whole && { seen: found, before: whole.record.before };
  }

  async function updateOnce(id: string, change: (record: FaultRecord) => FaultRecord | undefined): Promise<FaultRecord | 'changed' | undefined> {
    const known = seen.get(id);
    const found = known ?? (await look(id));
    if (!found) return undefined;
    const { packed: _packed, ...head } = found.seen.head;
    const record: FaultRecord = { ...head, before: found.before };
    const next = change(record);
    if (next === undefined) {
      if (known === undefined) return record;
      // Decided on what may be out of date.
      seen.delete(id);
      return await updateOnce(id, change);
    }
    const written = await records.write(found.seen, next);
    seen.delete(id);
    if (written === 'gone') return undefined;
    if (written === 'changed') return 'changed';
    seen.set(id, { seen: written, before: found.before });
    return next;
  }

  async function claim(record: FaultRecord): Promise<void> {
    const mine = claimOf(record);
    await changeRegistry(api, namespace, async (registry) => {
      if (registry.stopped) refuseStopped(registry.stopped);
      let { claims } = registry;
      try {
        admit(mine, claims);
      } catch {
        const ids = await records.ids();
        claims = claims.filter(({ id }) => ids.has(id));
        admit(mine, claims);
      }
      return { ...registry, claims: [...claims.filter(({ id }) => id !== mine.id), mine] };
    });
  }

  async function markReverted(id: string): Promise<void> {
    for (;;) {
      const found = await records.see(id);
      if (!found || (await records.write(found, { ...found.head, before: null, state: 'reverted' })) !== 'changed') return;
    }
  }

  const drop = (isVoid: (id: string) => boolean): Promise<void> =>
    changeRegistry(api, namespace, (registry) => {
      const claims = registry.claims.filter(({ id }) => !isVoid(id));
      return claims.length === registry.claims.length ? undefined : { ...registry, claims };
    });

  return {
    namespace,
    accesses: storeAccesses(namespace),
    async reserve(record, step = plainly) {
      // Nothing is written where it is sure to be refused.
      const registry = await readRegistry(api, namespace);
      if (registry.stopped) refuseStopped(registry.stopped);
      await ensureNamespace(api, namespace);
      try {
        await records.create(record, step);
        await step('take the claim', () => claim(record));
      } catch (error) {
        await records.remove(record.id).catch(() => undefined);
        throw error;
      }
    },
    update: (id, change, step = plainly) =>
      step('update the record', async () => {
        for (;;) {
          const updated = ID.test(id) ? await updateOnce(id, change) : undefined;
          if (updated !== 'changed') return updated;
        }
      }),
    async read(id) {
      if (!ID.test(id)) return undefined;
      const whole = await records.whole(id);
      if (whole && whole.record === null) throw unreadable(id, whole.reason);
      return whole?.record;
    },
    async peek(id) {
      const found = await records.see(id);
      if (found) {
        const { packed: _packed, ...head } = found.head;
        return head;
      }
      // Whoever takes it for reverted would leave the fault in place.
      if (await api.read(recordRef(namespace, id))) throw unreadable(id, 'Its Secret is no record of this version.');
      return undefined;
    },
    list: () => records.list(),
    async remove(id, step = plainly) {
      if (!ID.test(id)) throw new PodscopeError('FAULT_NOT_FOUND', 'A fault id is 16 hexadecimal digits.', { hint: 'List the faults to see their ids.' });
      seen.delete(id);
      // From here on nobody restores anything any more, whatever comes of the next two writes.
      await step('mark it as reverted', () => markReverted(id));
      await step('drop the claim', () => drop((each) => each === id));
      await step('remove the record', () => records.remove(id));
    },
    async stop(by) {
      await ensureNamespace(api, namespace);
      await changeRegistry(api, namespace, (registry) => (registry.stopped ? undefined : { ...registry, stopped: { since: new Date().toISOString(), by } }));
    },
    resume: () =>
      changeRegistry(api, namespace, ({ stopped, ...registry }) => (stopped ? registry : undefined)),
    stopped: async () => (await readRegistry(api, namespace)).stopped,
    now: () => serverTime(api),
    async tidy() {
      const { claims } = await readRegistry(api, namespace);
      if (claims.length === 0) return;
      const ids = await records.ids();
      await drop((id) => !ids.has(id) && claims.some((each) => each.id === id));
    },
  };
}

/** Pods of it run nothing but watchdogs, which are content with the strictest rules. */
async function ensureNamespace(api: KubernetesApi, name: string): Promise<void> {
  if (await api.read({ apiVersion: 'v1', kind: 'Namespace', name })) return;
  const labels = { 'app.kubernetes.io/managed-by': 'podscope', 'pod-security.kubernetes.io/enforce': 'restricted' };
  await api.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } }).catch((error: unknown) => {
    if (isPodscopeError(error, 'KUBE_CONFLICT')) return;
    if (!isPodscopeError(error, 'KUBE_FORBIDDEN')) throw error;
    throw new PodscopeError('FAULT_FORBIDDEN', `There is no namespace ${name} for the states from before, and this user may not make it.`, {
      hint: `Have it made: "kubectl create namespace ${name}", with the documented Role in it. Nothing was changed.`,
      cause: error,
    });
  });
}

/**
 * The API server's clock: it answers a SelfSubjectReview, which everybody who is known may ask for, with the time of its making (kubernetes
 * pkg/registry/authentication/selfsubjectreview/rest.go). Whole seconds. A server older than 1.28 has none: then this machine's clock.
 */
async function serverTime(api: KubernetesApi): Promise<number> {
  const ask = () => api.request({ method: 'POST', path: '/apis/authentication.k8s.io/v1/selfsubjectreviews', body: { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' } });
  const { body } = await ask().catch(async (error: unknown) => {
    if (!isPodscopeError(error, 'KUBE_UNREACHABLE')) throw error;
    // A question may be asked again where a request of this kind may not: waits for a server that restarts.
    await api.version();
    return await ask();
  });
  const created = (body as { readonly metadata?: { readonly creationTimestamp?: string } } | undefined)?.metadata?.creationTimestamp;
  return created === undefined || Number.isNaN(Date.parse(created)) ? Date.now() : Date.parse(created);
}
