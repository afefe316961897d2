import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { obtainPythonEnvironment } from './environment.ts';

let work: string;

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'podscope-python-'));
});
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
  for (const name of made) expect(await readdir(join(cacheDir, name))).not.toContain('ready.json');
});

it('ends when it is told to', async () => {
  await expect(obtainPythonEnvironment({ cacheDir: join(work, 'other'), signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
});
