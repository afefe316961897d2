import { parseArgs } from 'node:util';
import { progressLines } from '../go-programs/progress.ts';
import { ensureProgram, shipperPrograms } from './programs.ts';

const HELP = `Builds real shippers from their Go modules into the cache, and prints their paths.

  node tools/shipper-programs/main.ts [<name>-<version> …]    all of them without a name
  node tools/shipper-programs/main.ts --list                  what can be built

Example:
  node tools/shipper-programs/main.ts filebeat-7.17.0
`;

function readArguments(): { readonly list: boolean; readonly wanted: readonly string[] } {
  try {
    const { values, positionals } = parseArgs({ options: { help: { type: 'boolean' }, list: { type: 'boolean' } }, allowPositionals: true });
    if (values.help === true) {
      process.stdout.write(HELP);
      process.exit(0);
    }
    return { list: values.list === true, wanted: positionals };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
    process.exit(2);
  }
}

const { list, wanted } = readArguments();
const known = shipperPrograms();
const nameOf = ({ name, version }: { readonly name: string; readonly version: string }): string => `${name}-${version}`;
const unknown = wanted.filter((each) => !known.some((program) => nameOf(program) === each));
if (unknown.length > 0) {
  process.stderr.write(`No recipe for ${unknown.join(', ')}; there are: ${known.map(nameOf).join(', ')}\n`);
  process.exit(2);
}
for (const program of known.filter((each) => wanted.length === 0 || wanted.includes(nameOf(each)))) {
  if (list) process.stdout.write(`${nameOf(program)}\n`);
  else process.stdout.write(`${await ensureProgram(program.name, program.version, { onProgress: progressLines((line) => process.stderr.write(`${line}\n`)) })}\n`);
}
