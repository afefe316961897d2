import type { ReindexProgress, ReindexState } from '@podscope/index-manager';
import { sanitize } from '../../terminal/sanitize.ts';

/** Shows how far a reindex is, on stderr. */
export interface Meter {
  update(progress: ReindexProgress): void;
  /** Ends the line that moves. */
  end(): void;
}

/** What a state is called while it lasts. */
const WORDS: Readonly<Record<ReindexState, string>> = {
  created: 'making the new index',
  copying: 'copying',
  'catching-up': 'catching up with what was written meanwhile',
  blocking: 'writes wait: the last pass',
  verifying: 'writes wait: comparing',
  swapped: 'readers and writers are on the new index',
  'rolling-back': 'copying back what was written since',
  released: 'the old index is deleted',
  'rolled-back': 'readers and writers are on the old index',
};

/** Between two lines of one state where nothing can be rewritten. Milliseconds. */
const QUIET = 10_000;

/** On a terminal one line that moves; elsewhere a line for each state, and one every ten seconds. */
export function createMeter(options: { readonly silent: boolean; readonly live: boolean; readonly write?: (text: string) => void; readonly now?: () => number }): Meter {
  const { silent, live, write = (text) => process.stderr.write(text), now = () => performance.now() } = options;
  if (silent) return { update: () => undefined, end: () => undefined };
  let last: { readonly key: string; readonly at: number } | undefined;
  let isOpen = false;
  return {
    update(progress) {
      const key = `${progress.source} ${progress.state}`;
      const isNew = last?.key !== key;
      if (live) {
        write(`${isOpen ? (isNew ? '\n' : '\r\u001b[K') : ''}${lineOf(progress)}`);
        isOpen = true;
      } else if (isNew || now() - (last?.at ?? 0) >= QUIET) write(`${lineOf(progress)}\n`);
      else return;
      last = { key, at: now() };
    },
    end() {
      if (isOpen) write('\n');
      isOpen = false;
    },
  };
}

function lineOf({ source, state, done, total, rate, secondsLeft }: ReindexProgress): string {
  const part = total === 0 ? '' : `  ${done.toLocaleString('en')} of ${total.toLocaleString('en')} (${Math.floor((done / total) * 100)} %)`;
  const pace = rate >= 1 && done < total ? `  ${Math.round(rate).toLocaleString('en')}/s` : '';
  const left = secondsLeft === undefined || done >= total ? '' : `  ${duration(secondsLeft)} left`;
  return `${sanitize(source)}: ${WORDS[state]}${part}${pace}${left}`;
}

function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
