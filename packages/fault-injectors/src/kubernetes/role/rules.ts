import type { Access } from '../api/types.ts';

/** A rule of a Role or ClusterRole (rbac.authorization.k8s.io/v1). */
export interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

/** The fewest rules that allow exactly these: one for each resource and name, with all of its verbs; names with the same verbs together. */
export function rulesOf(accesses: readonly Access[]): readonly PolicyRule[] {
  const verbs = new Map<string, Set<string>>();
  for (const { group, resource, subresource, name, verb } of accesses) {
    const key = JSON.stringify([group, subresource === undefined ? resource : `${resource}/${subresource}`, name ?? null]);
    verbs.set(key, (verbs.get(key) ?? new Set()).add(verb));
  }
  const rules = new Map<string, { readonly group: string; readonly resource: string; readonly verbs: readonly string[]; readonly names: string[] | null }>();
  for (const [key, set] of [...verbs].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const [group, resource, name] = JSON.parse(key) as [string, string, string | null];
    // What is allowed for all of a resource needs no second rule for one of them.
    const ofAll = verbs.get(JSON.stringify([group, resource, null]));
    const own = [...set].filter((verb) => name === null || ofAll?.has(verb) !== true).sort();
    if (own.length === 0) continue;
    const same = JSON.stringify([group, resource, own, name === null]);
    const rule = rules.get(same) ?? { group, resource, verbs: own, names: name === null ? null : [] };
    if (name !== null) rule.names?.push(name);
    rules.set(same, rule);
  }
  return [...rules.values()].map(({ group, resource, verbs: own, names }) => ({ apiGroups: [group], resources: [resource], ...(names === null ? {} : { resourceNames: names }), verbs: own }));
}
