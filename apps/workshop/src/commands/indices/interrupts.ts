import { PodscopeError } from '@podscope/core';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The wish to end, while something is under way that must be left in order. */
export interface Interrupts extends Disposable {
  readonly signal: AbortSignal;
  readonly isWanted: boolean;
}

/** Listens for Ctrl-C and its like: the first one asks to end, a second one ends at once, as it does without us. */
export function listenForInterrupts(onFirst: () => void): Interrupts {
  const wish = new AbortController();
  const listener = (): void => {
    stopListening();
    onFirst();
    wish.abort();
  };
  const stopListening = (): void => {
    for (const name of SIGNALS) process.off(name, listener);
  };
  for (const name of SIGNALS) process.on(name, listener);
  return {
    signal: wish.signal,
    get isWanted() {
      return wish.signal.aborted;
    },
    [Symbol.dispose]: stopListening,
  };
}

/** What a command ends with that was broken off. */
export function interruptedError(what: string, hint: string): PodscopeError<'INTERRUPTED'> {
  return new PodscopeError('INTERRUPTED', what, { hint });
}
