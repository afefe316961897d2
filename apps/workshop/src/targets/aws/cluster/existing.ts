import { ListOpenIDConnectProvidersCommand } from '@aws-sdk/client-iam';
import type { AwsClients } from '../clients.ts';
import { awsFailure } from '../failure.ts';
import type { Check } from '../../kubernetes/preflight/checks.ts';
import { OLDEST_MINOR } from '../../kubernetes/preflight/preflight.ts';
import { type EksCluster, observeEksCluster } from './observe.ts';

/** A check of a cluster that is there; as those of the Kubernetes target, which are made of it afterwards, too. */
export type ClusterCheck = Omit<Check, 'id'> & { readonly id: 'existing-cluster' | 'cluster-api' | 'cluster-identity' };

/** What a cluster of EKS is asked for before it is used. */
export interface ExistingCluster {
  readonly cluster: EksCluster | undefined;
  /** Issuers, without https, of which the account's IAM takes tokens. */
  readonly issuers: readonly string[];
}

/** @throws PodscopeError AWS_… */
export async function observeExistingCluster(clients: Pick<AwsClients, 'eks' | 'iam' | 'region'>, name: string, signal?: AbortSignal): Promise<ExistingCluster> {
  const cluster = await observeEksCluster(clients, name, signal);
  if (cluster === undefined) return { cluster, issuers: [] };
  const { OpenIDConnectProviderList: providers = [] } = await clients.iam.send(new ListOpenIDConnectProvidersCommand({}), signal === undefined ? {} : { abortSignal: signal }).catch((error: unknown) => {
    throw awsFailure(error, `The OIDC providers of this account, for the EKS cluster ${name} (${clients.region})`);
  });
  return { cluster, issuers: providers.flatMap(({ Arn: arn }) => (arn === undefined ? [] : [arn.replace(/^[^/]*\//u, '')])) };
}

/** What `--existing-cluster` has to be for an event to run on it. Pure. @param vpcId Of the domain, where it is known. */
export function existingClusterChecks(name: string, region: string, { cluster, issuers }: ExistingCluster, vpcId?: string): readonly ClusterCheck[] {
  const is = { id: 'existing-cluster', title: `The EKS cluster ${name}` } as const;
  if (cluster === undefined) return [{ ...is, verdict: 'failed', found: `there is none in ${region}`, todo: 'Check the name after --existing-cluster, --region, and whose account the credentials are of.' }];
  const minor = Number(/^1\.(\d+)$/u.exec(cluster.version)?.[1]);
  const state: ClusterCheck =
    cluster.status !== 'ACTIVE'
      ? { ...is, verdict: cluster.status === 'UPDATING' ? 'warning' : 'failed', found: `it is ${cluster.status}`, todo: 'Wait until it is ACTIVE.', details: cluster.issues }
      : !(minor >= OLDEST_MINOR)
        ? { ...is, verdict: 'failed', found: `it is Kubernetes ${cluster.version}; the manifests are for 1.${OLDEST_MINOR} and later`, todo: 'Upgrade it, or name another one.' }
        : vpcId !== undefined && cluster.vpcId !== vpcId
          ? { ...is, verdict: 'failed', found: `it is in ${cluster.vpcId ?? 'no VPC'}, and the domain in ${vpcId}`, todo: 'Name a cluster and a domain of one VPC: pods reach no domain of another.' }
          : { ...is, verdict: cluster.issues.length > 0 ? 'warning' : 'ok', found: `Kubernetes ${cluster.version}, active, in ${cluster.vpcId ?? 'no VPC'}`, details: cluster.issues };
  return [state, apiCheck(cluster), identityCheck(cluster, issuers)];
}

function apiCheck({ publicCidrs, access }: EksCluster): ClusterCheck {
  const base = { id: 'cluster-api', title: 'The API of the cluster' } as const;
  const map = access === 'CONFIG_MAP' ? '; its users are in the ConfigMap aws-auth only' : '';
  if (publicCidrs.length === 0) return { ...base, verdict: 'warning', found: `it is open from inside of its VPC only${map}`, todo: 'Run this from a machine that reaches that VPC (a VPN, or one in it).' };
  return { ...base, verdict: 'ok', found: `it is open from ${publicCidrs.join(', ')}${map}` };
}

function identityCheck({ oidcIssuer, name }: EksCluster, issuers: readonly string[]): ClusterCheck {
  const base = { id: 'cluster-identity', title: 'Roles of its pods' } as const;
  if (oidcIssuer === undefined) return { ...base, verdict: 'failed', found: 'it has no OIDC issuer, so no shipper gets a role', todo: `See "aws eks describe-cluster --name ${name}": every cluster of EKS has had one since 2019.` };
  return { ...base, verdict: 'ok', found: issuers.includes(bare(oidcIssuer)) ? 'IAM knows its OIDC provider' : 'IAM does not know its OIDC provider yet: one is made, and goes with the event' };
}

const bare = (issuer: string): string => issuer.replace(/^https:\/\//u, '');

/** The issuer of a cluster, with https, where IAM does not know it as an OIDC provider yet. */
export function unknownIssuer({ cluster, issuers }: ExistingCluster): string | undefined {
  const issuer = cluster?.oidcIssuer;
  return issuer === undefined || issuers.includes(bare(issuer)) ? undefined : issuer;
}
