import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { installOpenSearch } from './install.ts';

/** Scripts in place of Maven and Java: what matters here is how they are ended. The opensearch lane runs the real ones. */
let directory: string;
let cacheDir: string;
let javaHome: string;
let mavenCommand: string;
let pidFile: string;

const PATIENT = { timeout: 10_000 };
const FIXTURE = fileURLToPath(new URL('fixtures/install-server.ts', import.meta.url));

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'podscope-maven-'));
  cacheDir = join(directory, 'cache');
  javaHome = join(directory, 'jdk');
  mavenCommand = join(directory, 'mvn');
  pidFile = join(directory, 'pid');
  await mkdir(join(javaHome, 'bin'), { recursive: true });
  await writeFile(join(javaHome, 'bin/java'), '#!/bin/sh\necho \'openjdk version "17.0.1"\' >&2\n', { mode: 0o755 });
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const script = (text: string): Promise<void> => writeFile(mavenCommand, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
const runsAndStays = `mkdir -p target; echo $$ > '$pid.new'; mv '$pid.new' '$pid'; exec sleep 60`;
const started = (): Promise<number> => vi.waitFor(async () => Number(await readFile(pidFile, 'utf8')), PATIENT);
const unfinished = async (): Promise<string[]> => (await readdir(cacheDir)).filter((name) => name.startsWith('installing-'));

function isGone(pid: number): boolean {
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return !existsSync(`/proc/${pid}`);
  }
}

it('ends Maven, and removes what it made, when the one who installs is killed', { timeout: 40_000 }, async () => {
  await script(runsAndStays.replaceAll('$pid', pidFile));
  const owner = spawn(process.execPath, ['--conditions=@podscope/source', FIXTURE, cacheDir, mavenCommand, javaHome], { stdio: 'ignore' });
  const pid = await started();
  expect(await unfinished()).toHaveLength(1);
  owner.kill('SIGKILL');
  await vi.waitFor(() => expect(isGone(pid)).toBe(true), PATIENT);
  await vi.waitFor(async () => expect(await unfinished()).toEqual([]), PATIENT);
});

it('ends Maven when the install is aborted', { timeout: 30_000 }, async () => {
  await script(runsAndStays.replaceAll('$pid', pidFile));
  const abort = new AbortController();
  const install = installOpenSearch({ version: '2.19.6', cacheDir, javaHome, mavenCommand, sources: ['maven'], signal: abort.signal });
  const refused = expect(install).rejects.toThrow('enough');
  const pid = await started();
  abort.abort(new Error('enough'));
  await refused;
  expect(isGone(pid)).toBe(true);
  expect(await unfinished()).toEqual([]);
});

it('hands on what Maven says', async () => {
  await script('echo "[INFO] fine"; echo "[ERROR] no such artifact"; exit 3');
  await expect(installOpenSearch({ version: '2.19.6', cacheDir, javaHome, mavenCommand, sources: ['maven'] })).rejects.toMatchObject({
    code: 'OPENSEARCH_NO_SOURCE', details: [expect.stringMatching(/^maven: .*ended with 3: \[ERROR\] no such artifact$/)],
  });
});
