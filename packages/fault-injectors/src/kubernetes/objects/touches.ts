import { isDeepStrictEqual } from 'node:util';
import type { JsonValue } from '../../definition/defineFault.ts';

/** The item of a list whose `name` is this: lists such as containers, environment and volumes are told apart by it. */
export interface ItemNamed {
  readonly item: string;
}

/** A member of an object, or an item of a list. */
export type PathStep = string | ItemNamed;

/** One place of an object that a fault changes. */
export interface Touch {
  readonly path: readonly PathStep[];
  /** Left out where nothing was there. */
  readonly before?: JsonValue;
  /** Left out where the fault takes it away. */
  readonly after?: JsonValue;
  /** So many first steps of the path led to something before; what the fault makes below them goes again with the last value in it. */
  readonly existing: number;
  /** Where the item stood in its list, so that one that was taken away comes back to its place: the order of environment variables means something. */
  readonly index?: number;
}

type Members = { readonly [key: string]: JsonValue };

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The names of a list's items, where every item has one of its own; such a list is merged item by item. */
function namesOf(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const names: string[] = [];
  for (const each of value as readonly unknown[]) {
    if (!isMembers(each) || typeof each['name'] !== 'string' || names.includes(each['name'])) return undefined;
    names.push(each['name']);
  }
  return names;
}

/** What stands at a path, or undefined. */
export function valueAt(root: unknown, path: readonly PathStep[]): JsonValue | undefined {
  let value: unknown = root;
  for (const step of path) {
    if (typeof step === 'string') value = isMembers(value) ? value[step] : undefined;
    else value = Array.isArray(value) ? (value as readonly unknown[]).find((each) => isMembers(each) && each['name'] === step.item) : undefined;
  }
  return value as JsonValue | undefined;
}

/** The places in which two states of an object differ, as deep as they can be told apart. Both are plain JSON. */
export function touchesBetween(before: unknown, after: unknown): readonly Touch[] {
  const found: Touch[] = [];
  const add = (path: readonly PathStep[], existing: number, from: unknown, to: unknown, index?: number): void => {
    const sides = { ...(from === undefined ? {} : { before: from as JsonValue }), ...(to === undefined ? {} : { after: to as JsonValue }) };
    found.push({ path, ...sides, existing: Math.min(existing, path.length), ...(index === undefined || index < 0 ? {} : { index }) });
  };
  const compare = (path: readonly PathStep[], existing: number, from: unknown, to: unknown): void => {
    if (isDeepStrictEqual(from, to)) return;
    const here = from === undefined ? existing : path.length;
    if (isMembers(to) && Object.keys(to).length > 0 && (from === undefined || isMembers(from))) {
      for (const key of new Set([...Object.keys(from ?? {}), ...Object.keys(to)])) compare([...path, key], here, from?.[key], to[key]);
      return;
    }
    const [old, wanted] = [namesOf(from), namesOf(to)];
    if (wanted !== undefined && (old !== undefined || from === undefined)) {
      for (const item of new Set([...(old ?? []), ...wanted])) {
        const [one, other] = [valueAt(from, [{ item }]), valueAt(to, [{ item }])];
        if (one !== undefined && other !== undefined) compare([...path, { item }], path.length + 1, one, other);
        else add([...path, { item }], here, one, other, old?.indexOf(item));
      }
      return;
    }
    add(path, here, from, to);
  };
  compare([], 0, before, after);
  return found;
}

/** The path as people read it: `spec.template.spec.containers[php].image`. */
export function pathText(path: readonly PathStep[]): string {
  return path.map((step, index) => (typeof step !== 'string' ? `[${step.item}]` : /^[\w-]+$/.test(step) ? `${index === 0 ? '' : '.'}${step}` : `[${JSON.stringify(step)}]`)).join('');
}

/** Members whose values may be secrets: they are named in plans and differences, and never shown. */
const HIDDEN = new Set(['data', 'binaryData', 'stringData', 'env', 'command', 'args', 'annotations']);

/** A value as people may see it. */
export function valueText(path: readonly PathStep[], value: JsonValue | undefined): string {
  if (value === undefined) return 'absent';
  if (path.some((step) => typeof step === 'string' && HIDDEN.has(step))) return '(not shown)';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
