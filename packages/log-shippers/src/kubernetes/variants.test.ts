import { describe, expect, it } from 'vitest';
import { type Manifest, podsOf, variants } from './testing/variants.ts';

interface Container {
  readonly name: string;
  readonly restartPolicy?: string;
  readonly securityContext?: {
    readonly allowPrivilegeEscalation?: boolean;
    readonly capabilities?: { readonly drop?: readonly string[]; readonly add?: readonly string[] };
    readonly privileged?: boolean;
    readonly readOnlyRootFilesystem?: boolean;
    readonly runAsNonRoot?: boolean;
    readonly runAsUser?: number;
    readonly seccompProfile?: { readonly type: string };
  };
  readonly ports?: readonly { readonly hostPort?: number }[];
  readonly volumeMounts?: readonly { readonly name: string; readonly readOnly?: boolean }[];
}

interface PodSpec {
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
  readonly automountServiceAccountToken?: boolean;
  readonly serviceAccountName?: string;
  readonly volumes?: readonly ({ readonly name: string; readonly hostPath?: { readonly path: string } } & Readonly<Record<string, unknown>>)[];
}

const specOf = (pod: Manifest): PodSpec => pod['spec'] as PodSpec;
const containersOf = (spec: PodSpec): readonly Container[] => [...spec.containers, ...(spec.initContainers ?? [])];
const RESTRICTED_VOLUMES = ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'persistentVolumeClaim', 'projected', 'secret'];

/** What the level `restricted` refuses in a pod: kubernetes.io/docs/concepts/security/pod-security-standards. */
function forbiddenInRestricted(spec: PodSpec): string[] {
  const found: string[] = [];
  for (const host of ['hostNetwork', 'hostPID', 'hostIPC'] as const) if (spec[host] === true) found.push(host);
  for (const volume of spec.volumes ?? []) {
    const kind = Object.keys(volume).find((key) => key !== 'name');
    if (kind === undefined || !RESTRICTED_VOLUMES.includes(kind)) found.push(`volume ${volume.name}: ${kind}`);
  }
  for (const { name, securityContext, ports } of containersOf(spec)) {
    if (securityContext?.allowPrivilegeEscalation !== false) found.push(`${name}: allowPrivilegeEscalation`);
    if (securityContext?.capabilities?.drop?.includes('ALL') !== true || (securityContext.capabilities.add ?? []).length > 0) found.push(`${name}: capabilities`);
    if (securityContext?.privileged === true) found.push(`${name}: privileged`);
    if (securityContext?.runAsNonRoot !== true || securityContext.runAsUser === 0) found.push(`${name}: runs as root`);
    if (securityContext?.seccompProfile?.type !== 'RuntimeDefault') found.push(`${name}: seccompProfile`);
    if (ports?.some(({ hostPort }) => hostPort !== undefined) === true) found.push(`${name}: hostPort`);
  }
  return found;
}

const everyPod = variants().flatMap(({ name, manifests }) => podsOf(manifests).map((pod) => ({ variant: name, manifests, pod, spec: specOf(pod) })));
const inNamespace = (namespace: string): typeof everyPod => everyPod.filter(({ pod }) => pod.metadata.namespace === namespace);

describe('pod security', () => {
  it('has pods in both namespaces', () => {
    expect(inNamespace('logging').length).toBeGreaterThan(12);
    expect(inNamespace('node-agents').length).toBeGreaterThan(8);
    expect(everyPod.length).toBe(inNamespace('logging').length + inNamespace('node-agents').length);
  });

  it.each(inNamespace('logging'))('lets $variant ask for nothing that restricted forbids', ({ spec }) => {
    expect(forbiddenInRestricted(spec)).toEqual([]);
  });

  it.each(inNamespace('node-agents'))('lets $variant differ from restricted by its host folders and uid 0 only', ({ variant, spec }) => {
    const allowed = /^volume (host-|state)|runs as root$/;
    const rest = forbiddenInRestricted(spec).filter((found) => !allowed.test(found));
    expect(rest).toEqual(variant === 'metricbeat/host-network' ? ['hostNetwork'] : []);
  });

  it.each(inNamespace('node-agents'))('mounts the host into $variant read-only, but for its own state', ({ spec }) => {
    const host = new Map((spec.volumes ?? []).filter(({ hostPath }) => hostPath !== undefined).map(({ name, hostPath }) => [name, hostPath?.path ?? '']));
    expect(host.size).toBeGreaterThan(1);
    const writable = spec.containers.flatMap(({ volumeMounts }) => volumeMounts ?? []).filter(({ name, readOnly }) => host.has(name) && readOnly !== true);
    expect(writable.map(({ name }) => name)).toEqual(['state']);
    expect(host.get('state')).toMatch(/^\/var\/lib\/podscope\/node-agents-/);
  });

  it.each(everyPod)('keeps the root of $variant read-only', ({ spec }) => {
    const own = containersOf(spec).filter(({ name }) => name !== 'redis');
    expect(own.map(({ securityContext }) => securityContext?.readOnlyRootFilesystem)).toEqual(own.map(() => true));
  });
});

describe('rights', () => {
  it.each(variants())('$name mounts a token exactly where it has rights, and reads nothing secret', ({ manifests }) => {
    const bound = manifests.filter(({ kind }) => kind === 'ClusterRoleBinding').flatMap((binding) => binding['subjects'] as { name: string }[]);
    for (const { metadata, ...pod } of podsOf(manifests)) {
      const spec = specOf({ ...pod, metadata } as Manifest);
      if (spec.serviceAccountName !== undefined) expect(spec.automountServiceAccountToken).toBe(bound.some(({ name }) => name === spec.serviceAccountName));
    }
    for (const role of manifests.filter(({ kind }) => kind === 'ClusterRole')) {
      for (const rule of role['rules'] as { resources: string[]; verbs: string[] }[]) {
        expect([...rule.resources, ...rule.verbs]).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(\*|secrets|configmaps|nodes\/proxy)$/)]));
        for (const verb of rule.verbs) expect(['get', 'list', 'watch']).toContain(verb);
      }
    }
  });

  it('asks for nothing when metadata come from file names, and for events alone to read events', () => {
    const rules = (name: string): unknown => variants().find((variant) => variant.name === name)?.manifests.find(({ kind }) => kind === 'ClusterRole')?.['rules'];
    expect(rules('fluent-bit/file-name-metadata')).toBeUndefined();
    expect(rules('filebeat/7.12')).toBeUndefined();
    expect(rules('fluent-bit/events')).toEqual([{ apiGroups: [''], resources: ['events'], verbs: ['get', 'list', 'watch'] }]);
  });
});

describe('manifests', () => {
  it('are the same each time, with no object twice', () => {
    expect(variants()).toEqual(variants());
    for (const { manifests } of variants()) {
      const keys = manifests.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });

  it('leave the namespace off what is in none', () => {
    for (const { manifests } of variants()) {
      for (const { kind, metadata } of manifests) expect(metadata.namespace === undefined, `${kind} ${metadata.name}`).toBe(['Namespace', 'ClusterRole', 'ClusterRoleBinding'].includes(kind));
    }
  });
});
