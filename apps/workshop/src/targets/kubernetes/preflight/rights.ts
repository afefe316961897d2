import type { Access } from '@podscope/fault-injectors/kubernetes';

/** A rule of RBAC. */
export interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly resourceNames?: readonly string[];
}

/** An object, as far as the rights that it takes go. */
export interface RightsObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string | undefined };
  readonly [key: string]: unknown;
}

/** The plural name of a kind, and whether it is of a namespace. */
export interface ResourceName {
  readonly group: string;
  readonly resource: string;
  readonly namespaced: boolean;
}

/**
 * What each kind of a manifest takes: a server-side apply is a PATCH, which needs `create` for what isn't there; it is read before, watched
 * while it becomes ready, and deleted by `down`.
 */
const OF_AN_OBJECT = ['get', 'list', 'watch', 'create', 'patch', 'delete'] as const;

/** What is looked at besides: read by the preflight, by the waiting, and by `status`. */
const OF_THE_CLUSTER: readonly Access[] = [
  { verb: 'list', group: '', resource: 'nodes' },
  { verb: 'list', group: '', resource: 'pods' },
  { verb: 'list', group: 'storage.k8s.io', resource: 'storageclasses' },
];
const IN_EACH_NAMESPACE: readonly (Omit<Access, 'verb' | 'namespace'> & { readonly verbs: readonly string[] })[] = [
  { group: '', resource: 'pods', verbs: ['get', 'list', 'watch'] },
  { group: '', resource: 'pods', subresource: 'log', verbs: ['get'] },
  { group: '', resource: 'pods', subresource: 'portforward', verbs: ['create'] },
  { group: '', resource: 'events', verbs: ['list', 'watch'] },
  { group: '', resource: 'services', verbs: ['get'] },
  { group: '', resource: 'secrets', verbs: ['get', 'list', 'create', 'patch', 'delete'] },
  // The book of what was applied.
  { group: '', resource: 'configmaps', verbs: ['get', 'list', 'create', 'patch', 'delete'] },
  { group: '', resource: 'persistentvolumeclaims', verbs: ['get', 'list', 'watch', 'delete'] },
  { group: 'apps', resource: 'replicasets', verbs: ['get', 'list', 'watch'] },
];

/**
 * Every action that `up`, `status`, `open`, `diff` and `down` take for these objects, each once: what the API server is asked about before
 * anything is done, and what the Role in the docs is made from.
 *
 * @param resourceOf The resource of a kind; undefined for a kind that the server doesn't have, which another check tells.
 */
export function accessesFor(objects: readonly RightsObject[], resourceOf: (object: RightsObject) => ResourceName | undefined): readonly Access[] {
  const accesses: Access[] = [...OF_THE_CLUSTER];
  const namespaces = new Set(objects.flatMap((object) => (object.kind === 'Namespace' ? [object.metadata.name] : object.metadata.namespace === undefined ? [] : [object.metadata.namespace])));
  for (const object of objects) {
    const resource = resourceOf(object);
    if (resource === undefined) continue;
    for (const verb of OF_AN_OBJECT) accesses.push({ verb, group: resource.group, resource: resource.resource, ...(resource.namespaced ? { namespace: object.metadata.namespace } : {}) });
    // Who gives a right has to have it (k8s.io/kubernetes/pkg/registry/rbac/escalation_check.go).
    for (const rule of rulesIn(object)) accesses.push(...accessesOf(rule, object.metadata.namespace));
  }
  for (const namespace of namespaces) for (const { verbs, ...of } of IN_EACH_NAMESPACE) for (const verb of verbs) accesses.push({ ...of, verb, namespace });
  return [...new Map(accesses.map((access) => [keyOf(access), access])).values()];
}

/** The rules that an object hands out. */
function rulesIn({ kind, rules }: RightsObject): readonly Rule[] {
  return (kind === 'ClusterRole' || kind === 'Role') && Array.isArray(rules) ? (rules as readonly Rule[]) : [];
}

function accessesOf({ apiGroups, resources, verbs }: Rule, namespace: string | undefined): readonly Access[] {
  return apiGroups.flatMap((group) =>
    resources.flatMap((name) => {
      const [resource = '', subresource] = name.split('/');
      return verbs.map((verb): Access => ({ verb, group, resource, ...(subresource === undefined ? {} : { subresource }), ...(namespace === undefined ? {} : { namespace }) }));
    }),
  );
}

const keyOf = ({ verb, group, resource, subresource = '', namespace = '', name = '' }: Access): string => JSON.stringify([group, resource, subresource, namespace, name, verb]);

/** `create, patch deployments.apps in guestbook`: what is missing, a line for each resource and place. */
export function missingLines(missing: readonly Access[]): readonly string[] {
  const lines = new Map<string, Set<string>>();
  for (const { verb, group, resource, subresource, namespace } of missing) {
    const what = `${resource}${subresource === undefined ? '' : `/${subresource}`}${group === '' ? '' : `.${group}`}${namespace === undefined ? ' of the cluster' : ` in ${namespace}`}`;
    lines.set(what, (lines.get(what) ?? new Set()).add(verb));
  }
  return [...lines].map(([what, verbs]) => `${[...verbs].join(', ')} ${what}`);
}

/** Rules with the verbs of each resource together, in the order of groups and resources. */
function rulesOf(accesses: readonly Access[]): readonly Rule[] {
  const byVerbs = new Map<string, { readonly group: string; readonly verbs: readonly string[]; readonly resources: string[] }>();
  const byResource = new Map<string, { readonly group: string; readonly resource: string; readonly verbs: Set<string> }>();
  for (const { verb, group, resource, subresource } of accesses) {
    const name = `${resource}${subresource === undefined ? '' : `/${subresource}`}`;
    const key = `${group} ${name}`;
    const entry = byResource.get(key) ?? { group, resource: name, verbs: new Set<string>() };
    entry.verbs.add(verb);
    byResource.set(key, entry);
  }
  for (const { group, resource, verbs } of [...byResource.values()].toSorted((a, b) => (`${a.group} ${a.resource}` < `${b.group} ${b.resource}` ? -1 : 1))) {
    const sorted = [...verbs].toSorted();
    const key = `${group} ${sorted.join()}`;
    const entry = byVerbs.get(key) ?? { group, verbs: sorted, resources: [] };
    entry.resources.push(resource);
    byVerbs.set(key, entry);
  }
  return [...byVerbs.values()].map(({ group, resources, verbs }) => ({ apiGroups: [group], resources, verbs }));
}

/**
 * The ClusterRole that holds exactly these accesses, in every namespace: `up` makes namespaces, and a Role can't be in one that isn't there.
 */
export function clusterRoleFor(accesses: readonly Access[], name = 'podscope-up'): object {
  return { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name, labels: { 'app.kubernetes.io/part-of': 'podscope' } }, rules: rulesOf(accesses) };
}
