// `npm run nx -- <args>`: Nx on the pinned Node, with pnpm at hand. Nx takes the repository's own commands off the PATH
// of what it starts, so pnpm comes from outside.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureDependencies, root, run, toolEnvironment } from './prepare.mjs';

await ensureDependencies();
const { packageManager } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const quoted = process.argv.slice(2).map((arg) => `'${arg.replaceAll("'", "'\\''")}'`);
const call = ['node', `'${join(root, 'node_modules/nx/dist/bin/nx.js')}'`, ...quoted].join(' ');
process.exitCode = await run('npx', ['--yes', '--package', packageManager, '--call', call], { stdio: 'inherit', env: toolEnvironment() });
