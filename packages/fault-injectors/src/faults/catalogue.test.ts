import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { faultCatalogue } from './catalogue.ts';

const here = import.meta.dirname;

it('holds exactly the folders on disk, each with code, test and page', () => {
  const folders = readdirSync(here).filter((name) => statSync(join(here, name)).isDirectory());
  expect(faultCatalogue.map((each) => each.id).sort()).toEqual(folders.sort());
  for (const folder of folders) {
    const files = readdirSync(join(here, folder));
    expect(files.filter((name) => name.endsWith('.test.ts')), folder).not.toEqual([]);
    expect(existsSync(join(here, folder, 'README.md')), folder).toBe(true);
    expect(readFileSync(join(here, folder, 'README.md'), 'utf8')).toContain(folder);
  }
});
