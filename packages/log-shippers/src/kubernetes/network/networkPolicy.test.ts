import { describe, expect, it } from 'vitest';
import { beatsProtocol, forward, kinesisFirehose, noAuth, openSearch, otlp, sigV4 } from '../../destinations/builders.ts';
import type { Destination } from '../../destinations/destinations.ts';
import { fromShippers, kubernetesMetrics, redisInfo, type Source } from '../../sources/sources.ts';
import type { NetworkPolicyOptions } from '../props/shipperProps.ts';
import { networkPolicySpec } from './networkPolicy.ts';

function spec(destination: Destination, sources: readonly Source[] = [], options?: NetworkPolicyOptions, usesApi = false) {
  return networkPolicySpec({ matchLabels: { app: 'x' } }, { sources, destination, monitoringPort: 2020, usesApi }, options);
}

/** What is reached besides DNS: `where:port`. */
function reached(...given: Parameters<typeof spec>): string[] {
  return (spec(...given).egress ?? []).slice(1).flatMap(({ to, ports }) => {
    const where = (to ?? [{}]).map(({ namespaceSelector, podSelector, ipBlock }) => ipBlock?.cidr ?? namespaceSelector?.matchLabels?.['kubernetes.io/metadata.name'] ?? (podSelector === undefined ? 'anywhere' : 'same namespace'));
    return (ports ?? []).map(({ port }) => `${where.join('|')}:${port?.value}`);
  });
}

const http = (endpoint: string): Destination => openSearch({ engine: 'opensearch@2', endpoint, auth: noAuth });

describe('egress', () => {
  it.each([
    [http('https://opensearch.search.svc:9200'), ['search:9200']],
    [http('https://opensearch.search.svc.cluster.local:9200'), ['search:9200']],
    [http('http://opensearch:9200'), ['same namespace:9200']],
    [http('https://logs.example.com'), ['anywhere:443']],
    [http('http://10.1.2.3:9200'), ['10.1.2.3/32:9200']],
    [http('http://[fd00::1]:9200'), ['fd00::1/128:9200']],
    [forward({ host: 'fluentd.logging.svc' }), ['logging:24224']],
    [beatsProtocol({ hosts: ['logstash.logging.svc:5044', 'logstash-2.other.svc:5045'] }), ['logging:5044', 'other:5045']],
    [otlp({ endpoint: 'collector.logging.svc:4317' }), ['logging:4317']],
    [otlp({ endpoint: 'https://collector.logging.svc', protocol: 'http' }), ['logging:443']],
    [kinesisFirehose({ region: 'eu-central-1', deliveryStream: 'logs' }), ['anywhere:443', '169.254.170.23/32|fd00:ec2::23/128:80']],
    [openSearch({ engine: 'amazon-opensearch-service', endpoint: 'https://vpc.es.amazonaws.com', auth: sigV4('eu-central-1') }), ['anywhere:443', 'anywhere:443', '169.254.170.23/32|fd00:ec2::23/128:80']],
  ])('goes to DNS and the destination only: %j', (destination, expected) => {
    expect(reached(destination)).toEqual(expected);
  });

  it('goes to the API server where that is asked', () => {
    expect(reached(http('http://opensearch:9200'), [], undefined, true)).toEqual(['anywhere:443', 'anywhere:6443', 'anywhere:8443', 'anywhere:16443', 'same namespace:9200']);
    expect(reached(http('http://opensearch:9200'), [], { apiServer: [{ ipBlock: { cidr: '10.0.0.1/32' } }] }, true)).toEqual(['10.0.0.1/32:443', '10.0.0.1/32:6443', '10.0.0.1/32:8443', '10.0.0.1/32:16443', 'same namespace:9200']);
  });

  it('goes to what is read over the network', () => {
    expect(reached(http('http://o:9200'), [kubernetesMetrics({ kubeStateMetrics: 'ksm.logging.svc:8080' }), kubernetesMetrics({ scope: 'node' }), redisInfo({ address: 'redis:6379' })])).toEqual(['same namespace:9200', 'logging:8080', 'anywhere:10250', 'same namespace:6379']);
  });

  it('sees the port of the pods where a Service has another', () => {
    expect(reached(http('https://opensearch.search.svc'), [], { destinationPort: 9200 })).toEqual(['search:9200']);
  });
});

describe('ingress', () => {
  it('comes from monitoring, and from agents by their label', () => {
    expect(spec(http('http://o:9200')).ingress).toHaveLength(1);
    const [monitoring, agents] = spec(http('http://o:9200'), [fromShippers({ protocol: 'beats', port: 5044 })], { nodeCidrs: ['10.0.0.0/16'] }).ingress ?? [];
    expect(monitoring).toMatchObject({ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }], ports: [{ port: { value: 2020 } }] });
    expect(agents).toMatchObject({ from: [{ namespaceSelector: {}, podSelector: { matchLabels: { 'podscope.dev/ships-to': 'beats' } } }, { ipBlock: { cidr: '10.0.0.0/16' } }], ports: [{ port: { value: 5044 } }] });
  });
});
