import { execFile, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { PodscopeError } from '../../packages/core/src/index.ts';
import type { BuildOptions, GoProgram } from './build.ts';

const exec = promisify(execFile);

/** What of the machine's Go decides what it builds. */
export interface GoSettings {
  readonly go: string;
  readonly os: string;
  readonly arch: string;
}

/**
 * The caller's environment, with what must not depend on the caller: modules as `go.mod` and `go.sum` say, no workspace around them,
 * no C compiler. Where modules come from is left to the machine's own settings.
 */
function goEnvironment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    GOFLAGS: '-mod=readonly -buildvcs=false',
    GOWORK: 'off',
    CGO_ENABLED: '0',
    // The compiler collects its garbage less often: a fifth less CPU for some hundred megabytes more.
    GOGC: '400',
  };
}

/** Of `go list`, whose answer for the apiserver is a list of a thousand packages. */
const LIST_BYTES = 1 << 24;

function missing(cause: unknown): PodscopeError {
  return new PodscopeError('GO_MISSING', 'There is no go on the PATH, which the programs of this test are built with.', { hint: 'Install Go 1.25 or newer (it fetches the toolchain that a module asks for).', cause });
}

/** Asks Go for its version and target; in the module's folder, because that may ask for another toolchain. */
export async function goSettings(moduleFolder: string): Promise<GoSettings> {
  try {
    const { stdout } = await exec('go', ['env', '-json', 'GOVERSION', 'GOOS', 'GOARCH'], { cwd: moduleFolder, env: goEnvironment() });
    const { GOVERSION, GOOS, GOARCH } = JSON.parse(stdout) as Readonly<Record<string, string>>;
    return { go: String(GOVERSION), os: String(GOOS), arch: String(GOARCH) };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw missing(error);
    throw new PodscopeError('GO_BUILD_FAILED', `Go does not take ${moduleFolder}/go.mod.`, { hint: 'Install the version of Go that it names, or a newer one.', details: detailsOf(error), cause: error });
  }
}

function detailsOf(error: unknown): string[] {
  const text = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
  return text.split('\n').filter((line) => line.trim() !== '').slice(-LAST_LINES);
}

const LAST_LINES = 30;

/** How many packages the program is made of; also fetches the modules that are missing, so its lines are progress as well. */
async function packagesOf(program: GoProgram, arguments_: readonly string[], options: BuildOptions): Promise<number> {
  const { output } = await run(program, ['list', '-deps', ...arguments_], options, () => undefined);
  return output.split('\n').filter((line) => line !== '').length;
}

/** Runs `go`; its standard error is told line by line, and its last lines are in the error. */
async function run(program: GoProgram, args: readonly string[], { onProgress, signal }: BuildOptions, onPackage: (name: string) => void): Promise<{ readonly output: string }> {
  const child = spawn('go', args, { cwd: program.moduleFolder, env: goEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
  const onAbort = (): void => void child.kill();
  signal?.addEventListener('abort', onAbort, { once: true });
  const said: string[] = [];
  let output = '';
  let length = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    length += text.length;
    if (length < LIST_BYTES) output += text;
  });
  const lines = createInterface({ input: child.stderr });
  lines.on('line', (line) => {
    const downloaded = /^go: downloading (\S+)/.exec(line)?.[1];
    if (downloaded !== undefined) onProgress?.({ type: 'downloading', program: program.name, module: downloaded });
    // With -v each package that is compiled is a line of its own; everything else is a complaint.
    else if (/^[\w.~-]+(?:\/[\w.~+-]+)*$/.test(line)) onPackage(line);
    else said.push(line);
  });
  try {
    const code = await new Promise<number | string>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (status, by) => resolve(status ?? String(by)));
    });
    signal?.throwIfAborted();
    if (code === 0) return { output };
    throw new PodscopeError('GO_BUILD_FAILED', `go ${args[0]} of ${program.name} ${program.version} ended with ${typeof code === 'number' ? `exit code ${code}` : code}.`, {
      hint: 'Its last lines say why: usually a module that could not be fetched, a full disk, or too old a Go.',
      details: said.slice(-LAST_LINES),
    });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw missing(error);
    throw error;
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
}

/** What `go build` is told beside the target and the package. All of it counts for what comes out. */
export function buildFlags({ optimised = false, ldflags = [], tags }: GoProgram): readonly string[] {
  return ['-trimpath', ...(optimised ? [] : ['-gcflags=all=-N -l -dwarf=false']), '-ldflags', ['-s', '-w', ...ldflags].join(' '), ...tagFlags(tags)];
}

const tagFlags = (tags: GoProgram['tags']): readonly string[] => (tags === undefined ? [] : ['-tags', tags.join(',')]);

/** Compiles and links a program into `target`. */
export async function compile(program: GoProgram, target: string, options: BuildOptions): Promise<void> {
  const began = performance.now();
  const total = await packagesOf(program, [...tagFlags(program.tags), program.package], options);
  let done = 0;
  await run(program, ['build', '-v', ...buildFlags(program), '-o', target, program.package], options, () => {
    options.onProgress?.({ type: 'compiling', program: program.name, done: ++done, total });
  });
  options.onProgress?.({ type: 'built', program: program.name, seconds: Math.round((performance.now() - began) / 1000) });
}
