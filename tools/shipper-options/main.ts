import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { fluentBitOptions } from './fluentBit.ts';

const USAGE = `Usage: npm run shipper-options -- <program> <file>

Writes the typed option lists of a program from what the program itself says of its options: names, types and defaults.
What it doesn't say (values of an enum, secrets, what is required) is written by hand beside them, in refinements.

  fluent-bit <schema.json>    the output of \`fluent-bit -J\`

Example:
  fluent-bit -J > /tmp/schema.json && npm run shipper-options -- fluent-bit /tmp/schema.json
`;

/** What each program's lists are made by, and the folder that they fill. */
const PROGRAMS: Readonly<Record<string, { readonly folder: string; readonly make: (text: string) => ReadonlyMap<string, string> }>> = {
  'fluent-bit': { folder: 'packages/log-shippers/src/fluent-bit/options', make: fluentBitOptions },
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
  const files = program.make(readFileSync(file, 'utf8'));
  const folder = resolve(import.meta.dirname, '../..', program.folder);
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  process.stdout.write(`${files.size} files in ${program.folder}\n`);
}
