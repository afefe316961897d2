import { describe, expect, it } from 'vitest';
import { type BEATS_RULES, type BeatsVersion, lintFilebeat, lintMetricbeat, parseFilebeat, parseMetricbeat } from '../index.ts';

const OUTPUT = 'seccomp.enabled: false\noutput.logstash: {hosts: ["logstash:5044"], max_retries: -1}\n';
const filebeat = (inputs: string, rest = OUTPUT, version: BeatsVersion = '7.17') => lintFilebeat(parseFilebeat(`filebeat.inputs:\n${inputs}\n${rest}`, { version }));
const metricbeat = (modules: string, rest = OUTPUT, version: BeatsVersion = '7.17') => lintMetricbeat(parseMetricbeat(`metricbeat.modules:\n${modules}\n${rest}`, { version }));

const LOG = '  - {type: log, paths: [/a.log]}';

/** One fault for each rule, and the text without it. */
const FAULTS: Readonly<Record<keyof typeof BEATS_RULES, readonly [faulty: () => readonly { readonly rule: string }[], right: () => readonly { readonly rule: string }[]]>> = {
  'unknown-plugin': [() => filebeat('  - {type: filestreem, id: a, paths: [/a]}'), () => filebeat('  - {type: filestream, id: a, paths: [/a]}')],
  'unknown-option': [() => filebeat('  - {type: log, paths: [/a], close_inactiv: 5m}'), () => filebeat('  - {type: log, paths: [/a], close_inactive: 5m}')],
  'bad-value': [() => filebeat('  - {type: log, paths: [/a], close_inactive: 1d}'), () => filebeat('  - {type: log, paths: [/a], close_inactive: 24h}')],
  'missing-option': [() => filebeat('  - {type: log, paths: [/a], processors: [{drop_fields: {ignore_missing: true}}]}'), () => filebeat('  - {type: log, paths: [/a], processors: [{drop_fields: {fields: [a]}}]}')],
  'missing-paths': [() => filebeat('  - {type: filestream, id: a}'), () => filebeat('  - {type: filestream, id: a, paths: [/a]}')],
  'not-in-version': [() => filebeat('  - {type: filestream, id: a, paths: [/a], exclude_lines: [x]}', OUTPUT, '7.12'), () => filebeat('  - {type: filestream, id: a, paths: [/a], exclude_lines: [x]}')],
  'same-database': [() => filebeat('  - {type: filestream, id: a, paths: [/a]}\n  - {type: filestream, id: a, paths: [/b]}'), () => filebeat('  - {type: filestream, id: a, paths: [/a]}\n  - {type: filestream, id: b, paths: [/b]}')],
  'same-files': [() => filebeat('  - {type: log, paths: [/var/log/*.log]}\n  - {type: log, paths: [/var/log/a.log]}'), () => filebeat('  - {type: log, paths: [/var/log/a.log]}\n  - {type: log, paths: [/var/log/b.log]}')],
  'filestream-without-id': [() => filebeat('  - {type: filestream, paths: [/a]}'), () => filebeat('  - {type: filestream, id: a, paths: [/a]}')],
  'symlinks-off': [() => filebeat('  - {type: filestream, id: a, paths: [/var/log/containers/*.log], parsers: [{container: {}}]}'), () => filebeat('  - {type: filestream, id: a, paths: [/var/log/containers/*.log], prospector.scanner.symlinks: true, parsers: [{container: {}}]}')],
  'multiline-without-container': [
    () => filebeat('  - {type: filestream, id: a, paths: [/var/log/pods/*/*.log], parsers: [{multiline: {pattern: x, match: after}}, {container: {}}]}'),
    () => filebeat('  - {type: filestream, id: a, paths: [/var/log/pods/*/*.log], parsers: [{container: {}}, {multiline: {pattern: x, match: after}}]}'),
  ],
  'parsers-ignored': [() => filebeat('  - {type: filestream, id: a, paths: [/a], parsers: [{ndjson: {}}]}', OUTPUT, '7.12'), () => filebeat('  - {type: filestream, id: a, paths: [/a], parsers: [{ndjson: {}}]}')],
  'cri-not-parsed': [() => filebeat('  - {type: log, symlinks: true, paths: [/var/log/containers/*.log]}'), () => filebeat('  - {type: container, paths: [/var/log/containers/*.log]}')],
  'clean-inactive': [() => filebeat('  - {type: log, paths: [/a], ignore_older: 1h, clean_inactive: 1h}'), () => filebeat('  - {type: log, paths: [/a], ignore_older: 1h, clean_inactive: 2h}')],
  'loses-lines': [() => filebeat('  - {type: log, paths: [/a], close_renamed: true}'), () => filebeat('  - {type: log, paths: [/a], close_renamed: false}')],
  'several-outputs': [() => filebeat(LOG, `${OUTPUT}output.console: {}\n`), () => filebeat(LOG, `${OUTPUT}output.console: {enabled: false}\n`)],
  'no-output': [() => filebeat(LOG, 'seccomp.enabled: false\n'), () => filebeat(LOG)],
  seccomp: [() => filebeat(LOG, 'output.console: {}\n'), () => filebeat(LOG)],
  'unbounded-buffer': [() => filebeat(LOG, `${OUTPUT}queue.disk.max_size: 0\n`), () => filebeat(LOG, `${OUTPUT}queue.disk.max_size: 1GB\n`)],
  'drops-events': [() => metricbeat('  - {module: system}', 'seccomp.enabled: false\noutput.logstash: {hosts: [a:1]}\n'), () => metricbeat('  - {module: system}')],
  'secret-in-plain-text': [
    () => filebeat(LOG, 'seccomp.enabled: false\nsetup: {ilm.enabled: false, template.enabled: false}\noutput.elasticsearch: {hosts: [a], password: hunter2}\n'),
    () => filebeat(LOG, 'seccomp.enabled: false\nsetup: {ilm.enabled: false, template.enabled: false}\noutput.elasticsearch: {hosts: [a], password: "${PASSWORD}"}\n'),
  ],
  'template-to-opensearch': [
    () => filebeat(LOG, 'seccomp.enabled: false\noutput.elasticsearch: {hosts: ["https://opensearch:9200"]}\n'),
    () => filebeat(LOG, 'seccomp.enabled: false\nsetup.ilm.enabled: false\nsetup.template.enabled: false\noutput.elasticsearch: {hosts: ["https://opensearch:9200"]}\n'),
  ],
  'index-without-template': [
    () => filebeat(LOG, 'seccomp.enabled: false\nsetup.ilm.enabled: false\noutput.elasticsearch: {hosts: [a], index: web}\n'),
    () => filebeat(LOG, 'seccomp.enabled: false\nsetup.ilm.enabled: false\nsetup.template: {name: web, pattern: web-*}\noutput.elasticsearch: {hosts: [a], index: web}\n'),
  ],
  'ttl-with-pipelining': [() => filebeat(LOG, 'seccomp.enabled: false\noutput.logstash: {hosts: [a:1], ttl: 60s}\n'), () => filebeat(LOG, 'seccomp.enabled: false\noutput.logstash: {hosts: [a:1], ttl: 60s, pipelining: 0}\n')],
  'kube-state-metrics-2': [() => metricbeat('  - {module: kubernetes, metricsets: [state_node], hosts: [a]}', OUTPUT, '7.12'), () => metricbeat('  - {module: kubernetes, metricsets: [state_node], hosts: [a]}')],
  'state-and-node': [() => metricbeat('  - {module: kubernetes, metricsets: [state_pod], hosts: [a]}\n  - {module: system}'), () => metricbeat('  - {module: kubernetes, metricsets: [state_pod], hosts: [a]}')],
  'probe-restarts-agent': [() => filebeat(LOG, `${OUTPUT}http.enabled: true\n`), () => filebeat(LOG, `${OUTPUT}http: {enabled: true, host: 0.0.0.0}\n`)],
};

describe.each(Object.entries(FAULTS))('%s', (rule, [faulty, right]) => {
  it('is found, once, and not where it is right', () => {
    expect(faulty().filter((each) => each.rule === rule)).toHaveLength(1);
    expect(right()).toEqual([]);
  });
});

it('takes an input without a type for one of the type log, as Filebeat does', () => {
  expect(filebeat('  - {paths: [/a.log]}')).toEqual([]);
  expect(filebeat('  - {paths: [/a.log], close_inactiv: 5m}')).toMatchObject([{ rule: 'unknown-option', message: expect.stringContaining('log of 7.17 has no option close_inactiv') }]);
  expect(filebeat('  - {input_type: stdin}').filter(({ rule }) => rule !== 'unknown-option')).toEqual([]);
});

it('tells patterns apart folder by folder', () => {
  const both = (one: string, other: string): readonly string[] => filebeat(`  - {type: log, paths: ["${one}"]}\n  - {type: log, paths: ["${other}"]}`).map(({ rule }) => rule);
  expect(both('/logs/*/beacon_*.log', '/logs/*/events.log')).toEqual([]);
  expect(both('/logs/a/*.log', '/logs/b/*.log')).toEqual([]);
  expect(both('/logs/*.log', '/logs/a/b.log')).toEqual([]);
  expect(both('${A:/a/b}/*.json', '${B:/b}/*.json')).toEqual([]);
  expect(both('/logs/*/x*.log', '/logs/b/*.log')).toEqual(['same-files']);
  expect(both('${A:/a}/*.json', '${A:/a}/eve*.json')).toEqual(['same-files']);
  expect(both('/logs/**/*.log', '/logs/a/b/c.log')).toEqual(['same-files']);
});

it('knows the processors of the build under Elastic’s licence', () => {
  expect(filebeat(LOG, `${OUTPUT}processors: [{add_cloudfoundry_metadata: {}}, {add_nomad_metadata: {}}]\n`)).toEqual([]);
});

it('says what was meant, and where', () => {
  const [found] = filebeat('  - type: log\n    paths: [/a]\n    close_inactiv: 5m');
  expect(found).toMatchObject({ rule: 'unknown-option', at: { line: 4, path: 'inputs[0].close_inactiv' }, hint: 'Did you mean close_inactive?' });
  expect(filebeat('  - {type: log, paths: [/a], close_inactive: 5 m}')[0]).toMatchObject({ rule: 'bad-value', hint: 'Write 5m.' });
  expect(filebeat(LOG, `${OUTPUT}queue.disk.max_size: 5 MB\n`)[0]).toMatchObject({ rule: 'bad-value', hint: 'Write 5M, without a space.' });
  expect(filebeat(LOG, `${OUTPUT}http.port: "5066"\n`)[0]).toMatchObject({ rule: 'bad-value', hint: 'Write 5066 as a number.' });
  expect(metricbeat('  - {module: system, metricsets: [cpus]}')[0]).toMatchObject({ rule: 'unknown-plugin', hint: 'Did you mean cpu?' });
  expect(filebeat('  - {type: log, paths: [/a], processors: [{drop_event: {}, drop_fields: {fields: [a]}}]}')[0]).toMatchObject({ rule: 'bad-value', message: expect.stringContaining('2 names') });
});

it('knows which settings of positions go together', () => {
  expect(filebeat('  - {type: log, paths: [/a], close_removed: false}').map(({ rule }) => rule)).toEqual(['loses-lines']);
  expect(filebeat('  - {type: log, paths: [/a], close_removed: false, clean_removed: false}')).toEqual([]);
});

it('never shows the secret that it found', () => {
  expect(JSON.stringify(filebeat(LOG, 'output.kafka: {hosts: [a], password: hunter2}\n'))).not.toContain('hunter2');
});
