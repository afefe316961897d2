import { PodscopeError } from '@podscope/core';
import { type KubernetesApi, kubernetesApiWithTokens } from '@podscope/fault-injectors/kubernetes';
import type { EksCluster } from './observe.ts';
import { tokenSource, type TokenSigner } from './token.ts';

/** The name of a cluster in a kubeconfig and in errors: names of clusters are unique in a region of an account only. */
export function contextOf({ name, region }: Pick<EksCluster, 'name' | 'region'>): string {
  return `${name}.${region}`;
}

/** What a connection needs of a cluster. */
export interface ReachableCluster {
  readonly endpoint: string;
  /** PEM in base64. */
  readonly ca: string;
}

/** @throws PodscopeError AWS_CLUSTER_FAILED for a cluster that has no API server yet */
export function requireReachable({ name, region, status, endpoint, ca }: EksCluster): ReachableCluster {
  if (endpoint !== undefined && ca !== undefined) return { endpoint, ca };
  throw new PodscopeError('AWS_CLUSTER_FAILED', `The EKS cluster ${name} (${region}) has no API server yet; it is ${status}.`, { hint: 'Wait until it is ACTIVE: "podscope status --target aws" says so.' });
}

/**
 * The API server of a cluster of EKS as the caller of AWS, without the AWS CLI. Tokens are signed here, and renewed before they end.
 *
 * @param environment Says which proxy is used.
 * @throws PodscopeError AWS_CLUSTER_FAILED
 */
export function connectEks(signer: TokenSigner, cluster: EksCluster, environment?: Readonly<Record<string, string | undefined>>): KubernetesApi {
  const { endpoint, ca } = requireReachable(cluster);
  return kubernetesApiWithTokens({ context: contextOf(cluster), server: endpoint, certificateAuthorityData: ca, user: `AWS credentials (${cluster.region})`, tokens: tokenSource(signer, cluster.name), environment });
}
