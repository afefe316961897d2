import type { KubernetesApi, ObjectToWrite } from '@podscope/fault-injectors/kubernetes';

/** The values of a Secret as texts, by their keys. They are for requests only: nothing prints them. */
export type SecretValues = Readonly<Record<string, string>>;

/** The values of a Secret, or undefined where it isn't there. @throws PodscopeError what the API throws */
export async function readSecret(api: KubernetesApi, namespace: string, name: string): Promise<SecretValues | undefined> {
  const object = await api.read({ apiVersion: 'v1', kind: 'Secret', namespace, name });
  if (object === undefined) return undefined;
  return Object.fromEntries(Object.entries((object['data'] ?? {}) as Readonly<Record<string, string>>).map(([key, value]) => [key, Buffer.from(value, 'base64').toString('utf8')]));
}

/** A Secret as it is applied. Without values it stands for one that is yet to be made. */
export function secretObject(namespace: string, name: string, values: SecretValues | undefined): ObjectToWrite {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace, labels: { 'app.kubernetes.io/part-of': 'podscope' } },
    type: 'Opaque',
    ...(values === undefined ? {} : { data: Object.fromEntries(Object.keys(values).toSorted().map((key) => [key, Buffer.from(values[key] ?? '').toString('base64')])) }),
  };
}
