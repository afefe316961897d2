import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { printed } from '../../../../tools/kube-test-env/fixtures/printed.ts';
import type { KubeClient } from '../../../../tools/kube-test-env/client.ts';
import type { KubeObject } from '../../../../tools/kube-test-env/objects.ts';
import { reviewManifests } from '../../../../tools/kube-test-env/review/review.ts';
import { startKubeApiServer, type StartedKubeApiServer } from '../../../../tools/kube-test-env/start.ts';
import type { PolicyRule as Rule } from '../../../../tools/kube-test-env/rules.ts';
import { EXTERNAL_SECRET_DEFINITION, type Manifest, variants, type Variant } from './testing/variants.ts';

let server: StartedKubeApiServer;
let client: KubeClient;
beforeAll(async () => {
  server = await startKubeApiServer({ onProgress: printed });
  ({ client } = server.admin);
}, 45 * 60_000);
afterAll(() => server?.stop());

const all = variants();
let applied: readonly KubeObject[] = [];

/** Each variant uses the same namespaces, so what one has left must not help the next. Namespaces stay: nothing here would end them. */
afterEach(async () => {
  for (const object of applied.filter(({ kind }) => kind !== 'Namespace')) await client.remove(object);
  applied = [];
});

function review({ manifests }: Pick<Variant, 'manifests'>): ReturnType<typeof reviewManifests> {
  applied = [...manifests.filter(({ kind }) => kind !== 'CustomResourceDefinition')];
  return reviewManifests(client, [EXTERNAL_SECRET_DEFINITION, ...manifests]);
}

/** One of the variants, which must be there. */
function found(name: string): Variant {
  const variant = all.find((each) => each.name === name);
  if (variant === undefined) throw new Error(`There is no variant ${name}.`);
  return variant;
}

describe('on a real API server, whose namespaces enforce their pod security,', () => {
  it.each(all)('$name is taken field by field, its pods too, changes nothing the second time, and may do no more than it needs', async (variant) => {
    expect(await review(variant)).toEqual([]);
  });

  it('a node agent is taken nowhere but where pods may be privileged, and nobody else is there', () => {
    const privileged = all.flatMap(({ manifests }) => manifests.filter(({ kind, metadata }) => kind === 'Namespace' && metadata.labels?.['pod-security.kubernetes.io/enforce'] !== 'restricted'));
    expect(new Set(privileged.map(({ metadata }) => metadata.name))).toEqual(new Set(['node-agents']));
    // That each of these really needs it is among what the review looks at: restricted and baseline must refuse its pods.
    const there = all.flatMap(({ manifests }) => manifests.filter(({ metadata, spec }) => metadata.namespace === 'node-agents' && (spec as { readonly template?: object } | undefined)?.template !== undefined));
    expect(there.length).toBeGreaterThan(8);
    expect(new Set(there.map(({ kind }) => kind))).toEqual(new Set(['DaemonSet']));
  });

  it('a pod of each kind of workload is refused once it says nothing of its security, or is in the wrong namespace', async () => {
    for (const name of ['fluent-bit/aggregator', 'logstash/stateful-set', 'fluent-bit/daemon-set']) {
      const { manifests } = found(name);
      const bare = manifests.map((manifest) => {
        const { template, ...spec } = (manifest['spec'] ?? {}) as { readonly template?: { readonly spec: { readonly containers: readonly object[] } } };
        if (template === undefined) return manifest;
        const containers = template.spec.containers.map((container) => ({ ...container, securityContext: {} }));
        return { ...manifest, metadata: { ...manifest.metadata, namespace: 'logging' }, spec: { ...spec, template: { ...template, spec: { ...template.spec, serviceAccountName: 'default', securityContext: {}, containers } } } };
      });
      expect(await review({ manifests: bare })).toContainEqual({ rule: 'pod-refused', object: expect.stringContaining(' logging/'), problem: expect.stringContaining('violates PodSecurity "restricted') });
    }
  });

  it('a field with a typo is found in every kind of object that the constructs make', async () => {
    const byKind = new Map(all.flatMap(({ manifests }) => manifests.map((manifest) => [manifest.kind, manifest] as const)));
    expect(byKind.size).toBeGreaterThan(12);
    for (const level of ['logging', 'node-agents']) await client.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: level } });
    await client.apply(EXTERNAL_SECRET_DEFINITION);
    await client.established(EXTERNAL_SECRET_DEFINITION.metadata.name);
    for (const [kind, manifest] of byKind) {
      const inside = 'spec' in manifest ? { spec: { ...(manifest['spec'] as object), tpyo: {} } } : { tpyo: {} };
      await expect(client.apply({ ...manifest, ...inside }, { dryRun: true }), kind).rejects.toMatchObject({ code: 'KUBE_UNKNOWN_FIELD', message: expect.stringContaining('tpyo') });
    }
  });
});

describe('the rights of service accounts, asked of the server\'s own authorizer,', () => {
  const accountsOf = ({ manifests }: Variant): readonly string[] => manifests.filter(({ kind }) => kind === 'ServiceAccount').map(({ metadata }) => `system:serviceaccount:${metadata.namespace}:${metadata.name}`);

  it.each([
    ['fluent-bit/daemon-set', { may: ['get pods'], mayNot: ['list pods', 'watch pods', 'get nodes', 'get configmaps'] }],
    ['fluent-bit/file-name-metadata', { may: [], mayNot: ['get pods', 'list pods', 'get namespaces', 'get nodes'] }],
    ['fluent-bit/events', { may: ['list events', 'watch events'], mayNot: ['get pods', 'create events'] }],
    ['fluentd/daemon-set', { may: ['get pods', 'watch pods', 'watch namespaces'], mayNot: ['get nodes', 'list events'] }],
    ['fluentd/aggregator', { may: [], mayNot: ['get pods', 'list events', 'get configmaps'] }],
    ['filebeat/daemon-set', { may: ['watch pods', 'get nodes', 'get replicasets.apps'], mayNot: ['get configmaps', 'list events', 'watch deployments.apps'] }],
    ['logstash/deployment', { may: [], mayNot: ['get pods', 'get configmaps'] }],
    ['otel-collector/daemon-set', { may: ['watch pods', 'watch replicasets.apps'], mayNot: ['get nodes', 'list events'] }],
    ['kube-state-metrics', { may: ['list pods', 'watch deployments.apps', 'list nodes'], mayNot: ['get pods', 'list roles.rbac.authorization.k8s.io'] }],
  ] as const)('%s: what it reads, and nothing beside', async (name, { may, mayNot }) => {
    const variant = found(name);
    expect(await review(variant)).toEqual([]);
    const accounts = accountsOf(variant);
    // Every role is bound to the account that it was made for.
    for (const { kind, rules } of variant.manifests as readonly (Manifest & { readonly rules?: readonly Rule[] })[]) {
      if (kind !== 'ClusterRole') continue;
      for (const { apiGroups = [], resources = [], verbs } of rules ?? []) {
        for (const [group, resource, verb] of apiGroups.flatMap((each) => resources.flatMap((resource_) => verbs.map((verb_) => [each, resource_, verb_] as const)))) {
          const [name = '', subresource] = resource.split('/');
          const access = { verb, resource: name, group, ...(subresource === undefined ? {} : { subresource }) };
          expect(await Promise.all(accounts.map((account) => client.allows(account, access))), `${verb} ${resource}`).toContain(true);
        }
      }
    }
    expect(accounts).not.toEqual([]);
    for (const account of accounts) {
      for (const [expected, rights] of [[true, may], [false, mayNot]] as const) {
        for (const right of rights) {
          const [verb = '', target = ''] = right.split(' ');
          const [resource = '', ...group] = target.split('.');
          expect(await client.allows(account, { verb, resource, group: group.join('.') }), `${account}: ${right}`).toBe(expected);
        }
      }
    }
  });
});
