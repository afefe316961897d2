import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { drainBuffers } from './drain.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "drain 'it' "));
  await mkdir(join(folder, 'buffers/apache'), { recursive: true });
  await mkdir(join(folder, 'dead-letters'));
  await writeFile(join(folder, 'dead-letters/apache.b6400.0.log'), 'x');
});
afterEach(() => rm(folder, { recursive: true }));

/** Runs the script with a `kill` that tells what it would signal and, the third time, takes the chunks away as a flush does. */
async function drain(gracePeriodSeconds: number): Promise<string[]> {
  const instead = 'kill() { echo "$@"; asked=$((asked + 1)); [ "$asked" -lt 3 ] || rm -f "$CHUNKS"/*; }\nsleep() { :; }\nasked=0\n';
  const script = drainBuffers(folder, gracePeriodSeconds).preStop?.exec?.command?.at(-1) ?? '';
  const { stdout } = await promisify(execFile)('/bin/sh', ['-c', instead + script], { env: { ...process.env, CHUNKS: join(folder, 'buffers/apache') } });
  return stdout.trim().split('\n');
}

it('flushes until no chunk is left', async () => {
  await writeFile(join(folder, 'buffers/apache/buffer.b6400a.log'), 'x');
  await writeFile(join(folder, 'buffers/apache/buffer.b6400a.log.meta'), 'x');
  expect(await drain(180)).toEqual(['-USR1 1', '-USR1 1', '-USR1 1']);
});

it('takes dead letters for no chunks', async () => {
  expect(await drain(180)).toEqual(['-USR1 1']);
});

it('leaves time for the end itself', () => {
  const seconds = (grace: number): number => Number(/\+ (\d+)/.exec(drainBuffers('/x', grace).preStop?.exec?.command?.at(-1) ?? '')?.[1]);
  expect([180, 90, 30, 1].map(seconds)).toEqual([120, 60, 20, 1]);
});
