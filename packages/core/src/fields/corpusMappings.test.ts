import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fieldsFromMapping, fieldsOf, type MappingNote, mappingOf } from '../index.ts';
import { compileAndRun } from './generatedCode.fixture.ts';

const corpus = process.env['PODSCOPE_CORPUS'];
const folder = corpus === undefined ? undefined : join(corpus, 'index-templates');

interface Found {
  readonly file: string;
  readonly mapping: Record<string, unknown>;
}

/** Every mapping in every template, and the files that are no JSON. */
function read(top: string): { readonly mappings: readonly Found[]; readonly broken: readonly string[] } {
  const mappings: Found[] = [];
  const broken: string[] = [];
  for (const file of readdirSync(top, { recursive: true, encoding: 'utf8' }).filter((each) => each.endsWith('.json')).sort()) {
    let template: Record<string, unknown>;
    try {
      template = JSON.parse(readFileSync(join(top, file), 'utf8')) as Record<string, unknown>;
    } catch {
      broken.push(file);
      continue;
    }
    const inner = (template['template'] ?? {}) as Record<string, unknown>;
    for (const mapping of [template['mappings'], inner['mappings']]) if (mapping) mappings.push({ file, mapping: mapping as Record<string, unknown> });
  }
  return { mappings, broken };
}

/** The mapping as a server shows it: dotted names as objects, no type where an object shows its fields. */
function asShown(mapping: Record<string, unknown>): Record<string, unknown> {
  const { properties, ...rest } = mapping;
  if (properties === undefined) return rest;
  const shown: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(properties as Record<string, Record<string, unknown>>)) {
    const parts = name.split('.');
    const leaf = parts.pop() ?? '';
    let at = shown;
    for (const part of parts) {
      const next = (at[part] ??= {}) as Record<string, unknown>;
      at = (next['properties'] ??= {}) as Record<string, unknown>;
    }
    const inside = asShown(property);
    const below = Object.keys((inside['properties'] ?? {}) as object).length > 0;
    if (!below) delete inside['properties'];
    if (!below && inside['type'] === undefined) inside['type'] = 'object';
    if (below && inside['type'] === 'object') delete inside['type'];
    const before = at[leaf] as Record<string, unknown> | undefined;
    at[leaf] = before ? { ...before, ...inside, properties: { ...(before['properties'] as object), ...(inside['properties'] as object) } } : inside;
  }
  return { ...rest, properties: shown };
}

describe.skipIf(folder === undefined || !existsSync(folder))('mappings of the corpus', () => {
  const { mappings, broken } = folder === undefined ? { mappings: [], broken: [] } : read(folder);

  it('become catalogues whose mapping is the same, and code that compiles and makes it too', { timeout: 300_000 }, async () => {
    const notes: Partial<Record<MappingNote['kind'], number>> = {};
    const modules: Record<string, string> = {};
    let fields = 0;
    for (const [index, { file, mapping }] of mappings.entries()) {
      const catalogue = fieldsOf(mapping);
      fields += Object.keys(catalogue.fields).length;
      for (const { kind } of catalogue.notes) notes[kind] = (notes[kind] ?? 0) + 1;
      expect(mappingOf(catalogue.fields, { root: catalogue.root }), file).toEqual({ properties: {}, ...asShown(mapping) });
      modules[`m${index}`] = fieldsFromMapping(mapping, { name: `m${index}` });
    }
    const ran = await compileAndRun(modules);
    expect(ran.complaints).toBe('');
    for (const [index, { file, mapping }] of mappings.entries()) {
      expect(ran.exports[`m${index}`]?.[`m${index}Mapping`], file).toEqual({ properties: {}, ...asShown(mapping) });
    }
    // Two files were published with text after the JSON document. Nothing in the rest needed other().
    expect(broken).toHaveLength(2);
    expect({ mappings: mappings.length, fields, notes }).toEqual({
      mappings: 74,
      fields: 6321,
      notes: { alias: 12, 'dotted-name': 49, 'dynamic-template': 57, 'multi-fields': 316 },
    });
  });
});
