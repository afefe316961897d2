import type { BuildOptions } from '../go-programs/build.ts';
import type { KubeClient } from './client.ts';
import type { PolicyRule } from './rules.ts';
import { startServers } from './servers.ts';

/** Options of {@link startKubeApiServer}. */
export interface StartOptions extends BuildOptions {
  /** Beside those that are on by default (PodSecurity, ServiceAccount, LimitRanger, ResourceQuota, …). @default NodeRestriction */
  readonly admissionPlugins?: readonly string[] | undefined;
  /** Further flags of kube-apiserver, without dashes. */
  readonly flags?: Readonly<Record<string, string>> | undefined;
  /** How long each of the two servers may take to be ready, in milliseconds. @default 120000 */
  readonly startTimeoutMs?: number | undefined;
}

/** A user of the server. */
export interface KubeUser {
  readonly client: KubeClient;
  /** A kubeconfig with the user's certificate or token, for kubectl and for `@kubernetes/client-node`. */
  readonly kubeconfig: string;
}

/** Who a user is, and what only this user may do. */
export interface UserOptions {
  readonly groups?: readonly string[];
  /** Bound to the user by a role of the same name: in `namespace` where one is given, else everywhere. */
  readonly rules?: readonly PolicyRule[];
  readonly namespace?: string;
}

/** A running API server with an etcd of its own. */
export interface StartedKubeApiServer {
  /** Such as `https://127.0.0.1:6443`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** The server's own version, such as `v1.35.4`. */
  readonly version: string;
  /** The authority that signed the server's certificate, as PEM. */
  readonly ca: string;
  /** What kube-apiserver and etcd print. */
  readonly logFiles: { readonly apiServer: string; readonly etcd: string };
  /** The process ids of kube-apiserver and etcd, as they are now. */
  readonly pids: { readonly apiServer: number; readonly etcd: number };
  /** May do everything (group `system:masters`). */
  readonly admin: KubeUser;
  /** Makes a user with a certificate, who may do what the rules say and nothing else. */
  user(name: string, options?: UserOptions): Promise<KubeUser>;
  /** Ends both servers and removes what they wrote. May be called again. */
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts a real kube-apiserver and its etcd on the loopback address, with certificates made for this start, and waits until
 * `/readyz` says that all is there. Both end with the handle, or with this process, whatever ends that. There is no controller and no
 * scheduler: a Deployment makes no pods, and a namespace gets no service account `default`. `startKubeCluster` has them.
 *
 * @throws PodscopeError `KUBE_START_FAILED` with the last lines of the server that failed, `KUBE_ASSETS_INCOMPLETE`, `GO_MISSING`,
 *   `GO_BUILD_FAILED`; the signal's reason when it is aborted.
 */
export async function startKubeApiServer(options: StartOptions = {}): Promise<StartedKubeApiServer> {
  return (await startServers(options)).server;
}
