import { expect, it } from 'vitest';
import type { Fields } from '../models/schema.ts';
import { serviceOf } from '../models/services.ts';
import { pageOf } from './pages.ts';

const versions = Array.from({ length: 60 }, (_, index) => `OpenSearch_2.${index}`);
const operationOf = async (service: string, name: string) => (await serviceOf(service))?.operations.get(name) ?? expect.fail(name);

it('gives a list in pages, by the names that the service has for them, and says what is no token', async () => {
  const operation = await operationOf('es', 'ListVersions');
  const found: string[] = [];
  let input: Fields = {};
  for (let pages = 1; ; pages++) {
    const { Versions, NextToken } = pageOf({ operation, input }, { Versions: versions });
    found.push(...(Versions as readonly string[]));
    if (NextToken === undefined) {
      expect(pages).toBe(3);
      break;
    }
    input = { NextToken };
  }
  expect(found).toEqual(versions);
  expect(pageOf({ operation, input: { MaxResults: 2 } }, { Versions: versions })['Versions']).toHaveLength(2);
  expect(() => pageOf({ operation, input: { NextToken: 'of another' } }, { Versions: versions })).toThrow('not valid');
});

it('leaves whole what the service does not give in pages', async () => {
  const operation = await operationOf('es', 'GetCompatibleVersions');
  const output = { CompatibleVersions: versions.map((SourceVersion) => ({ SourceVersion })) };
  expect(pageOf({ operation, input: {} }, output)).toBe(output);
});
