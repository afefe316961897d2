import type { EksCluster } from './observe.ts';
import { contextOf, requireReachable } from './connect.ts';

/** What of a kubeconfig is written here. Other keys of the file are carried along. */
export interface KubeconfigDocument {
  readonly apiVersion: 'v1';
  readonly kind: 'Config';
  readonly clusters: readonly NamedEntry<'cluster'>[];
  readonly users: readonly NamedEntry<'user'>[];
  readonly contexts: readonly NamedEntry<'context'>[];
  readonly 'current-context': string;
}

/** An entry of one of the three lists. */
export type NamedEntry<Key extends string> = { readonly name: string } & { readonly [key in Key]: Readonly<Record<string, unknown>> };

/** The program that prints a token, as kubectl starts it. */
export interface TokenCommand {
  readonly command: string;
  /** Before `aws-token` and its flags. */
  readonly args: readonly string[];
  /** Of the shared files of AWS; undefined for what the environment says when kubectl runs. */
  readonly profile?: string | undefined;
}

/** The marks of a user that was written here. */
const VERB = 'aws-token';

/**
 * A kubeconfig for one cluster of EKS: kubectl, and whatever else reads one, asks `podscope aws-token` for a token. It holds no secret.
 *
 * @param context @default the cluster's name with its region
 * @throws PodscopeError AWS_CLUSTER_FAILED for a cluster that has no API server yet
 */
export function eksKubeconfig(cluster: EksCluster, { command, args, profile }: TokenCommand, context = contextOf(cluster)): KubeconfigDocument {
  const { endpoint, ca } = requireReachable(cluster);
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1',
    command,
    args: [...args, VERB, '--cluster', cluster.name, '--region', cluster.region],
    ...(profile === undefined ? {} : { env: [{ name: 'AWS_PROFILE', value: profile }] }),
    interactiveMode: 'Never',
    provideClusterInfo: false,
  };
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: context, cluster: { server: endpoint, 'certificate-authority-data': ca } }],
    users: [{ name: context, user: { exec } }],
    contexts: [{ name: context, context: { cluster: context, user: context } }],
    'current-context': context,
  };
}

/** True for a user of a kubeconfig that {@link eksKubeconfig} has made. */
export function isOurUser(user: unknown): boolean {
  const args = (user as { readonly exec?: { readonly args?: unknown } } | null | undefined)?.exec?.args;
  return Array.isArray(args) && args.includes(VERB);
}
