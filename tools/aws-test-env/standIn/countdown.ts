/** What is not done before it was asked for a number of times: time that passes only when somebody looks. */
export interface Countdown {
  start(key: string, polls: number): void;
  /** True as long as it isn't done; counts the look. */
  tick(key: string): boolean;
  /** True as long as it isn't done; does not count. */
  isOn(key: string): boolean;
  /** From 0 to 1. */
  done(key: string): number;
  clear(): void;
}

/** Makes a {@link Countdown}; `isStuck` says what never ends. */
export function createCountdown(isStuck: (key: string) => boolean): Countdown {
  const left = new Map<string, { left: number; readonly of: number }>();
  const isOn = (key: string): boolean => (left.get(key)?.left ?? 0) > 0 || (left.has(key) && isStuck(key));
  return {
    start: (key, polls) => void left.set(key, { left: polls, of: polls }),
    tick(key) {
      const found = left.get(key);
      if (found === undefined) return false;
      if (isStuck(key)) return true;
      if (found.left > 0) {
        found.left--;
        return true;
      }
      left.delete(key);
      return false;
    },
    isOn,
    done(key) {
      const found = left.get(key);
      return found === undefined ? 1 : (found.of - found.left) / (found.of + 1);
    },
    clear: () => left.clear(),
  };
}
