import { generate, type SelfsignedOptions } from 'selfsigned';

/** A private key and its certificate, as PEM. */
export interface KeyPair {
  readonly key: string;
  readonly cert: string;
}

/** Signs certificates; its key lives only in this process, and with it all that it signed is worth nothing. */
export interface Authority {
  /** Its own certificate, as PEM. */
  readonly ca: string;
  /** A server's certificate for the loopback address, which it may also show as a client. */
  server(commonName: string): Promise<KeyPair>;
  /** A client's certificate. Kubernetes reads the common name as the user's name and the organisations as its groups. */
  client(user: string, groups?: readonly string[]): Promise<KeyPair>;
}

const VALID_MS = 7 * 24 * 60 * 60_000;
/** Clocks of containers and hosts differ a little. */
const CLOCK_MS = 60 * 60_000;

type Extensions = NonNullable<SelfsignedOptions['extensions']>;

async function certificate(commonName: string, organisations: readonly string[], extensions: Extensions, ca?: KeyPair): Promise<KeyPair> {
  const now = Date.now();
  const made = await generate([...organisations.map((value) => ({ name: 'organizationName', value })), { name: 'commonName', value: commonName }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(now - CLOCK_MS),
    notAfterDate: new Date(now + VALID_MS),
    extensions,
    ...(ca === undefined ? {} : { ca }),
  });
  return { key: made.private, cert: made.cert };
}

/** Makes an authority that nobody has trusted before. */
export async function makeAuthority(name: string): Promise<Authority> {
  const ca = await certificate(name, [], [
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
  ]);
  const usage: Extensions = [
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, critical: true },
  ];
  return {
    ca: ca.cert,
    server: (commonName) =>
      certificate(commonName, [], [
        ...usage,
        { name: 'extKeyUsage', serverAuth: true, clientAuth: true },
        { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }, { type: 2, value: 'localhost' }] },
      ], ca),
    client: (user, groups = []) => certificate(user, groups, [...usage, { name: 'extKeyUsage', clientAuth: true }], ca),
  };
}
