import { expect, expectTypeOf, it } from 'vitest';
import { basicAuth, fromSecret, kinesisFirehose, noAuth, openSearch } from '../index.ts';
import { formatTopology, type Legs, PATTERNS, type PatternEngine, planPipeline } from './index.ts';

const destination = openSearch({ engine: 'opensearch@2', endpoint: 'https://opensearch.example.com:9200', auth: basicAuth('shipper', fromSecret('opensearch', 'password')) });
const firehose = kinesisFirehose({ region: 'eu-central-1', deliveryStream: 'logs' });

it('draws the seed’s topology: sidecars for Redis, Apache and Kubernetes data, DaemonSets for the rest', () => {
  expect(formatTopology(planPipeline({ pattern: 'ant332', destination }))).toMatchInlineSnapshot(`
    "on each node, DaemonSets (namespace node-agents)
    ├─ filebeat: container-logs (filebeat-*), node-logs (filebeat-*) → logstash
    └─ metricbeat: system-metrics (metricbeat-*), kubernetes-metrics (metricbeat-*) → logstash
    in the pods, sidecars
    ├─ fluent-bit-redis: redis-info (redis-*) → fluentd, in the pods of redis
    ├─ fluent-bit-web: apache-logs (apache-*) → fluentd, in the pods of web
    └─ fluent-bit-events: kubernetes-events (kubernetes-*) → fluentd, in the pods of kube-state-metrics
    one for the cluster, Deployments (namespace logging)
    ├─ metricbeat-state: kubernetes-metrics (metricbeat-*) → logstash
    └─ kube-state-metrics
    in the middle, processors (namespace logging)
    ├─ logstash: beats on 5044 → opensearch@2
    └─ fluentd: forward on 24224 → opensearch@2"
  `);
});

it('draws the others', () => {
  expect(formatTopology(planPipeline({ pattern: 'workshop', destination }))).toMatchInlineSnapshot(`
    "on each node, DaemonSets (namespace node-agents)
    ├─ filebeat: container-logs (filebeat-*), node-logs (filebeat-*) → logstash
    ├─ fluent-bit: apache-logs (apache-*) → fluentd
    └─ metricbeat: system-metrics (metricbeat-*), kubernetes-metrics (metricbeat-*) → logstash
    in the pods, sidecars
    └─ fluent-bit-redis: redis-info (redis-*) → fluentd, in the pods of redis
    one for the cluster, Deployments (namespace logging)
    ├─ metricbeat-state: kubernetes-metrics (metricbeat-*) → logstash
    ├─ fluent-bit-events: kubernetes-events (kubernetes-*) → fluentd
    └─ kube-state-metrics
    in the middle, processors (namespace logging)
    ├─ logstash: beats on 5044 → opensearch@2
    └─ fluentd: forward on 24224 → opensearch@2"
  `);
  expect(formatTopology(planPipeline({ pattern: 'direct', destination }))).toMatchInlineSnapshot(`
    "on each node, DaemonSets (namespace node-agents)
    └─ fluent-bit: container-logs (filebeat-*), node-logs (filebeat-*), apache-logs (apache-*) → opensearch@2
    in the pods, sidecars
    └─ fluent-bit-redis: redis-info (redis-*) → opensearch@2, in the pods of redis
    one for the cluster, Deployments (namespace logging)
    └─ fluent-bit-events: kubernetes-events (kubernetes-*) → opensearch@2"
  `);
  expect(formatTopology(planPipeline({ pattern: 'otel', destination }))).toMatchInlineSnapshot(`
    "on each node, DaemonSets (namespace node-agents)
    └─ otel-collector: container-logs (filebeat-*), node-logs (filebeat-*), apache-logs (apache-*) → fluent-bit-otlp
    in the pods, sidecars
    └─ fluent-bit-redis: redis-info (redis-*) → opensearch@2, in the pods of redis
    one for the cluster, Deployments (namespace logging)
    └─ otel-collector-events: kubernetes-events (kubernetes-*) → fluent-bit-otlp
    in the middle, processors (namespace logging)
    └─ fluent-bit-otlp: otlp on 4318 → opensearch@2"
  `);
});

it('ships every family once, whatever the legs', () => {
  for (const pattern of Object.keys(PATTERNS) as (keyof typeof PATTERNS)[]) {
    const { daemonSets, deployments, sidecars, legs } = planPipeline({ pattern, destination });
    const kinds = [...daemonSets, ...deployments, ...sidecars].flatMap(({ sources }) => sources.map(({ kind }) => kind));
    const once = kinds.filter((kind) => kind !== 'kubernetes-metrics');
    expect(new Set(once).size).toBe(once.length);
    expect(kinds.includes('system-metrics')).toBe(legs.metricbeat.agent !== 'none');
    // The web's lines are apache-*, and no second time filebeat-*.
    expect(daemonSets.flatMap(({ sources }) => sources).find(({ kind }) => kind === 'container-logs')).toMatchObject({ exclude: { containers: ['frontend'] } });
  }
});

it('takes each choice as one option', () => {
  const plan = planPipeline({ pattern: 'workshop', destination, legs: { apache: { agent: 'fluent-bit', processor: 'none', placement: 'sidecar' }, filebeat: { agent: 'fluent-bit', processor: 'fluentd', placement: 'daemonset' } } });
  expect(plan.sidecars.find((each) => each.in === 'web')).toMatchObject({ name: 'fluent-bit-web', destination: { kind: 'opensearch' } });
  expect(plan.daemonSets.map(({ name, destination: { kind } }) => [name, kind])).toEqual([['fluent-bit', 'forward'], ['metricbeat', 'beats']]);
  const two = planPipeline({ pattern: 'direct', destination, legs: { filebeat: { agent: 'fluent-bit', processor: 'fluentd', placement: 'daemonset' } } });
  expect(two.daemonSets.map(({ name }) => name)).toEqual(['fluent-bit', 'fluent-bit-direct']);
  const none = planPipeline({ pattern: 'direct', destination, legs: { apache: { agent: 'none' }, kubernetes: { agent: 'none' }, redis: { agent: 'none' } } });
  expect(none.daemonSets[0]?.sources[0]).toEqual({ kind: 'container-logs' });
  expect([none.deployments, none.sidecars, none.processors]).toEqual([[], [], []]);
});

it('sends to Amazon Data Firehose where Fluent Bit or Fluentd delivers', () => {
  const { processors } = planPipeline({ pattern: 'ant332', destination, firehose });
  expect(processors.map(({ name, destination: { kind } }) => [name, kind])).toEqual([['logstash', 'opensearch'], ['fluentd', 'kinesis_firehose']]);
  const legs: Partial<Legs> = { apache: { agent: 'none' }, kubernetes: { agent: 'none' }, redis: { agent: 'none' } };
  expect(() => planPipeline({ pattern: 'ant332', destination, firehose, legs })).toThrow(expect.objectContaining({ code: 'SHIPPER_INCOMPATIBLE', hint: expect.stringContaining('Fluent Bit or Fluentd') }));
});

it('knows at compile time which legs and engines go together', () => {
  const refused = { code: 'SHIPPER_INCOMPATIBLE', hint: expect.stringMatching(/./) };
  // @ts-expect-error Beats send to Logstash only
  expect(() => planPipeline({ pattern: 'workshop', destination, legs: { filebeat: { agent: 'filebeat', processor: 'fluentd', placement: 'daemonset' } } })).toThrow(expect.objectContaining(refused));
  // @ts-expect-error INFO is read in the pod, not on the node
  planPipeline({ pattern: 'workshop', destination, legs: { redis: { agent: 'fluent-bit', processor: 'fluentd', placement: 'daemonset' } } });
  // @ts-expect-error a reader of events on each node would double all of them
  planPipeline({ pattern: 'direct', destination, legs: { kubernetes: { agent: 'fluent-bit', processor: 'none', placement: 'daemonset' } } });
  const old = openSearch({ engine: 'elasticsearch@7.10', endpoint: 'http://search.example.com:9200', auth: noAuth });
  // @ts-expect-error Fluentd's plugin does not write to Elasticsearch
  expect(() => planPipeline({ pattern: 'ant332', destination: old })).toThrow(expect.objectContaining({ ...refused, message: expect.stringContaining('fluentd') }));
  expectTypeOf<'elasticsearch@7.10'>().not.toExtend<PatternEngine<'workshop'>>();
  expectTypeOf<'opensearch@3'>().toExtend<PatternEngine<'workshop'>>();
  expect(planPipeline({ pattern: 'direct', destination: old }).daemonSets).toHaveLength(1);
});

it('refuses what the types could not know of', () => {
  expect(() => planPipeline({ pattern: 'fast' as 'direct', destination })).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_VALUE', hint: expect.stringContaining('ant332') }));
  expect(() => planPipeline({ pattern: 'constructor' as 'direct', destination })).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_VALUE' }));
  expect(() => planPipeline({ pattern: 'direct', destination, versions: { 'fluent-bit': '1.9' as '5.1' } })).toThrow(expect.objectContaining({ code: 'SHIPPER_INCOMPATIBLE' }));
});

it('keeps the namespace of node agents for them alone', () => {
  for (const namespaces of [{ agents: 'logging' }, { agents: 'guestbook' }, { logging: 'x', agents: 'x' }]) {
    expect(() => planPipeline({ pattern: 'workshop', destination, namespaces })).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_VALUE', message: expect.stringContaining('namespaces.agents') }));
  }
  expect(planPipeline({ pattern: 'workshop', destination, namespaces: { logging: 'guestbook' } }).namespaces).toEqual({ logging: 'guestbook', agents: 'node-agents', application: 'guestbook' });
});
