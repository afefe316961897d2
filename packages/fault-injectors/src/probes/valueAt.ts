/** The names of a path: `status.conditions[0].type`, `metadata.annotations["a.b/c"]`. */
export function pathSegments(path: string): readonly string[] {
  const segments: string[] = [];
  for (const [, quoted, index, name] of path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g)) {
    segments.push(quoted === undefined ? (index ?? name ?? '') : quoted.replace(/\\(.)/g, '$1'));
  }
  return segments;
}

/** The value at a path of plain data, or undefined. */
export function valueAt(data: unknown, path: string): unknown {
  let value = data;
  for (const segment of pathSegments(path)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment)) return undefined;
    value = (value as Record<string, unknown>)[segment];
  }
  return value;
}

/** A value in a finding: short, and of one line. */
export function valueText(value: unknown): string {
  const text = value === undefined ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value);
  const line = text.replace(/\s+/g, ' ');
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
