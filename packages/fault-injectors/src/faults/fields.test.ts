import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as catalogues from '@podscope/core/catalogues';
import { expect, it } from 'vitest';
import { faultCatalogue } from './catalogue.ts';

const known = new Set(Object.values(catalogues).flatMap((fields) => Object.keys(fields)));
/** What looks like a field of our indices. */
const FIELD = /(?<![\w./-])(?:redis|system|http|url|user_agent|event|source|log)\.[a-z_]+(?:\.[a-z_0-9]+)*/g;

it.each(faultCatalogue.map(({ id, symptom }) => ({ id, symptom })))('$id names only fields that are in the indices', ({ id, symptom }) => {
  const page = readFileSync(join(import.meta.dirname, id, 'README.md'), 'utf8');
  const named = [...symptom.matchAll(FIELD), ...page.matchAll(/`([^`\n]+)`/g)].flatMap(([text, code]) => (code ?? text).match(FIELD) ?? []);
  expect(named.filter((field) => !known.has(field) && !field.endsWith('.test.ts'))).toEqual([]);
});
