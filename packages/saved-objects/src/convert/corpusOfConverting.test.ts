import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkSavedObjects } from '../check/checkSavedObjects.ts';
import { type Target, TARGETS } from '../products/targets.ts';
import { readSavedObjects } from '../read/readSavedObjects.ts';
import { convertSavedObjects } from './convertSavedObjects.ts';

const root = join(process.env['PODSCOPE_CORPUS'] ?? '/nowhere', 'saved-objects');
const here = existsSync(root);

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)]));
}

/** What a file lacks, or has twice, no conversion can know. */
const OF_THE_FILE: readonly string[] = ['missing-reference', 'duplicate-id'];

describe.runIf(here)(here ? 'the corpus’ saved objects, converted' : 'the corpus’ saved objects, converted (not run: PODSCOPE_CORPUS names no folder with saved-objects)', () => {
  const sets = here ? filesIn(root).map((file) => readSavedObjects(readFileSync(file, 'utf8'), { file }).objects.map(({ object }) => object)) : [];

  it.each(Object.keys(TARGETS) as Target[])('to %s: nothing is left that its import refuses, and a second time changes nothing', { timeout: 120_000 }, (to) => {
    for (const set of sets) {
      const once = convertSavedObjects(set, { to });
      const refused = checkSavedObjects(once.objects, { target: to }).filter(({ severity, rule }) => severity === 'refused' && !OF_THE_FILE.includes(rule));
      expect(refused.map(({ object, rule, path }) => `${object?.type} ${object?.id}: ${rule} ${path}`)).toEqual([]);
      // Everything that was given is there, or named.
      const named = new Set([...once.refused.map(({ object: { type, id } }) => `${type}:${id}`), ...once.changes.filter(({ rule }) => rule === 'timelion-sheet').map(({ object: { type, id } }) => `${type}:${id}`)]);
      const there = new Set(once.objects.map(({ type, id }) => `${type}:${id}`));
      expect(set.map(({ type, id }) => `${type}:${id}`).filter((key) => !there.has(key) && !named.has(key))).toEqual([]);
      const twice = convertSavedObjects(once.objects, { to });
      expect(twice.objects).toEqual(once.objects);
    }
  });
});
