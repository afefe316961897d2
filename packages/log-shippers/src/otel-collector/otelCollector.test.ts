import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { apacheLogs, basicAuth, containerLogs, fromSecret, fromShippers, kubernetesEvents, noAuth, nodeLogs, openSearch, otlp, redisInfo, sigV4 } from '../index.ts';
import { lintOtelCollector, type OtelCollectorConfig, otelCollectorConfig, otelCollectorFiles, parseOtelCollector } from './index.ts';

const search = openSearch({ engine: 'opensearch@2', endpoint: 'https://search:9200', auth: noAuth });
const all = otelCollectorConfig({ version: '0.139', sources: [containerLogs({ multiline: ['java'] }), apacheLogs(), nodeLogs({ journal: { units: ['kubelet.service'] } }), kubernetesEvents(), redisInfo()], destination: search });
const textOf = (config: OtelCollectorConfig): string => otelCollectorFiles(config).files['collector.yaml'] ?? '';

const TEXT = `# who reads
receivers:
  otlp: # from others
    protocols: { grpc: { endpoint: "0.0.0.0:4317" } }
processors:
exporters:
  # where it goes
  debug:
    verbosity: detailed   # all of it
service:
  pipelines:
    logs: { receivers: [otlp], exporters: [debug] }
`;

it('has a pipeline, an index and the body as the document for each family', () => {
  const made = parse(textOf(all)) as Record<string, Record<string, Record<string, unknown>>>;
  expect(Object.keys(made['exporters'] ?? {})).toEqual(['opensearch/filebeat', 'opensearch/apache', 'opensearch/kubernetes', 'opensearch/redis']);
  expect(made['exporters']?.['opensearch/apache']).toMatchObject({ logs_index: 'apache-podscope', bulk_action: 'create', mapping: { mode: 'bodymap' }, sending_queue: { storage: 'file_storage', block_on_overflow: true } });
  for (const pipeline of Object.values(made['service']?.['pipelines'] ?? {})) expect((pipeline as { processors: string[] }).processors[0]).toBe('memory_limiter');
  expect(made['service']?.['pipelines']).toMatchObject({ 'logs/container-logs': { processors: ['memory_limiter', 'k8sattributes', 'transform/container-logs'] } });
});

it('writes secrets as references, signs, and names the authenticator', () => {
  const basic = otelCollectorFiles(otelCollectorConfig({ version: '0.139', sources: [nodeLogs()], destination: openSearch({ engine: 'opensearch@2', endpoint: 'https://search:9200', auth: basicAuth('me', fromSecret('opensearch', 'password')), tls: { caFile: '/ca.pem' } }) }));
  expect(basic.files['collector.yaml']).toContain('password: ${env:OPENSEARCH_PASSWORD}');
  expect(basic.environment).toEqual([fromSecret('opensearch', 'password')]);
  const signed = otelCollectorConfig({ version: '0.139', sources: [nodeLogs()], destination: openSearch({ engine: 'opensearch-serverless', endpoint: 'https://search', auth: sigV4('eu-central-1', { roleArn: 'arn:aws:iam::123456789012:role/writer' }) }) });
  expect(signed.extensions?.sigv4auth).toEqual({ region: 'eu-central-1', service: 'aoss', assume_role: { arn: 'arn:aws:iam::123456789012:role/writer', sts_region: 'eu-central-1' } });
  expect(signed.service.extensions).toContain('sigv4auth');
});

it('hands the family on, and takes it off again', () => {
  const sender = otelCollectorConfig({ version: '0.139', sources: [apacheLogs({ metadata: 'file-name' })], destination: otlp({ endpoint: 'gateway:4317' }) });
  expect(textOf(sender)).toContain(`set(resource.attributes["podscope.family"], "apache")`);
  expect(sender.exporters?.otlp).toMatchObject({ tls: { insecure: true }, retry_on_failure: { max_elapsed_time: 0 } });
  const receiver = otelCollectorConfig({ version: '0.139', sources: [fromShippers({ protocol: 'otlp', port: 4317 })], destination: search });
  expect(Object.keys(receiver.service.pipelines)).toHaveLength(5);
  expect(textOf(receiver)).toContain('keep_keys(log.body["kubernetes"]["pod"], ["name"');
});

it('is refused for what the collector does not do', () => {
  expect(() => otelCollectorConfig({ version: '0.139', sources: [fromShippers({ protocol: 'beats', port: 5044 })], destination: search })).toThrow(expect.objectContaining({ code: 'SHIPPER_INCOMPATIBLE' }));
  const dated = openSearch({ engine: 'opensearch@2', endpoint: 'https://search:9200', auth: noAuth, indices: { filebeat: '{date}-filebeat' } });
  expect(() => otelCollectorConfig({ version: '0.139', sources: [nodeLogs()], destination: dated })).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_VALUE' }));
  const wrong = (exporter: Record<string, never>): OtelCollectorConfig => ({ exporters: { otlp: exporter }, service: { pipelines: {} } });
  const exporter = (options: Readonly<Record<string, unknown>>) => wrong(options as Record<string, never>);
  expect(() => textOf(exporter({ endpint: 'a' }))).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_VALUE', hint: 'Did you mean endpoint?' }));
  expect(() => textOf(exporter({ timeout: '5 s' }))).toThrow(expect.objectContaining({ hint: 'Write 5s, without a space.' }));
  expect(() => textOf(exporter({ sending_queue: { queue_size: '100' } }))).toThrow(expect.objectContaining({ hint: 'Write 100 without quotes.' }));
  // @ts-expect-error an option that isn't there
  const unknown: OtelCollectorConfig = { exporters: { otlp: { endpint: 'a' } }, service: { pipelines: {} } };
  // @ts-expect-error a secret in plain text
  const plain: OtelCollectorConfig = { extensions: { 'basicauth/a': { client_auth: { password: 'hunter2' } } }, service: { pipelines: {} } };
  // @ts-expect-error a type of receiver that isn't known; extra takes it
  const other: OtelCollectorConfig = { receivers: { fielog: {} }, service: { pipelines: {} } };
  expect([unknown, plain, other].map(lintOtelCollector).every((problems) => problems.length > 0)).toBe(true);
  expect(() => textOf({ exporters: { debug: {} }, service: { pipelines: { logs: { receivers: [], exporters: ['debugg'] } } } })).toThrow(expect.objectContaining({ hint: 'Did you mean debug?' }));
});

it('writes a text again as it was, and changes only what was changed', () => {
  const read = parseOtelCollector(TEXT);
  expect(textOf(read)).toBe(TEXT);
  const changed = textOf({ ...read, exporters: { debug: { verbosity: 'basic' } } });
  expect(changed).toBe(TEXT.replace('detailed', 'basic'));
  const added = textOf({ ...read, exporters: { ...read.exporters, otlp: { endpoint: 'a:1' } } });
  expect(parse(added)).toMatchObject({ exporters: { debug: { verbosity: 'detailed' }, otlp: { endpoint: 'a:1' } } });
  expect(added).toContain('# from others');
  expect(textOf(parseOtelCollector(textOf(all)))).toBe(textOf(all));
});

it.each([
  ['no YAML', 'receivers: [', 1],
  ['a list', '- a', 1],
  ['a section that is a list', 'receivers: [a]', 1],
  ['a bomb of aliases', `a: &a [x]\n${Array.from({ length: 30 }, (_, at) => `b${at}: &b${at} [${Array.from({ length: 9 }, () => (at === 0 ? '*a' : `*b${at - 1}`)).join(',')}]`).join('\n')}`, 1],
])('refuses %s', (_, text, line) => {
  expect(() => parseOtelCollector(text, { file: 'c.yaml' })).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_SYNTAX', message: expect.stringMatching(new RegExp(`^c.yaml:${line}:\\d+: `)) }));
});

it('takes any mapping of YAML, or says what is wrong, and writes it back', () => {
  const value = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof({ maxDepth: 3 }, fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(fc.stringMatching(/^[a-z_/]{1,8}$/), tie('value'), { maxKeys: 3 })),
  })).value;
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom('receivers', 'processors', 'exporters', 'extensions', 'service', 'x'), fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), value, { maxKeys: 3 })), (content) => {
      const text = JSON.stringify(content, undefined, 1);
      let config: OtelCollectorConfig;
      try {
        config = parseOtelCollector(text);
      } catch (error) {
        expect(error).toMatchObject({ code: 'SHIPPER_BAD_SYNTAX' });
        return;
      }
      expect(textOf(config)).toBe(text);
      lintOtelCollector(config);
    }),
  );
});

it('finds only what is known in what it makes', () => {
  expect(new Set(lintOtelCollector(all).map(({ rule }) => rule))).toEqual(new Set(['lost-while-away']));
  const sender = otelCollectorConfig({ version: '0.139', sources: [containerLogs()], destination: otlp({ endpoint: 'gateway:4317' }) });
  expect(lintOtelCollector(sender)).toEqual([]);
});

it('finds the faults of others, with their lines', () => {
  const problems = lintOtelCollector(
    parseOtelCollector(
      `receivers:
  filelog/a: { include: [/var/log/a.log], storag: x }
  filelog/b: { include: [/var/log/a.log], storage: file_storage }
processors:
  batch: { timeout: soon }
  memory_limiter: { check_interval: 1s, limit_mib: 100 }
exporters:
  opensearch: { http: { endpoint: "https://me:hunter2@search", tls: { insecure_skip_verify: true } }, password: hunter2 }
extensions:
  health_check: { check_collector_pipeline: { enabled: true } }
service:
  extensions: [file_storage]
  pipelines:
    logs: { receivers: [filelog/a, filelog/b, filelgo], processors: [batch, memory_limiter], exporters: [opensearch] }
    empty: { receivers: [], exporters: [opensearch] }
`,
      { file: 'c.yaml' },
    ),
  );
  const found = problems.map(({ rule, at }) => `${at.line ?? 0} ${rule}`);
  for (const wanted of [
    '2 unknown-option', '2 lost-on-restart', '3 same-database', '5 bad-value', '8 unknown-option', '8 secret-in-plain-text', '8 certificate-not-checked', '8 lost-on-restart', '8 unbounded-buffer', '8 finite-retry',
    '8 lost-while-away', '8 wrong-mapping', '10 probe-restarts-agent', '10 unused-component', '12 unknown-plugin', '14 unknown-plugin', '14 processor-order', '15 missing-section', '15 unbounded-buffer',
  ]) expect(found).toContain(wanted);
  expect(JSON.stringify(problems)).not.toContain('hunter2');
});

it('changes one item of a list, and leaves its comments', () => {
  const text = `receivers:
  filelog:
    include:   [ /var/log/a.log ,  /var/log/b.log ]   # two
    operators:
      # first
      - type: move   # moves
        from: a
      # second
      - type: remove
        field: b
exporters: {debug: {}}
service:
  pipelines:
    logs: {receivers: [filelog], exporters: [debug]}
`;
  const read = parseOtelCollector(text);
  const filelog = { ...(read.receivers as { filelog: object }).filelog, include: ['/var/log/a.log', '/var/log/c.log'], operators: [{ type: 'move', from: 'a' }, { type: 'remove', field: 'c' }] };
  expect(textOf({ ...read, receivers: { filelog } } as OtelCollectorConfig)).toBe(text.replace('/var/log/b.log', '"/var/log/c.log"').replace('field: b', 'field: c'));
});
