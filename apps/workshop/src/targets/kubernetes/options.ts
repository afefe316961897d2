import type { Engine } from '@podscope/log-shippers';
import type { Pattern } from '@podscope/log-shippers/pipelines';
import type { ManifestOptions } from './manifests.ts';

/** The namespaces of the target. */
export interface TargetNamespaces {
  /** Of aggregators and of what reads the cluster; the ApplySet's book is here, too. */
  readonly logging: string;
  /** Of node agents, which is privileged. */
  readonly agents: string;
  readonly guestbook: string;
  /** Of OpenSearch and OpenSearch Dashboards. */
  readonly opensearch: string;
}

/** A server that is there already. */
export interface GivenOpenSearch {
  readonly how: 'url';
  /** As the pods reach it. */
  readonly url: string;
  /** As this machine reaches it, where that is another address. */
  readonly urlFromHere: string | undefined;
  readonly engine: Engine;
  /** True where it wants a user and a password. */
  readonly secured: boolean;
  /** True where an authority's certificate was given. */
  readonly hasAuthority: boolean;
  /** A domain of Amazon OpenSearch Service in a VPC: asked with signed requests, from here through the cluster. */
  readonly signed?: SignedDomain | undefined;
}

/** Who signs the requests to a domain. */
export interface SignedDomain {
  /** Such as `eu-central-1`. */
  readonly region: string;
  /** The ARN of the role that the shippers' accounts get by IRSA. */
  readonly shipperRole: string;
}

/** A class of encrypted volumes of EBS that the target makes. */
export interface EbsClass {
  readonly name: string;
  /** On each volume, beside those of the driver. */
  readonly tags: Readonly<Record<string, string>>;
}

/** A server that is made in the cluster: by this target's own StatefulSet, or by the OpenSearch operator. */
export interface MadeOpenSearch {
  readonly how: 'built-in' | 'operator';
  readonly nodes: 1 | 3;
  /** Of each node's volume, such as `10Gi`. */
  readonly storage: string;
  /** The major version. */
  readonly major: 2 | 3;
  /** Of the operator's custom resource, `opensearch.org/v1`; undefined where this target makes the StatefulSet. */
  readonly operatorApi?: string | undefined;
}

export type TargetOpenSearch = GivenOpenSearch | MadeOpenSearch;

/** What is to be put on a cluster. */
export interface TargetOptions {
  readonly namespaces: TargetNamespaces;
  readonly pattern: Pattern;
  readonly opensearch: TargetOpenSearch;
  readonly dashboards: boolean;
  readonly guestbook: ManifestOptions['guestbook'];
  readonly guestbookImage: string | undefined;
  readonly imageMirror: string | undefined;
  /** Of every volume. @default the cluster's default class */
  readonly storageClass: string | undefined;
  /** Made with everything else, where the cluster has the driver and no class to count on. */
  readonly ebs?: EbsClass | undefined;
}

/** The Secret with the credentials of shippers, in each namespace that ships: the keys `username` and `password`. */
export const SHIPPER_SECRET = 'podscope-opensearch';
/** The Secret with the authority of the server's certificate, in each namespace that asks it: the key `ca.crt`. */
export const AUTHORITY_SECRET = 'podscope-opensearch-ca';
/** The name of the server's objects and Service, in its namespace. */
export const OPENSEARCH = 'opensearch';
/** The name of the objects of OpenSearch Dashboards, its Service and the Secret with the user of its server. */
export const DASHBOARDS = 'opensearch-dashboards';

/** True for a server that wants credentials. */
export const isSecured = (opensearch: TargetOpenSearch): boolean => opensearch.how !== 'url' || opensearch.secured;
/** True where the server's certificate is signed by an authority that pods don't know. */
export const hasAuthority = (opensearch: TargetOpenSearch): boolean => opensearch.how !== 'url' || opensearch.hasAuthority;

/** What signs requests to the server; undefined where none is signed. */
export const signedBy = (opensearch: TargetOpenSearch): SignedDomain | undefined => (opensearch.how === 'url' ? opensearch.signed : undefined);

/** The address of the server as pods reach it. */
export function endpointOf({ opensearch, namespaces }: Pick<TargetOptions, 'opensearch' | 'namespaces'>): string {
  return opensearch.how === 'url' ? opensearch.url : `https://${OPENSEARCH}.${namespaces.opensearch}.svc:9200`;
}
