import { parseAllDocuments } from 'yaml';
import { type Component, idOf, type KubernetesObject } from '../../targets/kubernetes/components.ts';

/** What differs in one file. */
export interface FileDifference {
  readonly file: string;
  /** `added`: the folder lacks it; `removed`: it is no longer made. */
  readonly change: 'added' | 'removed' | 'changed';
  readonly objects: readonly ObjectDifference[];
}

/** What differs in one object. */
export interface ObjectDifference {
  /** `Deployment guestbook/frontend` */
  readonly object: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** Ways to what differs, such as `spec.replicas`. */
  readonly paths: readonly string[];
}

/** What a folder's own files have to become. A file whose text differs, but none of its objects, is changed without objects. */
export function compareFolder(before: ReadonlyMap<string, string>, components: readonly Component[]): readonly FileDifference[] {
  const after = new Map(components.map((component) => [component.file, component]));
  const names = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  return names.flatMap((file): readonly FileDifference[] => {
    const [old, component] = [before.get(file), after.get(file)];
    if (old === component?.yaml) return [];
    const change = old === undefined ? 'added' : component === undefined ? 'removed' : 'changed';
    return [{ file, change, objects: compareObjects(objectsIn(old), byId(component?.objects ?? [])) }];
  });
}

const byId = (objects: readonly KubernetesObject[]): ReadonlyMap<string, unknown> => new Map(objects.map((object) => [idOf(object), object]));

function objectsIn(text: string | undefined): ReadonlyMap<string, unknown> {
  if (text === undefined) return new Map();
  // Somebody may have edited it into anything: what can't be read has no objects, and the file differs all the same.
  const values = [parseAllDocuments(text)].flat().flatMap((document) => {
    try {
      return document.errors.length > 0 ? [] : [document.toJS({ maxAliasCount: 100 }) as unknown];
    } catch {
      return [];
    }
  });
  return byId(values.filter((value): value is KubernetesObject => typeof (value as KubernetesObject | null)?.kind === 'string' && typeof (value as Partial<KubernetesObject>).metadata?.name === 'string'));
}

function compareObjects(before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>): readonly ObjectDifference[] {
  return [...new Set([...before.keys(), ...after.keys()])].toSorted().flatMap((object): readonly ObjectDifference[] => {
    if (!before.has(object)) return [{ object, change: 'added', paths: [] }];
    if (!after.has(object)) return [{ object, change: 'removed', paths: [] }];
    const paths = [...differing('', before.get(object), after.get(object))];
    return paths.length === 0 ? [] : [{ object, change: 'changed', paths }];
  });
}

function* differing(path: string, before: unknown, after: unknown): Iterable<string> {
  if (isObject(before) && isObject(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const step = Array.isArray(after) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
      yield* differing(step, before[key], after[key]);
    }
  } else if (before !== after) yield path;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
