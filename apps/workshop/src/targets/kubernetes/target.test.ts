import { X509Certificate } from 'node:crypto';
import { expect, it } from 'vitest';
import { makeCertificates } from './opensearch/certificates.ts';
import { hashPassword, randomPassword } from './opensearch/passwords.ts';
import { SHIPPER_ROLE } from './opensearch/roles.ts';
import { securityFiles } from './opensearch/securityFiles.ts';
import type { TargetOptions } from './options.ts';
import { synthTarget } from './target.ts';

const options: TargetOptions = {
  namespaces: { logging: 'logging', agents: 'node-agents', guestbook: 'guestbook', opensearch: 'search' },
  pattern: 'workshop', opensearch: { how: 'built-in', nodes: 3, storage: '20Gi', major: 3 }, dashboards: true, guestbook: 'podscope', guestbookImage: undefined, imageMirror: 'registry.example.com/mirror', storageClass: 'fast',
};

interface Made {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: { readonly replicas?: number; readonly volumeClaimTemplates?: readonly { readonly spec: { readonly storageClassName?: string } }[]; readonly nodePools?: readonly object[] };
  readonly data?: Readonly<Record<string, string>>;
}

const made = (change: Partial<TargetOptions> = {}): readonly Made[] => synthTarget({ ...options, ...change }, '1.33').objects as readonly object[] as readonly Made[];
const named = (objects: readonly Made[], kind: string, name: string): Made | undefined => objects.find((object) => object.kind === kind && object.metadata.name === name);

it('makes three nodes that find each other, with volumes, and Dashboards of their version', () => {
  const objects = made();
  expect(named(objects, 'StatefulSet', 'opensearch')?.spec).toMatchObject({ replicas: 3, podManagementPolicy: 'Parallel', volumeClaimTemplates: [{ spec: { storageClassName: 'fast', resources: { requests: { storage: '20Gi' } } } }] });
  expect(named(objects, 'ConfigMap', 'opensearch-config')?.data?.['opensearch.yml']).toMatch(/cluster.initial_cluster_manager_nodes:\n {2}- opensearch-0\n {2}- opensearch-1\n {2}- opensearch-2\n/u);
  expect(named(objects, 'PodDisruptionBudget', 'opensearch')).toBeDefined();
  expect(JSON.stringify(named(objects, 'Deployment', 'opensearch-dashboards'))).toContain('registry.example.com/mirror/opensearchproject/opensearch-dashboards:3.8.0');
  expect(named(objects, 'StatefulSet', 'fluentd')?.spec?.volumeClaimTemplates?.[0]?.spec.storageClassName).toBe('fast');
  // One node forms no cluster, and has no budget that would keep its node from being drained.
  const one = made({ opensearch: { how: 'built-in', nodes: 1, storage: '20Gi', major: 3 } });
  expect(named(one, 'ConfigMap', 'opensearch-config')?.data?.['opensearch.yml']).toContain('discovery.type: single-node');
  expect(named(one, 'PodDisruptionBudget', 'opensearch')).toBeUndefined();
});

it('has no Secret and no value of one in any manifest', () => {
  for (const opensearch of [options.opensearch, { how: 'operator', nodes: 1, storage: '10Gi', major: 2 } as const]) {
    const { objects, shipping, trusting } = synthTarget({ ...options, opensearch }, '1.33');
    expect(objects.some(({ kind }) => kind === 'Secret')).toBe(false);
    expect(JSON.stringify(objects)).not.toMatch(/PRIVATE KEY|BEGIN CERTIFICATE|\$3\$/u);
    expect(shipping).toEqual(['logging']);
    expect(trusting).toEqual(opensearch.how === 'operator' ? ['logging'] : ['logging', 'search']);
  }
});

it('gives the operator one object in place of a StatefulSet, and lets it make Dashboards', () => {
  const objects = made({ opensearch: { how: 'operator', operatorApi: 'opensearch.org/v1', nodes: 3, storage: '20Gi', major: 2 } });
  expect(named(objects, 'OpenSearchCluster', 'opensearch')?.spec).toMatchObject({ general: { version: '2.19.6', setVMMaxMapCount: false }, dashboards: { enable: true }, nodePools: [{ replicas: 3, diskSize: '20Gi', persistence: { pvc: { storageClass: 'fast' } } }] });
  expect([named(objects, 'StatefulSet', 'opensearch'), named(objects, 'Deployment', 'opensearch-dashboards')]).toEqual([undefined, undefined]);
});

it('is the same for the same options', () => {
  expect(made()).toEqual(made());
});

it('signs one certificate for what the server is called, and one for its administrator', async () => {
  const { ca, node, admin } = await makeCertificates('opensearch', 'search');
  const [authority, server, administrator] = [ca, node.cert, admin.cert].map((pem) => new X509Certificate(pem));
  for (const certificate of [server, administrator]) expect(certificate?.verify(authority?.publicKey as never)).toBe(true);
  for (const name of ['opensearch', 'opensearch.search.svc', 'opensearch-2.opensearch-headless.search.svc.cluster.local', 'localhost']) expect(server?.checkHost(name), name).toBeDefined();
  expect(server?.checkIP('127.0.0.1')).toBe('127.0.0.1');
  expect(server?.checkHost('opensearch.other.svc')).toBeUndefined();
});

it('draws passwords, and writes only their hashes into the files of the plugin', async () => {
  const password = randomPassword();
  expect(password).not.toBe(randomPassword());
  expect(password.length).toBeGreaterThan(30);
  const hash = await hashPassword(password);
  const files = securityFiles({ admin: hash, kibanaserver: hash, 'podscope-shipper': hash, 'podscope-reader': hash });
  expect(Object.values(files).join('\n')).not.toContain(password);
  expect(files['internal_users.yml']).toContain(hash);
  expect(SHIPPER_ROLE.index_permissions[0]?.index_patterns.filter((pattern) => !pattern.startsWith('.ds-'))).toEqual(['filebeat-*', 'metricbeat-*', 'kubernetes-*', 'redis-*', 'apache-*']);
});
