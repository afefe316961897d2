import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createGenerator } from 'ts-json-schema-generator';

/** Where the interfaces are, and what is made of them. */
export const SHAPES = fileURLToPath(new URL('../../packages/saved-objects/src/stored/shapes', import.meta.url));
export const SHAPES_FILE = join(SHAPES, '..', 'shapes.json');

/** The JSON schema of all shapes, as text. The same interfaces give the same text. */
export function shapesJson(): string {
  const schema = createGenerator({
    path: join(SHAPES, 'shapes.ts'),
    tsconfig: fileURLToPath(new URL('../../packages/saved-objects/tsconfig.json', import.meta.url)),
    type: 'Shapes',
    expose: 'all',
    topRef: false,
    jsDoc: 'basic',
    additionalProperties: false,
    skipTypeCheck: true,
    sortProps: true,
  }).createSchema('Shapes');
  return `${JSON.stringify(withPanelNames(withoutProse(schema)))}\n`;
}

/** The generator takes a member name of a pattern, such as the panels `P-1` in a UI state, for any name. */
function withPanelNames(schema: unknown): unknown {
  const { definitions } = schema as { readonly definitions: Record<string, { additionalProperties?: unknown; patternProperties?: unknown }> };
  const state = definitions['UiState'];
  if (typeof state?.additionalProperties !== 'object') throw new Error('UiState no longer has panels by name: take this away.');
  definitions['UiState'] = { ...state, additionalProperties: false, patternProperties: { '^P-\\d+$': state.additionalProperties } };
  return schema;
}

/** A program has no use for descriptions. */
function withoutProse(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutProse);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([name, member]) => (name === 'description' && typeof member === 'string' ? [] : [[name, withoutProse(member)]])));
}
