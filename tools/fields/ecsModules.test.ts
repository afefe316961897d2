import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { defineFields, type Fields, fieldsOf, findField, mappingOf } from '../../packages/core/src/index.ts';
import * as ecs from '../../packages/core/src/ecs.ts';
import { type EcsField, ecsModules } from './ecsModules.ts';
import { readEcs } from './readEcs.ts';

const core = fileURLToPath(new URL('../../packages/core', import.meta.url));
const { version, flat } = readEcs();
const { ecsVersion, ...sets } = ecs;
const all: Fields = defineFields(Object.assign({}, ...Object.values(sets)) as Fields);

describe('@podscope/core/ecs', () => {
  it('is what the installed @elastic/ecs gives: run "npm run fields"', async () => {
    const modules = ecsModules(version, flat);
    for (const [file, text] of modules) expect(await readFile(join(core, 'src', file), 'utf8'), file).toBe(text);
    const present = (await readdir(join(core, 'src/ecs'))).filter((name) => name !== 'fieldSet.ts').map((name) => `ecs/${name}`);
    expect(present.sort()).toEqual([...modules.keys()].filter((file) => file !== 'ecs.ts').sort());
  });

  it('names its source and that one’s notice', async () => {
    const notice = await readFile(join(core, 'NOTICE'), 'utf8');
    expect(notice).toContain(`@elastic/ecs ${version}`);
    expect(ecsVersion).toBe(version);
    const theirs = await readFile(fileURLToPath(import.meta.resolve('@elastic/ecs/NOTICE.txt')), 'utf8');
    for (const line of theirs.trim().split('\n')) expect(notice).toContain(line.trim());
  });

  it('has every field with its type, its multi-fields and what it must have', () => {
    const containers = new Set(Object.keys(flat).flatMap((name) => name.split('.').slice(0, -1).map((_, index, parts) => parts.slice(0, index + 1).join('.'))));
    for (const field of Object.values(flat)) {
      const implied = field.type === 'object' && containers.has(field.flat_name) && !field.normalize.includes('array');
      expect(all[field.flat_name]?.type, field.flat_name).toBe(implied ? undefined : field.type);
      for (const { name, type } of field.multi_fields ?? []) expect(findField(all, `${field.flat_name}.${name}`)?.type).toBe(type);
    }
    expect(Object.keys(all).filter((name) => !Object.hasOwn(flat, name))).toEqual([]);
    expect(Object.keys(all).filter((name) => all[name]?.required)).toEqual(['@timestamp', 'ecs.version']);
    expect(all['host.ip']?.many).toBe(true);
  });

  it('makes a mapping', () => {
    expect(mappingOf(ecs.http).properties['http']).toMatchObject({
      properties: { response: { properties: { status_code: { type: 'long' }, body: { properties: { content: { type: 'wildcard', fields: { text: { type: 'match_only_text' } } } } } } } },
    });
  });
});

const templates = join(process.env['PODSCOPE_CORPUS'] ?? '', 'index-templates/ecs/composable/component');

describe.skipIf(!existsSync(templates))('beside the templates that Elastic publishes', () => {
  it('every field that both have is mapped the same', async () => {
    let both = 0;
    for (const file of await readdir(templates)) {
      const { template } = JSON.parse(await readFile(join(templates, file), 'utf8')) as { template: { mappings: unknown } };
      for (const [name, theirs] of Object.entries(fieldsOf(template.mappings).fields)) {
        const ours = Object.hasOwn(all, name) ? all[name] : undefined;
        if (!ours) continue;
        both++;
        const { synthetic_source_keep: _, ...parameters } = theirs.parameters;
        expect({ type: ours.type, parameters: ours.parameters, multi: Object.keys(ours.multi) }, name).toEqual({ type: theirs.type, parameters, multi: Object.keys(theirs.multi) });
      }
    }
    // Theirs are of a later version: 8 of their fields are new.
    expect(both).toBeGreaterThan(2_500);
  });
});

describe('the generator', () => {
  const field = (flat_name: string, type: string, more: Partial<EcsField> = {}): EcsField => ({ flat_name, type, normalize: [], ...more });
  const written = (...fields: readonly EcsField[]): string => [...ecsModules('1', Object.fromEntries(fields.map((each) => [each.flat_name, each]))).values()].join('');

  it('keeps parameters beside the keyword’s own limit', () => {
    expect(written(field('a.b', 'keyword', { ignore_above: 1024, doc_values: false, index: false }))).toContain("'a.b': keyword({ parameters: { ignore_above: 1024, index: false, doc_values: false } }),");
    expect(written(field('a.b', 'keyword'))).toContain("'a.b': keyword({ parameters: {} }),");
  });

  it('refuses what it does not know, and names that are no names', () => {
    expect(() => written(field('a.b', 'new_type'))).toThrow(/new_type/);
    expect(() => written(field("a.b': 1 }); //", 'keyword'))).toThrow(/no name/);
    expect(() => written(field('A-1.b', 'keyword'))).toThrow(/no name/);
  });
});
