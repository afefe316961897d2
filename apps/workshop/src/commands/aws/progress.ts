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

/**
 * Shows the steps of an `up` or a `down` on stderr.
 *
 * @param before Steps before the question whether to do it; the others are shown after {@link StepsShown.pause}.
 */
export function showSteps<Step extends string>({ output, environment }: Pick<CommandContext, 'output' | 'environment'>, titles: Readonly<Record<Step, string>>, before: readonly Step[]): StepsShown<Step> {
  const begun = new Map<Step, number>();
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
  const shown = (step: Step): StartProgress<Step> => {
    // Where there is nothing to ask, it goes on without.
    if (!isAsked && !before.includes(step)) void pause();
    return (open ??= progressOf((each) => before.includes(each) !== isAsked));
  };
  return {
    tell(step, message) {
      if (!begun.has(step)) begun.set(step, performance.now());
      shown(step).update({ step, state: 'start', message, ms: 0 });
    },
    done: (step) => shown(step).update({ step, state: 'done', message: '', ms: Math.round(performance.now() - (begun.get(step) ?? performance.now())) }),
    pause,
    end: async (failed) => open?.end(failed === undefined ? undefined : failed instanceof Error ? failed : new Error(String(failed))),
  };
}
