import { expect, it } from 'vitest';
import { COMPATIBILITY } from '../compatibility/compatibility.ts';
import { basicAuth, containerLogs, type Destination, forward, fromSecret, fromShippers, kinesisFirehose, kubernetesEvents, noAuth, nodeLogs, openSearch, otlp, redisInfo, sigV4, type Source, systemMetrics, apacheLogs } from '../index.ts';
import { fluentBitConfig, type FluentBitConfig, fluentBitFiles, lintFluentBit, parseFluentBit } from './index.ts';

const password = fromSecret('opensearch', 'password');
const SOURCES: Readonly<Record<string, Source>> = {
  'container-logs': containerLogs({ namespaces: ['shop', 'default'], exclude: { namespaces: ['kube-system'], pods: ['noisy-*'], containers: ['sidecar'] } }),
  'container-logs, traces by file name': containerLogs({ format: 'cri', metadata: 'file-name', multiline: ['java', 'go'], directory: '/logs/' }),
  'apache-logs': apacheLogs({ pods: ['frontend-*'], format: 'docker' }),
  'node-logs': nodeLogs(),
  'node-logs of the journal': nodeLogs({ journal: { units: ['kubelet.service', 'containerd.service'], path: '/var/log/journal' } }),
  'kubernetes-events': kubernetesEvents(),
  'kubernetes-events of a file': kubernetesEvents({ path: '/run/events.ndjson' }),
  'redis-info': redisInfo({ path: '/shared/info.log' }),
  'shippers by forward': fromShippers({ protocol: 'forward', port: 24_224 }),
  'shippers by otlp': fromShippers({ protocol: 'otlp', port: 4318, host: '127.0.0.1' }),
};
const DESTINATIONS: Readonly<Record<string, Destination>> = {
  'opensearch@1': openSearch({ engine: 'opensearch@1', endpoint: 'http://search:9200/behind/', auth: noAuth, dataStreams: false, indices: { apache: 'web-{date}' } }),
  'opensearch@2': openSearch({ engine: 'opensearch@2', endpoint: 'https://search:9200', auth: basicAuth('shipper', password), tls: { caFile: '/tls/ca.crt' } }),
  'opensearch@3': openSearch({ engine: 'opensearch@3', endpoint: 'https://[::1]', auth: basicAuth(fromSecret('opensearch', 'user'), password) }),
  'amazon-opensearch-service': openSearch({ engine: 'amazon-opensearch-service', endpoint: 'https://search.example', auth: sigV4('eu-central-1', { roleArn: 'arn:aws:iam::1:role/logs' }) }),
  'opensearch-serverless': openSearch({ engine: 'opensearch-serverless', endpoint: 'https://collection.example', auth: sigV4('eu-central-1') }),
  'elasticsearch@7.10': openSearch({ engine: 'elasticsearch@7.10', endpoint: 'http://search:9200', auth: noAuth }),
  forward: forward({ host: 'fluentd', sharedKey: password, tls: {} }),
  otlp: otlp({ endpoint: 'https://collector:4317' }),
  'otlp over http': otlp({ endpoint: 'http://collector:4318/base', protocol: 'http' }),
  kinesis_firehose: kinesisFirehose({ region: 'eu-central-1', deliveryStream: 'logs', roleArn: 'arn:aws:iam::1:role/logs' }),
};
const of = (source: Source, destination: Destination, version: '5.1' | '5.0' | '4.2' = '5.1'): FluentBitConfig => fluentBitConfig({ version, sources: [source as never], destination: destination as never });
const plain = (config: FluentBitConfig): unknown => JSON.parse(JSON.stringify(config, (key, value: unknown) => (key === 'code' ? 'Lua' : value)));

it('has a case for all that the compatibility data names', () => {
  const { sources, engines, destinations } = COMPATIBILITY['fluent-bit'].versions['5.1'];
  expect(new Set(Object.values(SOURCES).map(({ kind }) => kind))).toEqual(new Set(sources));
  expect(new Set(Object.values(DESTINATIONS).map((each) => (each.kind === 'opensearch' ? each.engine : each.kind)))).toEqual(new Set([...engines, ...destinations]));
});

it.each(Object.entries(SOURCES))('reads %s', (_, source) => {
  const { service, outputs, ...read } = of(source, DESTINATIONS['opensearch@2'] as Destination);
  expect(plain(read)).toMatchSnapshot();
  expect(outputs?.length).toBe(source.kind === 'shippers' ? 5 : 1);
  expect(service).toBeDefined();
});

it.each(Object.entries(DESTINATIONS))('sends to %s', (_, destination) => {
  const { service, filters, outputs } = of(SOURCES['apache-logs'] as Source, destination);
  expect({ service, last: filters?.at(-1), outputs }).toMatchSnapshot();
});

it.each(['5.1', '5.0', '4.2'] as const)('renders each pair of %s in both formats, reads it back, and finds nothing wrong', (version) => {
  for (const source of Object.values(SOURCES)) {
    for (const destination of Object.values(DESTINATIONS)) {
      const config = of(source, destination, version);
      expect(lintFluentBit(config)).toEqual([]);
      for (const format of ['yaml', 'classic'] as const) {
        const { files, main } = fluentBitFiles(config, { format });
        const back = parseFluentBit(files[main] as string, { file: main });
        expect(fluentBitFiles(back).files[main]).toBe(files[main]);
        if (format === 'yaml') expect(fluentBitFiles({ ...back, outputs: [] }, { format: 'yaml' }).files[main]).toContain(`name: ${String(config.inputs?.[0]?.name)}`);
        else expect(Object.keys(files).sort()).toEqual([main, ...(config.parsers === undefined ? [] : ['parsers.conf']), ...(config.multilineParsers === undefined ? [] : ['multiline-parsers.conf']), ...new Set((config.filters ?? []).flatMap((filter) => (filter.name === 'lua' ? [`${String(filter.call)}.lua`] : [])))].sort());
      }
    }
  }
});

it('keeps two sources of one kind apart', () => {
  const config = fluentBitConfig({ version: '5.1', sources: [containerLogs({ directory: '/a', metadata: 'file-name' }), containerLogs({ directory: '/b', metadata: 'file-name' })], destination: DESTINATIONS['opensearch@2'] as never });
  const inputs = config.inputs as readonly { readonly db?: string; readonly tag?: string }[];
  expect(new Set(inputs.map(({ db }) => db)).size).toBe(2);
  expect(new Set(inputs.map(({ tag }) => tag)).size).toBe(2);
  expect(config.outputs).toHaveLength(1);
  expect(lintFluentBit(config)).toEqual([]);
});

it('names secrets by their variables, and never has their values', () => {
  const { files, environment } = fluentBitFiles(of(SOURCES['redis-info'] as Source, DESTINATIONS['opensearch@3'] as Destination), { format: 'classic' });
  expect(environment.map(({ variable }) => variable)).toEqual(['OPENSEARCH_USER', 'OPENSEARCH_PASSWORD']);
  expect(files['fluent-bit.conf']).toMatch(/http_passwd +\$\{OPENSEARCH_PASSWORD\}/);
  // Fluent Bit would take it for a variable in a script.
  for (const [name, text] of Object.entries(files)) if (name.endsWith('.lua')) expect(text).not.toContain('${');
});

it('refuses what Fluent Bit does not read or write', () => {
  expect(() => of(systemMetrics(), DESTINATIONS['opensearch@2'] as Destination)).toThrow(expect.objectContaining({ code: 'SHIPPER_INCOMPATIBLE', hint: expect.stringContaining('Metricbeat') }));
  expect(() => of(fromShippers({ protocol: 'beats', port: 5044 }), DESTINATIONS['opensearch@2'] as Destination)).toThrow(expect.objectContaining({ code: 'SHIPPER_INCOMPATIBLE', hint: expect.stringContaining('Logstash') }));
  expect(() => of(fromShippers({ protocol: 'forward', port: 70_000 }), DESTINATIONS['opensearch@2'] as Destination)).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_VALUE' }));
  expect(() => of(redisInfo(), otlp({ endpoint: 'collector:4317' }))).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_VALUE' }));
});
