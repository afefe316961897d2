const SEPARATORS = /[\s,;]+/;

/** True when the answer is that word or one of them; case and space around it don't count. */
export function isOneOf(answer: string, right: string | readonly string[]): boolean {
  const given = answer.trim().toLowerCase();
  const words = typeof right === 'string' ? [right] : right;
  return words.some((word) => word.toLowerCase() === given);
}

/** True when the answer is that whole number and nothing else. */
export function isNumber(answer: string, right: number): boolean {
  return /^\d{1,9}$/.test(answer.trim()) && Number(answer.trim()) === right;
}

/** The values of a list answer: separated by commas, semicolons, spaces or new lines; each once. */
export function listValues(answer: string): readonly string[] {
  return [...new Set(answer.split(SEPARATORS).filter((value) => value !== ''))];
}

/** True when the answer lists exactly these values, in any order. */
export function isSameList(answer: string, right: readonly string[]): boolean {
  const given = listValues(answer);
  return given.length === new Set(right).size && right.every((value) => given.includes(value));
}

/** As {@link isSameList}, for paths: an address of this machine counts as its path, `http://127.0.0.1:8080/a` as `/a`. */
export function isSamePaths(answer: string, right: readonly string[]): boolean {
  const paths = listValues(answer).map((value) => value.replace(/^https?:\/\/[^/]+/, ''));
  return isSameList(paths.join('\n'), right);
}
