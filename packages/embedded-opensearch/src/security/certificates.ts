import { generate, type SelfsignedOptions } from 'selfsigned';

/** A private key and its certificate, as PEM. */
export interface KeyPair {
  readonly key: string;
  readonly cert: string;
}

/** What one start of a server has: nobody else's certificates are trusted, and nothing outlives the server. */
export interface Certificates {
  /** The authority's own certificate; its key is thrown away. */
  readonly ca: string;
  readonly node: KeyPair;
  /** With it the package speaks to the security plugin before there are any users. */
  readonly admin: KeyPair;
}

const ORGANISATION = 'podscope';
const NODE = 'podscope-node';
const ADMIN = 'podscope-admin';

/** The names in the certificates, as the settings of the security plugin spell them. */
export const distinguishedNames = { node: `CN=${NODE},O=${ORGANISATION}`, admin: `CN=${ADMIN},O=${ORGANISATION}` } as const;

const VALID_MS = 365 * 24 * 60 * 60_000;
/** Clocks of containers and hosts differ a little. */
const CLOCK_MS = 60 * 60_000;

type Extensions = NonNullable<SelfsignedOptions['extensions']>;

async function certificate(commonName: string, extensions: Extensions, ca?: KeyPair): Promise<KeyPair> {
  const now = Date.now();
  const made = await generate(
    // The order in which the name is printed is the reverse of this one.
    [{ name: 'organizationName', value: ORGANISATION }, { name: 'commonName', value: commonName }],
    {
      keyType: 'ec',
      curve: 'P-256',
      algorithm: 'sha256',
      notBeforeDate: new Date(now - CLOCK_MS),
      notAfterDate: new Date(now + VALID_MS),
      extensions,
      ...(ca === undefined ? {} : { ca }),
    },
  );
  return { key: made.private, cert: made.cert };
}

/** Makes an authority, the server's certificate for 127.0.0.1 and localhost, and the package's own. */
export async function makeCertificates(): Promise<Certificates> {
  const ca = await certificate('podscope-ca', [
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
  ]);
  const usage: Extensions = [
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, critical: true },
  ];
  const node = await certificate(NODE, [
    ...usage,
    { name: 'extKeyUsage', serverAuth: true, clientAuth: true },
    { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }, { type: 2, value: 'localhost' }] },
  ], ca);
  const admin = await certificate(ADMIN, [...usage, { name: 'extKeyUsage', clientAuth: true }], ca);
  return { ca: ca.cert, node, admin };
}
