import { type FieldTree, isWhole, itemKeys, type ManagedEntry, ownersOf, pathText, type Step } from './managedFields.ts';

/** A field of ours that somebody else changed since. */
export interface LostField {
  readonly path: string;
  /** Who has it now; nobody when it was removed. */
  readonly managers: readonly string[];
}

/** What the server keeps out of managed fields: `stripMeta` in `structured-merge-diff` and `resetFields` of each kind's strategy. */
const UNMANAGED = new Set(['apiVersion', 'kind', 'status', 'metadata.name', 'metadata.namespace', 'metadata.creationTimestamp', 'metadata.uid', 'metadata.generation', 'metadata.resourceVersion', 'metadata.managedFields', 'metadata.selfLink']);

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The fields of what is wanted that are not ours (any more). Whoever changes a field of ours takes it from us, whatever way they write;
 * so where all of them are still ours, they have the values that we gave them, and nothing needs to be compared or sent.
 */
export function lostFields(wanted: object, ours: ManagedEntry | undefined, entries: readonly ManagedEntry[]): readonly LostField[] {
  const lost: (readonly Step[])[] = [];
  collect(wanted, ours?.fieldsV1 ?? {}, [], lost);
  return lost.map((steps) => ({ path: pathText(steps), managers: ownersOf(steps, entries, ours) }));
}

function collect(wanted: unknown, fields: FieldTree | undefined, steps: readonly Step[], lost: (readonly Step[])[]): void {
  if (wanted === undefined || wanted === null) return;
  if (fields === undefined) {
    lost.push(steps);
    return;
  }
  // Of the object and its metadata, which are nobody's, having nothing means having lost everything.
  if (isWhole(fields) && steps.length > 0 && pathText(steps) !== 'metadata') return;
  if (isMap(wanted)) {
    for (const [key, value] of Object.entries(wanted)) {
      const next = [...steps, { field: key }];
      const path = pathText(next);
      if (!UNMANAGED.has(path)) collect(value, fields[`f:${key}`] ?? (path === 'metadata' ? {} : undefined), next, lost);
    }
  } else if (Array.isArray(wanted)) {
    const keys = itemKeys(wanted, fields);
    wanted.forEach((item, index) => {
      const key = keys[index];
      collect(item, key === undefined ? undefined : fields[key], [...steps, { item, index }], lost);
    });
  }
}
