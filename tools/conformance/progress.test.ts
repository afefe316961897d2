import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startProgress } from './progress.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('says how far it is when nothing else has been said for two seconds', () => {
  const lines: string[] = [];
  const progress = startProgress((line) => void lines.push(line));
  progress.line('starting');
  progress.step('1 of 9 applied');
  vi.advanceTimersByTime(1000);
  expect(lines).toEqual(['starting']);
  progress.step('4 of 9 applied');
  vi.advanceTimersByTime(1500);
  expect(lines).toEqual(['starting', '  … 4 of 9 applied (2 s)']);
  progress.stop();
  vi.advanceTimersByTime(10_000);
  expect(lines).toHaveLength(2);
});
