import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { beatsOptions } from './beats.ts';
import { fluentBitOptions } from './fluentBit.ts';
import { fluentdOptions } from './fluentd.ts';
import { logstashOptionFiles } from './logstash.ts';
import { otelOptionFiles } from './otel.ts';

const USAGE = `Usage: npm run shipper-options -- <program> <file or folder>

Writes the typed option lists of a program from what the program itself says of its options: names, types and defaults.
What it doesn't say (values of an enum, secrets, what is required) is written by hand beside them, in refinements.

  fluent-bit <schema.json>    the output of \`fluent-bit -J\`
  fluentd <plugins.json>      {"<kind>-<name>": the output of \`fluent-plugin-config-format --format=json --verbose <kind> <name>\`, …}
  beats <folder>              the folder with the Go modules v7@v7.12.1 and v7@v7.17.0 (needs go)
  logstash <folder>           a folder with the sources of each plugin in one of its own, and those of Logstash's core in core
  otel-collector <folder>     the recipe of a collector in tools/shipper-programs, whose modules are read (needs go)

Examples:
  fluent-bit -J > /tmp/schema.json && npm run shipper-options -- fluent-bit /tmp/schema.json
  npm run shipper-options -- beats "$(go env GOMODCACHE)/github.com/elastic/beats"
  npm run shipper-options -- otel-collector tools/shipper-programs/recipes/otelcol-0.139.0
`;

/** What each program's lists are made by, and the folder that they fill. */
const PROGRAMS: Readonly<Record<string, { readonly folder: string; readonly make: (path: string) => ReadonlyMap<string, string> }>> = {
  'fluent-bit': { folder: 'packages/log-shippers/src/fluent-bit/options', make: (path) => fluentBitOptions(readFileSync(path, 'utf8')) },
  fluentd: { folder: 'packages/log-shippers/src/fluentd/options/generated', make: (path) => fluentdOptions(readFileSync(path, 'utf8')) },
  beats: { folder: 'packages/log-shippers/src/beats/options', make: beatsOptions },
  logstash: { folder: 'packages/log-shippers/src/logstash/options', make: (path) => new Map(Object.entries(logstashOptionFiles(path))) },
  'otel-collector': { folder: 'packages/log-shippers/src/otel-collector/options', make: (path) => new Map(Object.entries(otelOptionFiles(resolve(path)))) },
};

const { values, positionals } = parseArgs({ allowPositionals: true, options: { help: { type: 'boolean', default: false } } });
const [name, file] = positionals;
const program = name === undefined ? undefined : PROGRAMS[name];
if (values.help) {
  process.stdout.write(USAGE);
} else if (program === undefined || file === undefined) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else {
  const files = program.make(file);
  const folder = resolve(import.meta.dirname, '../..', program.folder);
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  process.stdout.write(`${files.size} files in ${program.folder}\n`);
}
