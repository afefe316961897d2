import { App, Chart, Yaml } from 'cdk8s';
import { expect, it } from 'vitest';
import { forward, noAuth, openSearch } from '../../destinations/builders.ts';
import { containerLogs, fromShippers } from '../../sources/sources.ts';
import { FluentBitDaemonSet, FluentdAggregator, LoggingNamespace, NodeAgentNamespace } from '../index.ts';
import { filesOf } from '../testing/files.ts';

it('makes an agent and an aggregator, object by object', async () => {
  const chart = new Chart(new App(), 'logging');
  new FluentBitDaemonSet(chart, 'agent', {
    namespace: new NodeAgentNamespace(chart, 'node-agents'),
    sources: [containerLogs()],
    destination: forward({ host: 'fluentd.logging.svc' }),
    config: filesOf('[SERVICE]\n'),
  });
  new FluentdAggregator(chart, 'aggregator', {
    namespace: new LoggingNamespace(chart, 'logging'),
    sources: [fromShippers({ protocol: 'forward', port: 24_224 })],
    destination: openSearch({ engine: 'opensearch@2', endpoint: 'https://opensearch.search.svc:9200', auth: noAuth }),
    config: filesOf('<source>\n'),
  });
  await expect(Yaml.stringify(...(chart.toJson() as object[]))).toMatchFileSnapshot('__snapshots__/agentAndAggregator.yaml');
});
