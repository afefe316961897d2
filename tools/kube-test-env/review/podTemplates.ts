import type { KubeObject } from '../objects.ts';

interface Template {
  readonly metadata?: { readonly labels?: Readonly<Record<string, string>>; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: { readonly volumes?: readonly object[]; readonly [field: string]: unknown };
}

interface WorkloadSpec {
  readonly template?: Template;
  readonly jobTemplate?: { readonly spec: { readonly template: Template } };
  readonly volumeClaimTemplates?: readonly { readonly metadata: { readonly name: string } }[];
}

const WORKLOADS = ['Deployment', 'DaemonSet', 'StatefulSet', 'ReplicaSet', 'Job', 'CronJob'];

/**
 * The pod that a workload's controller would make, or undefined for what makes none. Pod security and quotas refuse pods and only warn
 * of workloads, so a workload that the server takes says nothing about its pods.
 */
export function podOf(workload: KubeObject): KubeObject | undefined {
  if (workload.kind === 'Pod') return workload;
  if (!WORKLOADS.includes(workload.kind)) return undefined;
  const { template, jobTemplate, volumeClaimTemplates = [] } = workload['spec'] as WorkloadSpec;
  const { metadata, spec } = template ?? jobTemplate?.spec.template ?? { spec: {} };
  const { name = '', namespace } = workload.metadata;
  // A StatefulSet's controller gives each pod the claims of its own.
  const claims = volumeClaimTemplates.map((claim) => ({ name: claim.metadata.name, persistentVolumeClaim: { claimName: `${claim.metadata.name}-${name}-0` } }));
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...metadata, name: `${name}-tried`.slice(-63).replace(/^[^a-z0-9]+/, ''), ...(namespace === undefined ? {} : { namespace }) },
    spec: { ...spec, ...(claims.length === 0 ? {} : { volumes: [...(spec.volumes ?? []), ...claims] }) },
  };
}
