import fc from 'fast-check';
import { expect, it } from 'vitest';
import { basicAuth, fromSecret, fromShippers, noAuth, openSearch, sigV4 } from '../index.ts';
import { filters, inputs, type LogstashConfig, type LogstashNode, type LogstashSection, type LogstashValue, lintLogstash, logstashConfig, logstashFiles, outputs, parseLogstash, when, equal, field } from './index.ts';
import { PipelineWriter } from './language/write.ts';

const search = openSearch({ engine: 'opensearch@2', endpoint: 'https://search:9200', auth: noAuth });
const beats = [fromShippers({ protocol: 'beats', port: 5044 })];
const generated = logstashConfig({ version: '8.9', sources: beats, destination: search });

const TEXT = `# what comes in
input { beats { port => 5044 # Filebeat's
 host => '0.0.0.0' } }
filter {
  if [a] == "b" and !([c] in ["x","y"]) { mutate { add_field => { "x" => "y" 3 => -4.5 } add_field => { zz => w_ } } } # after
  else if "x" not  in [tags] or [n][m] =~ /a\\/b/ { drop {} }
  # before the last
  else { grok { match => { "message" => "%{IP:ip}" } tag_on_failure => [ ] } }
}
output { "stdout" { codec => rubydebug { metadata => true } } }
# end`;

const written = (config: LogstashConfig): string => Object.entries(logstashFiles(config).files).find(([name]) => name.endsWith('.conf'))?.[1] ?? '';
const bare = (value: unknown): unknown => JSON.parse(JSON.stringify(value, (name, part: unknown) => (['layout', 'end', 'file', 'before'].includes(name) ? undefined : part)));

it("keeps the values of metrics as Metricbeat writes them: dashboards look for phases in lower case", () => {
  const text = written(generated);
  expect(text).toContain('[kubernetes][pod][status][phase]');
  expect(text).not.toMatch(/capitalize|uppercase/);
});

it('writes a text again as it was, comments and spelling too', () => {
  expect(written(parseLogstash(TEXT))).toBe(TEXT);
  expect(written(parseLogstash(TEXT.replaceAll('\n', '\r\n')))).toBe(TEXT.replaceAll('\n', '\r\n'));
  expect(written(parseLogstash(''))).toBe('');
});

it('changes what was changed, and nothing else', () => {
  const read = parseLogstash(TEXT);
  const change = (node: LogstashNode): LogstashNode => ('plugin' in node ? { ...node, options: { ...node.options, port: 5045, id: 'in' } } : node);
  const [pipeline] = read.pipelines;
  const sections = pipeline?.sections.map((section): LogstashSection => (section.section === 'input' ? { ...section, body: section.body.map(change) } : section)) ?? [];
  expect(written({ ...read, pipelines: [{ id: 'main', end: pipeline?.end ?? '', sections }] })).toBe(TEXT.replace('5044', '5045').replace("'0.0.0.0' }", `'0.0.0.0'\n    id => "in" }`));
});

it('reads values as Logstash does', () => {
  const [, filter] = parseLogstash(TEXT).pipelines[0]?.sections ?? [];
  const [branch] = filter?.body ?? [];
  expect(branch).toMatchObject({
    if: [
      { when: { kind: 'chain', rest: [{ operator: 'and', expression: { kind: 'not' } }] }, body: [{ plugin: 'mutate', options: { add_field: { x: 'y', 3: -4.5, zz: 'w_' } } }] },
      { when: { kind: 'chain', first: { kind: 'in', negated: true }, rest: [{ operator: 'or', expression: { kind: 'matches', pattern: { source: 'a\\/b' } } }] } },
    ],
    else: [{ plugin: 'grok', options: { tag_on_failure: [] } }],
  });
});

it.each([
  ['an open section', 'input {', 1],
  ['no value', 'input { beats { port => } }', 1],
  ['a comment where white space is needed', 'input { beats { port => 1# c\n host => "a" } }', 2],
  ['an open field', 'filter {\n if [a { drop {} } }', 2],
  ['a bareword of one letter', 'filter { mutate { a => x } }', 1],
  ['an open string', 'filter { mutate { a => "x } }', 1],
  ['an unknown section', 'outputs { }', 1],
  ['5000 conditions in each other', `filter { ${'if [a] { '.repeat(5000)}`, 1],
  ['5000 lists in each other', `filter { mutate { a => ${'['.repeat(5000)}`, 1],
])('says where a text is wrong: %s', (_, source, line) => {
  expect(() => parseLogstash(source, { file: 'a.conf' })).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_SYNTAX', message: expect.stringMatching(new RegExp(`^a.conf:${line}:\\d+: `)) }));
});

const text = fc.string().filter((one) => !one.endsWith('\\') && !(one.includes('"') && one.includes("'")) && !/\\["']/.test(one));
const value: fc.Arbitrary<LogstashValue> = fc.letrec<{ value: LogstashValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.boolean(),
    fc.integer({ min: -1_000_000, max: 1_000_000 }),
    fc.double({ min: -1e6, max: 1e6, noNaN: true, noDefaultInfinity: true }).filter((number) => /^-?\d+(\.\d+)?$/.test(String(number)) && !Object.is(number, -0)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(text.filter((name) => name !== '$codec' && name !== 'kind'), tie('value')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
    fc.record({ $codec: fc.stringMatching(/^[a-z_][a-z0-9_]{1,8}$/), options: fc.dictionary(fc.stringMatching(/^[a-z][a-z_]{1,8}$/), tie('value'), { maxKeys: 2 }) }).map((codec): LogstashValue => codec),
  ),
})).value;
const plugin = fc.record({ plugin: fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}$/), options: fc.dictionary(fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}$/), value, { maxKeys: 4 }) });

it('reads back whatever it writes', () => {
  fc.assert(
    fc.property(fc.array(plugin.filter(({ plugin: name }) => name !== 'if'), { maxLength: 3 }), fc.array(plugin, { maxLength: 2 }), (first, second) => {
      const body: LogstashNode[] = [...first, ...(second.length === 0 ? [] : [{ if: [{ when: equal(field('a', 'b'), 'c'), body: second.filter((one) => one.plugin !== 'if') }], else: first }])];
      const sections: LogstashSection[] = [{ section: 'filter', body }];
      const config = parseLogstash(new PipelineWriter().sections(sections, undefined));
      expect(bare(config.pipelines[0]?.sections)).toEqual(bare(sections));
      expect(written(config)).toBe(new PipelineWriter().sections(sections, undefined));
    }),
  );
});

it('takes any text or says where it is wrong', () => {
  const pieces = ['input', 'filter', 'output', ' ', '\n', '{', '}', '[', ']', '(', ')', '=>', '==', 'in', 'not in', 'and', '!', '"', "'", '/', '#', ',', 'if', 'else', 'ab', '1', '-', '[a]', '"s"', 'mutate'];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 60 }), (parts) => {
      const source = `input { ${parts.join('')}`;
      let config: LogstashConfig;
      try {
        config = parseLogstash(source);
      } catch (error) {
        expect(error).toMatchObject({ code: 'SHIPPER_BAD_SYNTAX' });
        return;
      }
      expect(written(config)).toBe(source);
    }),
    { numRuns: 2000 },
  );
});

it('writes secrets as references, and lists them', () => {
  const destination = openSearch({ engine: 'opensearch@2', endpoint: 'https://search:9200', auth: basicAuth('logstash', fromSecret('opensearch', 'password')), tls: { caFile: '/ca.pem' } });
  const files = logstashFiles(logstashConfig({ version: '8.9', sources: beats, destination }));
  expect(files.files['main.conf']).toContain('password => "${OPENSEARCH_PASSWORD}"');
  expect(files.files['main.conf']).toContain('cacert => "/ca.pem"');
  expect(files.environment).toEqual([fromSecret('opensearch', 'password')]);
});

it('writes the port, signs for AWS, and gives no ids to Serverless', () => {
  const conf = (engine: 'amazon-opensearch-service' | 'opensearch-serverless'): string =>
    written(logstashConfig({ version: '8.9', sources: beats, destination: openSearch({ engine, endpoint: 'https://search.example.com', auth: sigV4('eu-central-1') }) }));
  expect(conf('amazon-opensearch-service')).toContain('hosts => ["https://search.example.com:443"]');
  expect(conf('amazon-opensearch-service')).toMatch(/"type" => "aws_iam"\s+"region" => "eu-central-1"/);
  expect(conf('amazon-opensearch-service')).toContain('document_id');
  expect(conf('opensearch-serverless')).toContain('"service_name" => "aoss"');
  expect(conf('opensearch-serverless')).not.toContain('document_id');
});

it('compresses what it sends, but not what it signs, which the plugin can’t do together', () => {
  const compression = (auth: ReturnType<typeof sigV4> | typeof noAuth): string | undefined =>
    /http_compression => (\w+)/.exec(written(logstashConfig({ version: '8.9', sources: beats, destination: openSearch({ engine: 'amazon-opensearch-service', endpoint: 'https://search.example.com', auth }) })))?.[1];
  expect([compression(sigV4('eu-central-1')), compression(noAuth)]).toEqual(['false', 'true']);
});

it('is refused for what Logstash does not do', () => {
  expect(() => logstashConfig({ version: '8.9', sources: [fromShippers({ protocol: 'forward', port: 24224 })], destination: search })).toThrow(expect.objectContaining({ code: 'SHIPPER_INCOMPATIBLE' }));
  const withRole = openSearch({ engine: 'amazon-opensearch-service', endpoint: 'https://search.example.com', auth: sigV4('eu-central-1', { roleArn: 'arn:aws:iam::123456789012:role/writer' }) });
  expect(() => logstashConfig({ version: '8.9', sources: beats, destination: withRole })).toThrow(expect.objectContaining({ code: 'SHIPPER_INCOMPATIBLE', hint: expect.stringContaining('Pod Identity') }));
  // @ts-expect-error a port as text
  expect(() => logstashFiles({ settings: {}, pipelines: [{ id: 'main', sections: [inputs({ plugin: 'beats', options: { port: '5044' } })] }] })).toThrow(expect.objectContaining({ hint: 'Write 5044 as a number.' }));
  // @ts-expect-error an option that isn't there
  expect(() => logstashFiles({ settings: {}, pipelines: [{ id: 'main', sections: [filters({ plugin: 'grok', options: { matches: {} } })] }] })).toThrow(expect.objectContaining({ hint: 'Did you mean match?' }));
  expect(() => logstashFiles({ ...generated, settings: { 'queue.max_bytes': '5 gb' } })).toThrow(expect.objectContaining({ hint: expect.stringContaining('5gb') }));
  // @ts-expect-error a setting that isn't there
  expect(() => logstashFiles({ ...generated, settings: { 'queue.max_byte': '5gb' } })).toThrow(expect.objectContaining({ hint: 'Did you mean queue.max_bytes?' }));
  expect(() => logstashFiles({ settings: {}, pipelines: [{ id: 'main', sections: [filters({ plugin: 'mutate', options: { id: `a"b'` } })] }] })).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_VALUE' }));
});

it('finds nothing in what it makes, and the faults of others', () => {
  expect(lintLogstash(generated)).toEqual([]);
  const faults = lintLogstash(
    parseLogstash(`input { beets { } beats { } file { path => "a" sincedb_path => "/s" } file { path => "b" sincedb_path => "/s" delimitr => "x" } }
filter { if [x] in ["a"] { mutate { add_feild => { } } } }
output { opensearch { hosts => ["https://me:pass@search"] password => "hunter2" ssl_certificate_verification => no_ codec => jsn } }`, { file: 'a.conf' }),
  );
  expect(faults.map(({ rule, at }) => `${at.line ?? 0} ${rule}`).sort()).toEqual(
    ['1 unknown-plugin', '1 missing-option', '1 same-database', '1 unknown-option', '2 unknown-option', '2 filter-matches-nothing', '3 secret-in-plain-text', '3 secret-in-plain-text', '3 bad-value', '3 unknown-plugin', '3 template-is-managed', '3 ecs-compatibility', '3 retries-double', '3 default-port'].sort(),
  );
  expect(JSON.stringify(faults)).not.toMatch(/hunter2|:pass@/);
  const lossy = lintLogstash({ settings: { 'path.data': '/x' }, pipelines: [{ id: 'main', sections: [inputs({ plugin: 'beats', options: { port: 1 } }), outputs({ plugin: 'opensearch', options: { manage_template: false } })] }] });
  expect(lossy.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['unbounded-buffer', 'refused-documents-are-lost']));
});

it('writes several pipelines with pipelines.yml', () => {
  const files = logstashFiles({ settings: { 'queue.type': 'persisted' }, pipelines: [{ id: 'one', sections: [filters(when(equal(field('a'), 1), [{ plugin: 'drop', options: {} }]))] }, { id: 'two', settings: { 'pipeline.workers': 1 }, sections: [] }] });
  expect(Object.keys(files.files).toSorted()).toEqual(['log4j2.properties', 'logstash.yml', 'one.conf', 'pipelines.yml', 'two.conf']);
  expect(files.files['pipelines.yml']).toContain('pipeline.workers: 1');
  expect(files.args).toEqual(['--path.settings', '{config}']);
});

it('takes a plugin that can be installed for a warning, and a slip for an error', () => {
  const severities = (text: string): readonly string[] => lintLogstash(parseLogstash(text)).filter(({ rule }) => rule === 'unknown-plugin').map(({ severity }) => severity);
  expect(severities('filter { json_encode { source => "a" } }')).toEqual(['warning']);
  expect(severities('filter { mutat { } }')).toEqual(['error']);
  expect(severities('input { java_stdin { } java_generator { } } filter { java_uuid { target => "a" } } output { java_stdout { } sink { } }')).toEqual([]);
});
