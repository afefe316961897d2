import { describe, expect, it } from 'vitest';
import { FIELD_TYPES, fieldsFromMapping, fieldsOf, mappingOf } from '../index.ts';
import { compileAndRun } from './generatedCode.fixture.ts';
import { everyKind, everyType, flatRoot, hostileNames } from './liveMapping.fixture.ts';

/** The compiler and a process. */
const SLOW = { timeout: 120_000 };

describe('fieldsFromMapping', () => {
  it('writes a catalogue as people do', () => {
    const code = fieldsFromMapping(
      {
        dynamic: 'strict',
        properties: {
          '@timestamp': { type: 'date' },
          url: { properties: { path: { type: 'keyword', ignore_above: 1024 }, full: { type: 'wildcard' } } },
          message: { type: 'text', fields: { keyword: { type: 'keyword', ignore_above: 256 } } },
          status: { type: 'alias', path: 'url.path' },
          answers: { type: 'nested', properties: { name: { type: 'keyword' } } },
          odd: { type: 'some_plugin_type', a_parameter_with_a_long_name: 'and a long value, too long for one line', another: [1, 2, 3], third: { deep: true } },
        },
      },
      { name: 'apache-access' },
    );
    expect(code).toMatchInlineSnapshot(`
      "import {
        alias,
        date,
        defineFields,
        type DocumentOf,
        keyword,
        mappingOf,
        nested,
        other,
        text,
        wildcard,
      } from '@podscope/core';

      export const apacheAccessFields = defineFields({
        '@timestamp': date(),
        'url.path': keyword(),
        'url.full': wildcard(),
        message: text({ fields: { keyword: keyword({ parameters: { ignore_above: 256 } }) } }),
        status: alias('url.path'),
        answers: nested(),
        'answers.name': keyword({ parameters: {} }),
        odd: other('some_plugin_type', {
          parameters: {
            a_parameter_with_a_long_name: 'and a long value, too long for one line',
            another: [1, 2, 3],
            third: { deep: true },
          },
        }),
      });

      export type ApacheAccessDocument = DocumentOf<typeof apacheAccessFields>;

      export const apacheAccessMapping = mappingOf(apacheAccessFields, { root: { dynamic: 'strict' } });
      "
    `);
  });

  it('takes nothing of the name but letters and digits', () => {
    expect(fieldsFromMapping({}, { name: "x'; process.exit(1); //" })).toContain('export const xProcessExit1Fields = defineFields({});');
    expect(fieldsFromMapping({}, { name: '2026.01' })).toContain('export const index202601Fields');
    expect(fieldsFromMapping({}, { name: '日本' })).toContain('export type IndexDocument');
    // Not the name of a function that the code calls.
    expect(fieldsFromMapping({}, { name: 'define' })).toContain('export const indexDefineFields = defineFields({});');
  });

  it('refuses values that JSON does not have', () => {
    expect(() => fieldsFromMapping({ properties: { a: { type: 'keyword', boost: Infinity } } }, { name: 'a' })).toThrow(/Infinity/);
    expect(() => fieldsFromMapping({ properties: { a: { type: 'keyword', boost: () => 1 } } }, { name: 'a' })).toThrow(/JSON doesn't have/);
  });

  it('writes code that compiles and makes the same mapping: every type, every parameter, hostile names', SLOW, async () => {
    const leaves = Object.fromEntries(hostileNames.map((name) => [name, { type: 'text', fields: { [name]: { type: 'keyword', [name]: name } } }]));
    const hostile = {
      _meta: Object.fromEntries(hostileNames.map((name) => [name, [name]])),
      properties: Object.fromEntries([...hostileNames.map((name) => [`in ${name}`, { properties: { [name]: { type: 'alias', path: name } } }]), ...Object.entries(leaves)]),
    };
    // Made by fromEntries, so that __proto__ is a name in it and not the prototype.
    expect(Object.keys(hostile.properties)).toContain('__proto__');
    const mappings = { kinds: everyKind, types: { properties: everyType }, hostile, nothing: { properties: {} }, flatRoot };
    const code = Object.fromEntries(Object.entries(mappings).map(([name, mapping]) => [name, fieldsFromMapping(mapping, { name })]));
    // Whatever can start a line, end a text or turn its direction is escaped.
    expect(code['hostile']).toMatch(/^[\n\x20-\x7e\p{L}\p{So}]*$/u);
    const ran = await compileAndRun(code);
    expect(ran.complaints).toBe('');
    for (const [name, mapping] of Object.entries(mappings)) {
      expect(sorted(ran.exports[name]?.[`${name}Mapping`]), name).toBe(sorted(JSON.parse(JSON.stringify(mapping))));
    }
    expect(Object.keys(ran.exports['types']?.['typesFields'] ?? {})).toHaveLength(FIELD_TYPES.length - 1);
  });

  it('gives the same catalogue as fieldsOf, whose mapping is the same again', () => {
    const once = fieldsOf(everyKind);
    const again = fieldsOf(mappingOf(once.fields, { root: once.root }));
    expect(again).toEqual(once);
  });
});

/** JSON with the names in order; unlike a comparison of objects it sees an own `__proto__`. */
function sorted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sorted).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, each]) => `${JSON.stringify(name)}:${sorted(each)}`)
    .join()}}`;
}
