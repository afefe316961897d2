import type { AwsClients } from './clients.ts';
import type { EksCluster } from './cluster/observe.ts';
import type { DomainState } from './domain/observe.ts';
import type { DomainAccess } from './domain/wish.ts';
import type { AwsNames } from './names.ts';
import type { AwsSettings } from './settings.ts';

/** What one thing costs, in US dollars. */
export interface CostLine {
  /** Such as `NAT gateway`. */
  readonly resource: string;
  /** Such as `2 x 24 h`. */
  readonly quantity: string;
  readonly hour: number;
  readonly day: number;
  readonly event: number;
}

/** What an event costs, before it is made. */
export interface Costs {
  readonly lines: readonly CostLine[];
  readonly hour: number;
  readonly day: number;
  readonly event: number;
  /** What is not in it, and of when its prices are. */
  readonly notes: readonly string[];
}

/** Something that was looked at before anything is made; as the checks of the Kubernetes target. */
export interface AwsCheck {
  readonly id: string;
  readonly title: string;
  readonly verdict: 'ok' | 'warning' | 'failed';
  readonly found: string;
  readonly todo?: string;
  readonly details?: readonly string[];
}

/** What the half in the cluster is told. */
export interface ClusterPlace {
  readonly clients: AwsClients;
  readonly settings: AwsSettings;
  readonly names: AwsNames;
  readonly runDir: string;
  readonly cluster: EksCluster;
  readonly domain: DomainState;
  readonly access: DomainAccess;
  readonly signal: AbortSignal;
}

/** What runs in the cluster after an `up`. */
export interface InClusterResult {
  readonly workloads: number;
  readonly indices: number;
  readonly dashboards: number;
}

/** The half of the target that is in the cluster: the way to the domain, and what the Kubernetes target puts there. */
export interface InCluster {
  /** Service accounts that get the shippers' role by EKS Pod Identity; those that take it on by IRSA are not among them. */
  readonly shipperAccounts: readonly { readonly namespace: string; readonly name: string }[];
  /** Looks at a cluster that is there before anything is made: whether its API answers who runs this, and takes what is to be put on it. */
  lookAhead(place: Pick<ClusterPlace, 'clients' | 'settings' | 'cluster'>): Promise<readonly AwsCheck[]>;
  /** Lets the shippers' accounts take on their role, opens the way to the domain, and gives roles their rights in it. */
  grant(place: ClusterPlace, tell: (message: string) => void): Promise<void>;
  deploy(place: ClusterPlace, tell: (message: string) => void): Promise<InClusterResult>;
  /** Forgets on this machine what was on a cluster that is gone. */
  forget(place: { readonly runDir: string; readonly cluster: string; readonly region: string }): void;
  /**
   * Takes back what was put on a cluster and a domain that stay.
   *
   * @returns what is left
   */
  remove(place: Omit<ClusterPlace, 'domain' | 'access'> & { readonly domain: DomainState | undefined }, tell: (message: string) => void): Promise<readonly string[]>;
}

/** The rooms that `up`, `down` and `status` are made of; tests give others where nothing real can be had. */
export interface AwsParts {
  /** Without credentials or network; undefined where no price is known. @throws PodscopeError AWS_… for a region or a type that has no price */
  readonly estimate: (settings: AwsSettings) => Costs | undefined;
  readonly preflight: (clients: AwsClients, settings: AwsSettings, signal: AbortSignal) => Promise<readonly AwsCheck[]>;
  readonly inCluster: InCluster;
  /** The address of this machine in the internet, as a range: who may open the cluster's API. */
  readonly ownCidr: (signal: AbortSignal) => Promise<string>;
}

/** How long is waited, in milliseconds; tests wait less. */
export interface Pauses {
  /** Between two questions about a stack. */
  readonly stackMs: number;
  /** Between two questions about a cluster, a domain, or what is left. */
  readonly lookMs: number;
  /** How long one thing may take. */
  readonly timeoutMs: number;
}
export const PAUSES: Pauses = { stackMs: 5_000, lookMs: 15_000, timeoutMs: 90 * 60_000 };
