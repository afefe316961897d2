import type { KubernetesObject } from '../kubernetes/api/types.ts';
import { pathSegments } from '../probes/valueAt.ts';

/** True when a change at one path reaches the other: the same, above it, or below it. `*` is everything. */
export function pathsMeet(one: string, other: string): boolean {
  if (one === '*' || other === '*') return true;
  const [left, right] = [pathSegments(one), pathSegments(other)];
  const length = Math.min(left.length, right.length);
  return left.slice(0, length).every((segment, index) => segment === right[index]);
}

/** True when one of the touched paths meets one of the kept; without any that are told, everything is touched. */
export function touches(touched: readonly string[] | undefined, kept: readonly string[]): boolean {
  return touched === undefined || touched.some((one) => kept.some((other) => pathsMeet(one, other)));
}

interface ManagedEntry {
  readonly manager?: string;
  readonly operation?: string;
  readonly subresource?: string;
  readonly fieldsV1?: Readonly<Record<string, unknown>>;
}

/**
 * Which of the paths a field manager owns by server-side apply. Lists are entered no further: whoever owns a part of one is taken to own the
 * path (structured-merge-diff's `fieldsV1`: `f:` for a field, `k:` and `v:` for items).
 */
export function managedPaths(object: KubernetesObject, manager: RegExp, paths: readonly string[]): readonly string[] {
  const entries = ((object.metadata.managedFields ?? []) as readonly ManagedEntry[]).filter((entry) => entry.operation === 'Apply' && manager.test(entry.manager ?? ''));
  return paths.filter((path) => path === '*' ? entries.length > 0 : entries.some(({ fieldsV1 }) => isManaged(fieldsV1, pathSegments(path))));
}

function isManaged(fields: unknown, segments: readonly string[]): boolean {
  let here = fields;
  for (const segment of segments) {
    if (typeof here !== 'object' || here === null) return false;
    const keys = Object.keys(here);
    if (keys.some((key) => key.startsWith('k:') || key.startsWith('v:'))) return true;
    if (!Object.hasOwn(here, `f:${segment}`)) return false;
    here = (here as Record<string, unknown>)[`f:${segment}`];
  }
  return true;
}
