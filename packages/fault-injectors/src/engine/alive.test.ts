import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { isAlive, nameMyself } from './alive.ts';

const now = Date.parse('2026-01-01T00:00:10.000Z');
const aliveAt = '2026-01-01T00:00:00.000Z';
const lives = (by: string, graceMs?: number): boolean => isAlive({ by, aliveAt }, now, graceMs);

/** My name with the pid of a process that has ended. */
async function nameOfTheDead(): Promise<string> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return nameMyself().replace(`:${process.pid}:`, `:${String(child.pid)}:`);
}

it('takes for alive who gave a sign of life lately and whose process is there', async () => {
  expect(lives(nameMyself())).toBe(true);
  expect(lives(nameMyself(), 10_000)).toBe(false);
  expect(lives('')).toBe(false);
  expect(lives(await nameOfTheDead())).toBe(false);
});

it('does not look for the pid of another machine or container, whatever its host is called', async () => {
  const dead = await nameOfTheDead();
  expect(lives(dead.replace(/^[^:]+/, 'elsewhere'))).toBe(true);
  expect(lives(dead.replace(/[^:]+$/, '00000000'))).toBe(true);
  // An injector of an earlier version says only what its host is called.
  expect(lives(dead.replace(/:[^:]+$/, ''))).toBe(true);
});
