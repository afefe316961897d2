import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { filebeatFiles, type FilebeatConfig, lintFilebeat, parseFilebeat } from '../index.ts';

const TEXT = `# Logs of the shop.
filebeat.inputs:
  # The web tier
  - type: filestream   # not log
    id: web
    paths: ["/var/log/web/*.log"]
    close:
      on_state_change.inactive: 10m # long
    processors:
      - drop_event.when.regexp.message: '^DEBUG'
  # The other one
  - type: log
    paths:
      - /var/log/other.log

seccomp: {enabled: false}
output:
  # There may be only one.
  logstash:
    hosts: ["logstash:5044"]
`;

const written = (config: FilebeatConfig): string => String(filebeatFiles(config).files['filebeat.yml']);

describe('a configuration that somebody wrote', () => {
  it('is written back byte for byte when nothing changed', () => {
    expect(written(parseFilebeat(TEXT))).toBe(TEXT);
    expect(lintFilebeat(parseFilebeat(TEXT))).toEqual([]);
  });

  it('keeps every other comment when something changes', () => {
    const config = parseFilebeat(TEXT);
    const [web, other] = config.inputs;
    const changed = written({ ...config, inputs: [{ ...web, 'close.on_state_change.inactive': '5m' } as typeof config.inputs[0], other as typeof config.inputs[0]], settings: { ...config.settings, 'http.port': 5066 } });
    for (const comment of TEXT.match(/#.*/g) ?? []) expect(changed).toContain(comment);
    expect(parse(changed)).toEqual({ ...parse(TEXT), 'filebeat.inputs': [{ ...parse(TEXT)['filebeat.inputs'][0], close: { 'on_state_change.inactive': '5m' } }, parse(TEXT)['filebeat.inputs'][1]], 'http.port': 5066 });
  });

  it.each([
    ['lists as far in as their name', 'filebeat.inputs:\n- type: log\n  paths:\n  - /a.log\n\noutput.logstash:\n  hosts: ["a:5044"]\n'],
    ['lists further in', 'filebeat.inputs:\n    - type: log\n      paths:\n          - /a.log\n\noutput.logstash:\n    hosts: [ "a:5044" ]\n'],
  ])('keeps the layout when something changes: %s', (_what, text) => {
    const config = parseFilebeat(text);
    expect(written({ ...config, inputs: [{ ...config.inputs[0], paths: ['/b.log'] } as typeof config.inputs[0]] })).toBe(text.replace('/a.log', '/b.log'));
  });

  it('loses an input with its comments only', () => {
    const config = parseFilebeat(TEXT);
    const changed = written({ ...config, inputs: config.inputs.slice(1) });
    expect(parse(changed)['filebeat.inputs']).toEqual([parse(TEXT)['filebeat.inputs'][1]]);
    expect(changed).toContain('# The other one');
    expect(changed).toContain('# There may be only one.');
  });

  it('changes from one output to another', () => {
    const config = parseFilebeat(TEXT);
    expect(parse(written({ ...config, output: { console: { pretty: true } } })).output).toEqual({ 'console.pretty': true });
  });

  it('takes dotted and nested names for the same', () => {
    const dotted = parseFilebeat('filebeat.inputs: [{type: log, paths: [/a], multiline.pattern: x, multiline.match: after}]\noutput.console.pretty: true\n');
    const nested = parseFilebeat('filebeat: {inputs: [{type: log, paths: [/a], multiline: {pattern: x, match: after}}]}\noutput: {console: {pretty: true}}\n');
    expect({ ...dotted, source: undefined }).toEqual({ ...nested, source: undefined });
  });

  it('has an error with its place when it is none', () => {
    expect(() => parseFilebeat('a: [b', { file: 'filebeat.yml' })).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_SYNTAX', message: expect.stringContaining('filebeat.yml') }));
    expect(() => parseFilebeat('- a')).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_SYNTAX' }));
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]', ...'bcdefghij'.split('').map((name, at) => `${name}: &${name} [${Array.from({ length: 9 }, () => `*${'abcdefghij'[at]}`).join(', ')}]`)].join('\n');
    expect(() => parseFilebeat(bomb)).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_SYNTAX' }));
    expect(() => parseFilebeat('filebeat: &f {inputs: *f}')).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_SYNTAX' }));
    expect(parseFilebeat('').inputs).toEqual([]);
    expect(parseFilebeat('filebeat.inputs: null\n__proto__: {x: 1}\nconstructor.prototype.y: 2').inputs).toEqual([]);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('reads and lints whatever is YAML, and writes it back as it was', () => {
    const name = fc.constantFrom('filebeat.inputs', 'output', 'output.logstash', 'processors', 'type', 'paths', 'a.b', 'enabled', 'multiline', 'when', 'id', '0', 'hosts');
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof({ maxDepth: 4 }, fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(name, tie('value'), { maxKeys: 3 })),
    }));
    fc.assert(fc.property(fc.dictionary(name, value, { maxKeys: 4 }), (tree) => {
      const text = JSON.stringify(tree);
      const config = parseFilebeat(text);
      for (const { message } of lintFilebeat(config)) expect(message).not.toBe('');
      expect(written(config)).toBe(text);
    }), { numRuns: 300 });
  });
});
