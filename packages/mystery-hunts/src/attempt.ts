import { randomBytes } from 'node:crypto';
import { PodscopeError } from '@podscope/core';
import { isOneOf } from './answers.ts';
import type { Hunt, HuntCheck } from './defineHunt.ts';
import { createHuntRandom } from './random.ts';
import type { HuntAspect, HuntVerdictPart, HuntVerdictView, HuntView } from './view.ts';

const LONGEST_ANSWER = 10_000;

/** One attempt at a hunt: immutable data with the truth inside. Keep it in memory; show people {@link viewOf} only. */
export interface HuntAttempt<State> {
  /** Opaque: 16 hexadecimal digits, not drawn from the seed. */
  readonly id: string;
  readonly hunt: string;
  readonly status: 'starting' | 'running' | 'solved' | 'stopped';
  readonly startedAt: string;
  readonly truth: unknown;
  readonly baseline: State;
  readonly hintsTaken: number;
  readonly answers: Readonly<Record<string, string>>;
  readonly verdict: HuntVerdictView | null;
}

/** A new attempt, `starting` until its fault is injected. */
export function beginAttempt<State, Fault>(
  hunt: Hunt<State, Fault>,
  options: { readonly seed: string; readonly baseline: State; readonly now?: Date },
): HuntAttempt<State> {
  return {
    id: randomBytes(8).toString('hex'),
    hunt: hunt.id,
    status: 'starting',
    startedAt: (options.now ?? new Date()).toISOString(),
    truth: hunt.drawTruth(createHuntRandom(`${hunt.id}:${options.seed}`), options.baseline),
    baseline: options.baseline,
    hintsTaken: 0,
    answers: {},
    verdict: null,
  };
}

/** The fault is in: learners may begin. */
export function markRunning<State>(attempt: HuntAttempt<State>): HuntAttempt<State> {
  return { ...attempt, status: 'running' };
}

/** Takes the next hint. @throws PodscopeError HUNT_NOT_RUNNING, HUNT_NO_HINTS */
export function takeHint<State, Fault>(hunt: Hunt<State, Fault>, attempt: HuntAttempt<State>): HuntAttempt<State> {
  checkRunning(attempt);
  if (attempt.hintsTaken >= hunt.hints.length) {
    throw new PodscopeError('HUNT_NO_HINTS', `The hunt ${hunt.id} has no more hints.`, { hint: 'Read the ones that you have; stop the hunt to see its debrief.' });
  }
  return { ...attempt, hintsTaken: attempt.hintsTaken + 1 };
}

/**
 * Keeps answers by question id. A choice is given by its text or by its number, counted from 1; an empty answer takes the
 * earlier one back.
 *
 * @throws PodscopeError HUNT_NOT_RUNNING, HUNT_BAD_ANSWER
 */
export function keepAnswers<State, Fault>(
  hunt: Hunt<State, Fault>,
  attempt: HuntAttempt<State>,
  answers: Readonly<Record<string, string>>,
): HuntAttempt<State> {
  checkRunning(attempt);
  const kept: Record<string, string> = { ...attempt.answers };
  for (const [id, answer] of Object.entries(answers)) {
    const question = hunt.questions.find((each) => each.id === id);
    if (!question) {
      throw new PodscopeError('HUNT_BAD_ANSWER', `The hunt ${hunt.id} has no question "${id.slice(0, 80)}".`, {
        hint: `Its questions are: ${hunt.questions.map((each) => each.id).join(', ')}.`,
      });
    }
    if (typeof answer !== 'string' || answer.length > LONGEST_ANSWER) {
      throw new PodscopeError('HUNT_BAD_ANSWER', `The answer to "${id}" is not a text of at most ${LONGEST_ANSWER} characters.`, { hint: 'Shorten it.' });
    }
    kept[id] = question.choices && answer.trim() !== '' ? choiceOf(id, question.choices, answer) : answer;
  }
  return { ...attempt, answers: kept };
}

function choiceOf(id: string, choices: readonly string[], answer: string): string {
  const given = answer.trim();
  const choice = choices.find((each) => isOneOf(given, each)) ?? (/^\d{1,2}$/.test(given) ? choices[Number(given) - 1] : undefined);
  if (choice !== undefined) return choice;
  throw new PodscopeError('HUNT_BAD_ANSWER', `"${given.slice(0, 80)}" is none of the choices of "${id}".`, {
    hint: 'Give the number of a choice, or its text.',
    details: choices.map((each, index) => `${index + 1}. ${each}`),
  });
}

/** Grades the kept answers together with what the checker found of the fix. @throws PodscopeError HUNT_NOT_RUNNING */
export function gradeAttempt<State, Fault>(hunt: Hunt<State, Fault>, attempt: HuntAttempt<State>, fix: HuntCheck): HuntAttempt<State> {
  checkRunning(attempt);
  const parts: HuntVerdictPart[] = (['localise', 'mechanism', 'scope'] as const).map((aspect) => gradeAspect(hunt, attempt, aspect));
  const fixQuestions = gradeAspect(hunt, attempt, 'fix');
  parts.push({ aspect: 'fix', passed: fix.passed && fixQuestions.passed, message: fix.passed && !fixQuestions.passed ? fixQuestions.message : fix.message });
  const passed = parts.every((part) => part.passed);
  const points = (parts.filter((part) => part.passed).length * 100) / parts.length;
  const score = Math.max(0, Math.round(points - costOf(hunt, attempt)));
  return { ...attempt, status: passed ? 'solved' : 'running', verdict: { passed, score, parts } };
}

/** Ends an attempt. A solved one stays solved. */
export function stopAttempt<State>(attempt: HuntAttempt<State>): HuntAttempt<State> {
  return attempt.status === 'solved' ? attempt : { ...attempt, status: 'stopped' };
}

/** What a learner may see. Without an attempt: the hunt as it can be started. */
export function viewOf<State, Fault>(hunt: Hunt<State, Fault>, attempt: HuntAttempt<State> | null): HuntView {
  const taken = attempt?.hintsTaken ?? 0;
  const over = attempt?.status === 'solved' || attempt?.status === 'stopped';
  return {
    id: hunt.id,
    title: hunt.title,
    story: hunt.story,
    difficulty: hunt.difficulty,
    minutes: hunt.minutes,
    tasks: hunt.tasks,
    dashboards: hunt.dashboards,
    status: attempt?.status ?? 'idle',
    attempt: attempt?.id ?? null,
    startedAt: attempt?.startedAt ?? null,
    hints: {
      taken: hunt.hints.slice(0, taken).map(({ text, cost }) => ({ text, cost })),
      left: hunt.hints.length - taken,
      nextCost: hunt.hints[taken]?.cost ?? null,
    },
    questions: hunt.questions.map(({ id, aspect, prompt, kind, choices }) => ({ id, aspect, prompt, kind, ...(choices ? { choices } : {}) })),
    answers: attempt?.answers ?? {},
    verdict: attempt?.verdict ?? null,
    debrief: over && attempt ? hunt.debrief(attempt.truth) : null,
  };
}

function gradeAspect<State, Fault>(hunt: Hunt<State, Fault>, attempt: HuntAttempt<State>, aspect: HuntAspect): HuntVerdictPart {
  const questions = hunt.questions.filter((question) => question.aspect === aspect);
  const answerTo = (id: string) => (Object.hasOwn(attempt.answers, id) ? (attempt.answers[id] ?? '') : '');
  const missing = questions.filter((question) => answerTo(question.id).trim() === '');
  if (missing.length > 0) return { aspect, passed: false, message: 'Not answered yet.' };
  const passed = questions.every((question) => question.grade(answerTo(question.id), attempt.truth));
  return { aspect, passed, message: passed ? 'Right.' : 'Not right, or not complete.' };
}

function costOf<State, Fault>(hunt: Hunt<State, Fault>, attempt: HuntAttempt<State>): number {
  return hunt.hints.slice(0, attempt.hintsTaken).reduce((sum, hint) => sum + hint.cost, 0);
}

function checkRunning(attempt: HuntAttempt<unknown>): void {
  if (attempt.status === 'running') return;
  throw new PodscopeError('HUNT_NOT_RUNNING', `The hunt ${attempt.hunt} is ${attempt.status}.`, { hint: `Start it with "podscope hunt start ${attempt.hunt}".` });
}
