import { describe, expect, it } from 'vitest';
import { referencePages } from '../reference/pages.ts';
import { filesUnder, read } from './workspace.ts';

const { pages, undocumented } = await referencePages();
/** Written by hand. */
const OWN = ['commands.md', 'environment.md'];

describe('docs/reference', () => {
  it('has a page for each published package, and a package for each page', async () => {
    const files = (await filesUnder('docs/reference')).map((file) => file.slice('docs/reference/'.length));
    expect(files.sort()).toEqual([...pages.keys(), ...OWN].sort());
  });

  it.each([...pages.keys()])('%s says what the doc comments say', async (file) => {
    // Not compared as texts: the difference of two long pages tells less than what to do.
    expect((await read(`docs/reference/${file}`)) === pages.get(file), 'out of date; run: npm run reference').toBe(true);
  });

  it('leaves no public name without a doc comment', () => {
    expect(undocumented).toEqual([]);
  });
});
