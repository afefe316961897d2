/**
 * Levels of lists and objects within each other. Servers read 1,000 (OpenSearch's libs/x-content/src/main/java/org/opensearch/common/xcontent/XContentContraints.java);
 * the compiler of TypeScript and `JSON.stringify` end somewhere there, products write a tenth of this.
 */
const DEEPEST = 200;

/**
 * What keeps parsed JSON from being written again as it was: its depth, or a number that no double holds, which becomes null.
 * Undefined where nothing does.
 */
export function whyNotCarried(value: unknown, room = DEEPEST): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : 'a number beyond ±1.8e308, which becomes null where it is stored';
  if (typeof value !== 'object' || value === null) return undefined;
  if (room === 0) return `more than ${DEEPEST} lists and objects within each other`;
  for (const member of Object.values(value)) {
    const why = whyNotCarried(member, room - 1);
    if (why !== undefined) return why;
  }
  return undefined;
}
