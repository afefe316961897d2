import { isDeepStrictEqual } from 'node:util';
import type { JsonValue } from '../../definition/defineFault.ts';
import { pathText, type PathStep, type Touch, valueAt, valueText } from './touches.ts';

/** An operation of a JSON Patch (RFC 6902). */
export interface PatchOperation {
  readonly op: 'add' | 'replace' | 'remove';
  readonly path: string;
  readonly value?: unknown;
}

/** Which of a touch's two values is wanted. */
export type Side = 'before' | 'after';

type Container = Record<string, unknown> | unknown[];

const escaped = (step: string | number): string => String(step).replaceAll('~', '~0').replaceAll('/', '~1');
const pointer = (keys: readonly (string | number)[]): string => keys.map((key) => `/${escaped(key)}`).join('');
const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;

/** The key of a step in what is there: a member's name, or an item's place (-1 where there is none). */
function keyOf(container: Container, step: PathStep): string | number {
  if (typeof step === 'string') return step;
  return Array.isArray(container) ? container.findIndex((each) => isContainer(each) && !Array.isArray(each) && each['name'] === step.item) : -1;
}

function valueOf(container: Container, key: string | number): unknown {
  return (container as Record<string | number, unknown>)[key];
}

/**
 * The operations that give every touched place the value of one side, and nothing else: what is around them stays as it is now. Empty
 * when all is so already. Positions in lists are those of `current`, so the patch must go out with its resourceVersion.
 */
export function patchTo(current: unknown, touches: readonly Touch[], side: Side): readonly PatchOperation[] {
  const work = structuredClone(current) as Container;
  const operations: PatchOperation[] = [];
  for (const touch of touches) {
    const wanted = touch[side];
    if (isDeepStrictEqual(valueAt(work, touch.path), wanted)) continue;
    if (wanted === undefined) takeAway(work, touch, side === 'before' ? touch.existing : touch.path.length - 1, operations);
    else put(work, touch, wanted, operations);
  }
  return operations;
}

function put(root: Container, touch: Touch, wanted: JsonValue, operations: PatchOperation[]): void {
  const keys: (string | number)[] = [];
  let container = root;
  for (const [depth, step] of touch.path.entries()) {
    const key = keyOf(container, step);
    const there = key === -1 ? undefined : valueOf(container, key);
    const last = depth === touch.path.length - 1;
    if (!last && isContainer(there)) {
      container = there;
      keys.push(key);
      continue;
    }
    // Everything from here on is made at once.
    let made: unknown = structuredClone(wanted);
    for (const below of touch.path.slice(depth + 1).reverse()) {
      if (typeof below === 'string') made = { [below]: made };
      else made = [isContainer(made) && !Array.isArray(made) ? { name: below.item, ...made } : made];
    }
    if (Array.isArray(container)) {
      const place = key === -1 ? Math.min(touch.index ?? container.length, container.length) : (key as number);
      operations.push({ op: key === -1 ? 'add' : 'replace', path: pointer([...keys, place]), value: made });
      container.splice(place, key === -1 ? 0 : 1, made);
    } else {
      operations.push({ op: there === undefined ? 'add' : 'replace', path: pointer([...keys, key]), value: made });
      container[key] = made;
    }
    return;
  }
}

/** Removes a value, and what was made above it for its sake and is empty now. */
function takeAway(root: Container, touch: Touch, existing: number, operations: PatchOperation[]): void {
  const chain: { readonly container: Container; readonly key: string | number }[] = [];
  let container: unknown = root;
  for (const step of touch.path) {
    if (!isContainer(container)) return;
    const key = keyOf(container, step);
    if (key === -1 || valueOf(container, key) === undefined) return;
    chain.push({ container, key });
    container = valueOf(container, key);
  }
  let depth = chain.length - 1;
  while (depth > existing && Object.keys((chain[depth] as { readonly container: Container }).container).length === 1) depth -= 1;
  const { container: holder, key } = chain[depth] as { readonly container: Container; readonly key: string | number };
  operations.push({ op: 'remove', path: pointer(chain.slice(0, depth + 1).map((each) => each.key)) });
  if (Array.isArray(holder)) holder.splice(key as number, 1);
  else Reflect.deleteProperty(holder, key);
}

/** The touched places that hold neither what was there before nor what the fault wrote: one line each, `spec.replicas: 97 → 12`. */
export function foreignChanges(current: unknown, touches: readonly Touch[]): readonly string[] {
  return touches.flatMap((touch) => {
    const now = valueAt(current, touch.path);
    if (isDeepStrictEqual(now, touch.after) || isDeepStrictEqual(now, touch.before)) return [];
    const [was, is] = [valueText(touch.path, touch.after), valueText(touch.path, now)];
    return [`${pathText(touch.path)}: ${was === is ? 'another value' : `${was} → ${is}`}`];
  });
}
