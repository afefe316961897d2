import { setTimeout as sleep } from 'node:timers/promises';
import { KubeConfig } from '@kubernetes/client-node';
import { PodscopeError } from '../../packages/core/src/index.ts';
import { kubernetesApi } from '../../packages/fault-injectors/src/kubernetes/api/api.ts';
import { failureOf } from '../../packages/fault-injectors/src/kubernetes/api/failure.ts';
import type { ApiRequest, ApiResponse, KubernetesObject, ObjectRef, ObjectToWrite, Written as ApiWritten } from '../../packages/fault-injectors/src/kubernetes/api/types.ts';
import type { KubeObject } from './objects.ts';

/** What an apply or a create came to. */
export interface Written {
  /** The object as the server has it, or would have it after a dry run. */
  readonly object: KubeObject;
  readonly warnings: readonly string[];
}

/** How something is written. */
export interface WriteOptions {
  /** The server does everything but keep it: defaults, validation, admission. @default false */
  readonly dryRun?: boolean;
  /** Who owns the fields. @default 'podscope' */
  readonly fieldManager?: string;
}

/** A question to the server's own authorizer. */
export interface Access {
  readonly verb: string;
  readonly resource: string;
  /** @default the core group, '' */
  readonly group?: string;
  readonly subresource?: string;
  /** @default all namespaces, or none */
  readonly namespace?: string;
  readonly name?: string;
}

/** Speaks to the API server as one user. */
export interface KubeClient {
  readonly user: string;
  /** A plain request; does not throw for what the server answers. */
  request(request: ApiRequest): Promise<ApiResponse>;
  /**
   * Server-side apply as a raw patch with strict field validation: the object goes out as it is, so that no client drops a field
   * that it doesn't know.
   *
   * @throws PodscopeError as `KubernetesApi` of the fault injectors does.
   */
  apply(object: KubeObject, options?: WriteOptions & { readonly force?: boolean }): Promise<Written>;
  /** Creates an object, as a controller does; throws as {@link apply}. */
  create(object: KubeObject, options?: WriteOptions): Promise<Written>;
  /** The object as it is now, or undefined. */
  read(object: KubeObject): Promise<KubeObject | undefined>;
  /** Deletes an object, at once; nothing happens when it isn't there. */
  remove(object: KubeObject): Promise<void>;
  /** Waits until the server serves the custom resource of a definition, by the definition's name; fails after 30 s. */
  established(definition: string): Promise<void>;
  /** Whether somebody (a user, or `system:serviceaccount:<namespace>:<name>`) may do something: a SubjectAccessReview. */
  allows(user: string, access: Access, groups?: readonly string[]): Promise<boolean>;
  close(): void;
}

const ESTABLISHED_MS = 30_000;

interface Definition {
  readonly spec: { readonly group: string; readonly names: { readonly plural: string }; readonly versions: readonly { readonly name: string; readonly served: boolean }[] };
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string }[] };
}

const refOf = ({ apiVersion, kind, metadata: { name = '', namespace } }: KubeObject): ObjectRef => ({ apiVersion, kind, name, namespace });

/** Goes out as it is; what has no name is refused on the way. */
const toWrite = (object: KubeObject): ObjectToWrite => object as ObjectToWrite;

const asRead = (object: KubernetesObject): KubeObject => object as unknown as KubeObject;
const asWritten = ({ object, warnings }: ApiWritten): Written => ({ object: asRead(object), warnings });

/** A client for the one user of a kubeconfig: the fault injectors' way to an API server, with what only tests need. */
export function createClient(user: string, kubeconfig: string): KubeClient {
  const config = new KubeConfig();
  config.loadFromString(kubeconfig);
  const api = kubernetesApi(config);
  const fail = (title: string, answer: ApiResponse): PodscopeError => failureOf(title, answer, { context: api.context, user });
  return {
    user,
    request: (request) => api.request(request),
    apply: async (object, options) => asWritten(await api.apply(toWrite(object), options)),
    create: async (object, options) => asWritten(await api.create(toWrite(object), options)),
    async read(object) {
      const there = await api.read(refOf(object));
      return there === undefined ? undefined : asRead(there);
    },
    async remove(object) {
      await api.remove(refOf(object), { gracePeriodSeconds: 0 });
    },
    async established(definition) {
      const path = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${encodeURIComponent(definition)}`;
      const deadline = performance.now() + ESTABLISHED_MS;
      for (;;) {
        const answer = await api.request({ path });
        if (answer.status >= 300) throw fail(`CustomResourceDefinition ${definition}`, answer);
        const { spec, status: state } = answer.body as Definition;
        const served = spec.versions.find((version) => version.served)?.name ?? '';
        // It is established a moment before its path answers.
        if (state?.conditions?.some(({ type, status: holds }) => type === 'Established' && holds === 'True') && (await api.request({ path: `/apis/${spec.group}/${served}/${spec.names.plural}`, query: { limit: '1' } })).status === 200) return;
        if (performance.now() > deadline) throw new PodscopeError('KUBE_REFUSED', `CustomResourceDefinition ${definition} was not established within ${ESTABLISHED_MS / 1000} s.`, { details: (state?.conditions ?? []).map(({ type, status: holds, message = '' }) => `${type} is ${holds}: ${message}`) });
        await sleep(50);
      }
    },
    async allows(subject, { verb, resource, group = '', subresource, namespace, name }, groups = groupsOf(subject)) {
      const spec = { user: subject, groups, resourceAttributes: { verb, resource, group, subresource, namespace, name } };
      const answer = await api.request({ method: 'POST', path: '/apis/authorization.k8s.io/v1/subjectaccessreviews', body: { apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview', spec } });
      if (answer.status >= 300) throw fail(`SubjectAccessReview of ${subject}`, answer);
      return (answer.body as { readonly status: { readonly allowed: boolean } }).status.allowed;
    },
    close: () => api.close(),
  };
}

/** The groups that the server itself gives to a service account, and to everybody. */
function groupsOf(user: string): readonly string[] {
  const [, namespace] = /^system:serviceaccount:([^:]+):/.exec(user) ?? [];
  return ['system:authenticated', ...(namespace === undefined ? [] : ['system:serviceaccounts', `system:serviceaccounts:${namespace}`])];
}
