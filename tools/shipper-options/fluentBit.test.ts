import { expect, it } from 'vitest';
import { fluentBitOptions } from './fluentBit.ts';

const option = (name: string, type: string, usual: string | null = null): object => ({ name, type, default: usual, description: 'Words that stay out.' });
const schema = (more: object = {}): string =>
  JSON.stringify({
    'fluent-bit': { version: '9.8.7', schema_version: '1', os: 'linux' },
    customs: [],
    inputs: [
      {
        type: 'input',
        name: 'sea-level',
        properties: {
          global_options: [option('tag', 'string', 'default'), option('mem_buf_limit', 'size', '0')],
          networking: [option('net.backlog', 'integer', '128')],
          options: [option('Deep', 'boolean', 'On'), option('tag', 'string', 'default'), option('port', 'integer', '0'), option('every', 'time', '2s'), option('paths', 'multiple comma delimited strings'), option('old', 'deprecated')],
        },
      },
    ],
    filters: [{ type: 'filter', name: 'null', properties: { global_options: [option('match', 'string')], options: [option('rule', 'space delimited strings (minimum 4)'), option("it's", 'variant', "a'b")] } }],
    processors: [],
    outputs: [{ type: 'output', name: 'bay', properties: { options: [option('window', 'integer', '(5)'), option('ratio', 'double', '0.5'), option('rdkafka.', 'prefixed string')] } }],
    ...more,
  });

it('writes a file a plugin, the groups once, and an index of each kind', () => {
  const files = fluentBitOptions(schema());
  expect([...files.keys()]).toEqual(['customs.ts', 'inputs/seaLevel.ts', 'inputs.ts', 'filters/nullPlugin.ts', 'filters.ts', 'processors.ts', 'outputs/bay.ts', 'outputs.ts', 'groups.ts', 'version.ts']);
  expect(Object.fromEntries(files)).toMatchSnapshot();
  expect([...files.values()].join('')).not.toContain('Words that stay out');
});

it('says what is new in a schema of another shape', () => {
  expect(() => fluentBitOptions('[]')).toThrow('fluent-bit -J');
  expect(() => fluentBitOptions('null')).toThrow('fluent-bit -J');
  expect(() => fluentBitOptions('{')).toThrow(SyntaxError);
  expect(() => fluentBitOptions(schema({ 'fluent-bit': { version: '9.8.7', schema_version: '2' } }))).toThrow('Schema version "2"');
  expect(() => fluentBitOptions(schema({ outputs: undefined }))).toThrow('no list of outputs');
  expect(() => fluentBitOptions(schema({ outputs: [{ name: 'bay' }] }))).toThrow('no name or no properties');
  expect(() => fluentBitOptions(schema({ outputs: [{ name: 'bay', properties: { options: [option('shape', 'hexagon')] } }] }))).toThrow('outputs bay: option shape has the type "hexagon"');
  expect(() => fluentBitOptions(schema({ outputs: [{ name: 'bay', properties: { weather: [] } }] }))).toThrow('the group weather');
});
