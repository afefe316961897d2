import type { CommandContext } from '../command.ts';
import { createProgress, type StartProgress } from '../up/progress.ts';

/** Progress of steps, as the target tells it. */
export interface StepsShown<Step extends string> {
  tell(step: Step, message: string): void;
  done(step: Step): void;
  /** Ends the display of what comes before a question: on a terminal it is drawn over everything that is written meanwhile. Goes on by itself. */
  pause(): Promise<void>;
  /** Ends the display. */
  end(failed?: unknown): Promise<void>;
}

/** How long a command may take without a word. */
const SILENCE_MS = 2_000;

/** Says what is waited for when it takes long; ends with the handle. */
export function sayWhenSlow({ output }: Pick<CommandContext, 'output'>, line: string): Disposable {
  const timer = setTimeout(() => output.note(line), SILENCE_MS).unref();
  return { [Symbol.dispose]: () => clearTimeout(timer) };
}

/**
 * Shows the steps of an `up` or a `down` on stderr.
 *
 * @param before Steps before the question whether to do it; the others are shown after {@link StepsShown.pause}.
 */
export function showSteps<Step extends string>({ output, environment }: Pick<CommandContext, 'output' | 'environment'>, titles: Readonly<Record<Step, string>>, before: readonly Step[]): StepsShown<Step> {
  const progressOf = (wanted: (step: Step) => boolean): StartProgress<Step> =>
    createProgress(Object.fromEntries(Object.entries(titles).filter(([step]) => wanted(step as Step))) as Record<Step, string>, { silent: output.json, plain: environment.plain, verbose: true });
  let isAsked = false;
  let open: StartProgress<Step> | undefined;
  const pause = async (): Promise<void> => {
    const ending = open?.end();
    open = undefined;
    isAsked = true;
    await ending;
  };
  const progress = (step: Step): StartProgress<Step> => {
    // Where there is nothing to ask, it goes on without.
    if (!isAsked && !before.includes(step)) void pause();
    return (open ??= progressOf((each) => before.includes(each) !== isAsked));
  };
  const begun = new Map<Step, number>();
  const silent = new Map<Step, NodeJS.Timeout>();
  const speaks = (step: Step): void => clearTimeout(silent.get(step));
  return {
    tell(step, message) {
      if (!begun.has(step)) begun.set(step, performance.now());
      speaks(step);
      // A step that has nothing to say may still take long, such as one that asks a region which doesn't answer.
      if (message === '') silent.set(step, setTimeout(() => progress(step).update({ step, state: 'start', message: 'waiting for AWS', ms: 0 }), SILENCE_MS).unref());
      progress(step).update({ step, state: 'start', message, ms: 0 });
    },
    done(step) {
      speaks(step);
      progress(step).update({ step, state: 'done', message: '', ms: Math.round(performance.now() - (begun.get(step) ?? performance.now())) });
    },
    pause,
    async end(failed) {
      for (const step of silent.keys()) speaks(step);
      await open?.end(failed === undefined ? undefined : failed instanceof Error ? failed : new Error(String(failed)));
    },
  };
}
