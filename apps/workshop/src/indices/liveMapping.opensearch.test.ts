import { Client } from '@opensearch-project/opensearch';
import { FIELD_TYPES, fieldsOf, type FieldType, type MappingProperty, mappingOf } from '@podscope/core';
import * as ecs from '@podscope/core/ecs';
import { startOpenSearch, type StartedOpenSearch } from '@podscope/embedded-opensearch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const NEEDED: Partial<Record<FieldType, object>> = {
  scaled_float: { scaling_factor: 100 },
  token_count: { analyzer: 'standard' },
  join: { relations: { question: ['answer'] } },
  constant_keyword: { value: 'one' },
};
/** Elasticsearch's own types, and those of plugins that are not part of the server. */
const ELSEWHERE: readonly FieldType[] = [
  'annotated_text',
  'dense_vector',
  'flattened',
  'histogram',
  'icu_collation_keyword',
  'knn_vector',
  'murmur3',
  'point',
  'semantic',
  'shape',
  'sparse_vector',
  'version',
  'xy_point',
  'xy_shape',
];

/** OpenSearch says of every `wildcard` field that it has no doc values, whoever said nothing about it. */
function withServersDefaults(properties: Readonly<Record<string, MappingProperty>>): Record<string, MappingProperty> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, { properties: inner, ...property }]) => [
      name,
      { ...property, ...(property.type === 'wildcard' ? { doc_values: false } : {}), ...(inner === undefined ? {} : { properties: withServersDefaults(inner) }) },
    ]),
  );
}

describe('mappings of a real server', () => {
  let server: StartedOpenSearch | undefined;
  let client: Client;

  beforeAll(async () => {
    server = await startOpenSearch({ version: '2.19.6' });
    client = new Client({ node: server.url });
  });

  afterAll(async () => {
    await client?.close();
    await server?.stop();
  });

  async function live(index: string): Promise<Record<string, unknown>> {
    const { body } = await client.indices.getMapping({ index });
    return body[index]?.mappings as Record<string, unknown>;
  }

  it('come back as they are: every type that the server has', async () => {
    const refused: FieldType[] = [];
    await client.indices.create({ index: 'types', body: { mappings: { dynamic: 'strict', properties: { target: { type: 'keyword' } } } } });
    for (const type of FIELD_TYPES) {
      if (type === 'other') continue;
      const property = { type, ...NEEDED[type], ...(type === 'alias' ? { path: 'target' } : {}) };
      try {
        await client.transport.request({ method: 'PUT', path: '/types/_mapping', body: { properties: { [`of_${type}`]: property } } });
      } catch (error) {
        expect(String(error), type).toMatch(/No handler for type|unsupported parameters/);
        refused.push(type);
      }
    }
    expect(refused.sort()).toEqual(ELSEWHERE);
    const mapping = await live('types');
    const { fields, root, notes } = fieldsOf(mapping);
    expect(mappingOf(fields, { root })).toEqual(mapping);
    expect(notes.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['alias of_alias']);
    expect(Object.keys(fields)).toHaveLength(FIELD_TYPES.length - 1 - ELSEWHERE.length + 1);
  });

  it('come back as they are: ECS', async () => {
    const sent = mappingOf({ ...ecs.base, ...ecs.http, ...ecs.url, ...ecs.email, ...ecs.dns, ...ecs.observer, ...ecs.cloud }).properties;
    const properties = withServersDefaults(sent);
    await client.transport.request({ method: 'PUT', path: '/ecs', body: { mappings: { properties: sent } } });
    const mapping = await live('ecs');
    const { fields, root } = fieldsOf(mapping);
    expect(mappingOf(fields, { root })).toEqual(mapping);
    expect(mapping['properties']).toEqual(properties);
    expect(Object.keys(fields).length).toBeGreaterThan(300);
  });
});
