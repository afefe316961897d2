import { expect, it } from 'vitest';
import { configurationsIn } from './configurations.ts';
import { programOf } from './detect.ts';

const MANIFEST = `# two objects
apiVersion: v1
kind: ConfigMap
metadata:
  name: fluent-bit
data:
  fluent-bit.conf: |
    [SERVICE]
      Flush 1
  note: one line
---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: fluent-bit }
`;

it('finds the configurations in ConfigMaps, with the lines of the file', () => {
  const [first, second, ...rest] = configurationsIn('all.yaml', MANIFEST);
  expect(first).toEqual({ file: 'all.yaml', name: 'fluent-bit.conf', configMap: 'fluent-bit', lineOffset: 7, text: '[SERVICE]\n  Flush 1\n' });
  // The first line of the text is line 8 of the file.
  expect(MANIFEST.split('\n')[first?.lineOffset ?? 0]).toContain('[SERVICE]');
  expect(second).toMatchObject({ name: 'note', text: 'one line' });
  expect(rest).toEqual([]);
});

it('finds them in a List, and in JSON', () => {
  const list = { apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'beat' }, data: { 'filebeat.yml': 'filebeat.inputs: []\n' } }, { apiVersion: 'v1', kind: 'Secret', data: { x: 'e' } }] };
  expect(configurationsIn('list.json', JSON.stringify(list)).map(({ name, text }) => [name, text])).toEqual([['filebeat.yml', 'filebeat.inputs: []\n']]);
});

it('takes anything else for one configuration, also what is no YAML', () => {
  for (const text of ['[INPUT]\n  Name tail\n', '<source>\n  @type tail\n</source>\n', '{{ template }}', '', 'a: [', 'apiVersion: [']) {
    expect(configurationsIn('x.conf', text)).toEqual([{ file: 'x.conf', name: 'x.conf', lineOffset: 0, text }]);
  }
});

it.each([
  ['fluent.conf', '[INPUT]\n    Name tail\n', 'fluent-bit'],
  ['custom_parsers.yaml', 'service:\n  flush: 1\npipeline:\n  inputs:\n    - name: tail\n', 'fluent-bit'],
  ['anything', '# comment\n<source>\n  @type forward\n</source>\n', 'fluentd'],
  ['anything.yml', 'filebeat.inputs:\n- type: log\n', 'filebeat'],
  ['anything.yml', 'metricbeat:\n  modules: []\n', 'metricbeat'],
  ['anything.conf', 'input {\n  beats { port => 5044 }\n}\n', 'logstash'],
  ['config.yaml', 'receivers:\n  filelog: {}\nservice:\n  pipelines: {}\n', 'otel-collector'],
  ['filebeat.yml', 'output.elasticsearch:\n  hosts: [localhost]\n', 'filebeat'],
  ['parsers.conf', '', 'fluent-bit'],
  ['README.md', 'Fluent Bit', undefined],
  ['agent.service', '[Unit]\nDescription=x\n[Service]\nExecStart=/bin/true\n', undefined],
  ['otel-config.yml', 'file_format: "0.3"\npropagator:\n  composite: []\n', undefined],
  ['otel.yaml', 'exporters:\n  debug: {}\n', 'otel-collector'],
] as const)('%s is told by its text first: %#', (name, text, program) => {
  expect(programOf(name, text)).toBe(program);
});
