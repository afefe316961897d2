import { describe, expect, it } from 'vitest';
import { beginAttempt, createHuntRandom, defineHunt, gradeAttempt, keepAnswers, markRunning, stopAttempt, takeHint, viewOf } from './index.ts';
import { lampHunt } from './testing/lampHunt.ts';

const begin = (seed: string) => beginAttempt(lampHunt, { seed, baseline: [true, true, true] });
const fixed = { passed: true, message: 'All lit.' };
const rightOf = (attempt: { readonly truth: unknown }) => ({ lamp: String((attempt.truth as { lamp: number }).lamp), cause: 'off', count: '1' });

describe('the truth', () => {
  it('is the same for the same seed and differs between seeds', () => {
    expect(begin('one').truth).toEqual(begin('one').truth);
    expect(new Set(Array.from({ length: 20 }, (_, index) => JSON.stringify(begin(String(index)).truth))).size).toBe(3);
  });

  it('has an attempt id that is not drawn from the seed', () => {
    expect(begin('one').id).toMatch(/^[0-9a-f]{16}$/);
    expect(begin('one').id).not.toBe(begin('one').id);
  });

  it('is in no view before the hunt is over', () => {
    const distinct = defineHunt({
      ...lampHunt,
      drawTruth: (random, _baseline: readonly boolean[]) => ({ word: `truth-${random.hex(12)}` }),
      cured: lampHunt.check,
      debrief: (truth: { readonly word: string }) => truth.word,
      questions: lampHunt.questions.map((question) => ({ ...question, grade: () => false })),
    });
    let attempt = markRunning(beginAttempt(distinct, { seed: 's', baseline: [] }));
    const { word } = attempt.truth as { word: string };
    attempt = takeHint(distinct, takeHint(distinct, takeHint(distinct, attempt)));
    attempt = gradeAttempt(distinct, keepAnswers(distinct, attempt, { lamp: '1', cause: 'off', count: '1' }), { passed: false, message: 'No.' });
    expect(JSON.stringify(viewOf(distinct, attempt))).not.toContain(word);
    expect(viewOf(distinct, stopAttempt(attempt)).debrief).toBe(word);
  });
});

describe('the state machine', () => {
  it('goes from idle over starting and running to solved', () => {
    expect(viewOf(lampHunt, null)).toMatchObject({ status: 'idle', attempt: null, hints: { left: 3, nextCost: 5 }, verdict: null, debrief: null });
    const starting = begin('a');
    expect(viewOf(lampHunt, starting).status).toBe('starting');
    const solved = gradeAttempt(lampHunt, keepAnswers(lampHunt, markRunning(starting), rightOf(starting)), fixed);
    expect(viewOf(lampHunt, solved)).toMatchObject({ status: 'solved', verdict: { passed: true, score: 100 }, debrief: expect.stringContaining('Lamp number') });
    expect(stopAttempt(solved).status).toBe('solved');
  });

  it.each([
    ['starting', begin('a')],
    ['solved', { ...begin('a'), status: 'solved' as const }],
    ['stopped', stopAttempt(begin('a'))],
  ])('takes nothing while it is %s', (_status, attempt) => {
    for (const act of [() => takeHint(lampHunt, attempt), () => keepAnswers(lampHunt, attempt, { lamp: '1' }), () => gradeAttempt(lampHunt, attempt, fixed)]) {
      expect(act).toThrow(expect.objectContaining({ code: 'HUNT_NOT_RUNNING' }));
    }
  });

  it('has three hints', () => {
    let attempt = markRunning(begin('a'));
    for (const [left, nextCost] of [[2, 10], [1, 15], [0, null]] as const) {
      attempt = takeHint(lampHunt, attempt);
      expect(viewOf(lampHunt, attempt).hints).toMatchObject({ left, nextCost });
    }
    expect(viewOf(lampHunt, attempt).hints.taken.map((hint) => hint.text)).toEqual(['Look up.', 'Count.', 'Begin at zero.']);
    expect(() => takeHint(lampHunt, attempt)).toThrow(expect.objectContaining({ code: 'HUNT_NO_HINTS' }));
  });
});

describe('grading', () => {
  const running = markRunning(begin('a'));
  const grade = (answers: Record<string, string>, fix = fixed) => gradeAttempt(lampHunt, keepAnswers(lampHunt, running, answers), fix);

  it('gives 25 points for each aspect', () => {
    expect(grade(rightOf(running), { passed: false, message: 'Dark.' }).verdict).toMatchObject({ passed: false, score: 75, parts: [
      { aspect: 'localise', passed: true }, { aspect: 'mechanism', passed: true }, { aspect: 'scope', passed: true }, { aspect: 'fix', passed: false, message: 'Dark.' },
    ] });
    expect(grade({ ...rightOf(running), count: '2' }).verdict).toMatchObject({ passed: false, score: 75 });
    expect(grade({}).verdict).toMatchObject({ passed: false, score: 25 });
    expect(grade({ ...rightOf(running), lamp: '9' }).status).toBe('running');
  });

  it('takes the hints from the score', () => {
    const attempt = takeHint(lampHunt, takeHint(lampHunt, keepAnswers(lampHunt, running, rightOf(running))));
    expect(gradeAttempt(lampHunt, attempt, fixed).verdict).toMatchObject({ passed: true, score: 85 });
    const poor = takeHint(lampHunt, takeHint(lampHunt, takeHint(lampHunt, running)));
    expect(gradeAttempt(lampHunt, poor, { passed: false, message: '' }).verdict?.score).toBe(0);
  });

  it('refuses answers to questions that are not there, inherited names among them', () => {
    for (const id of ['other', 'constructor', '__proto__x']) {
      expect(() => keepAnswers(lampHunt, running, { [id]: 'x' })).toThrow(expect.objectContaining({ code: 'HUNT_BAD_ANSWER' }));
    }
    expect(() => keepAnswers(lampHunt, running, { lamp: 'x'.repeat(10_001) })).toThrow(expect.objectContaining({ code: 'HUNT_BAD_ANSWER' }));
  });
});

describe('choices', () => {
  const running = markRunning(begin('a'));
  it('are given by text or by number, and kept as the text that was shown', () => {
    for (const answer of ['broken', ' BROKEN ', '2']) expect(keepAnswers(lampHunt, running, { cause: answer }).answers).toEqual({ cause: 'broken' });
    expect(keepAnswers(lampHunt, running, { cause: '' }).answers).toEqual({ cause: '' });
  });

  it('are refused when there is no such one, with those that there are', () => {
    for (const answer of ['0', '3', '1.5', '-1', 'brok', 'off, broken']) {
      expect(() => keepAnswers(lampHunt, running, { cause: answer }), answer).toThrow(expect.objectContaining({ code: 'HUNT_BAD_ANSWER', details: ['1. off', '2. broken'] }));
    }
  });
});

describe('defineHunt', () => {
  it('refuses hunts that cannot be played', () => {
    const [first] = lampHunt.questions;
    expect(() => defineHunt({ ...lampHunt, cured: lampHunt.check, questions: first ? [first, first] : [] })).toThrow(/one id/);
    expect(() => defineHunt({ ...lampHunt, cured: lampHunt.check, questions: first ? [first] : [] })).toThrow(/mechanism/);
    const dear = { text: 'x', cost: 40 };
    expect(() => defineHunt({ ...lampHunt, cured: lampHunt.check, hints: [dear, dear, dear] })).toThrow(/100 points/);
  });
});

describe('createHuntRandom', () => {
  it('draws within bounds', () => {
    const random = createHuntRandom('x');
    const drawn = Array.from({ length: 2_000 }, () => random.integer(3, 5));
    expect(new Set(drawn)).toEqual(new Set([3, 4, 5]));
    expect(random.sample(['a', 'b', 'c'], 5).toSorted()).toEqual(['a', 'b', 'c']);
    expect(random.sample(['a', 'b', 'c'], 2)).toHaveLength(2);
    expect(random.hex(8)).toMatch(/^[0-9a-f]{8}$/);
  });
});
