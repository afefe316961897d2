import type { JsonObject, JsonValue } from '../../../packages/index-manager/src/index.ts';
import { isObject } from './recognise.ts';
import type { Found } from './resources.ts';

/** One resource of a folder, with the name under which it is tried. */
export interface Item extends Found {
  readonly own: string;
}

/** Everything that is tried begins like this, so that it can't meet what a server has. */
export const PREFIX = 'podscope-conformance';

/** Gives each resource a name of its own. */
export function withOwnNames(found: readonly Found[]): readonly Item[] {
  return found.map((each, position) => ({ ...each, own: `${PREFIX}-${position + 1}` }));
}

/** Patterns that hold for nothing but indices of that name, and keep their form otherwise; what a program fills in is left out. */
export function ownPatterns(patterns: JsonValue | undefined, own: string): readonly string[] {
  const list = typeof patterns === 'string' ? patterns.split(',') : Array.isArray(patterns) ? (patterns as readonly JsonValue[]).map(String) : [];
  return list.map((pattern) => `${own}-${pattern.trim().replaceAll(/\$\{[^}]*\}|\{\{.*?\}\}/gu, '').replace(/^[^a-zA-Z0-9*]+/u, '')}`);
}

/**
 * The resource of a kind that a name in another one means: by its own name, or by its file, with what the file's folder
 * adds before it. Of several, the one that is nearest: a folder may hold what many publishers call alike.
 */
export function meantBy(items: readonly Item[], kinds: readonly string[], name: string, from: Item): Item | undefined {
  const candidates = items.filter((item) => kinds.includes(item.kind) && item !== from);
  const nearest = (found: readonly Item[]): Item | undefined => [...found].sort((one, other) => shared(other.file, from.file) - shared(one.file, from.file))[0];
  return (
    nearest(candidates.filter((item) => item.name === name)) ??
    nearest(candidates.filter((item) => stem(item) === name)) ??
    candidates.filter((item) => ['_', '-', '@', '.'].some((mark) => name.endsWith(`${mark}${stem(item)}`))).sort((one, other) => stem(other).length - stem(one).length || shared(other.file, from.file) - shared(one.file, from.file))[0]
  );
}

function stem({ file }: Item): string {
  return (file.split('#')[0] ?? '').split('/').at(-1)?.replace(/\.[^.]*$/u, '') ?? '';
}

/** How many folders two files have in common. */
function shared(one: string, other: string): number {
  const [first, second] = [one.split('/'), other.split('/')];
  const differs = first.findIndex((part, at) => part !== second[at]);
  return differs === -1 ? first.length : differs;
}

/** An ISM policy that takes no index but those of that name. */
export function ownPolicy(policy: JsonObject, own: string): JsonObject {
  const { ism_template: template } = policy;
  if (template === undefined || template === null) return policy;
  const renamed = (each: JsonValue): JsonValue => (isObject(each) ? { ...each, index_patterns: ownPatterns(each['index_patterns'], own) } : each);
  return { ...policy, ism_template: Array.isArray(template) ? (template as readonly JsonValue[]).map(renamed) : renamed(template) };
}
