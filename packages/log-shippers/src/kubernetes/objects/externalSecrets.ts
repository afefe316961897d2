import type { SecretReference } from '../../secrets/secretReference.ts';
import type { ExternalSecretsOptions } from '../props/shipperProps.ts';

/** An object of External Secrets (external-secrets.io/v1), as far as this library writes it. */
export interface ExternalSecretProps {
  readonly apiVersion: 'external-secrets.io/v1';
  readonly kind: 'ExternalSecret';
  readonly metadata: { readonly name: string; readonly namespace: string; readonly labels: Readonly<Record<string, string>> };
  readonly spec: {
    readonly refreshInterval: string;
    readonly secretStoreRef: { readonly name: string; readonly kind: 'SecretStore' | 'ClusterSecretStore' };
    readonly target: { readonly name: string; readonly creationPolicy: 'Owner' };
    readonly data: readonly { readonly secretKey: string; readonly remoteRef: { readonly key: string; readonly property: string } }[];
  };
}

/** One ExternalSecret for each Secret that the configuration refers to, with the keys that it needs. */
export function externalSecrets(namespace: string, labels: Readonly<Record<string, string>>, references: readonly SecretReference[], options: ExternalSecretsOptions): ExternalSecretProps[] {
  const keys = new Map<string, Set<string>>();
  for (const { secret, key } of references) keys.set(secret, (keys.get(secret) ?? new Set()).add(key));
  return [...keys].map(([secret, of]) => ({
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name: secret, namespace, labels },
    spec: {
      refreshInterval: options.refreshInterval ?? '1h',
      secretStoreRef: { name: options.store.name, kind: options.store.kind ?? 'SecretStore' },
      target: { name: secret, creationPolicy: 'Owner' },
      data: [...of].map((key) => ({ secretKey: key, remoteRef: { key: options.remoteKeys?.[secret] ?? secret, property: key } })),
    },
  }));
}
