import { stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { isPodscopeError, redactText } from '../../../packages/core/src/index.ts';
import { conformance } from './conformance.ts';
import { startProgress } from '../progress.ts';
import { printable, table } from './report.ts';

const HELP = `Usage: npm run -s conformance:index-manager -- <folder> [--server <url>] [--json] [--update]

Takes every template, mapping, pipeline and lifecycle policy in a folder (JSON and YAML: requests, answers of servers,
lists), applies it to a server under a name of its own, checks that a second plan is empty, and takes it away again. Each
is applied as it is, translated by named rules, or refused with the reason. Prints a table; progress goes to stderr.

Options:
  --server <url>  try this server only; for one with users set PODSCOPE_OPENSEARCH_USERNAME and
                  PODSCOPE_OPENSEARCH_PASSWORD, for one with a certificate of its own NODE_EXTRA_CA_CERTS
                  (default: starts OpenSearch 2.19.6 and 3.8.0 and Elasticsearch 7.10.2 itself, as far as Java allows)
  --json          print {rows, summary} instead of the table
  --update        write the counts to expectations.json, where none is worse than before
  --help          this text

Exit code: 0 as expected; 1 when a second plan isn't empty, a count is worse than the committed one, or no server could
be tried; 2 for wrong arguments; 130 when interrupted, with everything taken away again.

Examples:
  npm run -s conformance:index-manager -- ./templates
  npm run -s conformance:index-manager -- ./templates --server http://localhost:9200 --json
  NODE_EXTRA_CA_CERTS=ca.pem PODSCOPE_OPENSEARCH_USERNAME=admin PODSCOPE_OPENSEARCH_PASSWORD=… \\
    npm run -s conformance:index-manager -- ./templates --server https://search.example.org:9200
`;

function wrong(message: string): never {
  process.stderr.write(`${message}\nSee: npm run -s conformance:index-manager -- --help\n`);
  process.exit(2);
}

function readArguments() {
  try {
    return parseArgs({ allowPositionals: true, options: { server: { type: 'string' }, json: { type: 'boolean' }, update: { type: 'boolean' }, help: { type: 'boolean' } } });
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
if (values.server !== undefined && !/^https?:\/\/[^/\s]+/u.test(values.server)) wrong('--server takes an address such as http://localhost:9200.');

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    process.stderr.write('Stopping; what was applied is taken away first.\n');
    stop.abort(new Error('interrupted'));
  });
}

const progress = startProgress((line) => process.stderr.write(`${redactText(line)}\n`));
const { PODSCOPE_OPENSEARCH_USERNAME: username, PODSCOPE_OPENSEARCH_PASSWORD: password = '' } = process.env;
// Who reads half of it has read enough.
process.stdout.on('error', () => process.exit(1));

try {
  const { report, byServer } = await conformance({
    folder,
    server: values.server,
    update: values.update === true,
    auth: username === undefined || username === '' ? undefined : { username, password },
    onProgress: progress.line,
    onStep: progress.step,
    signal: stop.signal,
  });
  const { summary } = report;
  if (values.json === true) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else {
    for (const rows of byServer) process.stdout.write(`${table(rows)}\n`);
    for (const { server, why } of summary.notRun) process.stdout.write(`${server} was not run: ${why}\n`);
    if (summary.otherFiles.length > 0) process.stdout.write(`${summary.otherFiles.length} files of other kinds were left alone: ${summary.otherFiles.slice(0, 5).map(printable).join(', ')}${summary.otherFiles.length > 5 ? ', …' : ''}\n`);
    process.stdout.write(`${summary.total} in all: ${summary.ok} applied, ${summary.translated} translated, ${summary.refused} refused\n`);
  }
  for (const { server, file, why } of summary.secondPlansNotEmpty) process.stderr.write(`${server}, ${file}: ${why}\n`);
  for (const line of summary.worse) process.stderr.write(`worse than expected: ${line}\n`);
  if (summary.notCompared.length > 0) process.stderr.write(`no counts are committed for this folder on ${summary.notCompared.join(', ')}, so there is nothing to compare with\n`);
  process.exitCode = summary.secondPlansNotEmpty.length > 0 || summary.worse.length > 0 || summary.servers.length === 0 ? 1 : 0;
} catch (error) {
  const lines = isPodscopeError(error) ? [error.message, ...(error.hint === undefined ? [] : [error.hint]), ...error.details.slice(0, 5)] : [error instanceof Error ? error.message : String(error)];
  if (isPodscopeError(error, 'INDEX_TLS_REFUSED')) lines.push('Here: NODE_EXTRA_CA_CERTS=<the file with the certificate of the authority>.');
  process.stderr.write(`${redactText(lines.join('\n'))}\n`);
  process.exitCode = stop.signal.aborted ? 130 : 1;
} finally {
  progress.stop();
}
