import { stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { isBuiltInKind } from '../../../packages/saved-objects/src/products/kinds.ts';
import { startProgress } from '../progress.ts';
import { formatReport, LEAST, reportOf } from './conformance.ts';
import { readSources } from './readSources.ts';
import { roundTrip } from './roundTrip.ts';

const HELP = `Usage: npm run -s conformance:saved-objects -- <folder> [--json]

Reads every saved object in a folder (exports, single objects, lists, of any age), decompiles it to TypeScript, compiles that
with tsc --strict, runs it, and compares the objects that it makes with the originals: all JSON inside of texts is parsed, and
only what servers rewrite is left out. Counts what the types do not check ("raw") on the syntax tree of the code. Changes one
leaf of every 20th original, to see that the comparison notices. Prints a table by source and kind; progress goes to stderr.

Options:
  --json  print {rows: [{source, kind, total, ok, raw, failed: [{file, id, why}]}], summary} instead of the table
  --help  this text

Exit code: 0 when at least ${LEAST.ok * 100} % of the index patterns, searches, dashboards and visualizations of built-in kinds come
through the same, ${LEAST.withoutRaw * 100} % of those visualizations have no raw escape, and ${LEAST.mutations * 100} % of the changed originals are noticed; 1 when not; 2 for wrong
arguments; 130 when interrupted.

Examples:
  npm run -s conformance:saved-objects -- ./exports
  npm run -s conformance:saved-objects -- ./exports --json > report.json
`;

function wrong(message: string): never {
  process.stderr.write(`${message}\nSee: npm run -s conformance:saved-objects -- --help\n`);
  process.exit(2);
}

function readArguments() {
  try {
    return parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' }, help: { type: 'boolean' } } });
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
}

const { values, positionals } = readArguments();
if (values.help === true) {
  process.stdout.write(HELP);
  process.exit(0);
}
const [folder, ...more] = positionals;
if (folder === undefined || more.length > 0) wrong(folder === undefined ? 'Name a folder.' : `One folder at a time; ${more.join(', ')} is too much.`);
if (!(await stat(folder).catch(() => undefined))?.isDirectory()) wrong(`${folder} is no folder.`);

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort(new Error('interrupted')));
const progress = startProgress((line) => process.stderr.write(`${line}\n`));
// Who reads half of it has read enough.
process.stdout.on('error', () => process.exit(1));
try {
  const report = reportOf(await roundTrip(await readSources(folder), progress.line, stop.signal), isBuiltInKind);
  process.stdout.write(values.json === true ? `${JSON.stringify(report, null, 2)}\n` : formatReport(report));
  process.exitCode = report.summary.below.length > 0 ? 1 : 0;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = stop.signal.aborted ? 130 : 1;
} finally {
  progress.stop();
}
