import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import lanes from '../../lanes.json' with { type: 'json' };
import { needs } from '../../lanes/needs.ts';
import { requirementsOfWheel } from '../testing/wheel.fixture.ts';
import { obtainPythonEnvironment } from './environment.ts';

let work: string;

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'podscope-python-'));
});
afterEach(() => vi.unstubAllEnvs());
afterAll(() => rm(work, { recursive: true, force: true }));

it('is there once, with what moto makes, for all who ask', async () => {
  const [one, other] = await Promise.all([obtainPythonEnvironment(), obtainPythonEnvironment()]);
  expect(one).toEqual(other);
  expect(one.stackTypes.has('AWS::EC2::VPC')).toBe(true);
  expect([...one.stackTypes].filter((type) => type.startsWith('AWS::EKS::'))).toEqual([]);
});

it('takes nothing without a checksum, says what pip said, and leaves nothing that looks finished', async () => {
  const requirements = join(work, 'requirements.txt');
  await writeFile(requirements, 'six==1.17.0\n');
  const cacheDir = join(work, 'cache');
  await expect(obtainPythonEnvironment({ requirements, cacheDir })).rejects.toMatchObject({ code: 'PYTHON_INSTALL_FAILED', details: expect.arrayContaining([expect.stringContaining('--require-hashes')]) });
  const made = (await readdir(cacheDir)).filter((name) => name !== 'locks');
  expect(made).toHaveLength(1);
  expect(await readdir(join(cacheDir, made[0] ?? ''))).not.toContain('ready.json');
});

it('takes nothing from elsewhere where the packages cannot be had, and says so', async () => {
  // Nobody listens there.
  vi.stubEnv('PIP_INDEX_URL', 'http://127.0.0.1:9/simple');
  vi.stubEnv('PIP_RETRIES', '0');
  vi.stubEnv('PIP_EXTRA_INDEX_URL', '');
  vi.stubEnv('PIP_FIND_LINKS', '');
  const requirements = join(work, 'offline.txt');
  await writeFile(requirements, `six==1.17.0 --hash=sha256:${'0'.repeat(64)}\n`);
  await expect(obtainPythonEnvironment({ requirements, cacheDir: join(work, 'offline') })).rejects.toMatchObject({
    code: 'PYTHON_INSTALL_FAILED',
    hint: expect.stringContaining('could not be fetched'),
    details: expect.arrayContaining([expect.stringContaining('No matching distribution found for six==1.17.0')]),
  });
});

it('is made anew after a kill -9 in the middle, and once for two who ask at the same time', async () => {
  const requirements = await requirementsOfWheel(work);
  const cacheDir = join(work, 'killed');
  const start = () => spawn(process.execPath, ['--conditions=@podscope/source', '--disable-warning=ExperimentalWarning', join(import.meta.dirname, '..', 'testing', 'installer.ts'), requirements, cacheDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const first = start();
  for await (const line of createInterface({ input: first.stdout })) if (line.includes('installing')) break;
  first.kill('SIGKILL');
  await once(first, 'exit');
  const said = await Promise.all([start(), start()].map(async (child) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    await once(child, 'close');
    return text;
  }));
  expect(said.join('').match(/installing moto/gu)).toHaveLength(1);
  const folders = said.map((text) => /^FOLDER (.*)$/mu.exec(text)?.[1]);
  expect(folders[0]).toBe(folders[1]);
  const made = await obtainPythonEnvironment({ requirements, cacheDir, onProgress: (line) => expect.fail(line) });
  expect([made.folder, [...made.stackTypes]]).toEqual([folders[0], ['AWS::EC2::VPC']]);
  // The Python that it was made of is another one by now.
  await rm(made.python);
  const again = obtainPythonEnvironment({ requirements, cacheDir, onProgress: (line) => { throw new Error(line); } });
  await expect(again).rejects.toThrow('installing moto');
});

it.each([
  ['there is none', async () => undefined],
  ['it has no venv, or is too old', (folder: string) => writeFile(join(folder, 'python3'), '#!/bin/sh\nexit 1\n', { mode: 0o755 })],
])('says that Python is missing where %s, and its lane is left out by name', async (title, prepare) => {
  const folder = await mkdtemp(join(work, 'path-'));
  await prepare(folder);
  vi.stubEnv('PATH', folder);
  await expect(obtainPythonEnvironment(), title).rejects.toMatchObject({ code: 'PYTHON_MISSING', hint: expect.stringContaining('python3-venv') });
  expect(await needs.python3()).toBe(false);
  expect(lanes.find(({ name }) => name === 'aws')?.needs).toEqual(['python3']);
});

it('ends when it is told to', async () => {
  await expect(obtainPythonEnvironment({ cacheDir: join(work, 'other'), signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
});
