import { describe, expect, it } from 'vitest';
import { COMPATIBILITY, containerLogs, type Destination, apacheLogs, basicAuth, forward, fromSecret, fromShippers, kinesisFirehose, kubernetesEvents, noAuth, nodeLogs, openSearch, redisInfo, sigV4, type Source } from '../index.ts';
import { fluentdConfig, fluentdFiles, lintFluentd, parseFluentd } from './index.ts';

const password = fromSecret('opensearch', 'password');
const SOURCES: Readonly<Record<string, Source>> = {
  'container-logs': containerLogs({ multiline: ['java', 'python'] }),
  'container-logs in docker format': containerLogs({ format: 'docker', metadata: 'kubernetes-api', namespaces: ['shop'] }),
  'apache-logs': apacheLogs({ pods: ['frontend-*'] }),
  'node-logs': nodeLogs(),
  'kubernetes-events': kubernetesEvents({ path: '/var/log/podscope/events.log' }),
  'redis-info': redisInfo(),
  shippers: fromShippers({ protocol: 'forward', port: 24_224 }),
};
const DESTINATIONS: Readonly<Record<string, Destination>> = {
  'opensearch@1': openSearch({ engine: 'opensearch@1', endpoint: 'http://search:9200', auth: noAuth, indices: { apache: 'apache-{date}' } }),
  'opensearch@2': openSearch({ engine: 'opensearch@2', endpoint: 'https://search:9200', auth: basicAuth('fluentd', password), tls: { caFile: '/etc/ssl/search.crt' } }),
  'opensearch@3': openSearch({ engine: 'opensearch@3', endpoint: 'https://search/behind', auth: basicAuth(fromSecret('opensearch', 'user'), password) }),
  'amazon-opensearch-service': openSearch({ engine: 'amazon-opensearch-service', endpoint: 'https://search.eu-central-1.es.amazonaws.com', auth: sigV4('eu-central-1', { roleArn: 'arn:aws:iam::123456789012:role/logs' }) }),
  'opensearch-serverless': openSearch({ engine: 'opensearch-serverless', endpoint: 'https://logs.eu-central-1.aoss.amazonaws.com', auth: sigV4('eu-central-1') }),
  forward: forward({ host: 'fluentd', sharedKey: fromSecret('fluentd', 'key'), tls: { caFile: '/etc/ssl/fluentd.crt' } }),
  kinesis_firehose: kinesisFirehose({ region: 'eu-central-1', deliveryStream: 'logs', roleArn: 'arn:aws:iam::123456789012:role/logs' }),
};
const versions = Object.keys(COMPATIBILITY.fluentd.versions) as (keyof typeof COMPATIBILITY.fluentd.versions)[];
const pairs = versions.flatMap((version) => Object.keys(SOURCES).flatMap((source) => Object.keys(DESTINATIONS).map((destination) => [version, source, destination] as const)));

const configOf = (version: (typeof versions)[number], source: string, destination: string) => fluentdConfig({ version, sources: [SOURCES[source] as never], destination: DESTINATIONS[destination] as never });

describe('every source and destination of the compatibility data', () => {
  it('is in this test', () => {
    for (const version of versions) {
      const { sources, destinations, engines } = COMPATIBILITY.fluentd.versions[version];
      expect(new Set(Object.values(SOURCES).map(({ kind }) => kind))).toEqual(new Set(sources));
      expect(new Set(Object.keys(DESTINATIONS))).toEqual(new Set([...destinations, ...engines]));
    }
  });

  it.each(pairs)('%s: %s to %s is written, read back the same, and has nothing for the linter to find', (version, source, destination) => {
    const config = configOf(version, source, destination);
    const { files, main } = fluentdFiles(config);
    const text = files[main] as string;
    const read = parseFluentd(text, { file: main });
    expect(fluentdFiles(read).files[main]).toBe(text);
    expect(fluentdFiles({ directives: read.directives }).files[main]).toBe(text);
    expect(lintFluentd(config)).toEqual([]);
    expect(lintFluentd(read)).toEqual([]);
    expect(fluentdFiles(config, { format: 'yaml' }).files['fluent.yaml']).toContain('$type: ');
  });
});

it('has room in each chunk for the largest record that gets in', () => {
  const mebibytes = (text: string, option: string): number[] => [...text.matchAll(new RegExp(`^\\s*${option} (\\d+)m$`, 'gm'))].map((found) => Number(found[1]));
  for (const destination of Object.keys(DESTINATIONS)) {
    const forwarded = fluentdFiles(configOf('1.18', 'shippers', destination)).files['fluent.conf'] ?? '';
    const [taken = Number.NaN] = mebibytes(forwarded, 'chunk_size_limit');
    const chunks = mebibytes(forwarded, 'chunk_limit_size');
    expect(chunks.length).toBeGreaterThan(1);
    expect(Math.min(...chunks)).toBeGreaterThanOrEqual(taken);
  }
  const read = fluentdFiles(configOf('1.18', Object.keys(SOURCES)[0] as string, 'opensearch@2')).files['fluent.conf'] ?? '';
  const longest = Number(/byteslice\(0, (\d+)\)/.exec(read)?.[1]);
  // An access line is there twice: whole, and in its parts.
  expect(2 * longest).toBeLessThan(Math.min(...mebibytes(read, 'chunk_limit_size')) * 1024 ** 2);
});

describe('the configurations', () => {
  it.each(Object.keys(SOURCES))('of %s to OpenSearch 2', async (source) => {
    await expect(fluentdFiles(configOf('1.18', source, 'opensearch@2')).files['fluent.conf']).toMatchFileSnapshot(`__snapshots__/${source.replaceAll(' ', '-')}.conf`);
  });

  it('asks for credentials anew well before a session of STS is over, which is after an hour', () => {
    const files = JSON.stringify(fluentdFiles(configOf('1.19', 'shippers', 'amazon-opensearch-service')));
    const minutes = [...files.matchAll(/refresh_credentials_interval (\d+)m\b/gu)].map(([, given]) => Number(given));
    expect(minutes.length).toBe(files.split('<endpoint>').length - 1);
    expect(Math.max(...minutes)).toBeLessThan(30);
  });

  it.each(Object.keys(DESTINATIONS))('of shippers to %s', async (destination) => {
    await expect(fluentdFiles(configOf('1.18', 'shippers', destination)).files['fluent.conf']).toMatchFileSnapshot(`__snapshots__/shippers-to-${destination}.conf`);
  });

  it('in YAML', async () => {
    await expect(fluentdFiles(configOf('1.18', 'redis-info', 'opensearch@3'), { format: 'yaml' }).files['fluent.yaml']).toMatchFileSnapshot('__snapshots__/redis-info.yaml');
  });

  it('name the secrets that the environment must give, and none in the text', () => {
    const { environment, files, args } = fluentdFiles(configOf('1.18', 'redis-info', 'opensearch@3'));
    expect(environment.map(({ variable }) => variable).sort()).toEqual(['OPENSEARCH_PASSWORD', 'OPENSEARCH_USER']);
    expect(files['fluent.conf']).toContain(`password "#{ENV['OPENSEARCH_PASSWORD']}"`);
    expect(args).toEqual(['-c', '{config}/fluent.conf']);
  });

  it('number a second source of a kind, so that nothing is there twice', () => {
    const config = fluentdConfig({ version: '1.18', sources: [containerLogs(), containerLogs({ format: 'docker', directory: '/var/log/docker' })], destination: DESTINATIONS['opensearch@2'] as never });
    expect(lintFluentd(config)).toEqual([]);
    expect(fluentdFiles(config).files['fluent.conf']).toContain('pos_file /var/lib/podscope/container-logs-2.pos');
  });
});

describe('what Fluentd can not do', () => {
  const search = DESTINATIONS['opensearch@2'] as never;
  it.each([
    ['events out of the API', kubernetesEvents(), 'Fluentd has no input for events'],
    ['the journal', nodeLogs({ journal: { units: ['kubelet'] } }), 'fluent-plugin-systemd'],
    ['the Beats protocol', fromShippers({ protocol: 'beats', port: 5044 }), 'takes no beats'],
    ['a port as text', fromShippers({ protocol: 'forward', port: '24224' as never }), 'is no port'],
    ['a comma in a path', nodeLogs({ paths: ['/var/log/a,b'] }), 'comma'],
    ['a quote in a name', containerLogs({ pods: ['a"b'] }), 'comma, a quote or a space'],
  ])('%s is refused', (_what, source, message) => {
    expect(() => fluentdConfig({ version: '1.18', sources: [source], destination: search })).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_VALUE', message: expect.stringContaining(message), hint: expect.any(String) }));
  });

  it('refuses Elasticsearch, and says what to use', () => {
    const destination = openSearch({ engine: 'elasticsearch@7.10', endpoint: 'http://search:9200', auth: noAuth });
    // @ts-expect-error fluent-plugin-opensearch writes to OpenSearch
    expect(() => fluentdConfig({ version: '1.18', sources: [redisInfo()], destination })).toThrow(expect.objectContaining({ code: 'SHIPPER_INCOMPATIBLE' }));
  });
});
