import type { HuntRandom } from './random.ts';
import type { HuntQuestionView, HuntView } from './view.ts';

/** The body of a search request, as OpenSearch's `_search` takes it. */
export type SearchBody = Readonly<Record<string, unknown>>;

/** The answer of `_search`, as far as checkers read it. */
export interface SearchAnswer {
  readonly hits: {
    readonly total?: { readonly value: number } | number;
    readonly hits: readonly { readonly _source?: unknown }[];
  };
  readonly aggregations?: Readonly<Record<string, unknown>>;
}

/** All that a checker may read: the index, and the state that everybody can see. */
export interface HuntEvidence<State> {
  search(index: string, body: SearchBody): Promise<SearchAnswer>;
  state(): Promise<State>;
}

/** What a checker knows of an attempt. */
export interface HuntFacts<Truth, State> {
  readonly truth: Truth;
  /** The public state just before the fault was injected. */
  readonly baseline: State;
  /** ISO 8601. Evidence from before does not count. */
  readonly startedAt: string;
}

/** What a check or the grading of an answer found. The message never tells the truth that was looked for. */
export interface HuntCheck {
  readonly passed: boolean;
  readonly message: string;
}

/** A hint, and what it takes from the score. */
export interface HuntHint {
  readonly text: string;
  /** Points out of 100. */
  readonly cost: number;
}

/** A question, and how its answer is graded. */
export interface HuntQuestion<Truth> extends HuntQuestionView {
  grade(answer: string, truth: Truth): boolean;
}

/** What a learner reads of a hunt before it starts. */
export type HuntText = Pick<HuntView, 'title' | 'story' | 'difficulty' | 'minutes' | 'tasks' | 'dashboards'>;

/** What a hunt's author writes. */
export interface HuntDefinition<Id extends string, Truth, State, Fault> extends HuntText {
  readonly id: Id;
  /** Draws this attempt's truth. Pure: the same seed and baseline give the same truth. */
  drawTruth(random: HuntRandom, baseline: State): Truth;
  /** The fault to inject. */
  fault(truth: Truth): Fault;
  readonly hints: readonly [HuntHint, HuntHint, HuntHint];
  readonly questions: readonly HuntQuestion<Truth>[];
  /** Has the symptom been in the index since the attempt's start? */
  symptom(evidence: HuntEvidence<State>, facts: HuntFacts<Truth, State>): Promise<HuntCheck>;
  /** Is the symptom gone now, for long enough, without damage? */
  cured(evidence: HuntEvidence<State>, facts: HuntFacts<Truth, State>): Promise<HuntCheck>;
  /** Markdown for afterwards: what it was, and the evidence that was there to find. */
  debrief(truth: Truth): string;
}

/** A hunt whose truth's type is closed inside: what services and the contract's runner take. */
export interface Hunt<State, Fault, Id extends string = string> extends HuntText {
  readonly id: Id;
  drawTruth(random: HuntRandom, baseline: State): unknown;
  fault(truth: unknown): Fault;
  readonly hints: readonly [HuntHint, HuntHint, HuntHint];
  readonly questions: readonly HuntQuestion<unknown>[];
  symptom(evidence: HuntEvidence<State>, facts: HuntFacts<unknown, State>): Promise<HuntCheck>;
  /** The whole check: the symptom was there since the start, and it is gone now. */
  check(evidence: HuntEvidence<State>, facts: HuntFacts<unknown, State>): Promise<HuntCheck>;
  debrief(truth: unknown): string;
}

/**
 * Defines a hunt.
 *
 * @throws TypeError when two questions share an id, an aspect but the fix has no question, a choice has no choices, or
 * the hints cost more than 100 points together.
 */
export function defineHunt<const Id extends string, Truth, State, Fault>(
  definition: HuntDefinition<Id, Truth, State, Fault>,
): Hunt<State, Fault, Id> {
  checkDefinition(definition);
  const factsOf = (facts: HuntFacts<unknown, State>) => facts as HuntFacts<Truth, State>;
  return {
    ...definition,
    fault: (truth) => definition.fault(truth as Truth),
    questions: definition.questions.map((question) => ({ ...question, grade: (answer, truth) => question.grade(answer, truth as Truth) })),
    symptom: (evidence, facts) => definition.symptom(evidence, factsOf(facts)),
    async check(evidence, facts) {
      const symptom = await definition.symptom(evidence, factsOf(facts));
      return symptom.passed ? await definition.cured(evidence, factsOf(facts)) : symptom;
    },
    debrief: (truth) => definition.debrief(truth as Truth),
  };
}

function checkDefinition(hunt: Pick<Hunt<unknown, unknown>, 'id' | 'hints'> & { readonly questions: readonly HuntQuestionView[] }): void {
  const ids = hunt.questions.map((question) => question.id);
  if (new Set(ids).size !== ids.length) throw new TypeError(`Hunt "${hunt.id}" has two questions with one id.`);
  for (const aspect of ['localise', 'mechanism', 'scope'] as const) {
    if (!hunt.questions.some((question) => question.aspect === aspect)) throw new TypeError(`Hunt "${hunt.id}" has no question to ${aspect}.`);
  }
  if (hunt.questions.some((question) => (question.kind === 'choice') !== (question.choices !== undefined))) {
    throw new TypeError(`Hunt "${hunt.id}" has a choice without choices, or choices without a choice.`);
  }
  if (hunt.hints.reduce((sum, hint) => sum + hint.cost, 0) > 100) throw new TypeError(`The hints of hunt "${hunt.id}" cost more than 100 points.`);
}
