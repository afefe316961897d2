import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromSecret } from '../secrets/secretReference.ts';
import { type FluentBitConfig, fluentBitFiles, parseFluentBit } from './index.ts';

const textOf = (config: FluentBitConfig): string => {
  const { files, main } = fluentBitFiles(config);
  return files[main] as string;
};

const CLASSIC = `# Ours since 2019
@SET region=eu
@INCLUDE inputs/*.conf

[SERVICE]
    # seconds
    Flush        5
    Parsers_File parsers.conf
    Odd_Key      kept

[INPUT]
    Name  Tail
    Path  /var/log/a.log,/var/log/b.log
    # not too much
    Mem_Buf_Limit   5MB

[FILTER]
    name modify
    match *
    Add  one 1
    Add  two 2

[OUTPUT]
    Name  opensearch
    Match *
    Port  9200
    HTTP_Passwd \${PASSWORD}

[MULTILINE_PARSER]
    name          traces
    type          regex
    rule "start_state" "/^(\\w+) \\"q\\"/" "cont"
    rule "cont"        "/^\\s+at/"        "cont"
`;

it('reads the classic format, in whatever case its names are', () => {
  const config = parseFluentBit(CLASSIC);
  expect(JSON.parse(JSON.stringify(config))).toEqual({
    env: { region: 'eu' },
    includes: ['inputs/*.conf'],
    service: { flush: 5, parsers_file: 'parsers.conf', extra: { Odd_Key: 'kept' } },
    inputs: [{ name: 'tail', path: '/var/log/a.log,/var/log/b.log', mem_buf_limit: '5MB' }],
    filters: [{ name: 'modify', match: '*', add: ['one 1', 'two 2'] }],
    outputs: [{ name: 'opensearch', match: '*', port: 9200, http_passwd: '${PASSWORD}' }],
    multilineParsers: [{ name: 'traces', type: 'regex', rules: [{ state: 'start_state', regex: '/^(\\w+) \\"q\\"/', next_state: 'cont' }, { state: 'cont', regex: '/^\\s+at/', next_state: 'cont' }] }],
  });
});

it('writes the classic format back as it was, and changes only what changed', () => {
  const config = parseFluentBit(CLASSIC, { file: 'conf/fluent-bit.conf' });
  expect(textOf(config)).toBe(CLASSIC);
  expect(textOf(parseFluentBit(CLASSIC.replaceAll('\n', '\r\n')))).toBe(CLASSIC.replaceAll('\n', '\r\n'));
  const [input] = config.inputs ?? [];
  const changed: FluentBitConfig = {
    ...config,
    env: { region: 'us', zone: 'a' },
    inputs: [{ ...input, mem_buf_limit: '50M', db: '/state/tail.db' } as never, { name: 'dummy', tag: 'd' }],
    filters: [{ name: 'modify', match: '*', add: ['one 1'] }],
    outputs: config.outputs ?? [],
  };
  expect(textOf(changed)).toBe(
    CLASSIC.replace('@SET region=eu', '@SET region=us\n@SET zone=a')
      .replace('    Mem_Buf_Limit   5MB\n', '    Mem_Buf_Limit   50M\n    db /state/tail.db\n\n[INPUT]\n    name dummy\n    tag  d\n')
      .replace('    Add  two 2\n', ''),
  );
});

const YAML = `# Ours
service:
    flush: 5   # seconds
    log_level: info
pipeline:
    inputs:
        - name: tail
          # where
          path: /var/log/a.log
          Mem_Buf_Limit: 5MB
    outputs:
        # the one
        - name: opensearch
          match: "*"
          tls: on
        - name: stdout
          match: '*'
`;

it('writes YAML back as it was, and keeps the comments of what did not change', () => {
  const config = parseFluentBit(YAML);
  expect(JSON.parse(JSON.stringify(config))).toEqual({
    service: { flush: 5, log_level: 'info' },
    inputs: [{ name: 'tail', path: '/var/log/a.log', mem_buf_limit: '5MB' }],
    outputs: [{ name: 'opensearch', match: '*', tls: true }, { name: 'stdout', match: '*' }],
  });
  expect(textOf(config)).toBe(YAML);
  const [first] = config.outputs ?? [];
  const changed = textOf({ ...config, service: { ...config.service, flush: 1 }, outputs: [{ ...first, retry_limit: 7, http_passwd: fromSecret('search', 'pass') } as never] });
  for (const kept of ['# Ours', 'flush: 1 # seconds', '# where', '# the one', 'Mem_Buf_Limit: 5MB', 'retry_limit: 7', 'http_passwd: ${SEARCH_PASS}']) expect(changed).toContain(kept);
  expect(changed).not.toContain('stdout');
  expect(parseFluentBit(changed).outputs).toHaveLength(1);
});

it('says which line it cannot read', () => {
  expect(() => parseFluentBit('[SERVICE]\n[INPUT\n', { file: 'a.conf' })).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_VALUE', message: expect.stringContaining('a.conf:2') }));
  expect(() => parseFluentBit('  Name tail\n[INPUT]\n')).toThrow(expect.objectContaining({ message: expect.stringContaining('outside of a section') }));
  expect(() => parseFluentBit('service: [\n', { file: 'a.yaml' })).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_VALUE', message: expect.stringContaining('a.yaml') }));
  expect(() => parseFluentBit('pipeline:\n  inputs: tail\n')).toThrow(expect.objectContaining({ message: expect.stringContaining('pipeline.inputs') }));
  const bomb = `a: &a [1,1,1,1,1,1,1,1,1,1]\n${[...'bcdefgh'].map((name, at) => `${name}: &${name} [${Array(10).fill(`*${'abcdefgh'[at]}`).join(',')}]`).join('\n')}\n`;
  expect(() => parseFluentBit(bomb, { format: 'yaml' })).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_VALUE' }));
  expect(() => parseFluentBit('['.repeat(50_000), { format: 'yaml' })).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_VALUE' }));
  expect(() => parseFluentBit('- a\n', { format: 'yaml' })).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_VALUE' }));
});

it.each([
  [{ inputs: [{ name: 'tail', path: '/a', mem_buf_limit: '5 MB' }] }, 'Write 5M, without a space.'],
  [{ outputs: [{ name: 'opensearch', match: '*', port: '9200' }] }, 'Write 9200 as a number.'],
  [{ outputs: [{ name: 'opensearch', mach: '*' }] }, 'Did you mean match?'],
  [{ outputs: [{ name: 'opensarch', match: '*' }] }, 'Did you mean opensearch?'],
  [{ service: { 'storage.sync': 'fulll' } }, 'Did you mean full?'],
  [{ inputs: [{ name: 'tail', path: '/a', rotate_wait: '250ms' }] }, 'Fluent Bit reads whole seconds, and would take this for as many seconds.'],
  [{ filters: [{ name: 'kubernetes', match: '*', labels: 'on' }] }, 'Write true or false.'],
])('refuses to write %j', (config, hint) => {
  expect(() => fluentBitFiles(config as never)).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_VALUE', hint }));
});

it('writes what it does not know from extra, and leaves a file with faults as it is', () => {
  expect(textOf({ inputs: [{ name: 'tail', path: '/a', extra: { brand_new: 'yes' } }] })).toContain('brand_new: yes');
  const odd = '[INPUT]\n    Name tail\n    Mem_Buf_Limit 5 MB\n    Mem_Buf_Limit lots\n';
  expect(textOf(parseFluentBit(odd))).toBe(odd);
});

it('says what the classic format cannot say', () => {
  const classic = (config: FluentBitConfig): unknown => fluentBitFiles(config, { format: 'classic' });
  expect(() => classic({ inputs: [{ name: 'dummy', processors: { logs: [{ name: 'content_modifier', action: 'insert' }] } }] })).toThrow(expect.objectContaining({ hint: expect.stringContaining('YAML') }));
  expect(() => classic({ inputs: [{ name: 'dummy', dummy: 'a\nb' }] })).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_VALUE' }));
  expect(() => classic({ inputs: [{ name: 'dummy', dummy: '' }] })).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_VALUE' }));
});

const word = fc.oneof(fc.stringMatching(/^[a-z][a-z0-9_.-]{0,12}$/), fc.constantFrom('__proto__', 'constructor', 'toString', 'Rule', 'Processors'));
const value = fc.stringMatching(/^[!-~é]([ -~é]{0,20}[!-~é])?$/);
const line = fc.oneof(
  fc.constantFrom('', '<in>', '# a note', '<in># indented', '<in><in># further in'),
  fc.tuple(fc.constantFrom('<in>', '<in><in>'), word, fc.constantFrom(' ', '    ', ' \t'), value).map((parts) => parts.join('')),
  fc.constantFrom('[SERVICE]', '[INPUT]', '[filter]', '[OUTPUT]', '[PARSER]', '[MULTILINE_PARSER]', '[UPSTREAM]', '[ INPUT ]', '[__PROTO__]', '[constructor]'),
);
const section = fc.tuple(fc.array(line, { maxLength: 30 }), fc.constantFrom('    ', '\t', ' ')).map(([lines, indent]) => ['[INPUT]', '<in>Name x', ...lines].join('\n').replaceAll('<in>', indent));

it('adds options and sections as far in as the file has them', () => {
  const text = '[INPUT]\n\tName dummy\n';
  const config = parseFluentBit(text, { file: 'a.conf' });
  const [input] = config.inputs ?? [];
  expect(textOf({ ...config, inputs: [{ ...input, tag: 'a' } as never], outputs: [{ name: 'stdout', match: '*' }] })).toBe('[INPUT]\n\tName dummy\n\ttag a\n\n[OUTPUT]\n\tname  stdout\n\tmatch *\n');
});

it.each([
  ['an option less far in', '[INPUT]\n    Name dummy\n  Tag a\n', 3],
  ['an option further in', '[INPUT]\n    Name dummy\n      Tag a\n', 3],
  ['a tab for spaces', '[INPUT]\n    Name dummy\n\tTag a\n', 3],
  ['a comment that stands between', '[INPUT]\n    Name dummy\n  # why\n', 3],
  ['a line of too few spaces', '[INPUT]\n    Name dummy\n  \n', 3],
  ['options without spaces before them', '[INPUT]\nName dummy\n', 2],
  ['a name without a value', '[INPUT]\n    Name dummy\n    Tag\n', 3],
  ['a name with nothing but spaces behind it', '[INPUT]\n    Name dummy\n    Tag   \n', 3],
  ['a tab between name and value', '[INPUT]\n    Name\tdummy\n', 2],
  ['a section that stands further in', '[INPUT]\n    Name dummy\n    [OUTPUT]\n', 3],
])('refuses %s, as the program does', (_what, text, line) => {
  expect(() => parseFluentBit(text, { file: 'a.conf' })).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_VALUE', message: expect.stringContaining(`a.conf:${line}:`) }));
});

it('takes options twice as far in, and what stands behind a section’s bracket for nothing', () => {
  const text = '[INPUT] # first\n    Name dummy\n        Tag a\n        \n    # in\n# out\n';
  const config = parseFluentBit(text, { file: 'a.conf' });
  expect(config.inputs).toEqual([{ name: 'dummy', tag: 'a' }]);
  expect(textOf(config)).toBe(text);
});

it('writes any classic text back byte by byte', () => {
  fc.assert(
    fc.property(section, fc.constantFrom('', '\n', '\n\n'), (text, end) => {
      expect(textOf(parseFluentBit(text + end, { format: 'classic' }))).toBe(text + end);
    }),
  );
});

it('says the same in both formats', () => {
  const record = fc.dictionary(word.filter((name) => !['name', 'processors', 'rules', 'extra', '__proto__'].includes(name.toLowerCase())), value, { maxKeys: 5, noNullPrototype: true });
  fc.assert(
    fc.property(fc.array(record, { maxLength: 4 }), (extras) => {
      const inputs = extras.map((extra) => ({ name: 'unlisted_thing', extra }));
      const config = { inputs: inputs.map((each) => ({ ...each, name: 'ebpf' })) } as unknown as FluentBitConfig;
      for (const format of ['yaml', 'classic'] as const) {
        const { files, main } = fluentBitFiles(config, { format });
        const back = parseFluentBit(files[main] as string, { format }).inputs ?? [];
        expect(back.map((each) => ({ ...(each as { extra?: object }).extra }))).toEqual(extras);
      }
    }),
  );
});
