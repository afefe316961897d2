import { Listr, ListrLogger, ProcessOutput } from 'listr2';
import type { SupervisorStep } from '../../targets/embedded/protocol.ts';
import { sanitize } from '../../terminal/sanitize.ts';

/** The steps of a start on this machine, in their order. */
export const supervisorTitles: Readonly<Record<SupervisorStep, string>> = {
  checks: 'Check this machine',
  'opensearch-install': 'Get OpenSearch',
  opensearch: 'Start OpenSearch',
  redis: 'Start Redis, a primary and two replicas',
  guestbook: 'Start the guestbook and its visitors',
  indices: 'Put templates, pipelines and data streams in place',
  collector: 'Start the collector',
  console: 'Start the console',
  'first-dashboard': 'Wait for data on the first dashboard',
};

/** What became of a step: `start` may come again, with another message. Milliseconds. */
export interface StepMessage<Name extends string> {
  readonly step: Name;
  readonly state: 'start' | 'done';
  readonly message: string;
  readonly ms: number;
}

/** Shows the steps of a start on stderr: live on a terminal, a line for each finished step elsewhere, nothing with `--json`. */
export interface StartProgress<Name extends string = SupervisorStep> {
  update(message: StepMessage<Name>): void;
  /** Ends the display; after a failure, what was under way is marked, and what had not begun is left out. */
  end(failed?: Error): Promise<void>;
}

/** How a start is shown. */
export interface ProgressOptions {
  readonly silent: boolean;
  readonly plain: boolean;
  /** Also a line for each message of a step, where nothing moves: for starts that take minutes. @default false */
  readonly verbose?: boolean;
}

/** Progress of a start, by the titles of its steps. */
export function createProgress<Name extends string>(titles: Readonly<Record<Name, string>>, options: ProgressOptions): StartProgress<Name> {
  if (options.silent) return { update: () => undefined, end: async () => undefined };
  return process.stderr.isTTY && !options.plain ? liveProgress(titles) : lineProgress(titles, options.verbose === true);
}

const seconds = (ms: number): string => `(${(ms / 1000).toFixed(1)} s)`;

function lineProgress<Name extends string>(titles: Readonly<Record<Name, string>>, verbose: boolean): StartProgress<Name> {
  const running = new Set<Name>();
  let last = '';
  return {
    update({ step, state, ms, message }) {
      if (state === 'start') {
        running.add(step);
        // Numbers that count up are for where they can be written over.
        const line = sanitize(message);
        if (verbose && line !== '' && line.replace(/\d+/gu, '') !== last) process.stderr.write(`  ${titles[step]}: ${line}\n`);
        last = line.replace(/\d+/gu, '');
        return;
      }
      running.delete(step);
      process.stderr.write(`✔ ${titles[step]} ${seconds(ms)}\n`);
    },
    async end(failed) {
      if (failed !== undefined) for (const step of running) process.stderr.write(`✖ ${titles[step]}\n`);
    },
  };
}

interface Step {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
  state: 'waiting' | 'running' | 'done';
  ms: number;
  note: (text: string) => void;
}

function liveProgress<Name extends string>(titles: Readonly<Record<Name, string>>): StartProgress<Name> {
  const steps = new Map<Name, Step>();
  for (const name of Object.keys(titles) as Name[]) {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    promise.catch(() => undefined);
    steps.set(name, { promise, resolve, reject, state: 'waiting', ms: 0, note: () => undefined });
  }
  const list = new Listr(
    [...steps].map(([name, step]) => ({
      title: titles[name],
      task: async (_context: unknown, task: { title: string; output: string; skip(message: string): void }) => {
        step.note = (text) => {
          task.output = text;
        };
        await step.promise;
        if (step.state === 'waiting') task.skip(titles[name]);
        else task.title = `${titles[name]} ${seconds(step.ms)}`;
      },
    })),
    {
      concurrent: true,
      exitOnError: false,
      // What went wrong is said once, below.
      rendererOptions: { showErrorMessage: false, collapseErrors: true, logger: new ListrLogger({ processOutput: new ProcessOutput(process.stderr, process.stderr) }) },
    },
  );
  const finished = list.run().catch(() => undefined);
  return {
    update(message) {
      const step = steps.get(message.step);
      if (!step) return;
      if (message.state === 'done') {
        step.state = 'done';
        step.ms = message.ms;
        step.resolve();
        return;
      }
      step.state = 'running';
      if (message.message !== '') step.note(sanitize(message.message));
    },
    async end(failed) {
      for (const step of steps.values()) {
        if (step.state === 'running' && failed) step.reject(failed);
        else step.resolve();
      }
      await finished;
    },
  };
}
