import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { readEnvironment } from '../../../apps/workshop/src/environment.ts';
import { PodscopeError, redactText } from '../../../packages/core/src/index.ts';
import { withLock } from '../../../packages/embedded-opensearch/src/install/lock.ts';
import { findPython } from './findPython.ts';

/** A virtual environment with moto and cfn-lint. */
export interface PythonEnvironment {
  readonly folder: string;
  readonly python: string;
  /** Resource types that moto's CloudFormation makes. */
  readonly stackTypes: ReadonlySet<string>;
}

/** Options of {@link obtainPythonEnvironment}. */
export interface InstallOptions {
  readonly onProgress?: ((line: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** @default `python` in the cache that the app uses as well */
  readonly cacheDir?: string | undefined;
  /** @default the file beside this one: every package with its version and checksums */
  readonly requirements?: string | undefined;
}

const WAIT_MS = 20 * 60_000;
const LAST_LINES = 20;

const TYPES = 'import json; from moto.cloudformation.parsing import get_model_map; print(json.dumps(sorted(t for t in get_model_map() if t.startswith("AWS::"))))';

/** What stands in the cache once an environment is finished. */
interface Ready {
  /** Its folder, beside this file. */
  readonly made: string;
  readonly stackTypes: readonly string[];
}

/**
 * Moto and cfn-lint in an environment of their own, below the cache: made on the first call, once for all processes. pip takes only
 * wheels whose checksums are in `requirements.txt`, from where the machine's own settings say; no build script runs. One that was not
 * finished is named in no `ready.json`, and another is made beside it: a pip whose starter was killed may still write into the old one.
 *
 * @throws PodscopeError `PYTHON_MISSING`; `PYTHON_INSTALL_FAILED` with the last lines of pip; the signal's reason when it is aborted.
 */
export async function obtainPythonEnvironment(options: InstallOptions = {}): Promise<PythonEnvironment> {
  options.signal?.throwIfAborted();
  const requirements = options.requirements ?? fileURLToPath(new URL('requirements.txt', import.meta.url));
  const found = await findPython();
  if (found === undefined) {
    throw new PodscopeError('PYTHON_MISSING', 'There is no python3 of version 3.10 or newer with venv on the PATH, which the AWS test environment runs on.', { hint: 'Install Python 3; on Debian also python3-venv.' });
  }
  const key = createHash('sha256').update(`2\0${found.version}\0${found.tag}\0`).update(await readFile(requirements)).digest('hex').slice(0, 16);
  const cacheDir = options.cacheDir ?? join(readEnvironment().cacheDir, 'python');
  const folder = join(cacheDir, key);
  const ready = join(folder, 'ready.json');
  const read = async (): Promise<PythonEnvironment | undefined> => {
    if (!existsSync(ready)) return undefined;
    const { made, stackTypes } = JSON.parse(await readFile(ready, 'utf8')) as Ready;
    const python = join(folder, made, 'bin', 'python');
    // A link to the machine's Python, which may have moved.
    return existsSync(python) ? { folder: join(folder, made), python, stackTypes: new Set(stackTypes) } : undefined;
  };
  const there = await read();
  if (there !== undefined) return there;
  await mkdir(cacheDir, { recursive: true });
  return withLock(
    join(cacheDir, 'locks', key),
    async () => {
      const meanwhile = await read();
      if (meanwhile !== undefined) return meanwhile;
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
      const made = randomBytes(4).toString('hex');
      const home = join(folder, made);
      const say = (line: string): void => options.onProgress?.(line);
      say(`Python ${found.version}: installing moto and cfn-lint into ${home}`);
      await run(found.command, ['-m', 'venv', home], options);
      const python = join(home, 'bin', 'python');
      await run(python, ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--require-hashes', '--only-binary', ':all:', '--requirement', requirements], options);
      const stackTypes = JSON.parse(await run(python, ['-W', 'ignore', '-c', TYPES], options)) as readonly string[];
      await writeFile(`${ready}.new`, `${JSON.stringify({ made, stackTypes } satisfies Ready, undefined, 2)}\n`);
      await rename(`${ready}.new`, ready);
      say('Python: ready');
      return { folder: home, python, stackTypes: new Set(stackTypes) };
    },
    { waitMs: WAIT_MS, signal: options.signal, onProgress: () => options.onProgress?.('Python: another process installs, waiting') },
  );
}

/** Runs a program to its end; what it prints is told line by line, and returned. */
async function run(command: string, args: readonly string[], { onProgress, signal }: InstallOptions): Promise<string> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], signal });
  const said: string[] = [];
  const out: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    out.push(line);
    if (/^(?:Downloading|Installing|Successfully|Using cached) /.test(line.trim())) onProgress?.(`Python: ${line.trim()}`);
  });
  createInterface({ input: child.stderr }).on('line', (line) => said.push(line));
  const code = await new Promise<number | string>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status, by) => resolve(status ?? String(by)));
  });
  signal?.throwIfAborted();
  if (code === 0) return out.join('\n');
  throw new PodscopeError('PYTHON_INSTALL_FAILED', `${args.slice(0, 3).join(' ')} ended with ${typeof code === 'number' ? `exit code ${code}` : code}.`, {
    hint: 'Its last lines say why: usually a package that could not be fetched, or one that has no wheel for this Python.',
    details: [...out, ...said].slice(-LAST_LINES).map(redactText),
  });
}
