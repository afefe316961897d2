import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const node = (...args) => spawnSync(process.execPath, args, { cwd: import.meta.dirname, encoding: 'utf8' });

for (const resolution of ['nodenext', 'bundler']) {
  const { status, stdout } = node(tsc, '-p', `tsconfig.${resolution}.json`);
  console.log(status === 0 ? `dashboard.ts is typed under ${resolution}.` : stdout);
  if (status !== 0) process.exitCode = 1;
}

const { stdout, stderr } = node('dashboard.ts');
process.stdout.write(stdout);
if (stdout.trim().split('\n').length !== 5) {
  console.error(stderr);
  process.exitCode = 1;
}
