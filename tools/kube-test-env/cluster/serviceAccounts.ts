import { createPrivateKey, sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { refusal } from '../refusal.ts';
import type { StartedServers } from '../servers.ts';
import type { KubeUser } from '../start.ts';

/** Tokens of service accounts. */
export interface ServiceAccounts {
  /**
   * Who a pod of this service account would be: with a token that the server made for it (TokenRequest).
   *
   * @throws PodscopeError `KUBE_REFUSED` when there is no such account.
   */
  serviceAccount(namespace: string, name: string): Promise<KubeUser>;
  /** The same with a token that was valid until an hour ago: signed with the server's own key, because it gives none that short. */
  expiredServiceAccount(namespace: string, name: string): Promise<KubeUser>;
}

const HOUR_S = 3600;
const ISSUER = 'https://kubernetes.default.svc.cluster.local';

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

export function createServiceAccounts({ server, files, userWith }: StartedServers): ServiceAccounts {
  const account = (namespace: string, name: string): string => `system:serviceaccount:${namespace}:${name}`;
  return {
    async serviceAccount(namespace, name) {
      const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/serviceaccounts/${encodeURIComponent(name)}/token`;
      const { status, body } = await server.admin.client.request({ method: 'POST', path, body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: HOUR_S } } });
      if (status >= 300) throw refusal(`The token of ServiceAccount ${namespace}/${name}`, { status, body });
      return userWith(account(namespace, name), { token: (body as { readonly status: { readonly token: string } }).status.token });
    },
    async expiredServiceAccount(namespace, name) {
      const found = await server.admin.client.read({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { namespace, name } });
      const now = Math.floor(Date.now() / 1000);
      const claims = {
        iss: ISSUER,
        aud: [ISSUER],
        sub: account(namespace, name),
        iat: now - 2 * HOUR_S,
        nbf: now - 2 * HOUR_S,
        exp: now - HOUR_S,
        'kubernetes.io': { namespace, serviceaccount: { name, uid: found?.metadata.uid ?? '' } },
      };
      const unsigned = `${encoded({ alg: 'ES256', typ: 'JWT' })}.${encoded(claims)}`;
      const key = createPrivateKey(await readFile(files.serviceAccount.key));
      const signature = sign('sha256', Buffer.from(unsigned), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url');
      return userWith(account(namespace, name), { token: `${unsigned}.${signature}` });
    },
  };
}
