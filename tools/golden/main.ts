import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { compareRecording, unexplained } from './compare.ts';
import { type PageEntry, pageOf } from './page.ts';
import { pictureOf } from './pictures.ts';
import { readExport, readRecordings } from './recordings.ts';
import { writeRegression } from './regression/write.ts';

const USAGE = `Usage: npm run golden [-- <folder>] [-- --out <page.html>] [-- --regression]

Compares what OpenSearch Dashboards was recorded to ask and to show with what the renderer asks and draws. Writes one page
with each recorded screenshot, our picture from the recorded answers in light and dark, and the comparison of the
requests. Ends with 1 when a difference has no explanation.

  <folder>        a folder of recordings; by default golden/osd-2.8.0 in the folder that PODSCOPE_CORPUS names
  --out <file>    where the page goes (golden.html)
  --regression    instead, the kinds and aggregations that were not recorded: writes what we ask for them and draw of
                  made-up answers into tools/golden/regression/files, and a page with all of them; to be looked at
  --objects <file>  an export with objects that dashboards point at and that were not recorded by themselves

Example:
  PODSCOPE_CORPUS=../shared/corpus npm run golden -- --out /tmp/golden.html
`;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { out: { type: 'string', default: 'golden.html' }, objects: { type: 'string' }, regression: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } });
if (values.help) {
  process.stdout.write(USAGE);
  process.exit(0);
}
if (values.regression) {
  await writeRegression(values.out);
  process.exit(0);
}
const corpus = process.env['PODSCOPE_CORPUS'];
const folder = positionals[0] ?? (corpus === undefined ? undefined : join(corpus, 'golden/osd-2.8.0'));
if (folder === undefined || !existsSync(join(folder, 'index-patterns.json'))) {
  process.stderr.write(`${folder === undefined ? 'No folder is given and PODSCOPE_CORPUS names none.' : `${folder} has no index-patterns.json.`}\n\n${USAGE}`);
  process.exit(2);
}
const beside = resolve(dirname(dirname(folder)), 'saved-objects/osd-2.8-sample-data/export.ndjson');
const exported = values.objects ?? (existsSync(beside) ? beside : undefined);
const { objects, recordings } = readRecordings(folder, exported === undefined ? [] : readExport(exported));

const entries: PageEntry[] = [];
let open = 0;
for (const recording of recordings) {
  const comparison = await compareRecording(recording, objects);
  const [width, height] = recording.kind === 'dashboard' ? [1600, 0] : [1280, 740];
  const draw = (theme: 'light' | 'dark'): Promise<string> => pictureOf(recording, objects, comparison.answers, theme, width, height);
  entries.push({ recording, comparison, light: await draw('light'), dark: await draw('dark') });
  const left = unexplained(comparison);
  open += left.length;
  process.stdout.write(`${left.length === 0 ? 'ok ' : 'NOT'} ${recording.kind} ${recording.name}: ${comparison.searches.length} requests of ours, ${recording.requests.length} recorded\n`);
  for (const each of left) process.stdout.write(`      ${each}\n`);
}
writeFileSync(values.out, pageOf(entries));
process.stdout.write(`${entries.length} recordings in ${values.out}; ${open} differences without an explanation.\n`);
process.exitCode = open === 0 ? 0 : 1;
