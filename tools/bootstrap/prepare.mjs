// Makes the repository ready from the system's Node (20 or newer) with nothing but Node's own modules: system
// packages, the pinned Node, dependencies. Everything that it says goes to stderr; stdout belongs to the command.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setInterval } from 'node:timers';
import { fileURLToPath } from 'node:url';
import { chromiumCommands } from '../test/chromiumCommands.mjs';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** System packages by the command that each brings. */
const debianPackages = { 'redis-server': 'redis-server', mvn: 'maven', chromium: 'chromium' };

/** Other names under which a command does as well. */
const otherNames = { chromium: chromiumCommands };

/** Says one line to the person at the terminal. */
export function say(line) {
  process.stderr.write(`podscope: ${line}\n`);
}

/** Ends with one clear error and what to do next. */
export function fail(message, hint) {
  process.stderr.write(`podscope: error: ${message}\n${hint ? `  ${hint}\n` : ''}`);
  process.exit(1);
}

async function exists(path) {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** True when `command` is on the PATH. */
export async function onPath(command) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    if (folder !== '' && (await exists(join(folder, command)))) return true;
  }
  return false;
}

/**
 * Runs a command with its output on stderr; the exit code.
 *
 * @param leaveOut Lines for which it is true are not shown.
 */
export async function run(command, args, options = {}, leaveOut = undefined) {
  const child = spawn(command, args, { cwd: root, stdio: leaveOut ? ['ignore', 'pipe', 'pipe'] : ['ignore', 2, 2], ...options });
  const shown = [child.stdout, child.stderr].filter((stream) => stream !== null).map(async (input) => {
    for await (const line of createInterface({ input })) if (!leaveOut(line)) process.stderr.write(`${line}\n`);
  });
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status, signal) => resolve(status ?? (signal ? 128 : 1)));
  });
  await Promise.all(shown);
  return code;
}

/** The system's Node only installs; what is installed runs on the pinned one, so what pnpm says of the former's age misleads. */
function isAboutThisNode(line) {
  return line.includes('Unsupported engine');
}

/** Installs what of `commands` is missing with apt, as root on Debian; elsewhere one error names the command. */
export async function ensureSystem(commands) {
  const missing = [];
  for (const command of commands) {
    const found = await Promise.all((otherNames[command] ?? [command]).map(onPath));
    if (!found.includes(true)) missing.push(debianPackages[command]);
  }
  if (missing.length === 0) return;
  const install = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  const debian = await exists('/etc/debian_version');
  if (!debian || process.getuid?.() !== 0) {
    fail(
      `this machine lacks ${missing.join(', ')}.`,
      debian ? `Run: sudo ${install}` : `Install ${missing.join(', ')} with your system's package manager, then try again.`,
    );
  }
  say(`installing ${missing.join(', ')} with apt (as root on Debian)`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-q'], { env });
  const [command, ...args] = install.split(' ');
  // Debian starts a Redis of its own on port 6379 when the package is installed; this one brings its own.
  const policy = '/usr/sbin/policy-rc.d';
  const addPolicy = !(await exists(policy));
  if (addPolicy) await writeFile(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    if ((await run(command, args, { env })) !== 0) fail(`apt could not install ${missing.join(', ')}.`, `Run it yourself: ${install}`);
  } finally {
    if (addPolicy) await rm(policy, { force: true });
  }
}

/** Installs the dependencies when the lockfile changed since the last time. */
export async function ensureDependencies() {
  const lockfile = await readFile(join(root, 'pnpm-lock.yaml'));
  const { packageManager } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const state = createHash('sha256').update(lockfile).update(packageManager).digest('hex');
  const marker = join(root, 'node_modules', '.podscope-installed');
  if ((await readFile(marker, 'utf8').catch(() => '')) === state) return;
  say('installing the dependencies with pnpm (first time, or the lockfile changed)');
  const code = await run('npx', ['--yes', packageManager, 'install', '--frozen-lockfile', '--reporter=append-only'], {}, isAboutThisNode);
  if (code !== 0) fail('the dependencies could not be installed.', 'See the lines above; check the network and try again.');
  await writeFile(marker, state);
}

/** Path of the pinned Node. */
export async function pinnedNode() {
  const path = join(root, 'node_modules', 'node', 'bin', 'node');
  if (!(await exists(path))) fail('the pinned Node is not installed.', 'Remove node_modules and run the command again.');
  return path;
}

async function* filesUnder(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (['dist', 'node_modules'].includes(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesUnder(path);
    else yield path;
  }
}

/** Builds the console's page when its sources changed since the last time. */
export async function ensureConsole() {
  const hash = createHash('sha256');
  for (const folder of ['apps/console', 'packages/saved-objects/src', 'packages/dashboard-renderer/src', 'packages/core/src', 'docs/guide']) {
    const files = [];
    for await (const file of filesUnder(join(root, folder))) files.push(file);
    for (const file of files.sort()) hash.update(file).update(await readFile(file));
  }
  const state = hash.digest('hex');
  const marker = join(root, 'node_modules', '.podscope-console');
  const built = await exists(join(root, 'apps/console/dist/index.html'));
  if (built && (await readFile(marker, 'utf8').catch(() => '')) === state) return;
  say('building the console');
  const node = await pinnedNode();
  const vite = join(root, 'apps/console/node_modules/vite/bin/vite.js');
  const code = await run(node, [vite, 'build', '--logLevel', 'warn'], { cwd: join(root, 'apps/console') });
  if (code !== 0) fail('the console could not be built.', 'See the lines above.');
  await mkdir(dirname(marker), { recursive: true });
  await writeFile(marker, state);
}

/** Environment in which scripts find the pinned Node and the workspace's commands first. */
export function toolEnvironment(extra = {}) {
  const path = [join(root, 'node_modules', 'node', 'bin'), join(root, 'node_modules', '.bin'), process.env.PATH ?? ''];
  return { ...process.env, PATH: path.join(delimiter), ...extra };
}

/** Runs a TypeScript program of this repository on the pinned Node with signals passed on; ends with its exit code. */
export async function runProgram(file, args) {
  const child = spawn(await pinnedNode(), ['--conditions=@podscope/source', '--disable-warning=ExperimentalWarning', join(root, file), ...args], {
    cwd: process.env.INIT_CWD ?? process.cwd(),
    env: toolEnvironment(),
    // The channel tells the program when this process dies, by kill -9 too: "podscope up" then ends everything.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  // A terminal sends Ctrl-C to the whole group, so that the program hears it twice, which it takes for once; whoever
  // signals this process alone is heard as well.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // npm killed by kill -9 tells nobody; the parent is another one then.
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.env.npm_lifecycle_event !== undefined && process.ppid !== parent) child.kill('SIGTERM');
  }, 1_000);
  watch.unref();
  const code = await new Promise((resolve) => {
    child.once('error', (error) => fail(`could not start ${file}: ${error.message}`));
    child.once('exit', (status, signal) => resolve(status ?? (signal === 'SIGINT' ? 130 : 143)));
  });
  process.exitCode = code;
}
