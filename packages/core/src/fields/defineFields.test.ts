import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  alias,
  date,
  defineFields,
  type DocumentOf,
  type Field,
  type FieldName,
  type FieldNameOfType,
  findField,
  ip,
  isPodscopeError,
  keyword,
  long,
  mappingOf,
  nested,
  nestedAbove,
  type NoMulti,
  object,
  other,
  pick,
  scaledFloat,
  short,
  text,
  tokenCount,
} from '../index.ts';

const fields = defineFields({
  '@timestamp': date({ required: true }),
  'http.response.status_code': short(),
  'http.request.method': keyword(),
  message: text({ required: true, fields: { keyword: keyword() } }),
});

describe('defineFields', () => {
  it('types the documents as nested objects', () => {
    const document: DocumentOf<typeof fields> = { '@timestamp': 1, message: 'm', http: { response: { status_code: 200 } } };
    expect(document.http?.response?.status_code).toBe(200);
    // @ts-expect-error a required field is missing
    const missing: DocumentOf<typeof fields> = { message: 'm' };
    // @ts-expect-error a status code is a number
    const wrong: DocumentOf<typeof fields> = { '@timestamp': 1, message: 'm', http: { response: { status_code: '200' } } };
    expect([missing, wrong]).toHaveLength(2);
  });

  it('names fields by type, multi-fields included', () => {
    expectTypeOf<FieldNameOfType<typeof fields, 'keyword'>>().toEqualTypeOf<'http.request.method' | 'message.keyword'>();
    expectTypeOf<FieldNameOfType<typeof fields, 'short'>>().toEqualTypeOf<'http.response.status_code'>();
  });

  it('refuses a name that is another name’s parent', () => {
    expect(() => defineFields({ url: keyword(), 'url.path': keyword() })).toThrow(/"url.path".*"url"/);
    expect(() => defineFields({ 'a..b': keyword() })).toThrow(/empty part/);
    const error: unknown = (() => {
      try {
        return defineFields({ url: keyword(), 'url.path': keyword() });
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(isPodscopeError(error, 'FIELDS_INVALID')).toBe(true);
  });

  it('takes names that every JavaScript object has', () => {
    const odd = defineFields({ 'constructor.name': keyword(), ['__proto__']: long(), 'a.__proto__.b': ip() });
    expect(Object.keys(odd)).toEqual(['constructor.name', '__proto__', 'a.__proto__.b']);
    expect(JSON.stringify(mappingOf(odd).properties)).toBe(
      '{"constructor":{"properties":{"name":{"type":"keyword","ignore_above":1024}}},"__proto__":{"type":"long"},"a":{"properties":{"__proto__":{"properties":{"b":{"type":"ip"}}}}}}',
    );
    expect(findField(odd, '__proto__')?.type).toBe('long');
    expect(({} as Record<string, unknown>)['type']).toBeUndefined();
  });
});

describe('mappingOf', () => {
  it('nests properties and carries multi-fields', () => {
    expect(mappingOf(fields)).toEqual({
      dynamic: 'strict',
      properties: {
        '@timestamp': { type: 'date' },
        http: {
          properties: {
            response: { properties: { status_code: { type: 'short' } } },
            request: { properties: { method: { type: 'keyword', ignore_above: 1024 } } },
          },
        },
        message: { type: 'text', fields: { keyword: { type: 'keyword', ignore_above: 1024 } } },
      },
    });
  });
});

describe('findField', () => {
  it('finds fields and multi-fields and nothing inherited', () => {
    expect(findField(fields, 'message.keyword')?.type).toBe('keyword');
    expect(findField(fields, 'message.none')).toBeUndefined();
    expect(findField(fields, 'constructor')).toBeUndefined();
  });
});

const rich = defineFields({
  '@timestamp': date({ required: true }),
  answers: nested({ parameters: { dynamic: 'strict' } }),
  'answers.name': keyword({ required: true }),
  'answers.data': text({ fields: { keyword: keyword() } }),
  'answers.flags': object({ many: true }),
  'answers.flags.set': keyword(),
  labels: object(),
  'host.ip': ip({ many: true }),
  'host.address': alias('host.ip'),
  nowhere: alias('gone'),
  embedding: other('some_plugin_type', { parameters: { size: 3 } }),
});

describe('objects, nested fields, lists and aliases', () => {
  it('type the document', () => {
    type Rich = DocumentOf<typeof rich>;
    const one: Rich = { '@timestamp': 1, answers: { name: 'a', flags: [{ set: 'x' }] }, host: { ip: ['::1', '127.0.0.1'] }, labels: { any: 1 }, embedding: [1] };
    const list: Rich = { '@timestamp': 1, answers: [{ name: 'a', data: 'd' }, { name: 'b' }] };
    // @ts-expect-error each answer has a name
    const nameless: Rich = { '@timestamp': 1, answers: [{ data: 'd' }] };
    // @ts-expect-error an alias is no part of a document
    const aliased: Rich = { '@timestamp': 1, host: { address: '::1' } };
    // @ts-expect-error nor does an alias alone make a field
    const alone: Rich = { '@timestamp': 1, nowhere: 'x' };
    // @ts-expect-error answers have no such field
    const surprise: Rich = { '@timestamp': 1, answers: { name: 'a', other: 1 } };
    // A required field below answers doesn't make answers required: they have an entry of their own.
    const none: Rich = { '@timestamp': 1 };
    expect([one, list, nameless, aliased, alone, surprise, none]).toHaveLength(7);
    expectTypeOf<DocumentOf<Record<string, ReturnType<typeof keyword>>>>().toEqualTypeOf<Readonly<Record<string, unknown>>>();
  });

  it('name fields as a search finds them', () => {
    // Nothing below `answers`, and the alias under the type of what it leads to.
    expectTypeOf<FieldNameOfType<typeof rich, 'ip'>>().toEqualTypeOf<'host.ip' | 'host.address'>();
    expectTypeOf<FieldNameOfType<typeof rich, 'keyword'>>().toEqualTypeOf<never>();
    expect(findField(rich, 'host.address')?.type).toBe('ip');
    expect(findField(rich, 'nowhere')?.type).toBe('alias');
    expect(findField(rich, 'answers.data.keyword')?.type).toBe('keyword');
    expect(nestedAbove(rich, 'answers.data.keyword')).toBe('answers');
    expect(nestedAbove(rich, 'host.ip')).toBeUndefined();
  });

  it('make their mapping', () => {
    expect(mappingOf(rich, { dynamic: 'false' })).toEqual({
      dynamic: 'false',
      properties: {
        '@timestamp': { type: 'date' },
        answers: {
          type: 'nested',
          dynamic: 'strict',
          properties: {
            name: { type: 'keyword', ignore_above: 1024 },
            data: { type: 'text', fields: { keyword: { type: 'keyword', ignore_above: 1024 } } },
            flags: { properties: { set: { type: 'keyword', ignore_above: 1024 } } },
          },
        },
        labels: { type: 'object' },
        host: { properties: { ip: { type: 'ip' }, address: { type: 'alias', path: 'host.ip' } } },
        nowhere: { type: 'alias', path: 'gone' },
        embedding: { type: 'some_plugin_type', size: 3 },
      },
    });
  });

  it('are refused without what the server needs', () => {
    // @ts-expect-error no scaling factor
    expect(() => scaledFloat()).toThrow();
    // @ts-expect-error no analyzer
    expect(tokenCount({ parameters: {} }).type).toBe('token_count');
    // @ts-expect-error the option is called parameters
    expect(keyword({ required: true, parameter: {} }).required).toBe(true);
    // @ts-expect-error a type is no parameter
    expect(keyword({ parameters: { type: 'long' } }).type).toBe('keyword');
    expect(mappingOf({ price: scaledFloat({ parameters: { scaling_factor: 100 } }) }).properties).toEqual({ price: { type: 'scaled_float', scaling_factor: 100 } });
  });
});

describe('a builder’s type', () => {
  it('is exact, though a catalogue takes any field', () => {
    expectTypeOf(rich['host.ip']).toEqualTypeOf<Field<'ip', false, NoMulti, true>>();
    expectTypeOf(rich['answers.flags.set']).toEqualTypeOf<Field<'keyword', false, NoMulti, false>>();
    expectTypeOf<FieldName<typeof fields>>().toEqualTypeOf<'@timestamp' | 'http.response.status_code' | 'http.request.method' | 'message' | 'message.keyword'>();
    expect(rich['host.ip']).toEqual({ type: 'ip', required: false, multi: {}, many: true, parameters: {} });
  });
});

describe('pick', () => {
  it('takes some fields, with their types', () => {
    const some = defineFields({ ...pick(fields, '@timestamp', 'http.request.method'), extra: long() });
    expect(Object.keys(some)).toEqual(['@timestamp', 'http.request.method', 'extra']);
    expectTypeOf<FieldNameOfType<typeof some, 'keyword'>>().toEqualTypeOf<'http.request.method'>();
    // @ts-expect-error there is no such field
    expect(() => pick(fields, 'http.request.methods')).toThrow(/"http.request.methods"/);
  });
});
