import { readFile } from 'node:fs/promises';
import { PodscopeError } from '@podscope/core';
import type { Fault } from '../../definition/defineFault.ts';
import { GRACE_MS } from '../../engine/alive.ts';
import type { Watchdog } from '../../engine/types.ts';
import { accessesOf } from '../api/refs.ts';
import type { Access, KubernetesApi, ObjectRef } from '../api/types.ts';
import { kubernetesTargetAccesses } from '../application/kubernetesTarget.ts';
import { storeAccessesOf } from '../role/engineAccesses.ts';
import { boundRole } from '../role/faultRole.ts';
import { labelsOf, partRef, recordRef, STORE_NAMESPACE } from '../store/names.ts';
import { Records } from '../store/records.ts';
import { byNamespace, watchdogName, watchdogObjects } from './objects.ts';

/** A ConfigMap may hold 1 MiB (kubernetes pkg/apis/core/validation, MaxSecretSize is its limit, too). */
const MOST_BYTES = 1_000_000;
/** For a revert at the end of the fault's time, and for what goes wrong with it, seconds. */
const MARGIN_S = 3_600;
const RBAC = 'rbac.authorization.k8s.io/v1';

/** What {@link clusterWatchdog} takes beside the API. */
export interface ClusterWatchdogOptions {
  /** With Node 22.19 or later as `node`. */
  readonly image: string;
  /** Where the store is. @default 'podscope-faults' */
  readonly namespace?: string;
  /** How long an injector may give no sign of life before its fault is reverted, milliseconds. @default 30,000 */
  readonly graceMs?: number;
  /** The text of the program. @default the one of this package, which knows the faults of its catalogue */
  readonly program?: string;
  /** What faults in Redis and in the guestbook need. Kept in a Secret as long as the fault lasts. */
  readonly redisPassword?: string;
  readonly switchToken?: string;
}

function accessesOfFault(fault: Fault): readonly Access[] {
  return [...(fault.on('kubernetes')?.accesses() ?? []), ...kubernetesTargetAccesses];
}

/** The roles outside of the store's namespace, which Kubernetes does not remove by itself. */
function rolesOf(id: string, fault: Fault, store: string): readonly ObjectRef[] {
  const namespaces = [...byNamespace(accessesOfFault(fault)).keys()].filter((namespace) => namespace !== store);
  return namespaces.map((namespace) => ({ apiVersion: RBAC, kind: namespace === undefined ? 'ClusterRole' : 'Role', name: watchdogName(id), ...(namespace === undefined ? {} : { namespace }) }));
}

/**
 * A watchdog in the cluster: for each fault a Job with a service account of its own, which may do what this fault does and nothing else. It reverts
 * the fault when its injector gives no sign of life or its time is over. The program is a file in a ConfigMap, so that nobody has to build an image.
 *
 * Everything in the store's namespace goes with the fault's record by Kubernetes' garbage collection; the roles elsewhere are removed by whoever
 * reverts, the watchdog included, which may remove its own.
 */
export function clusterWatchdog(api: KubernetesApi, options: ClusterWatchdogOptions): Watchdog {
  const { image, namespace = STORE_NAMESPACE, graceMs = GRACE_MS, redisPassword, switchToken } = options;
  const records = new Records(api, namespace);
  return {
    graceMs,
    objects: (id, fault) => rolesOf(id, fault, namespace),
    accesses: (fault) => watchdogAccesses([fault], namespace),
    async start({ id, createdAt, expiresAt }, fault, step) {
      const program = options.program ?? (await builtProgram());
      if (Buffer.byteLength(program) > MOST_BYTES) throw new PodscopeError('FAULT_WATCHDOG_FAILED', `The watchdog's program has ${Buffer.byteLength(program)} bytes; a ConfigMap holds ${MOST_BYTES}.`, { hint: 'Bundle it smaller. Nothing was changed.' });
      const secret = await api.read(recordRef(namespace, id));
      const parts = (await records.see(id))?.head.packed.parts ?? 0;
      if (!secret) throw new PodscopeError('FAULT_WATCHDOG_FAILED', `The record of fault ${id} is gone before its watchdog began.`, { hint: 'See who removed it. Nothing was changed.' });
      const owner = { name: secret.metadata.name, uid: secret.metadata.uid ?? '' };
      const job = watchdogObjects({
        id,
        namespace,
        image,
        program,
        graceMs,
        owner,
        deadline: Math.ceil((Date.parse(expiresAt) - Date.parse(createdAt) + graceMs) / 1_000) + MARGIN_S,
        secrets: { ...(redisPassword === undefined ? {} : { PODSCOPE_REDIS_PASSWORD: redisPassword }), ...(switchToken === undefined ? {} : { PODSCOPE_SWITCH_TOKEN: switchToken }) },
      });
      for (const object of job.slice(0, -1)) await step(`make the watchdog's ${object.kind}`, () => api.create(object));
      const own = storeAccessesOf(id, Array.from({ length: parts }, (_, index) => partRef(namespace, id, index + 1).name), namespace);
      await makeRoles([...accessesOfFault(fault), ...own, ...rolesOf(id, fault, namespace).flatMap((ref) => accessesOf(ref, ['delete']))]);
      for (const object of job.slice(-1)) await step(`make the watchdog's ${object.kind}`, () => api.create(object));

      async function makeRoles(accesses: readonly Access[]): Promise<void> {
        for (const [where, theirs] of byNamespace(accesses)) {
          const subject = { kind: 'ServiceAccount', name: watchdogName(id), namespace } as const;
          const [role, binding] = boundRole({ name: watchdogName(id), namespace: where, subject, labels: labelsOf(id, 'watchdog'), accesses: theirs });
          if (!role || !binding) continue;
          const owned = where === namespace ? { ownerReferences: [{ apiVersion: 'v1', kind: 'Secret', ...owner }] } : {};
          const { object } = await step(`make the watchdog's ${role.kind}${where === undefined ? '' : ` in ${where}`}`, () => api.create({ ...role, metadata: { ...role.metadata, ...owned } }));
          // Goes with its role: whoever removes that may have no rights left to remove this.
          const ownerReferences = [{ apiVersion: role.apiVersion, kind: role.kind, name: object.metadata.name, uid: object.metadata.uid }];
          await step(`make the watchdog's ${binding.kind}${where === undefined ? '' : ` in ${where}`}`, () => api.create({ ...binding, metadata: { ...binding.metadata, ownerReferences } }));
        }
      }
    },
  };
}

/** What an injector needs beside the faults' own accesses that starts such watchdogs: it must hold whatever it gives to them, too. */
export function watchdogAccesses(faults: readonly Fault[], namespace: string = STORE_NAMESPACE): readonly Access[] {
  const namespaces = new Set<string | undefined>([namespace, ...faults.flatMap((fault) => [...byNamespace(accessesOfFault(fault)).keys()])]);
  const roles = [...namespaces].flatMap((where) => {
    const kind = where === undefined ? 'ClusterRole' : 'Role';
    const of = { apiVersion: RBAC, namespace: where };
    return [...accessesOf({ ...of, kind }, where === namespace ? ['create'] : ['create', 'delete']), ...accessesOf({ ...of, kind: `${kind}Binding` }, ['create'])];
  });
  const inStore = (apiVersion: string, kind: string) => accessesOf({ apiVersion, kind, namespace }, ['create']);
  return [...kubernetesTargetAccesses, ...roles, ...inStore('v1', 'ServiceAccount'), ...inStore('v1', 'ConfigMap'), ...inStore('batch/v1', 'Job')];
}

/** Beside this code, or a folder above it: that depends on which file the build puts this into. */
async function builtProgram(): Promise<string> {
  for (const folder of ['./', '../']) {
    const text = await readFile(new URL(`${folder}watchdog-cluster.mjs`, import.meta.url), 'utf8').catch(() => undefined);
    if (text !== undefined) return text;
  }
  throw new PodscopeError('FAULT_WATCHDOG_FAILED', 'The program of the watchdog is not built.', { hint: 'Use the built package, or give the program as an option. Nothing was changed.' });
}
