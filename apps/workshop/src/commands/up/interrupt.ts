import type { ChildProcess } from 'node:child_process';

/** One Ctrl-C may arrive several times: from the terminal, and from each launcher that passes it on. Milliseconds. */
const SAME = 1_000;

/** The wish to end, by a signal or because the launcher that started this command died. */
export interface Interrupt {
  readonly isWanted: boolean;
  /** What to do when it is wanted; at once where it was already. */
  onFirst(action: () => void): void;
}

/**
 * Passes the wish to end on to the supervisor, which ends everything in order. Asked again a second later, it is killed,
 * and the caller sweeps up: somebody who presses Ctrl-C twice does not want to wait for a drained queue.
 */
export function passInterrupts(child: ChildProcess): Interrupt {
  let first: number | undefined;
  let action: () => void = () => undefined;
  const interrupt = (): void => {
    const now = performance.now();
    if (first === undefined) {
      first = now;
      action();
      if (child.connected) child.send({ type: 'stop' }, () => undefined);
    } else if (now - first > SAME) child.kill('SIGKILL');
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt).on('SIGHUP', interrupt);
  // A launcher that holds a channel to us: its death, even by kill -9, closes it.
  if (process.connected) {
    process.once('disconnect', interrupt);
    // It is listened to, but is no reason to stay: a detached start is over when it is ready.
    process.channel?.unref();
  }
  return {
    get isWanted() {
      return first !== undefined;
    },
    onFirst(wanted) {
      action = wanted;
      if (first !== undefined) wanted();
    },
  };
}
