import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createOutput } from '../../terminal/output.ts';
import { sayWhenSlow, showSteps } from './progress.ts';

const written: string[] = [];
beforeEach(() => {
  written.length = 0;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => (written.push(String(text)), true));
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const steps = (json = false) => showSteps({ output: createOutput(json), environment: { plain: true } as Parameters<typeof showSteps>[0]['environment'] }, { find: 'Find what is there', check: 'See' });

it('says that AWS is waited for when a step is silent for two seconds, and nothing of one that is not', async () => {
  const shown = steps();
  shown.tell('find', '');
  vi.advanceTimersByTime(1_999);
  expect(written).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(written).toEqual(['  Find what is there: waiting for AWS\n']);
  shown.done('find');
  shown.tell('check', '');
  await shown.end();
  vi.advanceTimersByTime(10_000);
  expect(written.join('')).not.toMatch(/See/u);
});

it('says nothing beside a document', () => {
  const shown = steps(true);
  shown.tell('find', '');
  using _waiting = sayWhenSlow({ output: createOutput(true) }, 'AWS is asked');
  vi.advanceTimersByTime(10_000);
  expect(written).toEqual([]);
});

it('tells a person that AWS is asked, as long as it is', () => {
  {
    using _waiting = sayWhenSlow({ output: createOutput(false) }, 'AWS is asked');
    vi.advanceTimersByTime(2_000);
  }
  expect(written).toEqual(['AWS is asked\n']);
});
