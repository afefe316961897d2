import { setTimeout as sleep } from 'node:timers/promises';
import { PodscopeError } from '../../packages/core/src/index.ts';
import { refusal } from './refusal.ts';
import { isKubeObject, titleOf, type KubeObject } from './objects.ts';
import type { KubeRequest, KubeResponse, Sender } from './request.ts';
import { createResources } from './resources.ts';

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
  request(request: KubeRequest): Promise<KubeResponse>;
  /**
   * Server-side apply as a raw patch with strict field validation: the object goes out as it is, so that no client drops a field
   * that it doesn't know.
   *
   * @throws PodscopeError `KUBE_UNKNOWN_FIELD` with the path, `KUBE_KIND_UNKNOWN`, `KUBE_FORBIDDEN`, `KUBE_REFUSED`.
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

const query = ({ dryRun = false, fieldManager = 'podscope' }: WriteOptions): Record<string, string> => ({ fieldManager, fieldValidation: 'Strict', ...(dryRun ? { dryRun: 'All' } : {}) });

/** A client for one user. */
export function createClient(user: string, sender: Sender): KubeClient {
  const resources = createResources(sender);

  function written(object: KubeObject, { status, body, warnings }: KubeResponse): Written {
    if (status >= 300) throw refusal(titleOf(object), { status, body });
    if (!isKubeObject(body)) throw new PodscopeError('KUBE_REFUSED', `The API server answered ${status} for ${titleOf(object)}, with something that is no object.`);
    return { object: body, warnings };
  }

  async function pathOf(object: KubeObject): Promise<string> {
    const { name } = object.metadata;
    if (name === undefined || name === '') throw new PodscopeError('KUBE_REFUSED', `A ${object.kind} has no name.`, { hint: 'Set metadata.name.' });
    return `${await resources.collection(object)}/${encodeURIComponent(name)}`;
  }

  /**
   * An apply stops at one or another of the fields that the server does not know, by chance. Whoever creates is told all of them,
   * before anything else is looked at, so it is asked that way once more.
   */
  async function withEveryField(object: KubeObject, { status, body }: KubeResponse): Promise<PodscopeError> {
    const error = refusal(titleOf(object), { status, body });
    if (error.code !== 'KUBE_UNKNOWN_FIELD') return error;
    const all = await sender.send({ method: 'POST', path: await resources.collection(object), query: query({ dryRun: true }), body: object });
    const complete = refusal(titleOf(object), all);
    return complete.code === error.code ? complete : error;
  }

  return {
    user,
    request: (request) => sender.send(request),
    async apply(object, options = {}) {
      const path = await pathOf(object);
      const force = options.force === true ? { force: 'true' } : {};
      const answer = await sender.send({ method: 'PATCH', path, query: { ...query(options), ...force }, body: object, contentType: 'application/apply-patch+yaml' });
      if (answer.status >= 300) throw await withEveryField(object, answer);
      return written(object, answer);
    },
    async create(object, options = {}) {
      return written(object, await sender.send({ method: 'POST', path: await resources.collection(object), query: query(options), body: object }));
    },
    async read(object) {
      const { status, body } = await sender.send({ path: await pathOf(object) });
      if (status === 404) return undefined;
      return written(object, { status, body, warnings: [], headers: {} }).object;
    },
    async remove(object) {
      const { status, body } = await sender.send({ method: 'DELETE', path: await pathOf(object), query: { gracePeriodSeconds: '0', propagationPolicy: 'Background' } });
      if (status >= 300 && status !== 404) throw refusal(titleOf(object), { status, body });
    },
    async established(definition) {
      const path = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${encodeURIComponent(definition)}`;
      const deadline = performance.now() + ESTABLISHED_MS;
      for (;;) {
        const { status, body } = await sender.send({ path });
        if (status >= 300) throw refusal(`CustomResourceDefinition ${definition}`, { status, body });
        const { spec, status: state } = body as Definition;
        const served = spec.versions.find((version) => version.served)?.name ?? '';
        // It is established a moment before its path answers.
        if (state?.conditions?.some(({ type, status: holds }) => type === 'Established' && holds === 'True') && (await sender.send({ path: `/apis/${spec.group}/${served}/${spec.names.plural}`, query: { limit: '1' } })).status === 200) return;
        if (performance.now() > deadline) throw new PodscopeError('KUBE_REFUSED', `CustomResourceDefinition ${definition} was not established within ${ESTABLISHED_MS / 1000} s.`, { details: (state?.conditions ?? []).map(({ type, status: holds, message = '' }) => `${type} is ${holds}: ${message}`) });
        await sleep(50);
      }
    },
    async allows(subject, { verb, resource, group = '', subresource, namespace, name }, groups = groupsOf(subject)) {
      const spec = { user: subject, groups, resourceAttributes: { verb, resource, group, subresource, namespace, name } };
      const { status, body } = await sender.send({ method: 'POST', path: '/apis/authorization.k8s.io/v1/subjectaccessreviews', body: { apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview', spec } });
      if (status >= 300) throw refusal(`SubjectAccessReview of ${subject}`, { status, body });
      return (body as { readonly status: { readonly allowed: boolean } }).status.allowed;
    },
    close: () => sender.close(),
  };
}

/** The groups that the server itself gives to a service account, and to everybody. */
function groupsOf(user: string): readonly string[] {
  const [, namespace] = /^system:serviceaccount:([^:]+):/.exec(user) ?? [];
  return ['system:authenticated', ...(namespace === undefined ? [] : ['system:serviceaccounts', `system:serviceaccounts:${namespace}`])];
}
