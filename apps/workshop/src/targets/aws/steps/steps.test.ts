import { expect, it } from 'vitest';
import { stepRunner, together } from './steps.ts';

it('does two things at once, and gives both results', async () => {
  expect(await together(new AbortController().signal, async () => 1, async () => 'two')).toEqual([1, 'two']);
});

it('ends the other when one fails, waits for it, and throws what failed first', async () => {
  const first = new Error('first');
  let wasEnded = false;
  const other = (signal: AbortSignal): Promise<never> =>
    new Promise((_resolve, reject) => signal.addEventListener('abort', () => {
      wasEnded = true;
      reject(new Error('second'));
    }));
  await expect(together(new AbortController().signal, other, async () => { throw first; })).rejects.toBe(first);
  expect(wasEnded).toBe(true);
});

it('ends both with its signal', async () => {
  const wish = new AbortController();
  const until = (signal: AbortSignal): Promise<never> => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
  const work = together(wish.signal, until, until);
  wish.abort(new Error('ended'));
  await expect(work).rejects.toThrow('ended');
});

it('tells of each step, and is held up before and after it', async () => {
  const told: string[] = [];
  const runner = stepRunner<'one'>({ tell: (step, message) => told.push(`${step} ${message}`.trim()), done: (step) => told.push(`${step} done`) }, async (point) => void told.push(point));
  expect(await runner.run('one', async (tell) => { tell('half'); return 7; })).toBe(7);
  expect(told).toEqual(['one:before', 'one', 'one half', 'one:after', 'one done']);
});
