/** Any object of Kubernetes, as far as it is the same for all. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name?: string;
    readonly generateName?: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly resourceVersion?: string;
    readonly uid?: string;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** True for what has a version, a kind and metadata, as everything that can be sent to the API server has. */
export function isKubeObject(value: unknown): value is KubeObject {
  if (typeof value !== 'object' || value === null) return false;
  const { apiVersion, kind, metadata } = value as Partial<KubeObject>;
  return typeof apiVersion === 'string' && typeof kind === 'string' && typeof metadata === 'object' && metadata !== null;
}

/** An object's name for a reader, such as `Deployment guestbook/frontend`. */
export function titleOf({ kind, metadata }: KubeObject): string {
  const name = metadata.name ?? `${metadata.generateName ?? ''}…`;
  return `${kind} ${metadata.namespace === undefined ? name : `${metadata.namespace}/${name}`}`;
}
