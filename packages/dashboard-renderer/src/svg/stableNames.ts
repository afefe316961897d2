/** Names of classes, clips and gradients, as ECharts counts them up through all of its drawings. */
const COUNTED = /\bzr\d+-[a-z]+-?\d+\b/g;

/**
 * A drawing of ECharts with names that depend on nothing but itself: the same drawing has the same text, and drawings
 * that stand in one document don't share each other's names.
 */
export function stableNames(svg: string): string {
  const names = new Map<string, string>();
  const counted = svg.replace(COUNTED, (name) => {
    const known = names.get(name) ?? `@${names.size}`;
    names.set(name, known);
    return known;
  });
  let hash = 0x811c9dc5;
  for (let index = 0; index < counted.length; index++) hash = Math.imul(hash ^ counted.charCodeAt(index), 0x01000193) >>> 0;
  const prefix = `c${hash.toString(36)}`;
  return svg.replace(COUNTED, (name) => `${prefix}-${(names.get(name) ?? '').slice(1)}`);
}
