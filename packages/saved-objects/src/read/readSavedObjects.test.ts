import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readSavedObjects, readSavedObjectStream } from './readSavedObjects.ts';

const line = (id: string, more: object = {}) => JSON.stringify({ type: 'visualization', id, attributes: { title: id, visState: '{"type":"line"}' }, references: [], ...more });
const ids = (text: string, file = 'some.ndjson') => readSavedObjects(text, { file }).objects.map(({ object }) => object.id);
const problems = (text: string, file = 'some.ndjson') => readSavedObjects(text, { file }).problems.map(({ place, what }) => `${place.file}:${place.line}${place.column === undefined ? '' : `:${place.column}`}: ${what}`);

async function streamed(parts: readonly (string | Uint8Array)[]): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const entry of readSavedObjectStream(Readable.from(parts), { file: 's' })) found.push('object' in entry ? entry.object.id : `${entry.place.line}: ${entry.what}`);
  return found;
}

describe('the forms', () => {
  it('an export, an object a line, with its details at the end', () => {
    const text = [line('one'), '', line('two'), '{"exportedCount":2,"missingRefCount":0,"missingReferences":[]}', ''].join('\n');
    const { objects, problems: wrong } = readSavedObjects(text, { file: 'export.ndjson' });
    expect(wrong).toEqual([]);
    expect(objects.map(({ object, form, place }) => [object.id, form, place.line])).toEqual([['one', 'export', 1], ['two', 'export', 3]]);
  });

  it('a byte order mark, and lines that end in CR LF', () => {
    expect(ids(`\uFEFF${line('one')}\r\n${line('two')}\r\n`)).toEqual(['one', 'two']);
  });

  it('one object over many lines; what is inside becomes text', () => {
    const inner = { type: 'pie', aggs: [] };
    const source = { query: { query: 'a:1', language: 'kuery' } };
    const text = JSON.stringify({ id: 'x', type: 'visualization', attributes: { title: 'X', visState: inner, kibanaSavedObjectMeta: { searchSourceJSON: source } }, coreMigrationVersion: '8.0.0' }, null, 2);
    const [only] = readSavedObjects(text).objects;
    expect(only?.object.attributes).toEqual({ title: 'X', visState: JSON.stringify(inner), kibanaSavedObjectMeta: { searchSourceJSON: JSON.stringify(source) } });
    expect(only?.object.rest).toEqual({ coreMigrationVersion: '8.0.0' });
  });

  it('a list in "objects", with one that the server did not find', () => {
    const text = JSON.stringify({ version: '7.9.0', objects: [JSON.parse(line('one')), { id: 'gone', type: 'search', error: { statusCode: 404, message: 'Not found' } }] });
    expect(ids(text)).toEqual(['one']);
    expect(problems(text)).toEqual(['some.ndjson:1: search gone in "objects" has no attributes: Not found']);
  });

  it('exports before 7.0', () => {
    const text = JSON.stringify([{ _id: 'a', _type: 'dashboard', _source: { title: 'A', panelsJSON: '[]' }, _references: [{ name: 'n', type: 'search', id: 's' }], _migrationVersion: { dashboard: '6.5.0' } }], null, 1);
    const [only] = readSavedObjects(text).objects;
    expect(only).toMatchObject({ form: 'legacy', object: { type: 'dashboard', id: 'a', references: [{ id: 's' }], migrationVersion: { dashboard: '6.5.0' } } });
  });

  it('documents of the index: hits of a search, and an archive of documents one after another', () => {
    const source = { type: 'search', search: { title: 'S', columns: ['a'] }, references: [], updated_at: 'then' };
    const hits = JSON.stringify({ hits: { hits: [{ _index: '.kibana_1', _id: 'search:a:b', _source: source }, { _id: 'space:search:c', _source: source }] } });
    expect(readSavedObjects(hits).objects.map(({ object }) => [object.type, object.id, object.rest['updated_at']])).toEqual([['search', 'a:b', 'then'], ['search', 'c', 'then']]);
    const archive = ['one', 'two'].map((id) => JSON.stringify({ type: 'doc', value: { id: `search:${id}`, index: '.kibana', source } }, null, 2)).join('\n\n');
    expect(readSavedObjects(archive).objects.map(({ object, form, place }) => [object.id, form, place.line])).toEqual([['one', 'index', 1], ['two', 'index', 20]]);
  });

  it('attributes alone take the type from their names and the id from the file', () => {
    const of = (attributes: object) => readSavedObjects(JSON.stringify(attributes, null, 2), { file: '/a/b/My-view.json' }).objects.map(({ object }) => `${object.type} ${object.id}`);
    expect(of({ title: 't', visState: '{}' })).toEqual(['visualization My-view']);
    expect(of({ title: 't', panelsJSON: '[]' })).toEqual(['dashboard My-view']);
    expect(of({ title: 't', columns: [] })).toEqual(['search My-view']);
    expect(of({ title: 't', timeFieldName: '@timestamp' })).toEqual(['index-pattern My-view']);
    expect(readSavedObjects(JSON.stringify({ title: 't', visState: '{}' })).problems[0]?.what).toBe('a visualization without an id');
  });
});

describe('what is wrong', () => {
  it.each([
    ['a bad line among good ones', `${line('one')}\n{"type": "visualization", "id": oops}\n${line('two')}\n`, ['one', 'two'], ["some.ndjson:2:33: no JSON: a word that is none of true, false and null"]],
    ['a damaged first line', `{"type": "visu\n${line('two')}\n${line('three')}\n`, ['two', 'three'], ['some.ndjson:1:10: no JSON: it ends within a text']],
    ['a truncated last line', `${line('one')}\n${line('two').slice(0, 30)}`, ['one'], ['some.ndjson:2:30: no JSON: it ends within a text']],
    ['a truncated document', `{\n  "type": "visualization",\n  "id": "x"`, [], ['some.ndjson:3:12: no JSON: it ends within an object']],
    ['nothing', '', [], []],
    ['white space', ' \n\n', [], []],
    ['something else', '{"name": "podscope", "version": "1"}', [], ['some.ndjson:1: no saved object: an object with "name", "version"']],
    ['a value', '42', [], ['some.ndjson:1: a number, not an object']],
    ['a page', '<html>\n<body>\n</html>', [], ['some.ndjson:1:1: no JSON: a word that is none of true, false and null']],
    ['no id', '{"type":"dashboard","attributes":{}}\n{"type":"dashboard","attributes":{}}', [], ['some.ndjson:1: a dashboard has no id', 'some.ndjson:2: a dashboard has no id']],
    ['no type', '{"id":"x","attributes":{}}', [], ['some.ndjson:1: x has no type']],
    ['broken references', line('one', { references: [{ name: 'a', type: 'search' }] }), ['one'], ['some.ndjson:1: visualization one: references[0] has no name, type and id']],
    ['references that are no list', line('one', { references: {} }), ['one'], ['some.ndjson:1: visualization one: "references" is not a list']],
    ['versions that are none', line('one', { migrationVersion: { visualization: 7 } }), ['one'], ['some.ndjson:1: visualization one: "migrationVersion" is not versions by type']],
    ['lists in lists', `${'['.repeat(5000)}${']'.repeat(5000)}`, [], ['some.ndjson:1: lists within lists']],
  ])('%s', (_, text, found, wrong) => {
    expect(ids(text)).toEqual(found);
    expect(problems(text)).toEqual(wrong);
  });

  it('a member named __proto__ changes nobody’s prototype', () => {
    const { objects } = readSavedObjects('{"type":"x","id":"y","attributes":{"__proto__":{"polluted":1}},"__proto__":{"polluted":1}}');
    expect(objects).toHaveLength(1);
    expect(Object.getPrototypeOf(objects[0]?.object.rest)).toBe(Object.prototype);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe('a stream', () => {
  it('gives the same, wherever it is cut', async () => {
    const text = `${line('ä€😀')}\n{bad\n${line('two')}\n{"exportedCount":2}\n`;
    const whole = await streamed([text]);
    expect(whole).toEqual(['ä€😀', expect.stringMatching(/^2: no JSON/u), 'two']);
    const bytes = new TextEncoder().encode(text);
    for (const size of [1, 2, 3, 7, 50]) {
      const parts = Array.from({ length: Math.ceil(bytes.length / size) }, (__, index) => bytes.subarray(index * size, (index + 1) * size));
      expect(await streamed(parts)).toEqual(whole);
    }
  });

  it('stops at bytes that are no text, and keeps what came before', async () => {
    const good = new TextEncoder().encode(`${line('one')}\n${line('two')}\n`);
    expect(await streamed([good, new Uint8Array([0x7b, 0xff, 0xfe])])).toEqual(['one', 'two', '3: not UTF-8 text from here on']);
    expect(await streamed([good, new Uint8Array([0xe2, 0x82])])).toEqual(['one', 'two', '3: it ends within a UTF-8 character']);
  });

  it('leaves out a line that no import would take, and goes on after it', async () => {
    async function* parts(): AsyncGenerator<string> {
      yield `${line('one')}\n${line('two')}\n`;
      for (let sent = 0; sent < 40; sent += 1) yield 'x'.repeat(1024 * 1024);
      yield `\n${line('three')}\n`;
    }
    const found: string[] = [];
    for await (const entry of readSavedObjectStream(parts())) found.push('object' in entry ? entry.object.id : entry.what.slice(0, 22));
    expect(found).toEqual(['one', 'two', 'the line has more than', 'three']);
  });
});

describe('files of other tools', () => {
  const source = { type: 'search', search: { title: 'S', columns: ['a'] }, references: [], migrationVersion: { search: '7.9.3' } };

  it('a document’s source, whose file is called like its document', () => {
    const { objects, problems } = readSavedObjects(JSON.stringify(source), { file: 'search:abc.json' });
    expect(problems).toEqual([]);
    expect(objects).toMatchObject([{ form: 'index', object: { type: 'search', id: 'abc', attributes: { title: 'S' }, migrationVersion: { search: '7.9.3' } } }]);
    expect(readSavedObjects(JSON.stringify([source])).problems).toMatchObject([{ what: 'a search without an id' }]);
  });

  it('a bulk request, whose lines say what comes next', () => {
    const lines = [{ create: { _index: '.kibana', _type: 'search', _id: 's' } }, { title: 'S', columns: ['a'] }, { index: { _index: '.kibana', _type: 'doc', _id: 'search:t' } }, source];
    const { objects, problems } = readSavedObjects(`${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
    expect(problems).toEqual([]);
    expect(objects.map(({ form, object: { type, id } }) => [form, type, id])).toEqual([['legacy', 'search', 's'], ['index', 'search', 't']]);
  });

  it('lists by type, as kidash keeps them', () => {
    const { objects, problems } = readSavedObjects(JSON.stringify({ dashboard: { id: 'd', value: { title: 'D', panelsJSON: '[]' } }, visualizations: [{ id: 'v', value: { title: 'V', visState: '{"type":"markdown"}' } }, { value: { title: 'no id' } }], searches: [] }));
    expect(objects.map(({ form, object: { type, id } }) => [form, type, id])).toEqual([['kidash', 'dashboard', 'd'], ['kidash', 'visualization', 'v']]);
    expect(problems).toMatchObject([{ what: 'a visualization without an id' }]);
  });
});
