import { createPrivateKey, sign } from 'node:crypto';

/** Which service account a token is for. */
export interface TokenOf {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  /** Seconds since 1970. */
  readonly expires: number;
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A service account's token as kube-apiserver makes it, signed with its key: the server itself gives none that has expired already. */
export function accountToken(key: string, { namespace, name, uid, expires }: TokenOf): string {
  const issuer = 'https://kubernetes.default.svc.cluster.local';
  const claims = {
    iss: issuer,
    aud: [issuer],
    sub: `system:serviceaccount:${namespace}:${name}`,
    iat: expires - 3600,
    nbf: expires - 3600,
    exp: expires,
    'kubernetes.io': { namespace, serviceaccount: { name, uid } },
  };
  const text = `${part({ alg: 'ES256' })}.${part(claims)}`;
  return `${text}.${sign('sha256', Buffer.from(text), { key: createPrivateKey(key), dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}
