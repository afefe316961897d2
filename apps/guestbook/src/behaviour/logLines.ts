/** Takes one line of the error log. */
export type WriteLine = (level: 'warn' | 'notice', text: string) => void;

const TICK = 100;
const TABLES = ['entries', 'archive', 'sessions', 'pages'] as const;

/**
 * Writes lines as a program does whose debug log was left on, at that rate, until the returned function is called or `goesOn` says no.
 * After a pause of the process what was missed isn't made up for.
 */
export function startLogLines(perSecond: number, write: WriteLine, goesOn: () => boolean): () => void {
  let due = 0;
  let count = 0;
  const timer = setInterval(() => {
    if (!goesOn()) {
      clearInterval(timer);
      return;
    }
    for (due += (perSecond * TICK) / 1_000; due >= 1; due--) {
      count++;
      write('notice', `cache: lookup ${count} in ${TABLES[count % TABLES.length] ?? 'entries'} took ${count % 7} ms, generation ${count % 1_000}`);
    }
  }, TICK);
  timer.unref();
  return () => clearInterval(timer);
}
