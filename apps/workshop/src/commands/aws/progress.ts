import type { CommandContext } from '../command.ts';
import { createProgress } from '../up/progress.ts';

/** Progress of steps, as the target tells it. */
export interface StepsShown<Step extends string> {
  tell(step: Step, message: string): void;
  done(step: Step): void;
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

/** Shows the steps of an `up` or a `down` on stderr. */
export function showSteps<Step extends string>({ output, environment }: Pick<CommandContext, 'output' | 'environment'>, titles: Readonly<Record<Step, string>>): StepsShown<Step> {
  const progress = createProgress<Step>(titles, { silent: output.json, plain: environment.plain, verbose: true });
  const begun = new Map<Step, number>();
  const silent = new Map<Step, NodeJS.Timeout>();
  const speaks = (step: Step): void => clearTimeout(silent.get(step));
  return {
    tell(step, message) {
      if (!begun.has(step)) begun.set(step, performance.now());
      speaks(step);
      // A step that has nothing to say may still take long, such as one that asks a region which doesn't answer.
      if (message === '') silent.set(step, setTimeout(() => progress.update({ step, state: 'start', message: 'waiting for AWS', ms: 0 }), SILENCE_MS).unref());
      progress.update({ step, state: 'start', message, ms: 0 });
    },
    done(step) {
      speaks(step);
      progress.update({ step, state: 'done', message: '', ms: Math.round(performance.now() - (begun.get(step) ?? performance.now())) });
    },
    async end(failed) {
      for (const step of silent.keys()) speaks(step);
      await progress.end(failed === undefined ? undefined : failed instanceof Error ? failed : new Error(String(failed)));
    },
  };
}
