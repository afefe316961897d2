import { apacheFields, filebeatFields, metricbeatFields } from '@podscope/core/catalogues';
import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { parse } from 'yaml';
import {
  apacheLogs, basicAuth, beatsProtocol, COMPATIBILITY, containerLogs, type Destination, fromSecret, kubernetesMetrics, noAuth, nodeLogs, openSearch, type Source, systemMetrics,
} from '../index.ts';
import { filebeatConfig, filebeatFiles, type FilebeatInput, lintFilebeat, lintMetricbeat, metricbeatConfig, metricbeatFiles, parseFilebeat, parseMetricbeat } from './index.ts';
import { nested } from './model/flat.ts';
import { isTree } from './model/tree.ts';

const logstash = beatsProtocol({ hosts: ['logstash:5044'] });
const es = openSearch({ engine: 'elasticsearch@7.10', endpoint: 'https://search:9200', auth: basicAuth('shipper', fromSecret('search', 'password')), tls: { caFile: '/etc/ca.crt' }, indices: { apache: 'apache-{date}' } });
const VERSIONS = ['7.17', '7.12'] as const;
const SOURCES = { 'container-logs': containerLogs(), 'apache-logs': apacheLogs(), 'node-logs': nodeLogs(), 'system-metrics': systemMetrics(), 'kubernetes-metrics': kubernetesMetrics() } as const;

/** What a text says, however its names are dotted. */
function meaning(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(meaning);
  return isTree(value) ? Object.fromEntries(Object.entries(nested(value)).map(([name, each]) => [name, meaning(each)])) : value;
}

const textOf = ({ files, main }: { readonly files: Readonly<Record<string, string>>; readonly main: string }): string => String(files[main]);

describe('every pair of the compatibility data', () => {
  const pairs = (['filebeat', 'metricbeat'] as const).flatMap((shipper) => VERSIONS.flatMap((version) => {
    const facts = COMPATIBILITY[shipper].versions[version];
    const destinations: Destination[] = [logstash, ...(facts.engines as readonly string[]).map((engine) => openSearch({ engine: engine as 'opensearch@1', endpoint: 'http://search:9200', auth: noAuth }))];
    return facts.sources.flatMap((source) => destinations.map((destination) => ({ shipper, version, source, destination, name: destination.kind === 'opensearch' ? destination.engine : destination.kind })));
  }));

  it.each(pairs)('renders, and has nothing that our own linter finds: $shipper $version $source → $name', ({ shipper, version, source, destination }) => {
    const options = { version, sources: [SOURCES[source] as never], destination: destination as never };
    const config = shipper === 'filebeat' ? filebeatConfig(options) : metricbeatConfig(options);
    const found = config.kind === 'filebeat' ? lintFilebeat(config) : lintMetricbeat(config);
    const expected = shipper === 'metricbeat' && version === '7.12' && source === 'kubernetes-metrics' ? ['kube-state-metrics-2'] : [];
    expect(found.map(({ rule }) => rule)).toEqual(expected);
    const files = config.kind === 'filebeat' ? filebeatFiles(config) : metricbeatFiles(config);
    const text = textOf(files);
    // What was written says the same when it is read.
    const again = config.kind === 'filebeat' ? parseFilebeat(text, { version }) : parseMetricbeat(text, { version });
    expect((again.kind === 'filebeat' ? lintFilebeat(again) : lintMetricbeat(again)).map(({ rule }) => rule)).toEqual(expected);
    const { source: _text, ...bare } = again;
    expect(meaning(parse(textOf(bare.kind === 'filebeat' ? filebeatFiles(bare) : metricbeatFiles(bare))))).toEqual(meaning(parse(text)));
  });
});

describe('the configuration of Filebeat', () => {
  it('names exactly the fields of each catalogue', () => {
    const { processors = [] } = filebeatConfig({ version: '7.17', sources: [containerLogs(), apacheLogs({ pods: ['frontend-*'] })], destination: logstash });
    const lists = processors.map((each) => ('include_fields' in each ? [...(each.include_fields.fields as readonly string[])].sort() : []));
    for (const fields of [filebeatFields, apacheFields]) expect(lists).toContainEqual([...Object.keys(fields).filter((name) => name !== '@timestamp'), 'podscope.family'].sort());
    const metrics = metricbeatConfig({ version: '7.17', sources: [systemMetrics()], destination: logstash });
    expect(JSON.stringify(metrics.processors)).toContain(Object.keys(metricbeatFields).at(-1));
  });

  it('keeps the input of every container off the web pods, which have their own', () => {
    const [all, web] = filebeatConfig({ version: '7.12', sources: [containerLogs(), apacheLogs({ pods: ['frontend-*'], namespaces: ['guestbook'] })], destination: logstash }).inputs as readonly { readonly exclude_files: readonly string[]; readonly paths: readonly string[] }[];
    const file = '/var/log/containers/frontend-7c9f8d6b5c-x2x4z_guestbook_php-redis-0a1b.log';
    const left = (input: typeof all): boolean => input?.exclude_files.some((pattern) => new RegExp(pattern).test(file)) ?? false;
    expect([left(all), left(web)]).toEqual([true, false]);
    expect(web?.paths).toEqual(['/var/log/containers/frontend-*_guestbook_*-*.log']);
    expect(all?.exclude_files.some((pattern) => new RegExp(pattern).test('/var/log/containers/fb-1_logging_filebeat-0a1b.log'))).toBe(true);
  });

  it('writes secrets as references, in quotes of its own, and lists them', () => {
    const files = filebeatFiles(filebeatConfig({ version: '7.12', sources: [apacheLogs()], destination: es }));
    expect(parse(textOf(files))['output.elasticsearch']).toMatchObject({ username: 'shipper', password: "'${SEARCH_PASSWORD}'", 'ssl.certificate_authorities': ['/etc/ca.crt'] });
    expect(files.environment).toEqual([fromSecret('search', 'password')]);
    expect(parse(textOf(files))['filebeat.inputs'][0].index).toBe('apache-%{+yyyy.MM.dd}');
  });

  it('refuses what Beats would read past', () => {
    const input = { type: 'log', paths: ['/var/log/a.log'], close_inactiv: '5m' } as unknown as FilebeatInput;
    const config = { kind: 'filebeat', version: '7.17', inputs: [input], output: { console: {} } } as const;
    expect(() => filebeatFiles(config)).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_VALUE', hint: 'Did you mean close_inactive?' }));
    const extra: FilebeatInput = { type: 'log', paths: ['/var/log/a.log'], extra: { some_new_option: 1 } };
    expect(textOf(filebeatFiles({ ...config, inputs: [extra] }))).toContain('some_new_option: 1');
    expect(lintFilebeat({ ...config, inputs: [extra] }).map(({ rule }) => rule)).toContain('unknown-option');
    expect(() => filebeatConfig({ version: '7.17', sources: [containerLogs({ pods: ['Front_End'] })], destination: logstash })).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_VALUE' }));
    expect(() => filebeatConfig({ version: '7.17', sources: [nodeLogs()], destination: logstash, monitoring: { port: 70_000 } })).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_VALUE' }));
    expect(() => filebeatConfig({ version: '7.12', sources: [nodeLogs({ journal: { units: ['kubelet.service'] } })], destination: logstash })).toThrow(expect.objectContaining({ code: 'SHIPPER_INCOMPATIBLE' }));
    expect(() => filebeatConfig({ version: '7.17', sources: [nodeLogs()], destination: openSearch({ engine: 'opensearch@2', endpoint: 'http://s:9200', auth: noAuth }) as never })).toThrow(expect.objectContaining({ message: expect.stringContaining('_license'), hint: expect.stringContaining('Logstash') }));
    expectTypeOf<{ readonly type: 'lgo' }>().not.toExtend<FilebeatInput>();
    // @ts-expect-error no input has such an option
    ({ type: 'log', paths: ['/a'], close_inactiv: '5m' }) satisfies FilebeatInput;
    // @ts-expect-error a port is a number, and a time has a unit that Beats know
    ({ type: 'log', paths: ['/a'], close_inactive: 'soon' }) satisfies FilebeatInput;
  });

  it('puts any names of Kubernetes into patterns that mean just them', () => {
    const label = fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,10}[a-z0-9])?$/);
    fc.assert(fc.property(label, label, label, (pod, namespace, container) => {
      const [input] = filebeatConfig({ version: '7.17', sources: [containerLogs({ exclude: { pods: [pod], namespaces: [namespace], containers: [container] } })], destination: logstash }).inputs as readonly { readonly exclude_files: readonly string[] }[];
      const isOut = (file: string): boolean => input?.exclude_files.some((pattern) => new RegExp(pattern).test(`/var/log/containers/${file}-0a.log`)) ?? false;
      return isOut(`${pod}_x.x_x.x`) && isOut(`x.x_${namespace}_x.x`) && isOut(`x.x_x.x_${container}`) && !isOut(`${pod}.x_${namespace}.x_${container}.x`);
    }));
  });
});

it('moves the root of the node to the argument that 7.12 takes', () => {
  const sources: readonly Source[] = [systemMetrics({ hostRoot: '/hostfs' })];
  const old = metricbeatFiles(metricbeatConfig({ version: '7.12', sources: sources as never, destination: logstash }));
  const now = metricbeatFiles(metricbeatConfig({ version: '7.17', sources: sources as never, destination: logstash }));
  expect([old.args.at(-1), textOf(old).includes('hostfs: /hostfs')]).toEqual(['-system.hostfs=/hostfs', false]);
  expect([now.args.includes('-system.hostfs=/hostfs'), textOf(now).includes('hostfs: /hostfs')]).toEqual([false, true]);
});
