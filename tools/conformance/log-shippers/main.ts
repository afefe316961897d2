import { stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { readEnvironment } from '../../../apps/workshop/src/environment.ts';
import { isPodscopeError } from '../../../packages/core/src/index.ts';
import { startProgress } from '../progress.ts';
import { conformance } from './conformance.ts';
import { lintExamples } from './examples.ts';
import { examplesExitCode, formatExamples } from './examplesReport.ts';
import { PIPELINES } from './delivery/pipelines.ts';
import { matrix } from './matrix.ts';
import { exitCodeOf, formatReport } from './report.ts';
import { stopAll } from './started.ts';

const HELP = `Usage: npm run -s conformance:log-shippers -- [--bin-dir <folder>]… [--json] [--only matrix|delivery]
       npm run -s conformance:log-shippers -- --examples <folder> [--examples <folder>]… [--json]

Renders a configuration for every shipper × version × source × destination of the compatibility data, and variants of them;
lints each; and lets each found program check it in its own way (fluent-bit --dry-run, fluentd --dry-run, filebeat and
metricbeat test config, logstash -t or its grammar alone, otelcol validate) and run it shortly: a few lines in, one document
out at a stand-in of the destination on loopback. Then sends 10,000 lines (CRI and Docker format, stack traces, lines in
parts, lines of 200 KB, bytes that are no UTF-8, files that rotate, 100 equal lines) through each pipeline whose programs
were found into a real OpenSearch, and counts what was lost, doubled or changed: undisturbed, with OpenSearch down for 20 s,
and with the shipper killed. Where a pipeline needs Logstash, a stand-in of its Beats input takes its place, and says so.

Programs are looked for in the folders of --bin-dir, then among those that the tests have built (Filebeat, Metricbeat,
an OpenTelemetry Collector), then on the PATH: fluent-bit, fluentd, filebeat, metricbeat, logstash, otelcol, otelcol-contrib,
with or without -<version> at the end; logstash-grammar reads a configuration of Logstash on standard input and exits with 0
when Logstash's grammar takes it. Prints a table; progress goes to stderr.

With --examples it does none of this: it lints every configuration of a shipper in the folders (.conf, .yaml, .yml, .json, the
ConfigMaps of manifests, Beats' modules.d), which are to hold what the programs ship as examples, and compares what it finds with
the list of what is known, with reasons (knownExamples.ts). What is known and no longer found is named, and is no failure. The
version of Beats is the one that the path names, 7.17 without one.

Options:
  --bin-dir <folder>  where programs are; may be given several times
  --only <part>       matrix or delivery, without the other
  --config <text>     only configurations and pipelines with this text in their names; may be given several times
  --lines <number>    how many lines are delivered (default: 10000)
  --no-run            the programs' own checks only, no short runs
  --examples <folder> lint the examples in it, nothing else; may be given several times, also with files
  --json              print {rows: [{program, version, config, accepted, ran, why}], summary} instead of the table;
                      with --examples {findings: [{program, file, line, severity, rule, path, message, known}], stale, skipped, summary}
  --help              this text

Exit code: 0 when no program refused a configuration or failed to run it, and nothing was lost, doubled or changed on its
way; 1 otherwise; 2 for wrong arguments; 130 when interrupted. What could not be tried for want of a program is named, and
is no failure. With --examples: 0 when everything that was found is known; 1 otherwise.

Examples:
  npm run -s conformance:log-shippers -- --bin-dir /opt/shippers/bin
  npm run -s conformance:log-shippers -- --bin-dir ./bin --only matrix --config 'fluent-bit 5.1' --json > report.json
  npm run -s conformance:log-shippers -- --examples ./fluent-bit/conf --examples ./fluentd/example
`;

function wrong(message: string): never {
  process.stderr.write(`${message}\nSee: npm run -s conformance:log-shippers -- --help\n`);
  process.exit(2);
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      allowNegative: true,
      options: { 'bin-dir': { type: 'string', multiple: true }, only: { type: 'string' }, config: { type: 'string', multiple: true }, lines: { type: 'string' }, run: { type: 'boolean' }, examples: { type: 'string', multiple: true }, json: { type: 'boolean' }, help: { type: 'boolean' } },
    });
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
}

/** The way of the command with --examples; ends the process. */
async function lintThem(paths: readonly string[]): Promise<never> {
  const other = Object.keys(values).find((name) => name !== 'examples' && name !== 'json');
  if (other !== undefined) wrong(`--${other} goes with programs; --examples only lints.`);
  try {
    const report = await lintExamples(paths);
    await new Promise((resolve) => process.stdout.write(values.json === true ? `${JSON.stringify(report, null, 2)}\n` : formatExamples(report), resolve));
    process.exit(examplesExitCode(report));
  } catch (error) {
    if (isPodscopeError(error, 'CLI_USAGE')) wrong(error.message);
    throw error;
  }
}

// Who reads half of it has read enough.
process.stdout.on('error', () => process.exit(1));
const { values, positionals } = readArguments();
if (values.help === true) {
  process.stdout.write(HELP);
  process.exit(0);
}
if (positionals.length > 0) wrong(`${positionals.join(', ')} is too much. Folders of programs are named with --bin-dir, those of examples with --examples.`);
if (values.examples !== undefined) await lintThem(values.examples);
const { only, lines: linesText = '10000', config: names = [], 'bin-dir': folders = [] } = values;
if (only !== undefined && only !== 'matrix' && only !== 'delivery') wrong('--only takes matrix or delivery.');
const lines = Number(linesText);
if (!Number.isInteger(lines) || lines < 1_000 || lines > 1_000_000) wrong('--lines takes a number from 1000 to 1000000.');
if (names.length > 0 && [...matrix(), ...PIPELINES].every(({ name }) => !names.some((each) => name.includes(each)))) wrong(`There is no configuration or pipeline with ${names.join(' or ')} in its name.`);
for (const folder of folders) if (!(await stat(folder).catch(() => undefined))?.isDirectory()) wrong(`${folder} is no folder.`);

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    process.stderr.write('Stopping; what runs is ended first.\n');
    stop.abort(new Error('interrupted'));
  });
}
const progress = startProgress((line) => process.stderr.write(`${line}\n`));
try {
  const report = await conformance({ folders, cacheDir: readEnvironment().cacheDir, path: process.env['PATH'], parts: only, names, lines, runs: values.run !== false, signal: stop.signal, onProgress: progress.line, onStep: progress.step });
  process.stdout.write(values.json === true ? `${JSON.stringify(report, null, 2)}\n` : formatReport(report));
  process.exitCode = exitCodeOf(report);
} catch (error) {
  const lastWords = isPodscopeError(error) ? [error.message, ...(error.hint === undefined ? [] : [error.hint]), ...error.details.slice(0, 5)] : [error instanceof Error ? error.message : String(error)];
  process.stderr.write(`${lastWords.join('\n')}\n`);
  process.exitCode = stop.signal.aborted ? 130 : 1;
} finally {
  progress.stop();
  await stopAll();
}
