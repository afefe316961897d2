/**
 * Reads `metadata.managedFields`: which fields of an object belong to whom.
 *
 * The format is FieldsV1 (`k8s.io/apimachinery/pkg/apis/meta/v1`, `structured-merge-diff/fieldpath/serialize.go`): a tree whose keys are
 * `f:<field>`, `k:<keys of an item as JSON>`, `v:<value as JSON>` and `.` for the thing itself. Whatever has nothing below it is owned whole.
 * How a list is merged is in the server's schema; these keys show it, so that no schema is needed here.
 */
export interface FieldTree {
  readonly [key: string]: FieldTree;
}

/** One entry of `metadata.managedFields`. */
export interface ManagedEntry {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  readonly subresource?: string;
  readonly fieldsV1?: FieldTree;
}

/** A step from a field to a field below it. An item is known by its own fields. */
export type Step = { readonly field: string } | { readonly item: unknown; readonly index: number };

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The entries of an object, as far as they are any. */
export function entriesOf(object: { readonly metadata: { readonly managedFields?: readonly unknown[] } }): readonly ManagedEntry[] {
  return (object.metadata.managedFields ?? []).filter((entry): entry is ManagedEntry => isMap(entry) && typeof entry['manager'] === 'string');
}

/** What a manager owns by its applies: undefined where it never applied. */
export function appliedBy(entries: readonly ManagedEntry[], manager: string): ManagedEntry | undefined {
  return entries.find((entry) => entry.manager === manager && entry.operation === 'Apply' && (entry.subresource ?? '') === '');
}

const below = (fields: FieldTree): readonly string[] => Object.keys(fields).filter((key) => key !== '.');

/** True where a field is owned with all that may be below it: a leaf, or a map or list that is replaced whole. A lone `.` is a map whose fields are others'. */
export function isWhole(fields: FieldTree): boolean {
  return Object.keys(fields).length === 0;
}

/** How many of the keys an item lacks, which the server then filled with defaults (`protocol: TCP`); undefined where it is another item. */
function lacking(key: string, item: unknown): number | undefined {
  if (!isMap(item)) return undefined;
  const keys = Object.entries(JSON.parse(key.slice(2)) as Record<string, unknown>);
  if (keys.some(([name, value]) => item[name] !== undefined && item[name] !== value)) return undefined;
  return keys.filter(([name]) => item[name] === undefined).length;
}

/** For each item of a list the key under which it is owned, or undefined. Each key serves one item, and items that name all their keys come first. */
export function itemKeys(items: readonly unknown[], fields: FieldTree): readonly (string | undefined)[] {
  const free = new Set(below(fields));
  const found = new Map<number, string>();
  const take = (index: number, key: string): void => {
    found.set(index, key);
    free.delete(key);
  };
  items.forEach((item, index) => {
    const value = `v:${JSON.stringify(item)}`;
    if (free.has(value)) take(index, value);
  });
  for (const least of [0, 1, 2, 3]) {
    items.forEach((item, index) => {
      if (found.has(index)) return;
      const key = [...free].find((each) => each.startsWith('k:') && lacking(each, item) === least);
      if (key !== undefined) take(index, key);
    });
  }
  return items.map((_item, index) => found.get(index));
}

/** The live item for an item that is wanted: the one that is owned under the same keys. */
export function itemWithKeys(items: readonly unknown[], key: string): unknown {
  return key.startsWith('v:') ? items.find((item) => `v:${JSON.stringify(item)}` === key) : items.find((item) => lacking(key, item) === 0);
}

/** Who else owns a field, or something below it or all above it. */
export function ownersOf(steps: readonly Step[], entries: readonly ManagedEntry[], except: ManagedEntry | undefined): readonly string[] {
  const owners = entries.filter((entry) => entry !== except && entry.fieldsV1 !== undefined && reaches(entry.fieldsV1, steps));
  return [...new Set(owners.map(({ manager }) => manager))];
}

function reaches(fields: FieldTree, steps: readonly Step[]): boolean {
  let here: FieldTree | undefined = fields;
  for (const step of steps) {
    if (isWhole(here)) return true;
    const key: string | undefined = 'field' in step ? `f:${step.field}` : itemKeys([step.item], here)[0];
    here = key === undefined ? undefined : here[key];
    if (here === undefined) return false;
  }
  return true;
}

/** `spec.template.spec.containers[name="web"].image`, written as the server does when it names a conflict. */
export function pathText(steps: readonly Step[]): string {
  return steps.map((step) => ('field' in step ? `.${step.field}` : itemText(step))).join('').replace(/^\./, '');
}

function itemText({ item, index }: Extract<Step, { readonly item: unknown }>): string {
  if (typeof item === 'string') return `[=${JSON.stringify(item)}]`;
  const name = isMap(item) ? (['name', 'containerPort', 'port', 'mountPath', 'key', 'ip'] as const).find((key) => item[key] !== undefined) : undefined;
  return name === undefined ? `[${index}]` : `[${name}=${JSON.stringify((item as Record<string, unknown>)[name])}]`;
}
