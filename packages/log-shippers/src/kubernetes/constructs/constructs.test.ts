import { App, Chart, JsonPatch, Testing } from 'cdk8s';
import { type k8s } from 'cdk8s-plus-33';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { basicAuth, beatsProtocol, forward, kinesisFirehose, noAuth, openSearch } from '../../destinations/builders.ts';
import type { FirehoseDestination } from '../../destinations/destinations.ts';
import { fromSecret } from '../../secrets/secretReference.ts';
import { apacheLogs, containerLogs, fromShippers, kubernetesEvents, kubernetesMetrics, type NodeLogs, nodeLogs, redisInfo, systemMetrics } from '../../sources/sources.ts';
import { FilebeatDaemonSet, FluentBitDaemonSet, FluentBitDeployment, FluentBitSidecar, FluentdAggregator, LoggingNamespace, LogstashDeployment, LogstashStatefulSet, MetricbeatDaemonSet, NodeAgentNamespace } from '../index.ts';
import { filesOf } from '../testing/files.ts';
import { newestVersion } from '../programs/program.ts';
import type { Manifest } from '../testing/variants.ts';

const password = fromSecret('opensearch', 'password');
const search = openSearch({ engine: 'opensearch@2', endpoint: 'https://opensearch.search.svc:9200', auth: basicAuth('podscope', password) });
const toFluentd = forward({ host: 'fluentd.logging.svc' });
const sources = [containerLogs({ metadata: 'file-name' })];
const agent = { sources, destination: toFluentd, config: filesOf('[SERVICE]') };

function chart(namespace = 'logging'): Chart {
  return new Chart(new App(), 'chart', { namespace });
}

function objects(of: Chart, kind: string): Manifest[] {
  return (Testing.synth(of) as Manifest[]).filter((manifest) => manifest.kind === kind);
}

interface Workload {
  readonly spec: { readonly replicas?: number; readonly strategy?: { type: string }; readonly template: { readonly metadata: Manifest['metadata']; readonly spec: k8s.PodSpec }; readonly volumeClaimTemplates?: readonly { spec: k8s.PersistentVolumeClaimSpec }[] };
}

const workload = (of: Chart, kind: string): Workload['spec'] => (objects(of, kind)[0] as unknown as Workload).spec;

describe('the configuration', () => {
  it('rolls the pods by the name of its ConfigMap', () => {
    const nameOf = (text: string): string | undefined => {
      const made = chart();
      new FluentBitDaemonSet(made, 'a', { ...agent, config: filesOf(text) });
      const mounted = workload(made, 'DaemonSet').template.spec.volumes?.find(({ name }) => name === 'config')?.configMap?.name;
      const [map] = objects(made, 'ConfigMap');
      expect(map).toMatchObject({ immutable: true, metadata: { name: mounted } });
      return mounted;
    };
    expect(nameOf('one')).toBe(nameOf('one'));
    expect(nameOf('one')).not.toBe(nameOf('two'));
  });

  it('must fit into a ConfigMap', () => {
    const big = (bytes: number) => (): FluentBitDaemonSet => new FluentBitDaemonSet(chart(), 'a', { ...agent, config: filesOf('ä'.repeat(bytes / 2)) });
    expect(big(1024 * 1024)).not.toThrow();
    expect(big(1024 * 1024 + 2)).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_VALUE', message: expect.stringContaining('1,048,578 bytes'), hint: expect.stringContaining('main.conf') }));
    expect(() => new FluentBitDaemonSet(chart(), 'a', { ...agent, config: filesOf('', { files: { 'conf.d/a.conf': '' } }) })).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_VALUE' }));
  });

  it('is made of sources and destination where none is given, or of its typed form', () => {
    const made = chart();
    new FluentBitDaemonSet(made, 'a', { sources, destination: toFluentd });
    const [map] = objects(made, 'ConfigMap');
    expect(Object.values(map?.['data'] as Record<string, string>).join('\n')).toContain('fluentd.logging.svc');
    const own = chart();
    new FluentBitDaemonSet(own, 'a', { sources, destination: toFluentd, config: { service: { flush: 7 }, inputs: [], filters: [], outputs: [] } });
    expect(JSON.stringify(objects(own, 'ConfigMap'))).toContain('flush: 7');
  });

  it('finds its files where they are mounted', () => {
    const made = chart();
    new FluentBitDaemonSet(made, 'a', agent);
    const [container] = workload(made, 'DaemonSet').template.spec.containers;
    expect(container?.args).toEqual(['-c', '/etc/podscope/main.conf']);
    expect(container?.volumeMounts?.find(({ name }) => name === 'config')).toEqual({ name: 'config', mountPath: '/etc/podscope', readOnly: true });
  });
});

it('runs Fluentd in the image that has the plugin of its destination', () => {
  const imageFor = (destination: typeof search | FirehoseDestination, version?: '1.18'): string | undefined => {
    const made = chart();
    new FluentdAggregator(made, 'a', { sources: [fromShippers({ protocol: 'forward', port: 24_224 })], destination, ...(version === undefined ? {} : { version }) });
    return workload(made, 'StatefulSet').template.spec.containers[0]?.image;
  };
  const stream = kinesisFirehose({ region: 'eu-central-1', deliveryStream: 'logs' });
  expect(imageFor(search)).toContain('-debian-opensearch-');
  expect(imageFor(stream)).toContain(':v1.19-debian-kinesis-');
  expect(imageFor(stream, '1.18')).toContain(':v1.18-debian-kinesis-');
});

it('refuses two shippers of one name in a namespace, of whichever kinds', () => {
  const made = chart();
  new FluentBitDaemonSet(made, 'a', agent);
  const second = { sources: [fromShippers({ protocol: 'otlp', port: 4318 })], destination: search, config: filesOf('[SERVICE]') } as const;
  expect(() => new FluentBitDeployment(made, 'b', second)).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_NAME', message: expect.stringContaining('another shipper "fluent-bit"') }));
  expect(() => new FluentdAggregator(made, 'c', { ...second, sources: [fromShippers({ protocol: 'forward', port: 24_224 })], name: 'fluent-bit' })).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_NAME' }));
  new FluentBitDeployment(made, 'd', { ...second, name: 'fluent-bit-otlp' });
  new FluentBitDeployment(made, 'e', { ...second, namespace: 'other' });
  // Another chart may be for another cluster.
  new FluentBitDaemonSet(chart(), 'a', agent);
});

it('gives Fluent Bit room for all that its outputs may hold: a pod that outgrows its volume is evicted, with what it holds', () => {
  const heldBy = (of: Chart): number => [...JSON.stringify(objects(of, 'ConfigMap')).matchAll(/(?:total_limit_size|rejected\.limit): (\d+)G/g)].reduce((sum, [, size]) => sum + Number(size) * 1e9, 0);
  const room = (volumes: readonly k8s.Volume[] | undefined, name: string): number => Number.parseInt(String(volumes?.find((volume) => volume.name === name)?.emptyDir?.sizeLimit), 10) * 1024 ** 3;
  const made = chart();
  new FluentBitDeployment(made, 'a', { sources: [fromShippers({ protocol: 'otlp', port: 4318 })], destination: search });
  expect(heldBy(made)).toBe(6e9);
  expect(room(workload(made, 'Deployment').template.spec.volumes, 'state')).toBeGreaterThan(6e9);
  const beside = chart();
  const { parts } = new FluentBitSidecar(beside, 'b', { sources: [redisInfo()], destination: search });
  expect(heldBy(beside)).toBe(2e9);
  expect(parts.volumes.find(({ name }) => name === 'fluent-bit-state')?.emptyDir?.sizeLimit?.value).toBe('3Gi');
});

it('keeps Fluentd’s monitoring to its own pod, since that tells passwords to who asks for more', () => {
  const made = chart();
  new FluentdAggregator(made, 'a', { sources: [fromShippers({ protocol: 'forward', port: 24_224 })], destination: search, monitoring: { port: 24_230 } });
  expect(Object.values(objects(made, 'ConfigMap')[0]?.['data'] as Record<string, string>).join()).toMatch(/@type monitor_agent\n[^<]*bind 127\.0\.0\.1\n/);
  const [container] = workload(made, 'StatefulSet').template.spec.containers;
  for (const probe of [container?.startupProbe, container?.livenessProbe, container?.readinessProbe]) expect(probe?.exec?.command?.at(-1)).toContain('"127.0.0.1", 24230');
});

it('asks the kubelet by the address of its node', () => {
  const made = chart('node-agents');
  new MetricbeatDaemonSet(made, 'a', { sources: [kubernetesMetrics({ scope: 'node' })], destination: beatsProtocol({ hosts: ['logstash.logging.svc:5044'] }) });
  expect(workload(made, 'DaemonSet').template.spec.containers[0]?.env).toContainEqual({ name: 'NODE_IP', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } });
  expect(JSON.stringify(objects(made, 'ConfigMap'))).toContain('https://${NODE_IP:${NODE_NAME:localhost}}:10250');
});

it('reads syslog by its group, since uid 0 has no capability to read what others own', () => {
  const groups = (source: NodeLogs): unknown => {
    const made = chart('node-agents');
    new FilebeatDaemonSet(made, 'a', { sources: [source], destination: beatsProtocol({ hosts: ['logstash.logging.svc:5044'] }) });
    return workload(made, 'DaemonSet').template.spec.securityContext?.supplementalGroups;
  };
  expect(groups(nodeLogs())).toEqual([4]);
  expect(groups(nodeLogs({ journal: { units: ['kubelet.service'] } }))).toBeUndefined();
});

describe('secrets', () => {
  it('stand in the manifests by reference only', () => {
    const made = chart();
    new FluentBitDaemonSet(made, 'a', { sources, destination: search, externalSecrets: { store: { name: 'aws' }, remoteKeys: { opensearch: 'prod/search' } } });
    const env = workload(made, 'DaemonSet').template.spec.containers[0]?.env ?? [];
    expect(env.find(({ name }) => name === 'OPENSEARCH_PASSWORD')).toEqual({ name: 'OPENSEARCH_PASSWORD', valueFrom: { secretKeyRef: { name: 'opensearch', key: 'password' } } });
    expect(objects(made, 'Secret')).toEqual([]);
    expect(objects(made, 'ExternalSecret')).toMatchObject([{ metadata: { name: 'opensearch' }, spec: { target: { name: 'opensearch' }, data: [{ secretKey: 'password', remoteRef: { key: 'prod/search', property: 'password' } }] } }]);
  });

  it('do not share a variable', () => {
    const environment = [fromSecret('one', 'password', { variable: 'PASSWORD' }), fromSecret('two', 'password', { variable: 'PASSWORD' })];
    expect(() => new FluentBitDaemonSet(chart(), 'a', { ...agent, config: filesOf('', { environment }) })).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_VALUE', message: expect.stringContaining('PASSWORD') }));
    expect(() => new FluentBitDaemonSet(chart(), 'a', { ...agent, config: filesOf('', { environment: [fromSecret('Bad_Name', 'password')] }) })).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_NAME' }));
  });
});

describe('transform and patches', () => {
  it('takes typed objects and returns those that are made', () => {
    const made = chart();
    const fluentd = new FluentdAggregator(made, 'a', {
      sources: [fromShippers({ protocol: 'forward', port: 24_224 })],
      destination: search,
      config: filesOf(''),
      transform: (all) => ({ ...all, networkPolicy: undefined, statefulSet: { ...all.statefulSet, metadata: { ...all.statefulSet.metadata, annotations: { team: 'observability' } } } }),
    });
    expect(fluentd.networkPolicy).toBeUndefined();
    expect(objects(made, 'NetworkPolicy')).toEqual([]);
    expect(objects(made, 'StatefulSet')[0]?.metadata.annotations).toEqual({ team: 'observability' });
  });

  it('renames a ConfigMap whose content it changes, where it is mounted too', () => {
    const made = chart();
    new FluentBitDaemonSet(made, 'a', { ...agent, transform: (all) => ({ ...all, configMap: { ...all.configMap, data: { ...all.configMap.data, 'main.conf': 'changed' } } }) });
    const direct = chart();
    new FluentBitDaemonSet(direct, 'a', { ...agent, config: filesOf('changed') });
    expect(Testing.synth(made)).toEqual(Testing.synth(direct));
  });

  it('leaves the objects open for patches of cdk8s', () => {
    const made = chart();
    const { daemonSet } = new FluentBitDaemonSet(made, 'a', agent);
    daemonSet.addJsonPatch(JsonPatch.replace('/spec/template/spec/priorityClassName', 'mine'));
    expect(workload(made, 'DaemonSet').template.spec.priorityClassName).toBe('mine');
  });
});

describe('namespaces', () => {
  it('say at compile time that node agents need a privileged one', () => {
    const made = chart();
    const restricted = new LoggingNamespace(made, 'logging');
    const privileged = new NodeAgentNamespace(made, 'agents');
    // @ts-expect-error hostPath volumes are refused there
    new FluentBitDaemonSet(made, 'a', { ...agent, name: 'a', namespace: restricted });
    new FluentBitDaemonSet(made, 'b', { ...agent, name: 'b', namespace: privileged });
    const [first, second] = objects(made, 'Namespace');
    expect(first?.metadata.labels?.['pod-security.kubernetes.io/enforce']).toBe('restricted');
    expect(second?.metadata).toMatchObject({ labels: { 'pod-security.kubernetes.io/enforce': 'privileged' }, annotations: { 'podscope.dev/pod-security-reason': expect.stringContaining('hostPath') } });
  });

  it('know at compile time what a version does not read or send to', () => {
    const made = chart();
    expect(() => {
      // @ts-expect-error Fluent Bit does not speak the Beats protocol
      new FluentBitDaemonSet(made, 'a', { sources, destination: beatsProtocol({ hosts: ['logstash:5044'] }) });
    }).toThrow(expect.objectContaining({ code: 'SHIPPER_INCOMPATIBLE' }));
    expect(() => {
      // @ts-expect-error no such version
      new FluentBitDaemonSet(made, 'b', { sources, destination: toFluentd, version: '1.0' });
    }).toThrow(expect.objectContaining({ code: 'SHIPPER_INCOMPATIBLE' }));
    expect(() => {
      // @ts-expect-error Metricbeat reads no logs
      new MetricbeatDaemonSet(made, 'c', { sources: [apacheLogs()], destination: beatsProtocol({ hosts: ['logstash:5044'] }) });
    }).toThrow(expect.objectContaining({ code: 'SHIPPER_INCOMPATIBLE' }));
  });
});

it('takes the newest version where none is given, in its types too', () => {
  expectTypeOf<FluentBitDaemonSet>().toEqualTypeOf<FluentBitDaemonSet<'5.1'>>();
  expect(['fluent-bit', 'fluentd', 'filebeat', 'metricbeat', 'logstash', 'otel-collector'].map((shipper) => newestVersion(shipper as 'fluentd'))).toEqual(['5.1', '1.19', '7.17', '7.17', '8.9', '0.139']);
});

describe('what is of the whole cluster', () => {
  it('is read by one pod, which ends before the next begins', () => {
    const made = chart();
    new FluentBitDeployment(made, 'a', { sources: [kubernetesEvents()], destination: search });
    expect(workload(made, 'Deployment')).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } });
    expect(() => new FluentBitDeployment(chart(), 'a', { sources: [kubernetesEvents()], destination: search, replicas: 2 })).toThrow(expect.objectContaining({ message: expect.stringContaining('doubles') }));
    expect(() => new FluentBitDaemonSet(chart(), 'a', { sources: [kubernetesEvents()], destination: search })).toThrow(expect.objectContaining({ hint: expect.stringContaining('Deployment') }));
    expect(() => new FluentBitDeployment(chart(), 'a', { sources, destination: search })).toThrow(expect.objectContaining({ hint: expect.stringContaining('DaemonSet') }));
  });

  it('is Metricbeat’s cluster part', () => {
    const made = chart('node-agents');
    const config = filesOf('');
    const { cluster } = new MetricbeatDaemonSet(made, 'a', { sources: [systemMetrics(), kubernetesMetrics()], destination: beatsProtocol({ hosts: ['logstash.logging.svc:5044'] }), config, resources: { memory: { limit: '1Gi' } }, cluster: { config, namespace: 'logging' } });
    expect(cluster?.deployment.metadata).toMatchObject({ name: 'metricbeat-state', namespace: 'logging' });
    expect(workload(made, 'Deployment')).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } });
    const spec = workload(made, 'Deployment').template.spec;
    expect(spec.volumes?.some(({ hostPath }) => hostPath !== undefined)).toBe(false);
    expect(spec).not.toHaveProperty('tolerations');
    expect(spec.containers[0]?.resources?.limits).toEqual({ memory: '300Mi' });
    expect(() => new MetricbeatDaemonSet(chart(), 'a', { sources: [kubernetesMetrics()], destination: beatsProtocol({ hosts: ['logstash:5044'] }), config })).toThrow(expect.objectContaining({ hint: expect.stringContaining('MetricbeatDeployment') }));
  });
});

it('makes one ExternalSecret for a Secret of a namespace', () => {
  const secretsWith = (cluster: object): unknown[] => {
    const made = chart('node-agents');
    const destination = openSearch({ engine: 'opensearch@1', endpoint: 'https://opensearch.search.svc:9200', auth: basicAuth('podscope', password) });
    new MetricbeatDaemonSet(made, 'a', { version: '7.12', sources: [systemMetrics(), kubernetesMetrics()], destination, externalSecrets: { store: { name: 'aws' } }, cluster });
    return objects(made, 'ExternalSecret').map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
  };
  expect(secretsWith({})).toEqual(['node-agents/opensearch']);
  expect(secretsWith({ namespace: 'logging' })).toEqual(['node-agents/opensearch', 'logging/opensearch']);
});

describe('Logstash', () => {
  const logstash = { sources: [fromShippers({ protocol: 'beats', port: 5044 })], destination: search } as const;
  const queueOf = (of: Chart): string | undefined => /queue\.max_bytes: (\S+)/.exec((objects(of, 'ConfigMap')[0]?.['data'] as Record<string, string>)['logstash.yml'] ?? '')?.[1];

  it('has a queue that fits its volume, and empties it when it ends', () => {
    const made = chart();
    new LogstashDeployment(made, 'a', { ...logstash, buffer: { size: '4Gi' } });
    expect(workload(made, 'Deployment').template.spec.volumes?.find(({ name }) => name === 'state')).toEqual({ name: 'state', emptyDir: { sizeLimit: '4Gi' } });
    expect(queueOf(made)).toBe('3404mb');
    expect(JSON.stringify(objects(made, 'ConfigMap'))).toContain('queue.drain: true');
    expect(() => new LogstashDeployment(chart(), 'a', { ...logstash, buffer: { size: '4Gi' }, queue: { maxBytes: '4gb' } })).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_VALUE', hint: expect.stringContaining('3404mb') }));
    expect(() => new LogstashDeployment(chart(), 'a', { ...logstash, buffer: { size: '400Mi' } })).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_VALUE' }));
  });

  it('leaves the number of replicas to its autoscaler', () => {
    const made = chart();
    new LogstashDeployment(made, 'a', { ...logstash, autoscaling: { minReplicas: 1, maxReplicas: 3 } });
    expect(workload(made, 'Deployment')).not.toHaveProperty('replicas');
    expect(objects(made, 'HorizontalPodAutoscaler')[0]).toMatchObject({ spec: { minReplicas: 1, maxReplicas: 3, scaleTargetRef: { kind: 'Deployment', name: 'logstash' } } });
    expect(() => new LogstashDeployment(chart(), 'a', { ...logstash, autoscaling: { minReplicas: 3, maxReplicas: 1 } })).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_VALUE' }));
  });

  it('keeps its queue on a claim of its own as a StatefulSet', () => {
    const made = chart();
    new LogstashStatefulSet(made, 'a', { ...logstash, buffer: { storageClassName: 'gp3' } });
    const { volumeClaimTemplates, template } = workload(made, 'StatefulSet');
    expect(volumeClaimTemplates?.[0]?.spec).toEqual({ accessModes: ['ReadWriteOnce'], storageClassName: 'gp3', resources: { requests: { storage: '10Gi' } } });
    expect(template.spec.volumes?.some(({ name }) => name === 'state')).toBe(false);
    expect(template.spec.containers[0]?.volumeMounts).toContainEqual({ name: 'state', mountPath: '/var/lib/podscope' });
  });

  it('has half of its memory for the heap', () => {
    const made = chart();
    new LogstashDeployment(made, 'a', { ...logstash, resources: { memory: { request: '3Gi', limit: '3Gi' } } });
    expect(workload(made, 'Deployment').template.spec.containers[0]?.env).toContainEqual({ name: 'LS_JAVA_OPTS', value: expect.stringContaining('-Xmx1536m') });
  });
});

it('asks no probe for the state of the backend', () => {
  const made = chart();
  new FluentBitDaemonSet(made, 'a', { sources, destination: openSearch({ engine: 'opensearch@2', endpoint: 'http://search:9200', auth: noAuth }), monitoring: { port: 2021 } });
  const [container] = workload(made, 'DaemonSet').template.spec.containers;
  for (const probe of [container?.startupProbe, container?.livenessProbe, container?.readinessProbe]) expect(probe?.httpGet).toEqual({ path: '/', port: 2021 });
});
