import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { expect, it } from 'vitest';
import { root } from './workspace.ts';

const PROGRAM = `import { date, defineFields } from '@podscope/core';
import { bundle, count, dashboard, dataView, dateHistogram, line, row, toNdjson } from '@podscope/saved-objects';

const web = dataView('apache-*', { fields: defineFields({ '@timestamp': date() }) });
const requests = line('requests', 'Requests', web, { x: dateHistogram('@timestamp'), y: count() });
console.log(toNdjson(bundle(dashboard('web', 'Web', [row(requests)])), { target: 'opensearch-dashboards@2' }));
`;

/** What a bundler keeps of the library for one line chart, in the words of the README. */
it('a program with one line chart is as large as the README says', async () => {
  // Inside the package, so that the program finds its imports.
  const folder = mkdtempSync(join(root, 'packages/saved-objects/.size-'));
  try {
    const entry = join(folder, 'program.ts');
    writeFileSync(entry, PROGRAM.replace("'@podscope/saved-objects'", "'../src/index.ts'"));
    const built = await build({ configFile: false, logLevel: 'silent', root: folder, resolve: { conditions: ['@podscope/source'] }, build: { write: false, minify: true, target: 'esnext', modulePreload: false, rollupOptions: { input: entry } } });
    const code = (Array.isArray(built) ? built : [built]).flatMap((each) => ('output' in each ? each.output : [])).map((each) => ('code' in each ? each.code : '')).join('');
    const said = /with one line chart is (\d+) kB minified, (\d+) kB compressed/u.exec(readFileSync(join(root, 'packages/saved-objects/README.md'), 'utf8'));
    expect(code).toContain('CategoryAxis-1');
    expect(code.length / 1_000 / Number(said?.[1])).toBeCloseTo(1, 1);
    expect(gzipSync(code).length / 1_000 / Number(said?.[2])).toBeCloseTo(1, 1);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
