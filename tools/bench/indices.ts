import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startOpenSearch } from '@podscope/embedded-opensearch';
import { benchSetup, SIZES } from './indexSetup.ts';
import { median } from './podscope.ts';

const run = promisify(execFile);
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const SEED = 5;
const ROUNDS = 5;
const OUTPUT = 1 << 26;

/** The first apply of a setup and the plan after it, each as one process of a user, beside one `curl` a resource. */
export interface IndicesFigures {
  readonly resources: number;
  /** Seconds of the sequence of `curl` calls that puts everything. Median. */
  readonly curl: number;
  /** Seconds of plan and apply on a server that has nothing of it. Median. */
  readonly apply: number;
  /** Seconds of the plan that finds nothing to do. Median. */
  readonly emptyPlan: number;
  /** Over `curl` in the same round: medians. */
  readonly ratios: { readonly apply: number; readonly emptyPlan: number };
  /** Requests of the empty plan's process, counted by a gateway. */
  readonly emptyPlanRequests: number;
  readonly runs: { readonly curl: readonly number[]; readonly apply: readonly number[]; readonly emptyPlan: readonly number[] };
}

/** As the README has it. */
const PROGRAM = `import { readFileSync } from 'node:fs';
import { Client } from '@opensearch-project/opensearch';
import { applyPlan, defineIndexSetup, exitCodeOf, formatPlan, planIndexSetup } from '@podscope/index-manager';

const [url, verb] = process.argv.slice(2);
const client = new Client({ node: url });
const plan = await planIndexSetup(client, defineIndexSetup(JSON.parse(readFileSync(new URL('setup.json', import.meta.url), 'utf8'))));
process.stdout.write(formatPlan(plan));
if (verb === 'apply') process.stdout.write(\`\${(await applyPlan(client, plan)).length} made\\n\`);
else process.exitCode = exitCodeOf(plan);
await client.close();
`;

/** The built packages, the program and the shell script, in a folder of their own, as a user has them. */
async function prepare(folder: string): Promise<void> {
  const modules = join(folder, 'node_modules');
  for (const name of ['core', 'index-manager']) {
    const source = join(root, 'packages', name);
    const built = join(modules, '@podscope', name);
    await mkdir(built, { recursive: true });
    await cp(join(source, 'package.json'), join(built, 'package.json'));
    const tsup = ['--config', join(root, 'tools/build/tsup.config.ts'), '--out-dir', join(built, 'dist'), '--no-dts'];
    await run(process.execPath, [join(root, 'node_modules/tsup/dist/cli-default.js'), ...tsup], { cwd: source, maxBuffer: OUTPUT });
    const manifest = JSON.parse(await readFile(join(source, 'package.json'), 'utf8')) as Readonly<Record<'dependencies' | 'peerDependencies', Readonly<Record<string, string>> | undefined>>;
    for (const other of Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }).filter((each) => !each.startsWith('@podscope/'))) {
      await mkdir(dirname(join(modules, other)), { recursive: true });
      await symlink(await realpath(join(source, 'node_modules', other)), join(modules, other));
    }
  }
  const setup = benchSetup(SEED);
  await writeFile(join(folder, 'setup.json'), JSON.stringify(setup));
  await writeFile(join(folder, 'plan.mjs'), PROGRAM);
  const calls = ['set -e'];
  for (const [path, bodies] of [['_component_template', setup.componentTemplates], ['_ingest/pipeline', setup.ingestPipelines], ['_index_template', setup.indexTemplates]] as const) {
    for (const [name, body] of Object.entries(bodies)) {
      await writeFile(join(folder, `${name}.json`), JSON.stringify(body));
      calls.push(`curl -sS --fail -X PUT -H 'content-type: application/json' --data-binary @${name}.json "$1/${path}/${name}"`);
    }
  }
  await writeFile(join(folder, 'put.sh'), `${calls.join('\n')}\n`);
}

async function ask(method: 'GET' | 'DELETE', url: string): Promise<unknown> {
  const answer = await fetch(url, { method });
  if (!answer.ok && answer.status !== 404) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

/** Before each side's turn the server has nothing of the setup. */
async function clean(url: string): Promise<void> {
  for (const path of ['_index_template/bench-*', '_component_template/bench-*', '_ingest/pipeline/bench-*', 'podscope-index-manager']) await ask('DELETE', `${url}/${path}`);
}

async function requireAll(url: string): Promise<void> {
  const { index_templates: templates } = (await ask('GET', `${url}/_index_template/bench-*`)) as { readonly index_templates: readonly unknown[] };
  const { component_templates: components } = (await ask('GET', `${url}/_component_template/bench-*`)) as { readonly component_templates: readonly unknown[] };
  const pipelines = Object.keys((await ask('GET', `${url}/_ingest/pipeline/bench-*`)) as object);
  if (templates.length + components.length + pipelines.length !== SIZES.all) throw new Error('Not everything of the measurement is on the server.');
}

/** Seconds of a whole process. */
async function timed(command: string, args: readonly string[], cwd: string, expected: RegExp): Promise<number> {
  const started = performance.now();
  const { stdout } = await run(command, [...args], { cwd, maxBuffer: OUTPUT });
  const seconds = (performance.now() - started) / 1000;
  if (!expected.test(stdout)) throw new Error(`${command} ${args.join(' ')} printed: ${stdout.slice(-2000)}`);
  return seconds;
}

/** How many requests `doing` sends to the address that it is given. */
async function countRequests(target: string, doing: (url: string) => Promise<unknown>): Promise<number> {
  let count = 0;
  const gateway = createServer((incoming, outgoing) => {
    count += 1;
    const onward = request(new URL(incoming.url ?? '/', target), { method: incoming.method, headers: incoming.headers }, (answer) => answer.pipe(outgoing.writeHead(answer.statusCode ?? 500, answer.headers)));
    incoming.pipe(onward.once('error', () => incoming.socket.destroy()));
  });
  await new Promise<void>((resolve, reject) => gateway.once('error', reject).listen(0, '127.0.0.1', resolve));
  try {
    await doing(`http://127.0.0.1:${(gateway.address() as AddressInfo).port}`);
  } finally {
    gateway.close();
    gateway.closeAllConnections();
  }
  return count;
}

/** Measures both sides in turn on one server, after a discarded round of each. */
export async function measureIndices(rounds = ROUNDS, progress: (line: string) => void = () => undefined): Promise<IndicesFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'podscope-bench-indices-'));
  try {
    await prepare(folder);
    await using server = await startOpenSearch({ cacheDir: join(homedir(), '.cache', 'podscope', 'opensearch'), heap: '1g', profile: 'throughput' });
    const { url } = server;
    const node = (address: string, verb: string, expected: RegExp) => timed(process.execPath, ['plan.mjs', address, verb], folder, expected);
    const sides = {
      curl: () => timed('sh', ['put.sh', url], folder, /acknowledged/u),
      apply: () => node(url, 'apply', new RegExp(`^${SIZES.all} made$`, 'mu')),
      // Its exit code says that there is nothing to do; any other fails the run.
      emptyPlan: () => node(url, 'plan', /./u),
    };
    const runs = { curl: [] as number[], apply: [] as number[], emptyPlan: [] as number[] };
    for (let round = -1; round < rounds; round += 1) {
      for (const side of round % 2 === 0 ? (['curl', 'apply'] as const) : (['apply', 'curl'] as const)) {
        await clean(url);
        const seconds = { [side]: await sides[side]() };
        await requireAll(url);
        if (side === 'apply') seconds['emptyPlan'] = await sides.emptyPlan();
        progress(`${round < 0 ? 'warm-up ' : ''}${Object.entries(seconds).map(([name, figure]) => `${name} ${figure.toFixed(2)} s`).join(', ')}`);
        if (round >= 0) for (const name of ['curl', 'apply', 'emptyPlan'] as const) if (seconds[name] !== undefined) runs[name].push(seconds[name]);
      }
    }
    await clean(url);
    await sides.apply();
    const emptyPlanRequests = await countRequests(url, (address) => node(address, 'plan', /./u));
    const over = (figures: readonly number[]): number => median(figures.map((figure, round) => figure / Number(runs.curl[round])));
    return {
      resources: SIZES.all,
      curl: median(runs.curl),
      apply: median(runs.apply),
      emptyPlan: median(runs.emptyPlan),
      ratios: { apply: over(runs.apply), emptyPlan: over(runs.emptyPlan) },
      emptyPlanRequests,
      runs,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const figures = await measureIndices(ROUNDS, (line) => process.stderr.write(`${line}\n`));
  process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
}
