import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { obtainPythonEnvironment, type InstallOptions } from './install/environment.ts';

/** What cfn-lint found. */
export interface Finding {
  /** Such as `E3002`; E is an error, W a warning, I a remark. */
  readonly rule: string;
  readonly level: 'Error' | 'Warning' | 'Informational';
  readonly message: string;
  /** Such as `Resources/Vpc/Properties/CidrBlock`. */
  readonly path: string;
}

interface RawFinding {
  readonly Filename: string;
  readonly Level: Finding['level'];
  readonly Message: string;
  readonly Rule: { readonly Id: string };
  readonly Location: { readonly Path: readonly (string | number)[] | null };
}

/** Findings about one template, errors, warnings and remarks. `regions` are those whose types it must fit. */
export async function cfnLint(template: object, options: InstallOptions & { readonly regions?: readonly string[] } = {}): Promise<readonly Finding[]> {
  return (await cfnLintAll({ template }, options))['template'] ?? [];
}

/** The same about many, in one run: cfn-lint takes seconds to start, and little for each. Keys are names of the caller's. */
export async function cfnLintAll(templates: Readonly<Record<string, object>>, { regions = ['eu-central-1'], ...options }: InstallOptions & { readonly regions?: readonly string[] } = {}): Promise<Readonly<Record<string, readonly Finding[]>>> {
  const { folder: home } = await obtainPythonEnvironment(options);
  const folder = await mkdtemp(join(tmpdir(), 'podscope-cfn-lint-'));
  try {
    const names = Object.keys(templates);
    const files = names.map((_, index) => join(folder, `${index}.json`));
    await Promise.all(names.map((name, index) => writeFile(files[index] ?? '', JSON.stringify(templates[name], undefined, 2))));
    const out = await run(join(home, 'bin', 'cfn-lint'), ['--format', 'json', '--include-checks', 'I', '--regions', ...regions, '--', ...files]);
    const found = JSON.parse(out === '' ? '[]' : out) as readonly RawFinding[];
    return Object.fromEntries(
      names.map((name, index) => [
        name,
        found.filter((each) => each.Filename === files[index]).map(({ Level, Message, Rule, Location }) => ({ rule: Rule.Id, level: Level, message: Message, path: (Location.Path ?? []).join('/') })),
      ]),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Its exit code says which levels there were; without an answer in JSON it failed. */
function run(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      if (stdout.trim() === '' && error !== null) reject(new Error(`cfn-lint failed: ${stderr.split('\n').slice(-5).join('\n')}`));
      else resolve(stdout.trim());
    });
  });
}
