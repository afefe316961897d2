import { quantity } from '../quantity.ts';
import { type FieldTree, isWhole, itemKeys, itemWithKeys, pathText, type Step } from './managedFields.ts';

/** A field that an apply would change, and how. Values aren't told: they may be secrets. */
export interface FieldChange {
  readonly path: string;
  readonly change: 'added' | 'changed' | 'removed';
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Written by us into every object: it says nothing to a reader. */
const OWN_NOTE = 'metadata.annotations.podscope.dev/applied';

/**
 * What an apply of `wanted` changes of `live`, of which we own `fields`. It only explains: whether anything has to be sent is decided by
 * the hash and by who owns what, since equal values may be written in two ways (`1000m` and `1`).
 */
export function fieldChanges(wanted: object, live: object, fields: FieldTree): readonly FieldChange[] {
  const changes: { readonly steps: readonly Step[]; readonly change: FieldChange['change'] }[] = [];
  const note = (steps: readonly Step[], change: FieldChange['change']): void => void changes.push({ steps, change });
  walk(wanted, live, fields, [], note);
  removed(fields, wanted, [], note);
  return changes.map(({ steps, change }) => ({ path: pathText(steps), change })).filter(({ path }) => path !== OWN_NOTE && path !== 'apiVersion' && path !== 'kind');
}

function walk(wanted: unknown, live: unknown, fields: FieldTree | undefined, steps: readonly Step[], note: (steps: readonly Step[], change: FieldChange['change']) => void): void {
  if (wanted === undefined || wanted === null) return;
  if (live === undefined) note(steps, 'added');
  else if (isMap(wanted) && isMap(live)) {
    for (const [key, value] of Object.entries(wanted)) walk(value, live[key], fields?.[`f:${key}`], [...steps, { field: key }], note);
  } else if (Array.isArray(wanted) && Array.isArray(live)) {
    const keys = itemKeys(wanted, fields ?? {});
    const merged = keys.some((key) => key !== undefined);
    wanted.forEach((item, index) => walk(item, counterpart(item, index, live, merged, keys[index]), keys[index] === undefined ? undefined : fields?.[keys[index]], [...steps, { item, index }], note));
    if (!merged && live.length > wanted.length) note(steps, 'changed');
  } else if (!sameValue(wanted, live)) note(steps, 'changed');
}

/** The live item of a list that an item that is wanted becomes. */
function counterpart(item: unknown, index: number, live: readonly unknown[], merged: boolean, key: string | undefined): unknown {
  if (key !== undefined) return itemWithKeys(live, key);
  if (!merged) return live[index];
  return isMap(item) && item['name'] !== undefined ? live.find((each) => isMap(each) && each['name'] === item['name']) : undefined;
}

function removed(fields: FieldTree, wanted: unknown, steps: readonly Step[], note: (steps: readonly Step[], change: FieldChange['change']) => void): void {
  if (isWhole(fields)) return;
  const keys = Array.isArray(wanted) ? itemKeys(wanted, fields) : [];
  for (const [key, inner] of Object.entries(fields)) {
    if (key === '.') continue;
    const step: Step = key.startsWith('f:') ? { field: key.slice(2) } : { item: JSON.parse(key.slice(2)) as unknown, index: 0 };
    const next = [...steps, step];
    const index = keys.indexOf(key);
    const value = 'field' in step ? (isMap(wanted) ? wanted[step.field] : undefined) : index === -1 ? undefined : (wanted as readonly unknown[])[index];
    if (value === undefined || value === null) note(next, 'removed');
    // The keys of an item are owned too, but may have been filled in by the server.
    else if (!('field' in step) || !isScalar(value)) removed(inner, value, next, note);
  }
}

const isScalar = (value: unknown): boolean => typeof value !== 'object' || value === null;

function sameValue(wanted: unknown, live: unknown): boolean {
  if (wanted === live) return true;
  if (isScalar(wanted) && isScalar(live)) {
    // What is no quantity is no number, which is equal to nothing.
    const [a, b] = [quantity(String(wanted)), quantity(String(live))];
    return Math.abs(a - b) <= Math.abs(a) * 1e-12;
  }
  return JSON.stringify(wanted) === JSON.stringify(live);
}
