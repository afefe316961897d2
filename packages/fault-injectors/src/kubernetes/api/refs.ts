import type { Access, KubernetesObject, ObjectRef } from './types.ts';

/** An object's name for a reader, such as `Deployment guestbook/frontend`. */
export function titleOf(of: ObjectRef | { readonly kind: string; readonly metadata: { readonly name: string; readonly namespace?: string | undefined } }): string {
  const { name, namespace } = 'metadata' in of ? of.metadata : of;
  return `${of.kind} ${namespace === undefined || namespace === '' ? name : `${namespace}/${name}`}`;
}

/** Which object this is. */
export function refOf({ apiVersion, kind, metadata: { name, namespace } }: Pick<KubernetesObject, 'apiVersion' | 'kind'> & { readonly metadata: { readonly name: string; readonly namespace?: string | undefined } }): ObjectRef {
  return { apiVersion, kind, ...(namespace === undefined ? {} : { namespace }), name };
}

/** The group of an `apiVersion`: `apps` of `apps/v1`, and nothing of `v1`. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

/**
 * The plural name of a kind, by the rule that Kubernetes itself guesses with where nobody can be asked: `UnsafeGuessKindToResource` in
 * `k8s.io/apimachinery/pkg/api/meta/restmapper.go`. It holds for every kind that Kubernetes brings; a custom resource may name itself otherwise.
 */
export function pluralOf(kind: string): string {
  const singular = kind.toLowerCase();
  if (singular.endsWith('endpoints')) return singular;
  if (singular.endsWith('s')) return `${singular}es`;
  return singular.endsWith('y') ? `${singular.slice(0, -1)}ies` : `${singular}s`;
}

/**
 * What somebody must be allowed who does this to an object, for {@link KubernetesApi.missing} and for rules of RBAC. A verb may name a
 * subresource: `patch`, `update/scale`, `create/eviction`.
 */
export function accessesOf(ref: { readonly apiVersion: string; readonly kind: string; readonly namespace?: string | undefined; readonly name?: string | undefined }, verbs: readonly string[]): readonly Access[] {
  return verbs.map((text) => {
    const [verb = '', subresource] = text.split('/');
    // Nobody can be allowed by name to create what has none yet, nor to list and watch all (RBAC, "Referring to resources").
    const named = subresource !== undefined || !['create', 'list', 'watch', 'deletecollection'].includes(verb);
    return {
      verb,
      group: groupOf(ref.apiVersion),
      resource: pluralOf(ref.kind),
      ...(subresource === undefined ? {} : { subresource }),
      ...(ref.namespace === undefined ? {} : { namespace: ref.namespace }),
      ...(named && ref.name !== undefined ? { name: ref.name } : {}),
    };
  });
}
