import type { StoredObject } from '../read/storedObject.ts';
import type { Said } from './finding.ts';

/** Links to these may go round: a dashboard leads to another and back. */
const LINKS: readonly string[] = ['dashboard', 'links', 'tag'];

/** What an object says of itself when it refers to itself, at once or through others; by the object's key. */
export function circleFindings(objects: ReadonlyMap<string, StoredObject>): ReadonlyMap<string, Said> {
  const found = new Map<string, Said>();
  const done = new Set<string>();
  for (const start of objects.keys()) {
    // A stack of its own: exports can be as deep as they like.
    const path: string[] = [];
    const open: { readonly key: string; readonly leads: readonly string[]; at: number }[] = [];
    const enter = (key: string): void => {
      const leads = (objects.get(key)?.references ?? []).filter(({ type }) => !LINKS.includes(type)).map(({ type, id }) => `${type}:${id}`);
      path.push(key);
      open.push({ key, leads, at: 0 });
    };
    if (!done.has(start)) enter(start);
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const next = top.leads[top.at];
      top.at += 1;
      if (next === undefined) {
        done.add(top.key);
        open.pop();
        path.pop();
      } else if (path.includes(next)) {
        if (!found.has(next)) found.set(next, { rule: 'circular-reference', path: 'references', what: `it refers to itself${path.at(-1) === next ? '' : ` through ${path.slice(path.indexOf(next) + 1).join(', ')}`}`, fix: 'Take one of these references away.' });
      } else if (objects.has(next) && !done.has(next)) enter(next);
    }
  }
  return found;
}
