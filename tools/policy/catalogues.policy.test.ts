import { describe, expect, it } from 'vitest';
import { dashboardIds, workshopObjects } from '../../apps/workshop/src/dashboards/index.ts';
import { huntCatalogue } from '../../apps/workshop/src/hunts/catalogue.ts';
import { faultPresets } from '../../apps/workshop/src/hunts/faultPresets.ts';
import { visualizationCatalogue } from '../../apps/workshop/src/visualizations/catalogue.ts';
import { faultCatalogue } from '../../packages/fault-injectors/src/faults/catalogue.ts';
import { picturesOf } from '../previews/previews.ts';
import { filesUnder, read } from './workspace.ts';

/** The folders right under `folder`, and what lies in each. */
async function foldersIn(folder: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, string[]>();
  for (const file of await filesUnder(folder)) {
    const [child = '', ...rest] = file.slice(folder.length + 1).split('/');
    if (rest.length > 0) found.set(child, [...(found.get(child) ?? []), rest.join('/')]);
  }
  return found;
}

async function rows(file: string, pattern: RegExp): Promise<readonly string[]> {
  return [...(await read(file)).matchAll(pattern)].map((match) => String(match[1])).sort();
}

describe('faults', async () => {
  const folder = 'packages/fault-injectors/src/faults';
  const onDisk = await foldersIn(folder);
  const kinds = faultCatalogue.map(({ id }) => id).sort();

  it('are the same on disk, in the catalogue, in the README and among what podscope can inject', async () => {
    expect([...onDisk.keys()].sort()).toEqual(kinds);
    expect(await rows('packages/fault-injectors/README.md', /^\| \[([a-z-]+)\]\(src\/faults\/\1\/README\.md\)/gm)).toEqual(kinds);
    expect(faultPresets.map(({ kind }) => kind).sort()).toEqual(kinds);
  });

  it.each([...onDisk])('%s has code, a test that uses it, and a page with an example', async (kind, files) => {
    expect(files).toEqual(expect.arrayContaining(['index.ts', 'README.md']));
    const tests = files.filter((file) => file.endsWith('.test.ts'));
    expect(tests).not.toEqual([]);
    expect((await Promise.all(tests.map((file) => read(`${folder}/${kind}/${file}`)))).join()).toContain("from './index.ts'");
    const page = await read(`${folder}/${kind}/README.md`);
    expect(page.startsWith(`# ${kind}\n`)).toBe(true);
    expect(page).toContain('```ts');
  });
});

describe('hunts', async () => {
  const folder = 'apps/workshop/src/hunts';
  const onDisk = await foldersIn(folder);
  const ids = huntCatalogue.map(({ id }) => id).sort();

  it('are the same on disk, in the catalogue, in the rehearsal and in the guide', async () => {
    expect([...onDisk.keys()].sort()).toEqual(ids);
    expect(await rows(`${folder}/rehearse.ts`, /^ {2}'([a-z-]+)': \w+,$/gm)).toEqual(ids);
    expect(await rows('docs/guide/hunts.md', /^\| `([a-z-]+)` \| ★/gm)).toEqual(ids);
    expect(await rows('docs/guide/hunts.md', /^## ([a-z]+(?:-[a-z]+)+)$/gm)).toEqual(ids);
  });

  it.each([...onDisk])('%s has its parts and its page', async (id, files) => {
    expect(files).toEqual(expect.arrayContaining(['index.ts', 'truth.ts', 'checker.ts', 'fixes.ts', 'README.md']));
    expect((await read(`${folder}/${id}/README.md`)).startsWith(`# ${id}\n`)).toBe(true);
  });
});

describe('dashboards', () => {
  it('are the same on disk, in the bundle and in the guide', async () => {
    const ids = [...dashboardIds].sort();
    const folder = 'apps/workshop/src/dashboards';
    const defined: string[] = [];
    for (const file of (await filesUnder(folder)).filter((each) => !/\.(?:test|fixture)\.ts$/.test(each))) {
      for (const match of (await read(file)).matchAll(/\bdashboard\(\s*'([a-z-]+)'/g)) defined.push(String(match[1]));
    }
    expect(defined.sort()).toEqual(ids);
    expect(workshopObjects.filter(({ type }) => type === 'dashboard').map(({ id }) => id).sort()).toEqual(ids);
    const [, table = ''] = (await read('docs/guide/system.md')).split('## The dashboards\n');
    expect([...table.matchAll(/^\| `([a-z-]+)` \|/gm)].map((match) => match[1]).sort()).toEqual(ids);
  });
});

describe('visualizations', async () => {
  const folder = 'apps/workshop/src/visualizations';
  const onDisk = await foldersIn(folder);
  const ids = visualizationCatalogue.map(({ id }) => id).sort();

  it('are the same on disk, in the catalogue and in the guide', async () => {
    expect([...onDisk.keys()].sort()).toEqual(ids);
    expect(await rows('docs/guide/your-own-visualizations.md', /^\| `([a-z-]+)` \|/gm)).toEqual(ids);
  });

  it.each(visualizationCatalogue.map((kind) => [kind.id, kind] as const))('%s has code, a test that uses it, and a page with an example and pictures that are up to date', async (id, kind) => {
    const files = onDisk.get(id) ?? [];
    const tests = files.filter((file) => file.endsWith('.test.ts'));
    expect(tests).not.toEqual([]);
    expect((await Promise.all(tests.map((file) => read(`${folder}/${id}/${file}`)))).join()).toContain("from './index.ts'");
    const page = await read(`${folder}/${id}/README.md`);
    expect(page.startsWith(`# ${id}\n`)).toBe(true);
    expect(page).toMatch(/```ts[\s\S]*\]\(preview\.svg\)|\]\(preview\.svg\)[\s\S]*```ts/);
    for (const role of Object.keys(kind.fields)) expect(page).toContain(`\`${role}\``);
    for (const option of Object.keys(kind.options)) expect(page).toContain(`\`${option}\``);
    for (const [name, svg] of Object.entries(await picturesOf(kind))) expect(await read(`${folder}/${id}/${name}`), `npm run previews: ${name}`).toBe(svg);
  });
});
