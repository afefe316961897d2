import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ecsModules } from './ecsModules.ts';
import { readEcs } from './readEcs.ts';

const HELP = `Writes packages/core/src/ecs.ts and packages/core/src/ecs/ from the installed @elastic/ecs.

  npm run fields              write what changed, remove what is gone
  npm run fields -- --check   write nothing; exit code 1 when something would change

To go to another version of ECS, change it in pnpm-workspace.yaml, install, and run this.
`;

const source = fileURLToPath(new URL('../../packages/core/src', import.meta.url));
/** Written by hand. */
const KEPT = 'ecs/fieldSet.ts';

async function changes(modules: ReadonlyMap<string, string>): Promise<{ readonly stale: readonly string[]; readonly gone: readonly string[] }> {
  const stale: string[] = [];
  for (const [file, text] of modules) if ((await readFile(join(source, file), 'utf8').catch(() => '')) !== text) stale.push(file);
  const present = (await readdir(join(source, 'ecs'))).map((name) => `ecs/${name}`);
  return { stale, gone: present.filter((file) => !modules.has(file) && file !== KEPT) };
}

let check: boolean | undefined;
try {
  const { values } = parseArgs({ options: { check: { type: 'boolean' }, help: { type: 'boolean' } } });
  if (values.help) {
    process.stdout.write(HELP);
    process.exit(0);
  }
  check = values.check;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
  process.exit(2);
}
const { version, flat } = readEcs();
const modules = ecsModules(version, flat);
const { stale, gone } = await changes(modules);
if (check) {
  for (const file of [...stale, ...gone]) process.stdout.write(`packages/core/src/${file} is not what @elastic/ecs ${version} gives\n`);
  if (stale.length + gone.length > 0) process.exitCode = 1;
} else {
  for (const file of stale) await writeFile(join(source, file), modules.get(file) ?? '');
  for (const file of gone) await rm(join(source, file));
}
process.stdout.write(`ECS ${version}: ${Object.keys(flat).length} fields in ${modules.size - 1} sets; ${stale.length} files ${check ? 'stale' : 'written'}, ${gone.length} ${check ? 'too many' : 'removed'}\n`);
