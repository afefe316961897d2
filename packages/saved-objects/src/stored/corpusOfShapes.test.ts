import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { migrateSavedObject } from '../migrate/migrate.ts';
import { readSavedObjects } from '../read/readSavedObjects.ts';
import type { JsonObject, StoredObject } from '../read/storedObject.ts';
import { decodeAttributes } from './innerJson.ts';
import { shapeProblems } from './shapeProblems.ts';
import type { ShapedType } from './shapes/shapes.ts';

const root = join(process.env['PODSCOPE_CORPUS'] ?? '/nowhere', 'saved-objects');
const here = existsSync(root);

function* objectsOf(type: ShapedType): Generator<readonly [StoredObject, JsonObject]> {
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    for (const { object } of readSavedObjects(readFileSync(file, 'utf8'), { file }).objects) {
      if (object.type === type) yield [object, decodeAttributes(type, migrateSavedObject(object).attributes)];
    }
  }
}

function misfitsOf(type: ShapedType, only: (attributes: JsonObject) => boolean = () => true): { readonly count: number; readonly misfits: readonly string[] } {
  let count = 0;
  const misfits: string[] = [];
  for (const [{ id }, attributes] of objectsOf(type)) {
    if (!only(attributes)) continue;
    count += 1;
    misfits.push(...shapeProblems(type, attributes).map(({ path, what }) => `${id} ${path.join('.')}: ${what}`));
  }
  return { count, misfits };
}

describe.runIf(here)(here ? 'the corpus’ objects' : 'the corpus’ objects (not run: PODSCOPE_CORPUS names no folder with saved-objects)', () => {
  it.each([
    ['dashboard', 300],
    ['search', 300],
    ['config', 20],
    ['query', 1],
  ] as const)('%s: all have their shape', (type, atLeast) => {
    const { count, misfits } = misfitsOf(type);
    expect(misfits).toEqual([]);
    expect(count).toBeGreaterThanOrEqual(atLeast);
  });

  it('index-pattern: all have their shape, but for those with a damaged name of a format', () => {
    const { count, misfits } = misfitsOf('index-pattern', (attributes) => !JSON.stringify(attributes['fieldFormatMap'] ?? '').includes('"bytes Used memory."'));
    expect(misfits).toEqual([]);
    expect(count).toBeGreaterThan(150);
  });

  it('TSVB: all have their shape', () => {
    const { count, misfits } = misfitsOf('visualization', (attributes) => (attributes['visState'] as JsonObject | undefined)?.['type'] === 'metrics');
    expect(misfits).toEqual([]);
    expect(count).toBeGreaterThan(350);
  });
});
