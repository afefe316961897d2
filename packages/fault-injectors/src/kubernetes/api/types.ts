import type { Duplex } from 'node:stream';

/** Which object is meant. */
export interface ObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  /** Left out for objects of the cluster. */
  readonly namespace?: string | undefined;
  readonly name: string;
}

/** An object as the API server has it: what isn't named here is carried through untouched. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMetadata;
  readonly [key: string]: unknown;
}

/** The part of an object's metadata that is looked at. */
export interface ObjectMetadata {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly finalizers?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly { readonly apiVersion: string; readonly kind: string; readonly name: string; readonly uid: string; readonly controller?: boolean }[];
  readonly managedFields?: readonly unknown[];
}

/** An object to be written. */
export interface ObjectToWrite {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string | undefined; readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

/** Which objects are meant: of one kind, in a namespace or in all of them. */
export interface Selection {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string | undefined;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
}

/** A plain request. */
export interface ApiRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** From the root of the server, such as `/api/v1/namespaces`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>> | undefined;
  /** Sent as JSON; a text is sent as it is. */
  readonly body?: unknown;
  /** @default 'application/json' */
  readonly contentType?: string;
  readonly signal?: AbortSignal | undefined;
}

/** What the API server answered. */
export interface ApiResponse {
  readonly status: number;
  /** JSON, or text where it is none. */
  readonly body: unknown;
  /** The texts of `Warning` headers. */
  readonly warnings: readonly string[];
}

/** How something is written. */
export interface WriteOptions {
  /** Who owns the fields. @default 'podscope' */
  readonly fieldManager?: string;
  /** The server does everything but keep it. @default false */
  readonly dryRun?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** What a write came to. */
export interface Written {
  readonly object: KubernetesObject;
  readonly warnings: readonly string[];
}

/** An action on a resource, as a rule of RBAC names it. */
export interface Access {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string | undefined;
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
}

/** What a watch told of. `initial` comes once, when the list from before is told. */
export type WatchEvent<Item> = { readonly type: 'added' | 'modified' | 'deleted'; readonly object: Item } | { readonly type: 'initial' };

/** Options of a watch. */
export interface WatchOptions<Item> {
  /** Keeps what is needed of each object: a watch over thousands of pods must not hold them whole. @default the whole object */
  readonly project?: (object: KubernetesObject) => Item;
  readonly signal: AbortSignal;
}

/**
 * Speaks to one API server as one user. Bodies go out and come back raw, so that no client drops a field that it does not know.
 *
 * All methods but `request` throw a PodscopeError: `KUBE_UNREACHABLE`, `KUBE_UNAUTHORIZED` (an expired token too), `KUBE_FORBIDDEN` (names
 * verb and resource), `KUBE_KIND_UNKNOWN` (an API version that the cluster lacks), `KUBE_UNKNOWN_FIELD` (with the path), `KUBE_CONFLICT`
 * (409: changed since, exists already, or field managers at odds), `KUBE_NAMESPACE_ENDING`, `KUBE_NOT_FOUND`, `KUBE_REFUSED`.
 * Requests that a restarting server does not answer are repeated for a while where that is safe (reads, and writes that carry a
 * resourceVersion, a uid or are an apply).
 */
export interface KubernetesApi {
  /** The context's name, or `in-cluster`. */
  readonly context: string;
  /** Such as `https://127.0.0.1:6443`. */
  readonly server: string;
  /** A plain request; does not throw for what the server answers. */
  request(request: ApiRequest): Promise<ApiResponse>;
  version(): Promise<{ readonly gitVersion: string; readonly major: number; readonly minor: number }>;
  /** The path of an object, found by discovery: `/apis/apps/v1/namespaces/guestbook/deployments/frontend`. */
  pathOf(ref: ObjectRef): Promise<string>;
  /** The plural name and whether it is of a namespace; undefined where the server has no such kind. */
  resourceOf(kind: { readonly apiVersion: string; readonly kind: string }): Promise<{ readonly group: string; readonly resource: string; readonly namespaced: boolean } | undefined>;
  /** The object as it is now, or undefined. */
  read(ref: ObjectRef): Promise<KubernetesObject | undefined>;
  /** All that match, asked for in pages; `project` keeps what is needed of each. */
  list(selection: Selection): Promise<readonly KubernetesObject[]>;
  list<Item>(selection: Selection, project: (object: KubernetesObject) => Item): Promise<readonly Item[]>;
  /** Lists, then watches: survives closed connections, expired versions (410) and a restarted server without missing a change. Ends with its signal. */
  watch<Item = KubernetesObject>(selection: Selection, options: WatchOptions<Item>): AsyncIterable<WatchEvent<Item>>;
  /** Server-side apply as a raw patch with strict field validation. */
  apply(object: ObjectToWrite, options?: WriteOptions & { readonly force?: boolean }): Promise<Written>;
  create(object: ObjectToWrite, options?: WriteOptions): Promise<Written>;
  /** PUT; `metadata.resourceVersion` guards it. */
  replace(object: ObjectToWrite, options?: WriteOptions): Promise<Written>;
  /** JSON Patch (an array, RFC 6902), or a merge patch (an object). `subresource`: `scale`, `status`, … */
  patch(ref: ObjectRef, patch: readonly object[] | Readonly<Record<string, unknown>>, options?: WriteOptions & { readonly subresource?: string }): Promise<Written>;
  /** False when it wasn't there. `uid` and `resourceVersion` are preconditions. */
  remove(ref: ObjectRef, options?: { readonly uid?: string; readonly resourceVersion?: string; readonly gracePeriodSeconds?: number; readonly propagation?: 'Background' | 'Foreground' | 'Orphan'; readonly dryRun?: boolean }): Promise<boolean>;
  /** Evicts a pod (policy/v1): a PodDisruptionBudget may refuse, which is `KUBE_DISRUPTION_REFUSED`. False when it wasn't there. `uid` is a precondition. */
  evict(pod: { readonly namespace: string; readonly name: string; readonly uid?: string | undefined }): Promise<boolean>;
  /** Which of these this user may not do (SelfSubjectAccessReview, several at once). */
  missing(accesses: readonly Access[]): Promise<readonly Access[]>;
  /** A connection to a port of a pod, through the API server. */
  connect(pod: { readonly namespace: string; readonly name: string }, port: number, options?: { readonly signal?: AbortSignal }): Promise<Duplex>;
  /** The last lines of a container's log. */
  logs(pod: { readonly namespace: string; readonly name: string; readonly container?: string }, options?: { readonly tailLines?: number; readonly previous?: boolean }): Promise<string>;
  /** Ends connections and forwards. */
  close(): void;
}

/** Where a connection comes from. */
export interface ConnectOptions {
  /** Path of a kubeconfig, or several as in $KUBECONFIG. @default the environment's KUBECONFIG or ~/.kube/config; the service account's in a cluster */
  readonly kubeconfig?: string | undefined;
  /** A context of the kubeconfig. @default its current context */
  readonly context?: string | undefined;
  /**
   * `KUBECONFIG`, `HTTPS_PROXY`, `NO_PROXY` and `KUBERNETES_SERVICE_HOST` with `_PORT` are taken from here, because a library reads no
   * environment. Where neither this nor `kubeconfig` is given, the official client looks for a kubeconfig by itself, which loads all of it (400 ms).
   */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
}
