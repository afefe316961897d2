import type { AwsNames } from '../names.ts';
import type { AwsSettings } from '../settings.ts';

/** Where the nodes of a domain are. */
export interface DomainPlace {
  /** Private subnets, one of each zone; as many are used as the number of nodes allows. */
  readonly subnetIds: readonly string[];
  /** Lets the cluster's nodes in on port 443, and nobody else. */
  readonly securityGroupIds: readonly string[];
}

/** Who may use a domain, as ARNs of IAM roles and users (not of sessions: see `principalOf`). */
export interface DomainAccess {
  /** May do everything, and gives the others their rights: who makes the domain. */
  readonly master: string;
  /** The role of the shippers' pods. */
  readonly shippers: readonly string[];
  readonly presenters: readonly string[];
}

/** A domain that is to be there. */
export interface DomainWish {
  readonly names: Pick<AwsNames, 'event' | 'domain'>;
  readonly region: string;
  readonly size: AwsSettings['domain'];
  readonly place: DomainPlace;
  readonly access: DomainAccess;
  readonly tags: Readonly<Record<string, string>>;
  /** The ARN of a key of KMS. @default the service's own key of this account, which costs nothing */
  readonly kmsKeyArn?: string;
}

/** What each call of the domain may be given beside what it is about. */
export interface DomainCall {
  readonly signal?: AbortSignal | undefined;
}

/** The options of a request of the SDK that a signal ends. */
export const abortedBy = (signal: AbortSignal | undefined): { abortSignal?: AbortSignal } => (signal === undefined ? {} : { abortSignal: signal });
