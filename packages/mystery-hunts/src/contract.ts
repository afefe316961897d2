import type { HuntVerdictView } from './view.ts';

/** The parts of the contract, in the order in which they are played. */
export const CONTRACT_PARTS = ['healthy', 'injected', 'nothing', 'bluntFix', 'wrongAnswer', 'fixA', 'fixB', 'reverted'] as const;

/** One part of the contract. */
export type ContractPart = (typeof CONTRACT_PARTS)[number];

/** How one part went. */
export interface ContractResult {
  readonly passed: boolean;
  /** Milliseconds that it took. */
  readonly ms: number;
  readonly message: string;
}

/** How the runner plays one hunt on one system. */
export interface ContractDriver {
  /** The hunt's check on the system as it is, before anything was injected. */
  checkHealthy(): Promise<boolean>;
  /** A digest of the public state: equal before and after, when everything was reverted. */
  stateHash(): Promise<string>;
  start(): Promise<void>;
  /** Is the symptom in the index? Asked again until it is. */
  symptom(): Promise<boolean>;
  /** The right answers, found as a learner finds them. Called while the symptom is there. */
  answers(): Promise<Readonly<Record<string, string>>>;
  /** Answers of which at least one is wrong. */
  wrongAnswers(right: Readonly<Record<string, string>>): Readonly<Record<string, string>>;
  submit(answers: Readonly<Record<string, string>>): Promise<HuntVerdictView>;
  /** Fixes that must not be accepted, such as scaling to zero. Applied one after the other in one attempt. */
  readonly bluntFixes: readonly {
    readonly name: string;
    /** A part of what the verdict on the fix must say: a refusal for another reason, such as evidence that has not come yet, proves nothing. */
    readonly because?: string;
    apply(): Promise<void>;
    /** Takes back what no revert of the hunt's fault would. */
    undo?(): Promise<void>;
  }[];
  fixA(): Promise<void>;
  fixB(): Promise<void>;
  /** Ends the attempt and reverts what is left of the fault. */
  stop(): Promise<void>;
}

/** How much of the contract is played. */
type ContractForm = 'whole' | 'fixA' | 'fixB';

/** The parts of a form, in the order in which they are played. */
const PARTS_OF: Readonly<Record<ContractForm, readonly ContractPart[]>> = {
  whole: CONTRACT_PARTS,
  fixA: ['injected', 'nothing', 'wrongAnswer', 'fixA', 'reverted'],
  fixB: ['injected', 'nothing', 'wrongAnswer', 'fixB', 'reverted'],
};

/** What to play, and limits in milliseconds. */
export interface ContractOptions {
  /** `whole`: every part, in three attempts. `fixA`, `fixB`: one attempt with that fix, for further seeds. @default 'whole' */
  readonly form?: ContractForm;
  /** The symptom must be in the index by then. @default 30,000 */
  readonly symptomWithin?: number;
  /** A legitimate fix must be accepted by then. @default 60,000 */
  readonly settle?: number;
  /** Blunt fixes must be refused for at least as long, and for their reason by `settle`; nothing, for a quarter of it. @default 12,000 */
  readonly refuse?: number;
  /** The state must equal the baseline by then after a stop. @default 30,000 */
  readonly revertWithin?: number;
  /** Between two looks. @default 1,000 */
  readonly poll?: number;
  /** Told of each part when it is known. */
  readonly onPart?: (part: ContractPart, result: ContractResult) => void;
}

/** How one hunt kept its contract. */
export interface ContractReport {
  readonly passed: boolean;
  /** The parts of the form that was played. */
  readonly parts: Readonly<Partial<Record<ContractPart, ContractResult>>>;
}

type Answers = Readonly<Record<string, string>>;

/**
 * Plays a hunt's contract: a healthy system fails the check; the symptom appears in time; doing nothing, blunt fixes
 * and a wrong answer fail; two fixes pass; after each revert the state equals the baseline.
 * Never rejects: an error is a part that failed.
 */
export async function runContract(driver: ContractDriver, options: ContractOptions = {}): Promise<ContractReport> {
  const { form = 'whole', symptomWithin = 30_000, settle = 60_000, refuse = 12_000, revertWithin = 30_000, poll = 1_000 } = options;
  const parts = new Map<ContractPart, ContractResult>();
  const record = (part: ContractPart, result: ContractResult) => {
    // A part that is played in several attempts has failed when it failed in one.
    const earlier = parts.get(part);
    const kept = earlier && !earlier.passed ? earlier : result;
    parts.set(part, kept);
    if (kept === result) options.onPart?.(part, result);
  };
  const play = async <Value>(part: ContractPart, task: () => Promise<{ message: string; value: Value }>): Promise<Value> => {
    const start = performance.now();
    try {
      const { message, value } = await task();
      record(part, { passed: true, ms: Math.round(performance.now() - start), message });
      return value;
    } catch (error) {
      record(part, { passed: false, ms: Math.round(performance.now() - start), message: error instanceof Error ? error.message : String(error) });
      throw new PartFailed(part);
    }
  };
  const pause = () => new Promise((resolve) => setTimeout(resolve, poll));

  async function refused(answers: Answers, what: string, forMs: number, because = ''): Promise<void> {
    const start = performance.now();
    for (;;) {
      const verdict = await driver.submit(answers);
      if (verdict.passed) throw new Error(`${what} was accepted`);
      const told = verdict.parts.find((part) => part.aspect === 'fix')?.message ?? '';
      const passed = performance.now() - start;
      if (passed >= forMs && told.includes(because)) return;
      if (passed > Math.max(forMs, settle)) throw new Error(`${what} was refused because "${told}" instead of "${because}"`);
      await pause();
    }
  }

  async function accepted(answers: Answers, aspect: 'all' | 'fix'): Promise<HuntVerdictView> {
    const until = performance.now() + settle;
    for (;;) {
      const verdict = await driver.submit(answers);
      if (aspect === 'all' ? verdict.passed : partPassed(verdict, 'fix')) return verdict;
      if (performance.now() > until) throw new Error(`not accepted within ${settle / 1000} s: ${failures(verdict)}`);
      await pause();
    }
  }

  const inject = () =>
    play('injected', async () => {
      await driver.start();
      const start = performance.now();
      while (!(await driver.symptom())) {
        if (performance.now() - start > symptomWithin) throw new Error(`the symptom was not in the index within ${symptomWithin / 1000} s`);
        await pause();
      }
      return { message: `the symptom was in the index after ${((performance.now() - start) / 1000).toFixed(1)} s`, value: await driver.answers() };
    });

  async function attempt(baseline: string, task: (right: Answers) => Promise<void>): Promise<void> {
    try {
      await task(await inject());
    } catch (error) {
      if (!(error instanceof PartFailed)) throw error;
      // The part is recorded; the system is still to be put back.
    }
    await play('reverted', async () => {
      await driver.stop();
      const until = performance.now() + revertWithin;
      while ((await driver.stateHash()) !== baseline) {
        if (performance.now() > until) throw new Error('the state does not equal the baseline after the revert');
        await pause();
      }
      return { message: 'the state equals the baseline', value: undefined };
    });
  }

  const nothing = (right: Answers) =>
    play('nothing', async () => {
      await refused(right, 'Doing nothing', refuse / 4);
      const verdict = await driver.submit(right);
      const wrong = verdict.parts.filter((each) => each.aspect !== 'fix' && !each.passed);
      if (wrong.length > 0) throw new Error(`the answers that the data gives were refused: ${failures(verdict)}`);
      return { message: 'right answers without a fix are refused', value: undefined };
    });

  const blunt = (right: Answers) =>
    play('bluntFix', async () => {
      for (const each of driver.bluntFixes) {
        try {
          await each.apply();
          await refused(right, each.name, refuse, each.because);
        } finally {
          await each.undo?.();
        }
      }
      return { message: `refused: ${driver.bluntFixes.map((each) => each.name).join('; ')}`, value: undefined };
    });

  const fix = (part: 'fixA' | 'fixB', right: Answers) =>
    play(part, async () => {
      await driver[part]();
      return { message: `accepted with ${(await accepted(right, 'all')).score} points`, value: undefined };
    });

  async function fixAndMistake(part: 'fixA' | 'fixB', right: Answers): Promise<void> {
    await play(part, async () => ({ message: 'applied', value: await driver[part]() }));
    await play('wrongAnswer', async () => {
      const verdict = await accepted(driver.wrongAnswers(right), 'fix');
      if (verdict.passed) throw new Error('a wrong answer was accepted');
      return { message: 'a wrong answer is refused although the fix holds', value: undefined };
    });
    await play(part, async () => ({ message: `accepted with ${(await accepted(right, 'all')).score} points`, value: undefined }));
  }

  try {
    if (form === 'whole') {
      const baseline = await play('healthy', async () => {
        const hash = await driver.stateHash();
        if (await driver.checkHealthy()) throw new Error('the check passes on a healthy system');
        return { message: 'the check fails on a healthy system', value: hash };
      });
      await attempt(baseline, async (right) => {
        await nothing(right);
        await blunt(right);
      });
      await attempt(baseline, (right) => fixAndMistake('fixA', right));
      await attempt(baseline, (right) => fix('fixB', right));
    } else {
      await attempt(await driver.stateHash(), async (right) => {
        await nothing(right);
        await fixAndMistake(form, right);
      });
    }
  } catch (error) {
    // An error outside every part, such as a state that cannot be read, belongs to the first part that was not reached.
    if (!(error instanceof PartFailed)) {
      const first = PARTS_OF[form].find((part) => !parts.has(part)) ?? 'reverted';
      record(first, { passed: false, ms: 0, message: error instanceof Error ? error.message : String(error) });
    }
  }
  const notReached: ContractResult = { passed: false, ms: 0, message: 'not reached' };
  const all = Object.fromEntries(PARTS_OF[form].map((part) => [part, parts.get(part) ?? notReached]));
  return { passed: Object.values(all).every((part) => part.passed), parts: all };
}

/** Ends an attempt whose part has been recorded as failed. */
class PartFailed extends Error {
  constructor(part: ContractPart) {
    super(`The part ${part} failed.`);
  }
}

function partPassed(verdict: HuntVerdictView, aspect: string): boolean {
  return verdict.parts.some((part) => part.aspect === aspect && part.passed);
}

function failures(verdict: HuntVerdictView): string {
  return verdict.parts.filter((part) => !part.passed).map((part) => `${part.aspect}: ${part.message}`).join(' ');
}
