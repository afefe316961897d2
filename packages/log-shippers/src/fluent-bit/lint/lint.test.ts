import { expect, it } from 'vitest';
import { fluentBitFiles, type FluentBitRule, lintFluentBit, parseFluentBit, RULES } from '../index.ts';

const rulesOf = (text: string): readonly string[] => [...new Set(lintFluentBit(parseFluentBit(text)).map(({ rule }) => rule))].sort();

/** A file without a fault; each case below spoils one thing of it. */
const GOOD = `[SERVICE]
    Flush 1
    Storage.Path /state/storage

[PARSER]
    Name app
    Format regex
    Regex ^(?<time>\\S+) (?<log>.*)$

[INPUT]
    Name tail
    Tag kube.*
    Path /var/log/containers/*.log
    Exclude_Path /var/log/containers/*_*_fluent-bit-*.log
    Parser app
    DB /state/tail.db
    Skip_Long_Lines on
    Mem_Buf_Limit 50M
    Storage.Type filesystem

[FILTER]
    Name kubernetes
    Match kube.*
    Merge_Log on
    Buffer_Size 0

[OUTPUT]
    Name opensearch
    Match kube.*
    Host search
    Suppress_Type_Name on
    Generate_ID on
    HTTP_Passwd \${PASSWORD}
    Retry_Limit 60
    Storage.Total_Limit_Size 1G
`;

it('finds nothing in a file without a fault', () => {
  expect(rulesOf(GOOD)).toEqual([]);
});

const FAULTS: readonly (readonly [FluentBitRule, string, string])[] = [
  ['unknown-plugin', 'Name kubernetes\n', 'Name kubernets\n'],
  ['unknown-option', 'Skip_Long_Lines on', 'Skip_Long_Lines on\n    Refresh_Intervall 5'],
  ['bad-value', 'Mem_Buf_Limit 50M', 'Mem_Buf_Limit 50 MB'],
  ['bad-value', 'Retry_Limit 60', 'Retry_Limit many'],
  ['bad-value', 'Host search', 'Host search\n    Port abc'],
  ['bad-value', 'Merge_Log on', 'Merge_Log sure'],
  ['bad-value', 'Flush 1', 'Flush 1\n    Storage.Sync half'],
  ['missing-option', '    Path /var/log/containers/*.log\n', '    # no path\n'],
  ['unknown-parser', 'Parser app', 'Parser ap'],
  ['unknown-parser', 'Parser app', 'Multiline.Parser docker, crio'],
  ['same-database', '[FILTER]', '[INPUT]\n    Name systemd\n    Tag kube.journal\n    DB /state/tail.db\n    Mem_Buf_Limit 5M\n\n[FILTER]'],
  ['missing-database', '    DB /state/tail.db\n', ''],
  ['filter-matches-nothing', '[OUTPUT]', '[FILTER]\n    Name modify\n    Match kubernetes.*\n    Add a b\n\n[OUTPUT]'],
  ['output-matches-nothing', '[OUTPUT]', '[OUTPUT]\n    Name stdout\n    Match app.*\n\n[OUTPUT]'],
  ['tag-without-output', '[FILTER]', '[INPUT]\n    Name dummy\n    Tag lost\n\n[FILTER]'],
  ['missing-match', '    Match kube.*\n    Merge_Log', '    Merge_Log'],
  ['merge-log-key', '(?<log>', '(?<message>'],
  ['kubernetes-tag-prefix', 'Buffer_Size 0', 'Buffer_Size 0\n    Kube_Tag_Prefix k8s.var.log.containers.'],
  ['kubernetes-buffer-size', '    Buffer_Size 0\n', ''],
  ['docker-parser-on-cri', '    Parser app\n', ''],
  ['endless-retry', 'Retry_Limit 60', 'Retry_Limit False'],
  ['endless-retry', 'Retry_Limit 60', 'Retry_Limit no_limits'],
  ['too-few-retries', '    Retry_Limit 60\n', ''],
  ['too-few-retries', 'Retry_Limit 60', 'Retry_Limit 2'],
  ['unbounded-buffer', '    Storage.Total_Limit_Size 1G\n', ''],
  ['unbounded-buffer', '[FILTER]', '[INPUT]\n    Name syslog\n    Tag kube.syslog\n\n[FILTER]'],
  ['missing-storage-path', '    Storage.Path /state/storage\n', ''],
  ['probe-restarts-agent', 'Flush 1', 'Flush 1\n    HTTP_Server on\n    Health_Check on'],
  ['secret-in-plain-text', 'HTTP_Passwd ${PASSWORD}', 'HTTP_Passwd hunter2'],
  ['secret-in-plain-text', '[OUTPUT]', '[OUTPUT]\n    Name http\n    Match kube.*\n    Retry_Limit 60\n    Storage.Total_Limit_Size 1G\n    Header Authorization Bearer hunter2\n\n[OUTPUT]'],
  ['forward-metadata', '[OUTPUT]', '[OUTPUT]\n    Name forward\n    Match kube.*\n    Storage.Total_Limit_Size 1G\n\n[OUTPUT]'],
  ['type-name', '    Suppress_Type_Name on\n', ''],
  ['tls-not-verified', 'Host search', 'Host search\n    tls on\n    tls.verify off'],
  ['doubled-on-retry', '    Generate_ID on\n', ''],
  ['response-cut-off', 'Host search', 'Host search\n    Buffer_Size 4K'],
  ['long-lines-stop-file', '    Skip_Long_Lines on\n', ''],
  ['reads-own-logs', '    Exclude_Path /var/log/containers/*_*_fluent-bit-*.log\n', ''],
  ['deprecated-option', '[OUTPUT]', '[FILTER]\n    Name parser\n    Match kube.*\n    Key_Name log\n    Parser app\n    Unescape_Key on\n\n[OUTPUT]'],
];

it.each(FAULTS)('finds %s: %j → %j', (rule, right, wrong) => {
  expect(GOOD).toContain(right);
  const problems = lintFluentBit(parseFluentBit(GOOD.replace(right, wrong), { file: 'fluent-bit.conf' }));
  expect(problems.map((problem) => problem.rule)).toContain(rule);
  // An option that can't be read may hide what depends on it, so only faults of the same plugin may come along.
  if (rule !== 'unknown-plugin') expect(new Set(problems.map((problem) => problem.rule))).toEqual(new Set([rule]));
  const [problem] = problems;
  expect(problem?.severity).toBe(RULES[rule].severity);
  expect(JSON.stringify(problems)).not.toContain('hunter2');
});

it('has a case for each rule', () => {
  expect(new Set(FAULTS.map(([rule]) => rule))).toEqual(new Set(Object.keys(RULES)));
});

it('says where it is and what was meant', () => {
  const [problem] = lintFluentBit(parseFluentBit(GOOD.replace('Skip_Long_Lines on', 'Skip_Long_Lines on\n    Refresh_Intervall 5'), { file: 'a.conf' }));
  expect(problem).toEqual({ rule: 'unknown-option', severity: 'error', at: { file: 'a.conf', line: 18, path: 'inputs[0].Refresh_Intervall' }, message: 'tail has no option Refresh_Intervall.', hint: 'Did you mean refresh_interval?' });
  const [yaml] = lintFluentBit(parseFluentBit('pipeline:\n  inputs:\n    - name: dummy\n      rat: 3\n', { file: 'a.yaml' }));
  expect(yaml).toMatchObject({ rule: 'unknown-option', at: { file: 'a.yaml', line: 4 }, hint: 'Did you mean rate?' });
  const text = 'pipeline:\n  inputs:\n    - name: dummy\n      processors:\n        logs:\n          - name: sql\n            query: q\n          - name: nothing_such\n';
  const inProcessor = parseFluentBit(text, { file: 'a.yaml' });
  expect(lintFluentBit(inProcessor)).toMatchObject([{ rule: 'unknown-plugin', at: { file: 'a.yaml', line: 8, path: 'inputs[0].processors.logs[1].name' } }]);
  expect(fluentBitFiles(inProcessor).files['a.yaml']).toBe(text);
});

it('asks about parsers of other files only where it is told what is in them', () => {
  const config = parseFluentBit('[SERVICE]\n  Parsers_File p.conf\n[INPUT]\n  Name tail\n  Path /a\n  DB /a.db\n  Skip_Long_Lines on\n  Parser mine\n[OUTPUT]\n  Name stdout\n  Match *\n');
  expect(lintFluentBit(config)).toEqual([]);
  expect(lintFluentBit(config, { parsers: ['mine'] })).toEqual([]);
  expect(lintFluentBit(config, { parsers: ['nine'] })).toMatchObject([{ rule: 'unknown-parser', hint: 'Did you mean nine?' }]);
});

it('follows tags through rewrite_tag, routes and regular expressions', () => {
  const pipeline = (filter: string, output: string): string => `[INPUT]\n  Name dummy\n  Tag raw\n[FILTER]\n  Name rewrite_tag\n  Match raw\n  Rule $log ^(.*)$ ${filter} false\n[OUTPUT]\n  Name stdout\n  ${output}\n`;
  expect(rulesOf(pipeline('new.$TAG', 'Match new.*'))).toEqual([]);
  expect(rulesOf(pipeline('new.$TAG', 'Match_Regex ^new'))).toEqual([]);
  expect(rulesOf(pipeline('new.$TAG', 'Match old.*'))).toEqual(['output-matches-nothing', 'tag-without-output']);
  expect(rulesOf('pipeline:\n  inputs:\n    - name: dummy\n      routes:\n        logs: []\n  outputs:\n    - name: stdout\n')).toEqual([]);
  expect(rulesOf('[INPUT]\n  Name forward\n  Mem_Buf_Limit 5M\n[FILTER]\n  Name stdout\n  Match anything\n[OUTPUT]\n  Name stdout\n  Match other.*\n')).toEqual([]);
});

it('knows what outputs and inputs of every kind take', () => {
  expect(rulesOf('[INPUT]\n  Name dummy\n  Tag a\n[OUTPUT]\n  Name cloudwatch_logs\n  Match *\n  region eu-west-1\n  log_group_name g\n  log_stream_name s\n  net.keepalive off\n  net.dns.resolver LEGACY\n')).toEqual([]);
  expect(rulesOf('pipeline:\n  inputs:\n    - name: dummy\n      tag: a\n      telemetry: {metrics: {logs: {tag_records: {enabled: false}}}}\n  outputs:\n    - {name: stdout, match: a}\n')).toEqual([]);
});

it('only warns of storage.path where another file may have it', () => {
  const severities = (text: string): readonly string[] => lintFluentBit(parseFluentBit(text)).filter(({ rule }) => rule === 'missing-storage-path').map(({ severity }) => severity);
  const input = '[INPUT]\n  Name dummy\n  Tag a\n  Storage.Type filesystem\n';
  expect(severities(`${input}[OUTPUT]\n  Name stdout\n  Match *\n`)).toEqual(['warning']);
  expect(severities(`[SERVICE]\n  Flush 1\n@INCLUDE service.conf\n${input}`)).toEqual(['warning']);
  expect(severities(`[SERVICE]\n  Flush 1\n${input}`)).toEqual(['error']);
});

it('routes plugins of other builds, whose options it does not know', () => {
  const text = (match: string): string => `[INPUT]\n  Name systemd\n  Tag host.dmesg\n  DB /a.db\n  Mem_Buf_Limit 5M\n[FILTER]\n  Name wasm\n  Match host.*\n  Wasm_Path /a\n[OUTPUT]\n  Name cloudwatch\n  ${match}\n  region a\n`;
  expect(rulesOf(text('Match host.*'))).toEqual([]);
  expect(rulesOf(text('Match_Regex ^host'))).toEqual([]);
  expect(rulesOf(text('Match app.*'))).toEqual(['output-matches-nothing', 'tag-without-output']);
  expect(rulesOf(text('log_group_name g').replace('[OUTPUT]', '[OUTPUT]\n  Name stdout\n  Match other.*\n[OUTPUT]'))).toEqual(['missing-match', 'output-matches-nothing', 'tag-without-output']);
  expect(fluentBitFiles(parseFluentBit(text('Match host.*'), { file: 'a.conf' })).files['a.conf']).toBe(text('Match host.*'));
});

// Each tried in Fluent Bit 5.1.1: "NO match for stdout.0 output instance" where something is found, and the record printed where nothing is.
it('lets the only output take everything of the only input without a match', () => {
  const text = (service: string, more: string): string => `[SERVICE]\n  Flush 1\n${service}[INPUT]\n  Name dummy\n  Tag raw\n${more}[OUTPUT]\n  Name stdout\n`;
  expect(rulesOf(text('', ''))).toEqual([]);
  expect(rulesOf(text('', '[FILTER]\n  Name stdout\n  Match raw\n'))).toEqual([]);
  expect(rulesOf(text('', '[FILTER]\n  Name stdout\n'))).toEqual(['missing-match']);
  for (const [service, more] of [
    ['', '[OUTPUT]\n  Name null\n  Match x\n'],
    ['', '[INPUT]\n  Name dummy\n  Tag other\n'],
    ['  Storage.Path /state\n', ''],
    ['', '[FILTER]\n  Name rewrite_tag\n  Match raw\n  Rule $message ^(.*)$ new false\n'],
    ['', '[FILTER]\n  Name multiline\n  Match raw\n  Multiline.Parser java\n  Multiline.Key_Content message\n'],
    ['', '[FILTER]\n  Name log_to_metrics\n  Match raw\n  Tag m\n  Metric_Mode counter\n  Metric_Name a\n  Metric_Description b\n'],
  ] as const) expect(rulesOf(text(service, more)), more || service).toEqual(expect.arrayContaining(['missing-match', 'tag-without-output']));
});

it('does not ask a part of a configuration for what another may have', () => {
  const inputs = '[INPUT]\n  Name tail\n  Path /a\n  Tag a\n  DB /a.db\n  Skip_Long_Lines on\n  Parser mine\n';
  const whole = `${inputs}[OUTPUT]\n  Name stdout\n  Match b\n`;
  expect(rulesOf(inputs)).toEqual([]);
  expect(rulesOf(whole)).toEqual(['output-matches-nothing', 'tag-without-output', 'unknown-parser']);
  expect(lintFluentBit(parseFluentBit(whole), { isPart: true })).toEqual([]);
});

it('looks for the name of the pod behind the prefix, with or without the dot', () => {
  expect(rulesOf(GOOD.replace('Buffer_Size 0', 'Buffer_Size 0\n    Kube_Tag_Prefix kube.var.log.containers'))).toEqual([]);
});
