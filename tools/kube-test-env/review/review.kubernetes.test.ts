import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KubeClient } from '../client.ts';
import { deployment, modest, namespace, noteDefinition } from '../fixtures/objects.ts';
import { printed } from '../fixtures/printed.ts';
import { parseManifests } from '../manifests.ts';
import type { KubeObject } from '../objects.ts';
import { startKubeApiServer, type StartedKubeApiServer } from '../start.ts';
import { reviewManifests } from './review.ts';

let server: StartedKubeApiServer;
let client: KubeClient;
beforeAll(async () => {
  server = await startKubeApiServer({ onProgress: printed });
  ({ client } = server.admin);
}, 45 * 60_000);
afterAll(() => server?.stop());

const account = (within: string, name = 'app'): KubeObject => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: within } });
const withAccount = (container: object, within: string, more: object = {}): KubeObject => {
  const made = deployment(container, { in: within });
  const { template, ...spec } = made['spec'] as { readonly template: { readonly spec: object } };
  return { ...made, spec: { ...spec, template: { ...template, spec: { ...template.spec, serviceAccountName: 'app', ...more } } } };
};
const hostPath = { volumes: [{ name: 'logs', hostPath: { path: '/var/log' } }] };

describe('a review of manifests', () => {
  it('finds nothing in a good set, in whatever order it comes, and with custom resources in it', async () => {
    const note: KubeObject = { apiVersion: 'podscope.test/v1', kind: 'Note', metadata: { name: 'note', namespace: 'good' }, spec: { text: 'x' } };
    const objects = [withAccount(modest, 'good'), note, account('good'), noteDefinition, namespace('good', 'restricted')];
    expect(await reviewManifests(client, objects)).toEqual([]);
    // And neither when it is there already.
    expect(await reviewManifests(client, objects)).toEqual([]);
  });

  it('reads what a file of several documents holds', async () => {
    const text = `apiVersion: v1
kind: Namespace
metadata: { name: from-file, labels: { pod-security.kubernetes.io/enforce: restricted } }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: from-file }
dat: { a: b }
`;
    expect(await reviewManifests(client, parseManifests(text, 'x.yaml'))).toEqual([{ rule: 'refused', object: 'ConfigMap from-file/settings', problem: expect.stringContaining('no field dat.') }]);
  });

  it.each([
    ['a typo', withAccount({ ...modest, imagePullPolcy: 'Always' }, 'typo'), 'refused', 'imagePullPolcy'],
    ['a missing namespace', deployment(modest, { in: 'nowhere' }), 'refused', 'nowhere'],
    ['a missing account', withAccount(modest, 'typo', { serviceAccountName: 'nobody' }), 'pod-refused', 'nobody'],
    ['an old name of a field', withAccount(modest, 'typo', { nodeSelector: { 'beta.kubernetes.io/os': 'linux' } }), 'warning', 'beta.kubernetes.io/os'],
  ] as const)('finds %s', async (_what, object, rule, problem) => {
    const findings = await reviewManifests(client, [namespace('typo', 'restricted'), account('typo'), object]);
    expect(findings).toContainEqual({ rule, object: expect.stringContaining('Deployment'), problem: expect.stringContaining(problem) });
  });

  it('finds pods that their namespace refuses, which the server says nowhere else but in a warning', async () => {
    const findings = await reviewManifests(client, [namespace('strict', 'restricted'), account('strict'), withAccount({ name: 'app', image: 'example.test/app:1' }, 'strict', hostPath)]);
    expect(findings.map(({ rule }) => rule)).toEqual(['warning', 'pod-refused']);
    expect(findings[1]?.problem).toContain('violates PodSecurity "restricted:latest"');
  });

  it('finds who sits in a privileged namespace without need', async () => {
    const ground = [namespace('node', 'privileged'), account('node')];
    expect(await reviewManifests(client, [...ground, withAccount(modest, 'node', hostPath)])).toEqual([]);
    const baseline = await reviewManifests(client, [...ground, withAccount({ name: 'app', image: 'example.test/app:1' }, 'node')]);
    expect(baseline).toEqual([{ rule: 'needless-privilege', object: 'Deployment node/app', problem: expect.stringContaining('baseline') }]);
    expect((await reviewManifests(client, [...ground, withAccount(modest, 'node')])).map(({ problem }) => problem)).toEqual([expect.stringContaining('restricted'), expect.stringContaining('baseline')]);
  });

  it('finds what changes although the same is applied', async () => {
    let count = 0;
    const restless: KubeClient = {
      ...client,
      apply: (object, options) => client.apply(object.kind === 'ServiceAccount' ? { ...object, metadata: { ...object.metadata, annotations: { count: String(count++) } } } : object, options),
    };
    const findings = await reviewManifests(restless, [namespace('restless', 'restricted'), account('restless'), withAccount(modest, 'restless')]);
    expect(findings).toEqual([{ rule: 'changes-again', object: 'ServiceAccount restless/app', problem: expect.stringMatching(/^resourceVersion \d+ became \d+$/) }]);
  });

  it('finds service accounts that may read secrets, in one namespace or in all, or become somebody else', async () => {
    const bind = (kind: 'Role' | 'ClusterRole', rules: readonly object[]): KubeObject[] => {
      const metadata = kind === 'Role' ? { name: `rights-${kind}`.toLowerCase(), namespace: 'rights' } : { name: `rights-${kind}`.toLowerCase() };
      const apiGroup = 'rbac.authorization.k8s.io';
      return [
        { apiVersion: `${apiGroup}/v1`, kind, metadata, rules },
        { apiVersion: `${apiGroup}/v1`, kind: `${kind}Binding`, metadata, roleRef: { apiGroup, kind, name: metadata.name }, subjects: [{ kind: 'ServiceAccount', name: 'app', namespace: 'rights' }] },
      ];
    };
    const ground = [namespace('rights', 'restricted'), account('rights')];
    const pods = { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] };
    expect(await reviewManifests(client, [...ground, ...bind('ClusterRole', [pods])])).toEqual([]);
    expect((await reviewManifests(client, [...ground, ...bind('Role', [{ apiGroups: [''], resources: ['secrets'], verbs: ['list'] }])])).map(({ problem }) => problem)).toEqual(['list secrets in rights']);
    const all = await reviewManifests(client, [...ground, ...bind('ClusterRole', [{ apiGroups: ['*'], resources: ['*'], verbs: ['impersonate', 'get'] }])]);
    expect(all.map(({ problem }) => problem)).toEqual(expect.arrayContaining(['get secrets in every namespace', 'impersonate users in every namespace', 'get nodes/proxy in every namespace']));
  });

  it('lets pods in that a quota counts, as it would be with the quota\'s controller', async () => {
    const quota: KubeObject = { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'few', namespace: 'counted' }, spec: { hard: { pods: '2' } } };
    expect(await reviewManifests(client, [namespace('counted', 'restricted'), account('counted'), quota, withAccount(modest, 'counted')])).toEqual([]);
    const none = { ...quota, spec: { hard: { pods: '0' } } };
    expect(await reviewManifests(client, [namespace('counted', 'restricted'), account('counted'), none, withAccount(modest, 'counted')])).toEqual([{ rule: 'pod-refused', object: 'Deployment counted/app', problem: expect.stringContaining('exceeded quota') }]);
  });

  it('tries a StatefulSet\'s pods with the claims that its controller gives them, and a CronJob\'s', async () => {
    const { metadata, spec } = deployment({ ...modest, volumeMounts: [{ name: 'data', mountPath: '/data' }] }, { in: 'stateful' });
    const { template, selector } = spec as { readonly template: { readonly spec: object }; readonly selector: object };
    const set: KubeObject = {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata,
      spec: { serviceName: 'app', selector, template: { ...template, spec: { ...template.spec, serviceAccountName: 'app' } }, volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } }] },
    };
    const job: KubeObject = {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'nightly', namespace: 'stateful' },
      spec: { schedule: '0 3 * * *', jobTemplate: { spec: { template: { spec: { containers: [{ name: 'job', image: 'example.test/job:1' }], serviceAccountName: 'app', restartPolicy: 'Never' } } } } },
    };
    const findings = await reviewManifests(client, [namespace('stateful', 'restricted'), account('stateful'), set, job]);
    expect([...new Set(findings.map(({ object }) => object))]).toEqual(['CronJob stateful/nightly']);
    expect(findings.map(({ rule }) => rule)).toContain('pod-refused');
  });
});
