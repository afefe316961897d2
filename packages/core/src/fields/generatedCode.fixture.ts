import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const core = fileURLToPath(new URL('../..', import.meta.url));
const root = join(core, '..', '..');

/** What a generated module came to. */
export interface Ran {
  /** What the compiler says under `--strict`; empty when it has nothing to say. */
  readonly complaints: string;
  /** Each module's exports, by the module's name; what JSON cannot hold is left out. */
  readonly exports: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Compiles modules that import `@podscope/core`, runs them in a process of their own, and gives what they export. */
export function compileAndRun(modules: Readonly<Record<string, string>>): Promise<Ran> {
  return inFolder(modules, async (folder) => {
    const complaints = await output([TSC, '-p', folder], folder);
    const main = `const all = {};\nfor (const name of ${JSON.stringify(Object.keys(modules))}) all[name] = { ...(await import(\`./\${name}.ts\`)) };\nprocess.stdout.write(JSON.stringify(all));\n`;
    await writeFile(join(folder, 'main.mjs'), main);
    const printed = await output(['--conditions=@podscope/source', join(folder, 'main.mjs')], folder);
    return { complaints, exports: printed.startsWith('{') ? (JSON.parse(printed) as Ran['exports']) : { failed: { printed } } };
  });
}

/** Compiles a module that imports `@podscope/core` and says how many types the compiler had to instantiate for it. */
export function compileAndMeasure(module: string): Promise<{ readonly complaints: string; readonly instantiations: number }> {
  return inFolder({ module }, async (folder) => {
    const lines = (await output([TSC, '-p', folder, '--extendedDiagnostics'], folder)).split('\n');
    const found = lines.map((line) => /^Instantiations:\s+(\d+)$/.exec(line)?.[1]).find((each) => each !== undefined);
    return { complaints: lines.filter((line) => /error TS/.test(line)).join('\n'), instantiations: found === undefined ? Number.NaN : Number(found) };
  });
}

const TSC = join(root, 'node_modules/typescript/bin/tsc');

async function inFolder<Result>(modules: Readonly<Record<string, string>>, use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'podscope-code-'));
  try {
    await mkdir(join(folder, 'node_modules/@podscope'), { recursive: true });
    await symlink(core, join(folder, 'node_modules/@podscope/core'));
    for (const [name, text] of Object.entries(modules)) await writeFile(join(folder, `${name}.ts`), text);
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    await writeFile(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: join(root, 'tsconfig.base.json'), compilerOptions: { strict: true, types: [], noUnusedLocals: true }, include: ['*.ts'] }),
    );
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function output(args: readonly string[], cwd: string): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  execFile(process.execPath, args, { cwd, maxBuffer: 1 << 28 }, (error, stdout, stderr) => resolve(error ? `${stdout}${stderr}`.trim() : stdout.trim()));
  return promise;
}
