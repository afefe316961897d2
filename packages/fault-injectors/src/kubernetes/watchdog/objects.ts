import type { Access, ObjectToWrite } from '../api/types.ts';
import { labelsOf } from '../store/names.ts';
import { SMALL_HEAP } from '../../watchdog/smallHeap.ts';

/** The name of everything that a fault's watchdog consists of. */
export function watchdogName(id: string): string {
  return `fault-watchdog-${id}`;
}

/** What makes the Job of a watchdog. */
export interface WatchdogJob {
  readonly id: string;
  readonly namespace: string;
  readonly image: string;
  readonly program: string;
  readonly graceMs: number;
  /** Seconds until Kubernetes ends it, whatever it does. */
  readonly deadline: number;
  /** Environment variables of its container that nobody else may read. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Everything goes with it. */
  readonly owner: { readonly name: string; readonly uid: string };
}

const FOLDER = '/podscope';
const FILE = 'watchdog.mjs';

/** Account, program, secrets and Job of a watchdog. Its pod is content with the `restricted` pod security standard. */
export function watchdogObjects({ id, namespace, image, program, graceMs, deadline, secrets, owner }: WatchdogJob): readonly ObjectToWrite[] {
  const name = watchdogName(id);
  const labels = labelsOf(id, 'watchdog');
  const metadata = { name, namespace, labels, ownerReferences: [{ apiVersion: 'v1', kind: 'Secret', ...owner }] };
  const hasSecrets = Object.keys(secrets).length > 0;
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { [FILE]: program } },
    ...(hasSecrets ? [{ apiVersion: 'v1', kind: 'Secret', metadata, type: 'podscope.dev/watchdog', data: Object.fromEntries(Object.entries(secrets).map(([key, value]) => [key, Buffer.from(value).toString('base64')])) }] : []),
    {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata,
      spec: {
        // A watchdog that ends with an error is started again, as long as its time lasts.
        backoffLimit: 1_000,
        activeDeadlineSeconds: deadline,
        template: {
          metadata: { labels },
          spec: {
            restartPolicy: 'OnFailure',
            serviceAccountName: name,
            securityContext: { runAsNonRoot: true, runAsUser: 65_532, runAsGroup: 65_532, seccompProfile: { type: 'RuntimeDefault' } },
            containers: [
              {
                name: 'watchdog',
                image,
                command: ['node', ...SMALL_HEAP, `${FOLDER}/${FILE}`, id, namespace, String(graceMs)],
                ...(hasSecrets ? { envFrom: [{ secretRef: { name } }] } : {}),
                resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '192Mi' } },
                securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
                volumeMounts: [{ name: 'program', mountPath: FOLDER, readOnly: true }],
              },
            ],
            volumes: [{ name: 'program', configMap: { name } }],
          },
        },
      },
    },
  ];
}

/** The accesses of each namespace, and under `undefined` those of the cluster. */
export function byNamespace(accesses: readonly Access[]): ReadonlyMap<string | undefined, readonly Access[]> {
  const found = new Map<string | undefined, Access[]>();
  for (const access of accesses) found.set(access.namespace, [...(found.get(access.namespace) ?? []), access]);
  return found;
}
