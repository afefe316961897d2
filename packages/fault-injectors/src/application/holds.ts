/** What an injector itself does for a fault as long as it lives, by the fault's id: requests that it repeats, connections that it holds. */
const held = new Map<string, () => void | Promise<void>>();

/** Keeps something going until {@link release}, or for so many seconds. It ends with this process in any case. */
export function hold(id: string, seconds: number, end: () => void | Promise<void>): void {
  const timer = setTimeout(() => void release(id), seconds * 1_000);
  timer.unref();
  held.set(id, async () => {
    clearTimeout(timer);
    await end();
  });
}

/** Ends what this process holds for a fault; nothing is fine. */
export async function release(id: string): Promise<void> {
  const end = held.get(id);
  held.delete(id);
  await end?.();
}

/** True while this process holds something for a fault. */
export function isHeld(id: string): boolean {
  return held.has(id);
}
