import { isEmptyPlan } from '@podscope/core';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { differences } from './plan/differences.ts';
import { defineIndexSetup } from './define.ts';
import type { IndexSetup, JsonObject } from './model.ts';
import { normaliseComponentTemplate, normaliseIndexTemplate } from './normalise/templates.ts';
import { markTemplate } from './plan/ownership.ts';
import { observing } from './plan/fixtures/observing.ts';
import { planIndices } from './plan/plan.ts';

const corpus = process.env['PODSCOPE_CORPUS'];
const folder = corpus === undefined ? undefined : path.join(corpus, 'index-templates');
const present = folder !== undefined && existsSync(folder);

/** These two were published with text after the JSON document. */
const BROKEN = [
  'opensearch-catalog/schema_observability_traces_traces-1.0.0.mapping.json',
  'opensearch-catalog/schema_observability_traces_traces-datastream-1.0.0.mapping.json',
];

function files(): readonly string[] {
  if (folder === undefined) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
}

function parse(file: string): JsonObject {
  return JSON.parse(readFileSync(path.join(folder ?? '', file), 'utf8')) as JsonObject;
}

function templates(): readonly (readonly [string, JsonObject])[] {
  return files()
    .filter((file) => !BROKEN.includes(file))
    .map((file) => [file, parse(file)] as const);
}

/** Legacy templates have settings and mappings at the top; the rules for them are the same. */
function bodyOf(template: JsonObject): JsonObject {
  return 'template' in template && typeof template['template'] === 'object' ? template : { ...template, template };
}

describe(present ? 'published templates' : 'published templates (not run: PODSCOPE_CORPUS names no folder with index-templates)', () => {
  it.runIf(present)('are all read but two', () => {
    expect(files().length).toBeGreaterThan(70);
    expect(templates()).toHaveLength(files().length - BROKEN.length);
    for (const file of BROKEN) expect(() => parse(file)).toThrowError(SyntaxError);
  });

  it.runIf(present)('keep their form when normalised twice', () => {
    for (const [file, template] of templates()) {
      const body = bodyOf(template);
      const once = normaliseIndexTemplate(body);
      expect(differences(once, normaliseIndexTemplate(once)), file).toEqual([]);
      const component = normaliseComponentTemplate(body);
      expect(component['template'], file).toBeDefined();
      expect(differences(component, normaliseComponentTemplate(component)), file).toEqual([]);
    }
  });

  it.runIf(present)('give an empty plan against themselves', () => {
    for (const [file, template] of templates()) {
      const body = bodyOf(template) as unknown as IndexSetup['indexTemplates'][string];
      const setup: IndexSetup = { ...defineIndexSetup({}), indexTemplates: { it: body } };
      const observed = observing({ indexTemplates: { it: markTemplate(body) } });
      expect(isEmptyPlan(planIndices(observed, setup)), file).toBe(true);
      const normalised = { ...observed, indexTemplates: { it: normaliseIndexTemplate(markTemplate(body)) } };
      expect(isEmptyPlan(planIndices(normalised, setup)), file).toBe(true);
    }
  });
});
