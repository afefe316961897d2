import {
  apacheLogs,
  basicAuth,
  beatsProtocol,
  COMPATIBILITY,
  containerLogs,
  type Destination,
  type DestinationKind,
  type Engine,
  forward,
  fromSecret,
  fromShippers,
  type FromShippers,
  kinesisFirehose,
  kubernetesEvents,
  kubernetesMetrics,
  nodeLogs,
  noAuth,
  type OpenSearchDestination,
  openSearch,
  otlp,
  redisInfo,
  type Shipper,
  type ShipperFacts,
  type Source,
  type SourceKind,
  sigV4,
  systemMetrics,
} from '../../../packages/log-shippers/src/index.ts';

/** What a configuration is made from, whichever shipper it is for. */
export interface MatrixOptions {
  readonly version: string;
  readonly sources: readonly Source[];
  readonly destination: Destination;
  readonly stateDirectory?: string;
  readonly monitoring?: { readonly host?: string; readonly port?: number };
}

/** How a configuration is written, where the program reads more than one language. */
export type Format = 'yaml' | 'classic';

/** One configuration of the matrix. */
export interface MatrixCase {
  /** `fluent-bit 5.1 container-logs → opensearch@2 (yaml)` */
  readonly name: string;
  readonly shipper: Shipper;
  readonly version: string;
  readonly options: MatrixOptions;
  readonly format?: Format;
  /** The case that it differs little from: snapshots show the difference. */
  readonly like?: string;
}

type Named<T> = readonly [name: string, value: T];

/** Variants of each source, the plain one first. */
const SOURCES: { readonly [K in Exclude<SourceKind, 'shippers'>]: readonly Named<Source>[] } = {
  'container-logs': [
    ['container-logs', containerLogs()],
    ['container-logs cri java', containerLogs({ format: 'cri', metadata: 'file-name', multiline: ['java'] })],
    ['container-logs docker all languages', containerLogs({ format: 'docker', multiline: ['java', 'python', 'go', 'ruby'] })],
    ['container-logs chosen', containerLogs({ format: 'auto', namespaces: ['shop'], pods: ['frontend-*'], containers: ['php'], exclude: { pods: ['frontend-canary-*'], namespaces: ['kube-system'] } })],
    ['container-logs elsewhere', containerLogs({ directory: '/var/lib/podscope/logs', metadata: 'file-name' })],
  ],
  'apache-logs': [
    ['apache-logs', apacheLogs({ pods: ['frontend-*'] })],
    ['apache-logs docker', apacheLogs({ format: 'docker', metadata: 'file-name', namespaces: ['guestbook'] })],
  ],
  'node-logs': [
    ['node-logs', nodeLogs()],
    ['node-logs paths', nodeLogs({ paths: ['/var/log/nodes/*.log'] })],
    ['node-logs journal', nodeLogs({ journal: { units: ['kubelet.service', 'containerd.service'] } })],
  ],
  'kubernetes-events': [
    ['kubernetes-events', kubernetesEvents()],
    ['kubernetes-events file', kubernetesEvents({ path: '/var/log/events.ndjson' })],
  ],
  'redis-info': [
    ['redis-info', redisInfo({ path: '/var/run/redis-info/info.txt' })],
    ['redis-info address', redisInfo({ address: '127.0.0.1:6379' })],
  ],
  'system-metrics': [
    ['system-metrics', systemMetrics()],
    ['system-metrics 30 s', systemMetrics({ periodSeconds: 30, hostRoot: '/' })],
  ],
  'kubernetes-metrics': [
    ['kubernetes-metrics', kubernetesMetrics()],
    ['kubernetes-metrics node', kubernetesMetrics({ scope: 'node', periodSeconds: 30 })],
  ],
};

/** What each shipper can hear others speak. */
const HEARS: Readonly<Partial<Record<Shipper, readonly FromShippers['protocol'][]>>> = {
  'fluent-bit': ['forward', 'otlp'],
  fluentd: ['forward'],
  logstash: ['beats'],
  'otel-collector': ['otlp'],
};

const PORTS: Readonly<Record<FromShippers['protocol'], number>> = { forward: 24_224, beats: 5044, otlp: 4317 };

const password = fromSecret('opensearch', 'password');
const basic = basicAuth('shipper', password);

/** An OpenSearch of an engine that is known by its name only. Its builder would hold each engine to the auth that it takes. */
const search = (engine: Engine, options: Omit<OpenSearchDestination, 'kind' | 'engine'>): OpenSearchDestination => ({ kind: 'opensearch', engine, ...options });

/** Variants of each destination, the plain one first. */
function destinations(kind: Exclude<DestinationKind, 'opensearch'> | Engine): readonly Named<Destination>[] {
  switch (kind) {
    case 'forward':
      return [
        [kind, forward({ host: 'fluentd.logging.svc' })],
        [`${kind} tls`, forward({ host: 'fluentd.logging.svc', port: 24_284, sharedKey: fromSecret('fluentd', 'shared-key'), tls: { caFile: '/etc/fluent/ca.crt' } })],
      ];
    case 'beats':
      return [
        [kind, beatsProtocol({ hosts: ['logstash.logging.svc:5044'] })],
        [`${kind} tls`, beatsProtocol({ hosts: ['logstash-0.logstash:5044', 'logstash-1.logstash:5044'], tls: { caFile: '/etc/beats/ca.crt' } })],
      ];
    case 'otlp':
      return [
        [kind, otlp({ endpoint: 'http://collector.logging.svc:4317' })],
        [`${kind} http`, otlp({ endpoint: 'http://collector.logging.svc:4318', protocol: 'http' })],
      ];
    case 'kinesis_firehose':
      return [[kind, kinesisFirehose({ region: 'eu-central-1', deliveryStream: 'podscope' })]];
    case 'opensearch-serverless':
      return [[kind, openSearch({ engine: kind, endpoint: 'https://abc.eu-central-1.aoss.amazonaws.com', auth: sigV4('eu-central-1') })]];
    case 'amazon-opensearch-service':
      return [
        [kind, openSearch({ engine: kind, endpoint: 'https://search-podscope.eu-central-1.es.amazonaws.com', auth: sigV4('eu-central-1') })],
        [`${kind} role`, openSearch({ engine: kind, endpoint: 'https://search-podscope.eu-central-1.es.amazonaws.com', auth: sigV4('eu-central-1', { roleArn: 'arn:aws:iam::123456789012:role/shipper' }) })],
        [`${kind} basic`, openSearch({ engine: kind, endpoint: 'https://search-podscope.eu-central-1.es.amazonaws.com', auth: basic })],
      ];
    case 'elasticsearch@7.10':
      return [
        [kind, search(kind, { endpoint: 'http://elasticsearch.logging.svc:9200', auth: noAuth })],
        [`${kind} by day`, search(kind, { endpoint: 'https://elasticsearch.logging.svc:9200', auth: basic, indices: { filebeat: 'filebeat-{date}', metricbeat: 'metricbeat-{date}', apache: 'apache-{date}', kubernetes: 'kubernetes-{date}', redis: 'redis-{date}' } })],
      ];
    case 'opensearch@1':
    case 'opensearch@2':
    case 'opensearch@3':
      return [
        [kind, search(kind, { endpoint: 'http://opensearch.logging.svc:9200', auth: noAuth })],
        [`${kind} basic`, search(kind, { endpoint: 'https://opensearch.logging.svc:9200', auth: basic, tls: { caFile: '/etc/opensearch/ca.crt' } })],
        [`${kind} own names`, search(kind, { endpoint: 'https://opensearch.logging.svc:9200', auth: basicAuth(fromSecret('opensearch', 'username'), password), tls: { insecureSkipVerify: true }, indices: { filebeat: 'filebeat-shop', apache: 'apache-shop' } })],
      ];
  }
}

/** Variants that a shipper refuses by a clear error, since it has no plugin for them. */
const CANNOT: Readonly<Partial<Record<Shipper, readonly string[]>>> = {
  fluentd: ['kubernetes-events', 'node-logs journal'],
  logstash: ['amazon-opensearch-service role'],
};

function sourcesOf(shipper: Shipper, kind: SourceKind): readonly Named<Source>[] {
  if (kind !== 'shippers') return SOURCES[kind].filter(([name]) => CANNOT[shipper]?.includes(name) !== true);
  return (HEARS[shipper] ?? []).map((protocol) => [`shippers ${protocol}`, fromShippers({ protocol, port: PORTS[protocol] })]);
}

function formatsOf(shipper: Shipper, newest: boolean): readonly (Format | undefined)[] {
  if (shipper !== 'fluent-bit') return [undefined];
  return newest ? ['yaml', 'classic'] : ['yaml'];
}

/** A variant of a source or destination, and the plain one that it is a variant of. */
interface Variant<T> {
  readonly name: string;
  readonly value: T;
  readonly plain: string;
}

function variants<T>(lists: readonly (readonly Named<T>[])[]): readonly Variant<T>[] {
  return lists.flatMap((list) => list.map(([name, value]) => ({ name, value, plain: list[0]?.[0] ?? name })));
}

/**
 * Every shipper × version × source × destination of the compatibility data, once plain; and of each shipper's newest version
 * every variant of each source and of each destination, all its sources together, and every format.
 */
export function matrix(): readonly MatrixCase[] {
  const cases: MatrixCase[] = [];
  for (const [name, facts] of Object.entries<ShipperFacts>(COMPATIBILITY)) {
    const shipper = name as Shipper;
    const newestVersion = Object.keys(facts.versions)[0];
    for (const [version, { sources, engines, destinations: others }] of Object.entries(facts.versions)) {
      for (const format of formatsOf(shipper, version === newestVersion)) cases.push(...casesOf(shipper, version, { newestVersion, format, froms: fromsOf(shipper, sources), targets: variants([...engines, ...others].map((kind) => destinations(kind).filter(([variant]) => CANNOT[shipper]?.includes(variant) !== true))) }));
    }
  }
  return cases;
}

/** What a shipper reads, each alone and, where there are several, one of each kind together. */
function fromsOf(shipper: Shipper, kinds: readonly SourceKind[]): readonly Variant<readonly Source[]>[] {
  const lists = kinds.map((kind) => sourcesOf(shipper, kind));
  // What comes by different protocols are not variants of each other.
  const apart = lists.flatMap((list, at) => (kinds[at] === 'shippers' ? list.map((each) => [each]) : [list]));
  const alone = variants(apart.map((list) => list.map(([name, source]) => [name, [source]] as const)));
  // Of events those out of a file, so that all together can be run without a cluster.
  const together = lists.flatMap((list, at) => (kinds[at] === 'shippers' ? [] : (kinds[at] === 'kubernetes-events' ? list.slice(-1) : list.slice(0, 1)).map(([, source]) => source)));
  return together.length < 2 ? alone : [...alone, { name: 'all sources', value: together, plain: 'all sources' }];
}

/**
 * The source with which every variant of a destination is shown: the first, unless that needs what a small build of the program
 * leaves out.
 */
const VARIED_WITH: Readonly<Partial<Record<Shipper, string>>> = { 'otel-collector': 'node-logs' };

interface Choices {
  readonly newestVersion: string | undefined;
  readonly format: Format | undefined;
  readonly froms: readonly Variant<readonly Source[]>[];
  readonly targets: readonly Variant<Destination>[];
}

function casesOf(shipper: Shipper, version: string, { newestVersion, format, froms, targets }: Choices): readonly MatrixCase[] {
  const newest = version === newestVersion;
  const nameOf = (from: string, to: string, of = version): string => `${shipper} ${of} ${from} → ${to}${format === undefined ? '' : ` (${format})`}`;
  const [firstFrom, firstTarget] = [froms[0], targets[0]];
  if (firstFrom === undefined || firstTarget === undefined) return [];
  return froms.flatMap((from) =>
    targets.flatMap((to) => {
      const plain = from.name === from.plain && to.name === to.plain;
      const variant = newest && (from.name === (VARIED_WITH[shipper] ?? firstFrom.name) || (to.name === firstTarget.name && from.name !== from.plain));
      if (!plain && !variant) return [];
      const like = !newest ? nameOf(from.name, to.name, newestVersion) : to.name !== firstTarget.name ? nameOf(from.name, firstTarget.name) : from.name !== from.plain ? nameOf(from.plain, to.name) : from.name !== firstFrom.name ? nameOf(firstFrom.name, to.name) : undefined;
      return [{ name: nameOf(from.name, to.name), shipper, version, options: { version, sources: from.value, destination: to.value }, ...(format === undefined ? {} : { format }), ...(like === undefined ? {} : { like }) }];
    }),
  );
}
