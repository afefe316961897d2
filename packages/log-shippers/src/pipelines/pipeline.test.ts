import { App, Chart } from 'cdk8s';
import type { k8s } from 'cdk8s-plus-33';
import { expect, it } from 'vitest';
import { basicAuth, fromSecret, openSearch, sigV4 } from '../index.ts';
import { type Pattern, PATTERNS, Pipeline, type PipelineProps } from './index.ts';

interface Made {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec?: { readonly strategy?: { readonly type: string }; readonly template?: { readonly spec: { readonly initContainers?: readonly { readonly name: string }[]; readonly containers: readonly { readonly name: string; readonly image: string }[] } } };
  readonly rules?: readonly { readonly resources: readonly string[] }[];
}

const destination = openSearch({ engine: 'opensearch@2', endpoint: 'https://opensearch.example.com:9200', auth: basicAuth('shipper', fromSecret('opensearch', 'password')) });
const synthesized = (props: PipelineProps): readonly Made[] => {
  const app = new App();
  return new Pipeline(app, props).charts.flatMap((chart) => chart.toJson() as readonly Made[]);
};
const named = (all: readonly Made[], kind: string, name: string): Made | undefined => all.find((each) => each.kind === kind && each.metadata.name === name);

it.each(Object.keys(PATTERNS) as readonly Pattern[])('makes everything in the plan of %s, with names of its own in two namespaces', (pattern) => {
  const app = new App();
  const { plan, charts } = new Pipeline(app, { pattern, destination });
  const all = charts.flatMap((chart) => chart.toJson() as readonly Made[]);
  for (const { name } of plan.daemonSets) expect(named(all, 'DaemonSet', name)?.metadata.namespace).toBe('node-agents');
  for (const { name } of plan.deployments) expect(named(all, 'Deployment', name)?.metadata.namespace).toBe('logging');
  expect(all.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name).toSorted()).toEqual(['logging', 'node-agents']);
  const ids = all.map(({ kind, metadata: { name, namespace = '' } }) => `${kind} ${namespace}/${name}`);
  expect(new Set(ids).size).toBe(ids.length);
  const again = new App();
  new Pipeline(again, { pattern, destination });
  expect(again.synthYaml()).toBe(app.synthYaml());
});

it('puts the reader of events beside kube-state-metrics, whose account may then read events, one pod at a time', () => {
  const all = synthesized({ pattern: 'ant332', destination });
  const deployment = named(all, 'Deployment', 'kube-state-metrics');
  expect(deployment?.spec?.template?.spec.initContainers?.map(({ name }) => name)).toEqual(['fluent-bit-events']);
  expect(deployment?.spec?.strategy).toEqual({ type: 'Recreate' });
  const role = all.find(({ kind, metadata }) => kind === 'ClusterRole' && metadata.name === 'logging-kube-state-metrics');
  expect(role?.rules?.flatMap(({ resources }) => resources)).toContain('events');
  expect(role?.rules?.flatMap(({ resources }) => resources)).not.toContain('secrets');
  expect(JSON.stringify(all.filter(({ kind }) => kind === 'ConfigMap'))).toContain('kubernetes_events');
});

it('adds sidecars to the templates of an application, and leaves those alone that need none', () => {
  const pipeline = new Pipeline(new App(), { pattern: 'ant332', destination });
  const template: k8s.PodTemplateSpec = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } };
  const web = pipeline.addSidecar('web', template);
  const mounted = web.spec?.containers[0]?.volumeMounts?.[0];
  expect(mounted?.mountPath).toBe('/var/log/guestbook');
  expect(web.spec?.volumes?.find(({ name }) => name === mounted?.name)?.emptyDir).toBeDefined();
  expect(web.spec?.initContainers?.[0]).toMatchObject({ name: 'fluent-bit-web', restartPolicy: 'Always' });
  expect(web.metadata?.labels).toMatchObject({ app: 'web', 'podscope.dev/ships-to': 'forward' });
  expect(template.spec?.containers[0]?.volumeMounts).toBeUndefined();
  expect(pipeline.addSidecar('redis', template).spec?.containers.map(({ name }) => name)).toEqual(['web', 'fluent-bit-redis-writer']);

  const direct = new Pipeline(new App(), { pattern: 'direct', destination });
  expect(direct.addSidecar('web', template)).toBe(template);
  expect([direct.hasSidecar('web'), direct.hasSidecar('redis')]).toEqual([false, true]);

  const old = new Pipeline(new App(), { pattern: 'ant332', destination, kubernetesVersion: '1.28' });
  expect(old.addSidecar('web', template).spec?.containers.map(({ name }) => name)).toEqual(['web', 'fluent-bit-web']);
});

it('takes every image from a mirror, a role in AWS where requests are signed, and what else a workload is given', () => {
  const aws = openSearch({ engine: 'amazon-opensearch-service', endpoint: 'https://search.example.com', auth: sigV4('eu-central-1') });
  const all = synthesized({ pattern: 'workshop', destination: aws, imageMirror: 'registry.example.com/mirror', roleArn: 'arn:aws:iam::123456789012:role/shipper', workload: (name) => (name === 'filebeat' ? { labels: { team: 'observers' } } : {}) });
  const images = all.flatMap(({ spec }) => spec?.template?.spec.containers.map(({ image }) => image) ?? []);
  expect(images.length).toBeGreaterThan(6);
  expect(images.filter((image) => !image.startsWith('registry.example.com/mirror/'))).toEqual([]);
  const withRole = all.filter(({ kind, metadata }) => kind === 'ServiceAccount' && metadata.annotations?.['eks.amazonaws.com/role-arn'] !== undefined);
  // Agents that send to a processor sign nothing.
  expect(withRole.map(({ metadata }) => metadata.name).toSorted()).toEqual(['fluentd', 'logstash']);
  expect(named(all, 'DaemonSet', 'filebeat')?.metadata).toMatchObject({ labels: { team: 'observers' } });
});

it('asks for each Secret once in a namespace, where something writes with it', () => {
  const externalSecrets = { store: { name: 'vault', kind: 'ClusterSecretStore' } } as const;
  const of = (pattern: Pattern): readonly string[] => synthesized({ pattern, destination, externalSecrets }).filter(({ kind }) => kind === 'ExternalSecret').map(({ metadata: { name, namespace } }) => `${namespace}/${name}`).toSorted();
  expect(of('workshop')).toEqual(['logging/opensearch']);
  expect(of('direct')).toEqual(['guestbook/opensearch', 'logging/opensearch', 'node-agents/opensearch']);
});

it('scales Logstash by its load, as the seed does, unless the replicas are given', () => {
  const scaled = synthesized({ pattern: 'workshop', destination });
  expect(named(scaled, 'HorizontalPodAutoscaler', 'logstash')).toMatchObject({ spec: { scaleTargetRef: { kind: 'Deployment', name: 'logstash' }, minReplicas: 2, maxReplicas: 6 } });
  expect(named(scaled, 'Deployment', 'logstash')?.spec).not.toHaveProperty('replicas');
  expect(scaled.filter(({ kind }) => kind === 'HorizontalPodAutoscaler')).toHaveLength(1);
  const fixed = synthesized({ pattern: 'workshop', destination, workload: (name) => (name === 'logstash' ? { replicas: 3, buffer: { size: '8Gi' } } : {}) });
  expect(named(fixed, 'HorizontalPodAutoscaler', 'logstash')).toBeUndefined();
  expect(named(fixed, 'Deployment', 'logstash')).toMatchObject({ spec: { replicas: 3 } });
});

it('lets the reader of events beside kube-state-metrics reach what it sends to, as the role that it needs', () => {
  const aws = openSearch({ engine: 'amazon-opensearch-service', endpoint: 'https://search.example.com', auth: sigV4('eu-central-1') });
  const roleArn = 'arn:aws:iam::123456789012:role/shipper';
  const alone = synthesized({ pattern: 'ant332', destination: aws, roleArn, legs: { kubernetes: { agent: 'fluent-bit', processor: 'none', placement: 'sidecar' } } });
  expect(named(alone, 'ServiceAccount', 'kube-state-metrics')?.metadata.annotations).toEqual({ 'eks.amazonaws.com/role-arn': roleArn });
  expect(JSON.stringify(named(alone, 'NetworkPolicy', 'kube-state-metrics'))).toContain('169.254.170.23/32');
  // In the cluster, the namespace of what it sends to and no other.
  expect(named(synthesized({ pattern: 'ant332', destination }), 'NetworkPolicy', 'kube-state-metrics')).toMatchObject({
    spec: { egress: expect.arrayContaining([{ to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'logging' } } }], ports: [{ protocol: 'TCP', port: 24_224 }] }]) },
  });
});

it('never writes a secret’s value, and refuses a chart as its scope and a name that Kubernetes refuses', () => {
  expect(JSON.stringify(synthesized({ pattern: 'workshop', destination }))).toContain('"secretKeyRef":{"key":"password","name":"opensearch"');
  expect(() => new Pipeline(new Chart(new App(), 'chart'), { pattern: 'direct', destination })).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_VALUE' }));
  expect(() => synthesized({ pattern: 'direct', destination, namespaces: { logging: 'No_Good' } })).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_NAME' }));
});
