import { distance } from 'fastest-levenshtein';

/** Far-off names are no misspelling. */
const FURTHEST = 3;

/** The known name that was probably meant, or undefined. */
export function nearest(given: string, known: readonly string[]): string | undefined {
  const lower = given.toLowerCase();
  const [best] = known.map((name) => ({ name, far: distance(lower, name.toLowerCase()) })).sort((one, other) => one.far - other.far);
  return best !== undefined && best.far <= Math.min(FURTHEST, Math.ceil(given.length / 2)) ? best.name : undefined;
}

/** `did you mean "fault"?`, or which there are. */
export function suggestion(given: string, known: readonly string[]): string {
  const meant = nearest(given, known);
  return meant === undefined ? `there are ${known.join(', ') || 'none'}` : `did you mean "${meant}"?`;
}
