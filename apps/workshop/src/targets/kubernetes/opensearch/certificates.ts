import { generate, type SelfsignedOptions } from 'selfsigned';

/** A private key and its certificate, as PEM. */
export interface KeyPair {
  readonly key: string;
  readonly cert: string;
}

/** What the nodes of one OpenSearch have. */
export interface Certificates {
  /** The authority's own certificate. Its key is thrown away: nothing else is ever signed with it. */
  readonly ca: string;
  /** Of every node, for both layers. */
  readonly node: KeyPair;
  /** Of who may do everything without a password, for `securityadmin.sh`. */
  readonly admin: KeyPair;
}

const ORGANISATION = 'podscope';
/** The names in the certificates, as the settings of the security plugin spell them. */
export const distinguishedNames = { node: `CN=opensearch-node,O=${ORGANISATION}`, admin: `CN=opensearch-admin,O=${ORGANISATION}` } as const;

/** Three years: nothing renews them by itself, see docs/guide/kubernetes-target.md. */
const VALID_MS = 3 * 365 * 24 * 60 * 60_000;
/** Clocks of nodes differ a little. */
const CLOCK_MS = 60 * 60_000;

type Extensions = NonNullable<SelfsignedOptions['extensions']>;

async function certificate(commonName: string, extensions: Extensions, ca?: KeyPair): Promise<KeyPair> {
  const now = Date.now();
  const made = await generate(
    // The order in which the name is printed is the reverse of this one.
    [{ name: 'organizationName', value: ORGANISATION }, { name: 'commonName', value: commonName }],
    { keyType: 'ec', curve: 'P-256', algorithm: 'sha256', notBeforeDate: new Date(now - CLOCK_MS), notAfterDate: new Date(now + VALID_MS), extensions, ...(ca === undefined ? {} : { ca }) },
  );
  return { key: made.private, cert: made.cert };
}

/**
 * The names by which a server is asked: its Service, its pods among themselves, and 127.0.0.1, where a forwarded port is.
 *
 * @param service Name of the Service.
 */
export function namesOf(service: string, namespace: string): readonly string[] {
  const inCluster = (name: string): readonly string[] => [name, `${name}.${namespace}`, `${name}.${namespace}.svc`, `${name}.${namespace}.svc.cluster.local`];
  return [...inCluster(service), `*.${service}-headless`, `*.${service}-headless.${namespace}.svc.cluster.local`, 'localhost'];
}

/** Makes an authority, and what it signs. */
export async function makeCertificates(service: string, namespace: string): Promise<Certificates> {
  const ca = await certificate('podscope-ca', [
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
  ]);
  const usage: Extensions = [
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, critical: true },
  ];
  const node = await certificate('opensearch-node', [
    ...usage,
    { name: 'extKeyUsage', serverAuth: true, clientAuth: true },
    { name: 'subjectAltName', altNames: [...namesOf(service, namespace).map((value) => ({ type: 2 as const, value })), { type: 7 as const, ip: '127.0.0.1' }] },
  ], ca);
  const admin = await certificate('opensearch-admin', [...usage, { name: 'extKeyUsage', clientAuth: true }], ca);
  return { ca: ca.cert, node, admin };
}
