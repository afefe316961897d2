import { PodscopeError } from '@podscope/core';
import { groupOf, titleOf } from './refs.ts';
import type { ApiRequest, ApiResponse, ObjectRef } from './types.ts';

interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
}

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** Finds the path of an object: asks the server once for each group and version what it has. */
export interface Resources {
  /** The path of a collection, such as `/apis/apps/v1/namespaces/guestbook/deployments`; of all namespaces where none is named. */
  collection(kind: Kind, namespace: string | undefined): Promise<string>;
  path(ref: ObjectRef): Promise<string>;
  /** Undefined where the server has no such kind. */
  find(kind: Kind): Promise<{ readonly group: string; readonly resource: string; readonly namespaced: boolean } | undefined>;
}

const rootOf = (apiVersion: string): string => (apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`);

/** Where the kinds of a server are. `ask` throws for what is neither found nor missing. */
export function createResources(ask: (request: ApiRequest, title: string) => Promise<ApiResponse>): Resources {
  const known = new Map<string, readonly Resource[]>();
  /** Questions on their way: eighty objects that are applied at once ask once. */
  const asked = new Map<string, Promise<void>>();

  async function learn(apiVersion: string): Promise<void> {
    const { status, body } = await ask({ path: rootOf(apiVersion) }, `The kinds of ${apiVersion}`);
    if (status === 200) known.set(apiVersion, (body as { readonly resources: readonly Resource[] }).resources);
  }

  async function lookUp({ apiVersion, kind }: Kind): Promise<Resource | undefined> {
    const has = (): Resource | undefined => known.get(apiVersion)?.find((resource) => resource.kind === kind && !resource.name.includes('/'));
    const found = has();
    if (found !== undefined) return found;
    // Asked again, because a custom resource may have been defined in the meantime.
    const asking = asked.get(apiVersion) ?? learn(apiVersion).finally(() => asked.delete(apiVersion));
    asked.set(apiVersion, asking);
    await asking;
    return has();
  }

  async function require(kind: Kind): Promise<Resource> {
    const found = await lookUp(kind);
    if (found !== undefined) return found;
    throw new PodscopeError('KUBE_KIND_UNKNOWN', `The API server has no kind ${kind.kind} in ${kind.apiVersion}.`, {
      hint: 'Check both for typos, and which versions the server has (kubectl api-versions); a custom resource needs its definition applied first.',
    });
  }

  async function collection(kind: Kind, namespace: string | undefined): Promise<string> {
    const { name, namespaced } = await require(kind);
    return `${rootOf(kind.apiVersion)}${namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : ''}/${name}`;
  }

  return {
    collection,
    async path(ref) {
      const { namespaced } = await require(ref);
      if (ref.name === undefined || ref.name === '') throw new PodscopeError('KUBE_REFUSED', `A ${ref.kind} has no name.`, { hint: 'Set metadata.name.' });
      if (!namespaced && ref.namespace !== undefined) {
        throw new PodscopeError('KUBE_REFUSED', `${titleOf(ref)} names a namespace, and a ${ref.kind} belongs to none.`, { hint: 'Leave metadata.namespace out.' });
      }
      // Where no namespace is named, `default` is meant, as for kubectl.
      return `${await collection(ref, ref.namespace ?? 'default')}/${encodeURIComponent(ref.name)}`;
    },
    async find(kind) {
      const found = await lookUp(kind);
      return found === undefined ? undefined : { group: groupOf(kind.apiVersion), resource: found.name, namespaced: found.namespaced };
    },
  };
}
