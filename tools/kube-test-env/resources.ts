import { PodscopeError } from '../../packages/core/src/index.ts';
import { titleOf, type KubeObject } from './objects.ts';
import type { Sender } from './request.ts';

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** Finds the path of an object: asks the server once for each group and version what it has. */
export interface Resources {
  /** The path of the collection that an object belongs to, such as `/apis/apps/v1/namespaces/guestbook/deployments`. */
  collection(object: KubeObject): Promise<string>;
  /** Whether objects of this kind live in a namespace. */
  namespaced(object: Pick<KubeObject, 'apiVersion' | 'kind'>): Promise<boolean>;
}

const rootOf = (apiVersion: string): string => (apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`);

/** Where the kinds of a server are. Where an object names no namespace, `default` is meant, as for kubectl. */
export function createResources({ send }: Sender): Resources {
  const known = new Map<string, readonly Resource[]>();

  async function find(object: Pick<KubeObject, 'apiVersion' | 'kind'>): Promise<Resource | undefined> {
    const has = (): Resource | undefined => known.get(object.apiVersion)?.find(({ kind, name }) => kind === object.kind && !name.includes('/'));
    const found = has();
    if (found !== undefined) return found;
    // Asked again, because a custom resource may have been defined in the meantime.
    const { status, body } = await send({ path: rootOf(object.apiVersion) });
    if (status === 200) known.set(object.apiVersion, (body as { readonly resources: readonly Resource[] }).resources);
    return has();
  }

  async function require(object: Pick<KubeObject, 'apiVersion' | 'kind'>): Promise<Resource> {
    const found = await find(object);
    if (found !== undefined) return found;
    throw new PodscopeError('KUBE_KIND_UNKNOWN', `The API server has no kind ${object.kind} in ${object.apiVersion}.`, {
      hint: 'Check both for typos; a custom resource needs its definition applied first.',
    });
  }

  return {
    async collection(object) {
      const { name, namespaced } = await require(object);
      const { namespace } = object.metadata;
      if (!namespaced && namespace !== undefined) {
        throw new PodscopeError('KUBE_REFUSED', `${titleOf(object)} names a namespace, and a ${object.kind} belongs to none.`, { hint: 'Leave metadata.namespace out.' });
      }
      return `${rootOf(object.apiVersion)}${namespaced ? `/namespaces/${encodeURIComponent(namespace ?? 'default')}` : ''}/${name}`;
    },
    namespaced: async (object) => (await require(object)).namespaced,
  };
}
