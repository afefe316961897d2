import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { migrateSavedObject } from '../migrate/migrate.ts';
import { readSavedObjects } from './readSavedObjects.ts';
import type { JsonObject, StoredObject } from './storedObject.ts';

const root = join(process.env['PODSCOPE_CORPUS'] ?? '/nowhere', 'saved-objects');
const here = existsSync(root);

function* filesIn(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesIn(path);
    else yield path;
  }
}

/** The names that an object's inner JSON uses for its references. */
function namesUsed({ attributes }: StoredObject): readonly string[] {
  const text = JSON.stringify([attributes['visState'], attributes['panelsJSON'], (attributes['kibanaSavedObjectMeta'] as JsonObject | undefined)?.['searchSourceJSON']]);
  return [...text.matchAll(/(?:indexRefName|panelRefName|[iI]ndexPatternRefName)\\":\\"([^"\\]+)\\"/gu)].map(([, name]) => name ?? '');
}

/** Names that have no reference. Since Kibana 7.12 the references of a panel by value begin with the panel's index. */
function dangling(object: StoredObject): readonly string[] {
  const have = object.references.map(({ name }) => name);
  return namesUsed(object).filter((name) => !have.some((each) => each === name || each.endsWith(`:${name}`)));
}

describe.runIf(here)(here ? 'the corpus’ saved objects' : 'the corpus’ saved objects (not run: PODSCOPE_CORPUS names no folder with saved-objects)', () => {
  const sources = here ? readdirSync(root) : [];

  it.each(sources)('%s: every file is read, and every object has its references when it is migrated', (source) => {
    let count = 0;
    for (const file of filesIn(join(root, source))) {
      const { objects, problems } = readSavedObjects(readFileSync(file, 'utf8'), { file });
      expect(problems).toEqual([]);
      expect(objects.length).toBeGreaterThan(0);
      for (const { object } of objects) {
        const migrated = migrateSavedObject(object);
        expect(migrateSavedObject(migrated)).toBe(migrated);
        // Some came without the reference that they name: no migration can know it.
        expect(dangling(migrated)).toEqual(dangling(object));
        count += 1;
      }
    }
    expect(count).toBeGreaterThanOrEqual(12);
  });
});
