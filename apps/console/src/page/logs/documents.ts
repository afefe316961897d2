/** A document flattened to dotted names and texts, sorted by name. */
export type FlatDocument = readonly (readonly [name: string, value: string | number | boolean])[];

const MAX_DEPTH = 20;
const MAX_FIELDS = 500;

/** Flattens a document's source. Lists of plain values become one text; what is deeper than 20 levels is written as JSON. */
export function flatten(source: Readonly<Record<string, unknown>>): FlatDocument {
  const found: [string, string | number | boolean][] = [];
  const visit = (value: unknown, name: string, depth: number): void => {
    if (value === null || value === undefined || found.length >= MAX_FIELDS) return;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      found.push([name, value]);
    } else if (Array.isArray(value) || depth >= MAX_DEPTH) {
      found.push([name, Array.isArray(value) && value.every(isPlain) ? value.join(', ') : JSON.stringify(value)]);
    } else {
      for (const [key, item] of Object.entries(value)) visit(item, name === '' ? key : `${name}.${key}`, depth + 1);
    }
  };
  visit(source, '', 0);
  return found.sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
}

/** The value at a dotted name, whether the source nests or has the dotted name itself. */
export function valueAt(source: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(source, name)) return source[name];
  let dot = name.indexOf('.');
  while (dot > 0) {
    const head = name.slice(0, dot);
    const inner = Object.hasOwn(source, head) ? source[head] : undefined;
    if (typeof inner === 'object' && inner !== null && !Array.isArray(inner)) {
      const value = valueAt(inner as Readonly<Record<string, unknown>>, name.slice(dot + 1));
      if (value !== undefined) return value;
    }
    dot = name.indexOf('.', dot + 1);
  }
  return undefined;
}

/** A value as the reader sees it; undefined becomes the empty text. */
export function textAt(source: Readonly<Record<string, unknown>>, name: string): string {
  const value = valueAt(source, name);
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** How often each value of a field stands in the documents, most frequent first. */
export function topValues(documents: readonly Readonly<Record<string, unknown>>[], name: string, size: number) {
  const counts = new Map<string | number | boolean, number>();
  for (const document of documents) {
    const value = valueAt(document, name);
    if (!isPlain(value)) continue;
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((one, other) => other.count - one.count)
    .slice(0, size);
}

function isPlain(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
