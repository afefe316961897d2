/** What part of an investigation a question or a verdict is about. */
export type HuntAspect = 'localise' | 'mechanism' | 'scope' | 'fix';

export interface HuntQuestionView {
  readonly id: string;
  readonly aspect: HuntAspect;
  readonly prompt: string;
  /** `list`: several values, separated by commas or new lines. */
  readonly kind: 'text' | 'choice' | 'list';
  readonly choices?: readonly string[];
}

export interface HuntVerdictView {
  readonly passed: boolean;
  /** Points out of 100 after the hints' costs. */
  readonly score: number;
  readonly parts: readonly { readonly aspect: HuntAspect; readonly passed: boolean; readonly message: string }[];
}

/** What a learner may know of a hunt. Nothing of the seeded truth is in it before it is solved or stopped. */
export interface HuntView {
  readonly id: string;
  readonly title: string;
  readonly story: string;
  readonly difficulty: 1 | 2 | 3;
  readonly minutes: number;
  readonly tasks: readonly string[];
  /** Dashboards to keep beside the story. */
  readonly dashboards: readonly string[];
  readonly status: 'idle' | 'starting' | 'running' | 'solved' | 'stopped';
  /** Opaque id of the running attempt. */
  readonly attempt: string | null;
  readonly startedAt: string | null;
  readonly hints: { readonly taken: readonly { readonly text: string; readonly cost: number }[]; readonly left: number; readonly nextCost: number | null };
  readonly questions: readonly HuntQuestionView[];
  readonly answers: Readonly<Record<string, string>>;
  readonly verdict: HuntVerdictView | null;
  /** Markdown; after the hunt is solved or stopped. */
  readonly debrief: string | null;
}
