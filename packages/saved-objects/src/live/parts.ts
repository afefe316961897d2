import { toNdjson } from '../ndjson.ts';
import { type Target, TARGETS, type TargetFacts } from '../products/targets.ts';
import type { StoredObject } from '../read/storedObject.ts';

/** What others refer to comes first: an import looks for it. */
const FIRST: readonly string[] = ['config', 'index-pattern', 'query', 'search', 'visualization', 'lens', 'map', 'dashboard'];

/** Splits objects into imports that keep within a target's limits, what is referred to before what refers to it. */
export function partsOfImport(objects: readonly StoredObject[], target: Target): readonly (readonly StoredObject[])[] {
  const limits: TargetFacts = TARGETS[target];
  const rank = ({ type }: StoredObject): number => (FIRST.includes(type) ? FIRST.indexOf(type) : FIRST.length);
  const parts: StoredObject[][] = [];
  let bytes = Infinity;
  for (const object of [...objects].sort((one, other) => rank(one) - rank(other))) {
    const size = new TextEncoder().encode(toNdjson({ objects: [object] }, { target })).length;
    if (parts.length === 0 || bytes + size > limits.bytes || (parts.at(-1)?.length ?? 0) >= limits.objects) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)?.push(object);
    bytes += size;
  }
  return parts;
}
