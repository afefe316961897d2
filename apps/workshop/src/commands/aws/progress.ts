import type { CommandContext } from '../command.ts';
import { createProgress } from '../up/progress.ts';

/** Progress of steps, as the target tells it. */
export interface StepsShown<Step extends string> {
  tell(step: Step, message: string): void;
  done(step: Step): void;
  /** Ends the display. */
  end(failed?: unknown): Promise<void>;
}

/** Shows the steps of an `up` or a `down` on stderr. */
export function showSteps<Step extends string>({ output, environment }: Pick<CommandContext, 'output' | 'environment'>, titles: Readonly<Record<Step, string>>): StepsShown<Step> {
  const progress = createProgress<Step>(titles, { silent: output.json, plain: environment.plain, verbose: true });
  const begun = new Map<Step, number>();
  return {
    tell(step, message) {
      if (!begun.has(step)) begun.set(step, performance.now());
      progress.update({ step, state: 'start', message, ms: 0 });
    },
    done: (step) => progress.update({ step, state: 'done', message: '', ms: Math.round(performance.now() - (begun.get(step) ?? performance.now())) }),
    end: (failed) => progress.end(failed === undefined ? undefined : failed instanceof Error ? failed : new Error(String(failed))),
  };
}
