import { PodscopeError } from '@podscope/core';
import { isGuarded, isPatched, isWritten } from './carried.ts';
import type { Sender, Sent } from './repeat.ts';
import { refOf, titleOf } from './refs.ts';
import type { Resources } from './resources.ts';
import type { ApiResponse, KubernetesApi, KubernetesObject, ObjectToWrite, WriteOptions, Written } from './types.ts';

/** What writes need. */
export interface WriteContext {
  readonly sender: Sender;
  readonly resources: Resources;
  fail(title: string, answer: { readonly status: number; readonly body: unknown }): PodscopeError;
  /** What is at a path, or undefined. */
  readAt(path: string, title: string): Promise<KubernetesObject | undefined>;
}

type Writes = Pick<KubernetesApi, 'apply' | 'create' | 'replace' | 'patch' | 'remove' | 'evict'>;

/** True for what has a version, a kind and metadata, as every object has. */
export function isObject(value: unknown): value is KubernetesObject {
  if (typeof value !== 'object' || value === null) return false;
  const { apiVersion, kind, metadata } = value as Partial<KubernetesObject>;
  return typeof apiVersion === 'string' && typeof kind === 'string' && typeof metadata === 'object' && metadata !== null;
}

const query = ({ dryRun = false, fieldManager = 'podscope' }: WriteOptions): Record<string, string> => ({ fieldManager, fieldValidation: 'Strict', ...(dryRun ? { dryRun: 'All' } : {}) });

/** All that changes something. */
export function createWrites({ sender, resources, fail, readAt }: WriteContext): Writes {
  function written(title: string, { status, body, warnings }: ApiResponse): Written {
    if (status >= 300) throw fail(title, { status, body });
    if (!isObject(body)) throw new PodscopeError('KUBE_REFUSED', `The API server answered ${status} for ${title}, with something that is no object.`);
    return { object: body, warnings };
  }

  /** The answer to a repeated write: where it says that the first one was carried out, the object as it is. */
  async function settled(title: string, path: string, answer: Sent, is: (there: KubernetesObject) => boolean): Promise<Written> {
    if (answer.doubtful && (answer.status === 409 || answer.status === 422)) {
      const there = await readAt(path, title);
      if (there !== undefined && is(there)) return { object: there, warnings: [] };
    }
    return written(title, answer);
  }

  const collectionOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));

  /**
   * An apply stops at one or another of the fields that the server does not know, by chance. Whoever creates is told all of them,
   * before anything else is looked at, so it is asked that way once more.
   */
  async function withEveryField(object: ObjectToWrite, path: string, answer: ApiResponse): Promise<PodscopeError> {
    const error = fail(titleOf(object), answer);
    if (error.code !== 'KUBE_UNKNOWN_FIELD') return error;
    const all = await sender.send({ method: 'POST', path: collectionOf(path), query: query({ dryRun: true }), body: object }, { safe: true });
    const complete = all.status < 300 ? error : fail(titleOf(object), all);
    return complete.code === error.code ? complete : error;
  }

  return {
    async apply(object, options = {}) {
      const path = await resources.path(refOf(object));
      const force = options.force === true ? { force: 'true' } : {};
      const answer = await sender.send(
        { method: 'PATCH', path, query: { ...query(options), ...force }, body: object, contentType: 'application/apply-patch+yaml', signal: options.signal },
        { safe: true },
      );
      if (answer.status >= 300) throw await withEveryField(object, path, answer);
      return written(titleOf(object), answer);
    },

    async create(object, options = {}) {
      const path = await resources.path(refOf(object));
      // Names are unique: what was made once can't be made twice, and a 409 after a lost answer is looked into.
      const answer = await sender.send({ method: 'POST', path: collectionOf(path), query: query(options), body: object, signal: options.signal }, { safe: true });
      return settled(titleOf(object), path, answer, (there) => isWritten(object, there));
    },

    async replace(object, options = {}) {
      const path = await resources.path(refOf(object));
      const answer = await sender.send(
        { method: 'PUT', path, query: query(options), body: object, signal: options.signal },
        { safe: object.metadata['resourceVersion'] !== undefined || options.dryRun === true },
      );
      return settled(titleOf(object), path, answer, (there) => isWritten(object, there));
    },

    async patch(ref, patch, options = {}) {
      const { subresource } = options;
      const path = `${await resources.path(ref)}${subresource === undefined ? '' : `/${subresource}`}`;
      const answer = await sender.send(
        {
          method: 'PATCH',
          path,
          query: query(options),
          body: patch,
          contentType: Array.isArray(patch) ? 'application/json-patch+json' : 'application/merge-patch+json',
          signal: options.signal,
        },
        { safe: isGuarded(patch) || options.dryRun === true },
      );
      return settled(titleOf(ref), path, answer, (there) => isPatched(patch, there));
    },

    async remove(ref, { uid, resourceVersion, gracePeriodSeconds, propagation = 'Background', dryRun = false } = {}) {
      const preconditions = { ...(uid === undefined ? {} : { uid }), ...(resourceVersion === undefined ? {} : { resourceVersion }) };
      const guarded = Object.keys(preconditions).length > 0;
      const body = {
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        propagationPolicy: propagation,
        ...(gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }),
        ...(guarded ? { preconditions } : {}),
        ...(dryRun ? { dryRun: ['All'] } : {}),
      };
      const path = await resources.path(ref);
      const answer = await sender.send({ method: 'DELETE', path, body }, { safe: guarded || dryRun });
      if (answer.status === 404) return answer.doubtful;
      if (answer.status === 409 && answer.doubtful) {
        // Somebody else may have made a new one by that name since: the one that was meant is gone.
        const there = await readAt(path, titleOf(ref));
        if (there === undefined || there.metadata.deletionTimestamp !== undefined || (uid !== undefined && there.metadata.uid !== uid)) return true;
      }
      if (answer.status >= 300) throw fail(titleOf(ref), answer);
      return true;
    },

    async evict({ namespace, name, uid }) {
      const title = `Pod ${namespace}/${name}`;
      const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { namespace, name }, ...(uid === undefined ? {} : { deleteOptions: { preconditions: { uid } } }) };
      const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}/eviction`;
      const answer = await sender.send({ method: 'POST', path, body }, { safe: uid !== undefined });
      if (answer.status === 404) return answer.doubtful;
      if (answer.status === 409 && answer.doubtful) return true;
      if (answer.status >= 300) throw fail(title, answer);
      return true;
    },
  };
}
