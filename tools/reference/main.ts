import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { referencePages, root } from './pages.ts';

// `npm run reference`: writes docs/reference.
const { pages, undocumented } = await referencePages();
for (const [file, text] of pages) await writeFile(join(root, 'docs/reference', file), text);
process.stdout.write(`${pages.size} pages in docs/reference\n`);
if (undocumented.length > 0) {
  process.stderr.write(`Without a doc comment:\n${undocumented.map((each) => `  ${each}\n`).join('')}`);
  process.exitCode = 1;
}
