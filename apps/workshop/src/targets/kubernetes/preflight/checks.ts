/** What a check came to. `failed`: `up` would not end well, so it doesn't begin. `warning`: it may. */
export type Verdict = 'ok' | 'warning' | 'failed';

/** One thing that was looked at before anything is changed. */
export interface Check {
  readonly id: 'server-version' | 'rights' | 'namespaces' | 'pod-security' | 'capacity' | 'storage' | 'architectures' | 'operator' | 'opensearch' | 'admission';
  readonly title: string;
  readonly verdict: Verdict;
  /** What was found. */
  readonly found: string;
  /** What to do about it; undefined where all is well. */
  readonly todo?: string;
  /** Line by line what it is about: missing rights, nodes, objects. */
  readonly details?: readonly string[];
}

/** True where nothing speaks against a start. */
export const isFit = (checks: readonly Pick<Check, 'verdict'>[]): boolean => checks.every(({ verdict }) => verdict !== 'failed');

const MARKS: Readonly<Record<Verdict, string>> = { ok: '✔', warning: '!', failed: '✖' };

/** Checks as lines for a person. */
export function checkLines(checks: readonly (Omit<Check, 'id'> & { readonly id?: string })[]): readonly string[] {
  return checks.flatMap(({ verdict, title, found, todo, details = [] }) => [
    `${MARKS[verdict]} ${title}: ${found}`,
    ...details.map((line) => `    ${line}`),
    ...(todo === undefined ? [] : [`    → ${todo}`]),
  ]);
}
