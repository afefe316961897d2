import { isDeepStrictEqual } from 'node:util';
import Hjson from 'hjson';
import { SERVERS_OWN } from '../../../packages/saved-objects/src/diff/serversOwn.ts';
import type { StoredObject } from '../../../packages/saved-objects/src/index.ts';

/** The closed list of members that equality leaves out, because servers write them. Everything else of an object counts. */
export const IGNORED = SERVERS_OWN.filter(({ of }) => of === 'object');

/** Whether two objects mean the same. JSON inside of texts is compared as JSON, wherever it stands; a Vega specification as HJSON. */
export function meansTheSame(a: StoredObject, b: StoredObject): boolean {
  return isDeepStrictEqual(meaningOf(a), meaningOf(b));
}

function meaningOf({ type, id, attributes, references, migrationVersion, rest }: StoredObject): unknown {
  const ignored = new Set(IGNORED.map(({ member }) => member));
  const kept = Object.fromEntries(Object.entries(rest).filter(([name]) => !ignored.has(name)));
  const inOrder = [...references].map(({ name, type: kind, id: to }) => ({ name, type: kind, id: to })).sort((x, y) => (x.name < y.name ? -1 : x.name > y.name ? 1 : x.id < y.id ? -1 : 1));
  return { type, id, attributes: withSpecification(opened(attributes)), references: inOrder, migrationVersion: migrationVersion ?? {}, rest: kept };
}

/** Texts that hold JSON, opened, at any depth. */
function opened(value: unknown): unknown {
  if (typeof value === 'string') return openedText(value);
  if (Array.isArray(value)) return value.map(opened);
  // JSON is written without the sign of a zero.
  if (value === 0) return 0;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([name, member]) => (member === undefined ? [] : [[name, opened(member)]])));
}

function openedText(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return opened(JSON.parse(text));
  } catch {
    return text;
  }
}

function withSpecification(attributes: unknown): unknown {
  const { visState } = attributes as { readonly visState?: { readonly type?: unknown; readonly params?: { readonly spec?: unknown } } };
  const spec = visState?.params?.spec;
  if (visState?.type !== 'vega' || typeof spec !== 'string') return attributes;
  try {
    return { ...(attributes as object), visState: { ...visState, params: { ...visState.params, spec: opened(Hjson.parse(spec)) } } };
  } catch {
    return attributes;
  }
}
