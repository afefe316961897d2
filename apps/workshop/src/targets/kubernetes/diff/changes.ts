/** A value that is there before, after, or both. */
export interface ValueChange {
  readonly path: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What tells items of a list apart, in the lists of Kubernetes' own kinds. */
const IDENTITIES = ['name', 'mountPath', 'containerPort', 'port', 'key', 'ip', 'topologyKey', 'type'] as const;

function identityOf(...lists: readonly (readonly unknown[])[]): string | undefined {
  return IDENTITIES.find((key) => lists.every((list) => list.every((item) => isMap(item) && isScalar(item[key])) && new Set(list.map((item) => (item as Record<string, unknown>)[key])).size === list.length));
}

const isScalar = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number';

/** Where two values differ, at the deepest level at which both have something. */
export function valueChanges(from: unknown, to: unknown, path = ''): readonly ValueChange[] {
  if (isMap(from) && isMap(to)) return [...new Set([...Object.keys(from), ...Object.keys(to)])].sort().flatMap((key) => valueChanges(from[key], to[key], path === '' ? key : `${path}.${key}`));
  if (Array.isArray(from) && Array.isArray(to)) return listChanges(from, to, path);
  return sameText(from, to) ? [] : [{ path, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }];
}

function listChanges(from: readonly unknown[], to: readonly unknown[], path: string): readonly ValueChange[] {
  const identity = from.length === 0 || to.length === 0 ? undefined : identityOf(from, to);
  if (identity === undefined) return Array.from({ length: Math.max(from.length, to.length) }, (_, index) => valueChanges(from[index], to[index], `${path}[${index}]`)).flat();
  const byIdentity = (list: readonly unknown[]) => new Map(list.map((item) => [(item as Record<string, unknown>)[identity], item]));
  const [before, after] = [byIdentity(from), byIdentity(to)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => valueChanges(before.get(key), after.get(key), `${path}[${identity}=${JSON.stringify(key)}]`));
}

function sameText(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
