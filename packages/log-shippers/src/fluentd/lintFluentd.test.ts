import { describe, expect, it } from 'vitest';
import { filter, type FluentdConfig, fluentdFiles, lintFluentd, match, parseFluentd, RULES, source } from './index.ts';

const lines = (text: string): readonly string[] => lintFluentd(parseFluentd(text, { file: 'fluent.conf' })).map(({ rule, at }) => `${at.line ?? 0} ${rule}`);

const SAMPLE = '<source>\n  @type sample\n  tag a.b\n</source>\n';
const SINK = '<match **>\n  @type null\n</match>\n';
const OPENSEARCH = `  @type opensearch
  unrecoverable_error_types out_of_memory_error
  id_key _id
  reload_connections false
  verify_os_version_at_startup false
  <buffer tag>
    @type file
    path /b
    total_limit_size 1g
  </buffer>
  <secondary>
    @type secondary_file
    directory /d
  </secondary>
`;

/** Each rule, with a configuration that has this one fault and no other, and the line of it. */
const FAULTS: Readonly<Record<keyof typeof RULES, readonly [line: number, text: string]>> = {
  'unknown-plugin': [2, `<source>\n  @type smaple\n  tag a\n</source>\n${SINK}`],
  'unknown-directive': [8, `${SAMPLE}${SINK}<mtach **>\n  @type null\n</mtach>\n`],
  'unknown-option': [4, `<source>\n  @type sample\n  tag a\n  reuse_recrod true\n</source>\n${SINK}`],
  'bad-value': [4, `<source>\n  @type tcp\n  tag a\n  port abc\n  <parse>\n    @type none\n  </parse>\n</source>\n${SINK}`],
  'missing-option': [1, `<source>\n  @type sample\n</source>\n${SINK}`],
  'deprecated-option': [8, `${SAMPLE}<match **>\n  @type file\n  path /x\n  buffer_type memory\n</match>\n`],
  'unknown-label': [1, `<source>\n  @type sample\n  tag a\n  @label @GONE\n</source>\n${SAMPLE}${SINK}`],
  'unused-label': [8, `${SAMPLE}${SINK}<label @ALONE>\n  ${SINK.replaceAll('\n', '\n  ')}\n</label>\n`],
  'same-label': [14, `${SAMPLE}<match **>\n  @type relabel\n  @label @A\n</match>\n${`<label @A>\n  <match **>\n    @type null\n  </match>\n</label>\n`.repeat(2)}`],
  'same-id': [6, `${SAMPLE.replace('tag', '@id one\n  tag')}${SAMPLE.replace('tag', '@id one\n  tag')}${SINK}`],
  'same-database': [10, `${tailOf('/a.log', '/p')}${tailOf('/b.log', '/p')}${SINK}`],
  'same-buffer': [12, `${SAMPLE}${fileMatch('a.*', '/b')}${fileMatch('**', '/b')}`],
  'same-port': [9, `${tcp(5170)}${tcp(5170)}${SINK}`],
  'missing-database': [1, `${tailOf('/a.log', undefined)}${SINK}`],
  'match-never-reached': [8, `${SAMPLE}${SINK}<match a.*>\n  @type stdout\n</match>\n`],
  'filter-after-match': [8, `${SAMPLE}${SINK}<filter a.**>\n  @type stdout\n</filter>\n`],
  'filter-matches-nothing': [5, `${SAMPLE}<filter b.*>\n  @type stdout\n</filter>\n${SINK}`],
  'match-matches-nothing': [5, `${SAMPLE}<match b.*>\n  @type stdout\n</match>\n${SINK}`],
  'tag-without-output': [5, `${SAMPLE}<source>\n  @type sample\n  tag c\n</source>\n<match a.*>\n  @type null\n</match>\n`],
  'unbounded-buffer': [8, `${SAMPLE}<match **>\n  @type file\n  path /x\n  <buffer tag>\n    @type file\n    path /b\n  </buffer>\n</match>\n`],
  'unbounded-input': [1, `<source>\n  @type forward\n</source>\n${SINK}`],
  'endless-retry': [14, `${SAMPLE}<match **>\n${OPENSEARCH.replace('total_limit_size', 'retry_forever true\n    total_limit_size')}</match>\n`],
  'dropped-on-overflow': [14, `${SAMPLE}<match **>\n${OPENSEARCH.replace('total_limit_size', 'overflow_action drop_oldest_chunk\n    total_limit_size')}</match>\n`],
  'dropped-after-retries': [5, `${SAMPLE}<match **>\n${OPENSEARCH.replace(/ {2}<secondary>[^]*<\/secondary>\n/, '')}</match>\n`],
  'memory-buffer': [5, `${SAMPLE}<match **>\n${OPENSEARCH.replace(/ {2}<buffer tag>[^]*<\/buffer>\n/, '')}</match>\n`],
  'secret-in-plain-text': [21, `${SAMPLE}<match **>\n${OPENSEARCH}  user admin\n  password hunter2\n</match>\n`],
  'rejected-is-permanent': [5, `${SAMPLE}<match **>\n${OPENSEARCH.replace(/ {2}unrecoverable.*\n/, '')}</match>\n`],
  'doubled-on-retry': [5, `${SAMPLE}<match **>\n${OPENSEARCH.replace(/ {2}id_key.*\n/, '')}</match>\n`],
  'create-without-id': [5, `${SAMPLE}<match **>\n${OPENSEARCH.replace('id_key _id', 'write_operation create')}</match>\n`],
  'split-request': [20, `${SAMPLE}<match **>\n${OPENSEARCH}  bulk_message_request_threshold 5m\n</match>\n`],
  'reload-connections': [5, `${SAMPLE}<match **>\n${OPENSEARCH.replace(/ {2}reload_connections.*\n/, '')}</match>\n`],
  'waits-at-start': [5, `${SAMPLE}<match **>\n${OPENSEARCH.replace(/ {2}verify.*\n/, '')}</match>\n`],
  'reads-own-logs': [1, `${tailOf('/var/log/containers/*.log', '/p').replace('</source>', '  follow_inodes true\n</source>')}${SINK}`],
  'rotated-twice': [1, `${tailOf('/var/log/app/*.log', '/p')}${SINK}`],
  'timeout-is-error': [5, `${SAMPLE}<filter a.*>\n  @type concat\n  key log\n  n_lines 2\n</filter>\n${SINK}`],
};

function tailOf(path: string, pos: string | undefined): string {
  return `<source>\n  @type tail\n  path ${path}\n  tag a.b${pos === undefined ? '' : `\n  pos_file ${pos}`}\n  <parse>\n    @type none\n  </parse>\n</source>\n`;
}

function fileMatch(pattern: string, buffer: string): string {
  return `<match ${pattern}>\n  @type file\n  path /x\n  <buffer tag>\n    path ${buffer}\n  </buffer>\n</match>\n`;
}

function tcp(port: number): string {
  return `<source>\n  @type tcp\n  tag a\n  port ${port}\n  <parse>\n    @type none\n  </parse>\n</source>\n`;
}

describe('lintFluentd', () => {
  it('finds nothing where nothing is wrong', () => {
    expect(lines(`${SAMPLE}${SINK}`)).toEqual([]);
    expect(lines(`${SAMPLE}<match **>\n${OPENSEARCH}</match>\n`)).toEqual([]);
  });

  it.each(Object.entries(FAULTS))('finds %s, and only that', (rule, [line, text]) => {
    expect(lines(text)).toEqual([`${line} ${rule}`]);
  });

  it('says what was meant, and no secret', () => {
    const problems = Object.values(FAULTS).flatMap(([, text]) => lintFluentd(parseFluentd(text)));
    expect(problems.every(({ hint, severity, rule }) => hint !== undefined && severity === RULES[rule].severity)).toBe(true);
    expect(JSON.stringify(problems)).not.toContain('hunter2');
    expect(problems.find(({ rule }) => rule === 'unknown-plugin')?.hint).toBe('Did you mean sample?');
    expect(problems.find(({ rule }) => rule === 'unknown-option')?.hint).toBe('Did you mean reuse_record?');
  });

  it('finds the same in a configuration made by hand, with extra', () => {
    const config: FluentdConfig = { directives: [source({ '@type': 'sample', tag: 'a', extra: { rtae: 5 } }), filter('b', { '@type': 'stdout' }), match('**', { '@type': { other: 'mine' } })] };
    expect(lintFluentd(config).map(({ rule, at }) => `${at.path} ${rule}`)).toEqual(['source[0].rtae unknown-option', 'match[0].@type unknown-plugin', 'filter[0] filter-matches-nothing']);
    expect(fluentdFiles(config).files['fluent.conf']).toContain('rtae 5');
  });

  it.each([
    ['tags by their alternatives', `${SAMPLE}<filter {a,c}.*>\n  @type stdout\n</filter>\n${SINK}`],
    ['a filter that a retagged event may meet', `${SAMPLE}<filter new.*>\n  @type stdout\n</filter>\n<match a.*>\n  @type rewrite_tag_filter\n  <rule>\n    key k\n    pattern /x/\n    tag new.x\n  </rule>\n</match>\n${SINK}`],
    ['a sender that names its tags', `<source>\n  @type forward\n  chunk_size_limit 1m\n</source>\n<filter any.thing>\n  @type stdout\n</filter>\n<match some.**>\n  @type null\n</match>\n`],
    ['labels behind labels', `<source>\n  @type sample\n  tag a.b\n  @label @A\n</source>\n<label @A>\n  <match a.**>\n    @type relabel\n    @label @B\n  </match>\n</label>\n<label @B>\n  <match a.*>\n    @type null\n  </match>\n</label>\n`],
    ['what another file has', `@include more.conf\n<match a.*>\n  @type relabel\n  @label @THERE\n</match>\n`],
    ['a pattern of Ruby', `${SAMPLE}<match "#{ENV['TAGS']}">\n  @type null\n</match>\n${SINK}`],
    ['a wider match behind a narrower', `${SAMPLE}<match a.*>\n  @type null\n</match>\n<match a.**>\n  @type stdout\n</match>\n`],
    ['a secret of the environment', `${SAMPLE}<match **>\n${OPENSEARCH}  user "#{ENV['SEARCH_USER']}"\n  password "#{ENV['SEARCH_PASSWORD']}"\n</match>\n`],
    ['values that mean none', `${SAMPLE}<match **>\n  @type forward\n  expire_dns_cache nil\n  <server>\n    host a\n  </server>\n</match>\n`],
  ])('takes %s for what it is', (_what, text) => {
    expect(lines(text)).toEqual([]);
  });

  it('takes a plugin of a gem that no list has for a warning, and a slip for an error', () => {
    const severities = (type: string): readonly string[] => lintFluentd(parseFluentd(`${SAMPLE}<match **>\n  @type ${type}\n</match>\n`)).filter(({ rule }) => rule === 'unknown-plugin').map(({ severity }) => severity);
    expect(severities('google_cloud')).toEqual(['warning']);
    expect(severities('opensaerch')).toEqual(['error']);
  });

  it('does not ask a part of a configuration where its events go', () => {
    expect(lines(SAMPLE)).toEqual([]);
    expect(lines(`${SAMPLE}<label @FLUENT_LOG>\n  ${SINK.replaceAll('\n', '\n  ')}\n</label>\n`)).toEqual([]);
    expect(lines('<source>\n  @type sample\n  tag a\n  @label @ELSEWHERE\n</source>\n')).toEqual([]);
    expect(lines('<filter a.**>\n  @type stdout\n</filter>\n<match a.**>\n  @type relabel\n  @label @ELSEWHERE\n</match>\n')).toEqual([]);
    expect(lines('<label @DOCS>\n  <match b>\n    @type null\n  </match>\n</label>\n')).toEqual([]);
  });

  it('takes Ruby for the name of a plugin and for any value', () => {
    expect(lines(`<source>\n  @type sample\n  tag a\n</source>\n<match **>\n  @type "#{ENV['OUTPUT'] || 'null'}"\n</match>\n`)).toEqual([]);
    expect(lines(`<source>\n  @type udp\n  tag a\n  <parse>\n    @type "#{ENV['PARSER'] || 'json'}"\n  </parse>\n</source>\n${SINK}`)).toEqual([]);
    const [problem] = lintFluentd(parseFluentd(`${SAMPLE}<match **>\n  @type stdout\n  no_such "#{ENV['X']}"\n</match>\n`));
    expect(problem).toMatchObject({ rule: 'unknown-option', at: { line: 7 }, message: expect.stringContaining('has no option no_such') });
  });

  it('knows the sections of the Prometheus plugins, in a copy too', () => {
    const metric = (type: string): string => `<metric>\n  name foo\n  type ${type}\n  desc Foo.\n  key foo\n  <labels>\n    any ${'${tag}'}\n  </labels>\n</metric>\n`;
    expect(lines(`${SAMPLE}<filter a.*>\n  @type prometheus\n  ${metric('counter')}<labels>\n  host h\n</labels>\n  ${metric('gauge')}</filter>\n${SINK}`)).toEqual([]);
    expect(lines(`${SAMPLE}<match **>\n  @type copy\n  <store>\n    @type prometheus\n    ${metric('counter')}</store>\n</match>\n`)).toEqual([]);
    expect(lines(`<source>\n  @type prometheus_output_monitor\n  <labels>\n    host h\n  </labels>\n</source>\n${SAMPLE}${SINK}`)).toEqual([]);
    expect(lines(`${SAMPLE}<filter a.*>\n  @type prometheus\n  ${metric('conuter')}</filter>\n${SINK}`)).toEqual(['9 bad-value']);
  });

  it('lets two protocols and two addresses have one port', () => {
    const syslog = (more: string): string => `<source>\n  @type syslog\n  tag a\n  port 5140\n  ${more}\n</source>\n`;
    expect(lines(`${syslog('')}${syslog('<transport tcp>\n  </transport>')}${SINK}`)).toEqual([]);
    expect(lines(`${syslog('bind 127.0.0.1')}${syslog('bind 127.0.0.2')}${SINK}`)).toEqual([]);
    expect(lines(`${syslog('')}${syslog('<transport udp>\n  </transport>')}${SINK}`)).toEqual(['7 same-port']);
  });

  it('knows what a section without @type is', () => {
    expect(lines(`<source>\n  @type syslog\n  tag a\n  <parse>\n    message_format rfc5424\n  </parse>\n</source>\n${SINK}`)).toEqual([]);
    expect(lines(`${SAMPLE}<match **>\n  @type copy\n  <store>\n    @type stdout\n    <format>\n      output_type hash\n    </format>\n  </store>\n</match>\n`)).toEqual([]);
    expect(lines(`<source>\n  @type udp\n  tag a\n  <parse>\n    keep_time_key true\n  </parse>\n</source>\n${SINK}`)).toEqual(['4 missing-option']);
  });

  it('leaves open what an output may tag anew', () => {
    const second = '<match b.**>\n  @type null\n</match>\n';
    expect(lines(`${SAMPLE}<match a.b>\n  @type grepcounter\n</match>\n${second}`)).toEqual(['6 unknown-plugin']);
    expect(lines(`${SAMPLE}<match a.b>\n  @type copy\n  <store>\n    @type rewrite_tag_filter\n    <rule>\n      key k\n      pattern /x/\n      tag b.c\n    </rule>\n  </store>\n</match>\n${second}`)).toEqual([]);
  });

  it('is not held up by patterns that are made for that', () => {
    const tag = `${'a.'.repeat(200)}b`;
    for (const pattern of [`${'**.a.'.repeat(60)}c`, '{a,b}'.repeat(30), '/^(a+)+$/', `/${'(a|a)*'.repeat(20)}c/`]) {
      expect(lines(`<source>\n  @type sample\n  tag ${tag}\n</source>\n<match ${pattern}>\n  @type null\n</match>\n${SINK}`).filter((line) => !/nothing|never/.test(line))).toEqual([]);
    }
    const [problem] = lintFluentd(parseFluentd(`<source>\n  @type sample\n  tag a\n  size ${'x'.repeat(100_000)}\n</source>\n${SINK}`));
    expect(problem?.message.length).toBeLessThan(1000);
  });
});
