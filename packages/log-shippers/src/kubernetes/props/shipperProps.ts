import type { k8s } from 'cdk8s-plus-33';
import type { DestinationFor, Shipper, SourceFor, VersionOf } from '../../compatibility/compatibility.ts';
import type { ConfigFiles, ShipperOptions } from '../../config/shipperOptions.ts';
import type { ImageOverride } from '../../images/imageReference.ts';
import type { KubernetesVersion } from './kubernetesVersion.ts';
import type { Resources } from './resources.ts';

/** What every workload of this library can be given. */
export interface WorkloadProps {
  /** Name of the objects. @default the program's name */
  readonly name?: string;
  /** A pull secret, a mirror, another tag or a digest in place of the image that this library names. @default the image of the version */
  readonly image?: ImageOverride;
  /** Names of Secrets with credentials of the image's registry. @default none */
  readonly imagePullSecrets?: readonly string[];
  /** The server's version. @default '1.33' */
  readonly kubernetesVersion?: KubernetesVersion;
  /** Over the defaults of the program. */
  readonly resources?: Resources;
  /** @default none, but node agents tolerate every taint, so that each node's logs are read */
  readonly tolerations?: readonly k8s.Toleration[];
  /** @default 'system-node-critical' for node agents, so that a full node doesn't lose its own; none else */
  readonly priorityClassName?: string;
  /** @default Linux nodes */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /** @default none, but replicas prefer different nodes */
  readonly affinity?: k8s.Affinity;
  /** On every object and on the pods. */
  readonly labels?: Readonly<Record<string, string>>;
  /** On the pods. */
  readonly podAnnotations?: Readonly<Record<string, string>>;
  /** Seconds from the order to end until the kill. @default what the program needs to write down its buffers */
  readonly terminationGracePeriodSeconds?: number;
  /** What may reach the pods, and what they may reach; `false` makes no policy. @default what the configuration needs */
  readonly networkPolicy?: NetworkPolicyOptions | false;
  /** Annotations of the ServiceAccount, and the role in AWS. */
  readonly serviceAccount?: ServiceAccountOptions;
}

/** Exceptions to what a workload's NetworkPolicy is derived from. */
export interface NetworkPolicyOptions {
  /** Who may read health and metrics; kubelet's probes come through in any case. @default the namespace `monitoring` */
  readonly monitoring?: readonly k8s.NetworkPolicyPeer[];
  /** Who may send records here, for what listens. @default pods anywhere with the label `podscope.dev/ships-to` and the protocol's name */
  readonly agents?: readonly k8s.NetworkPolicyPeer[];
  /** Address ranges of nodes from which agents in the host's network send: no label of theirs counts. @default none */
  readonly nodeCidrs?: readonly string[];
  /** Where the records go. @default read off the destination: a Service's namespace, an address, or any address on its port */
  readonly destination?: readonly k8s.NetworkPolicyPeer[];
  /** The port of the destination's pods, where a Service has another: policies see the pods' port. @default the destination's port */
  readonly destinationPort?: number;
  /** The API server. @default any address on 443, 6443, 8443 (minikube) and 16443 (MicroK8s), since it has no pods to select */
  readonly apiServer?: readonly k8s.NetworkPolicyPeer[];
  /** Appended as they are. */
  readonly extraEgress?: readonly k8s.NetworkPolicyEgressRule[];
  /** Appended as they are. */
  readonly extraIngress?: readonly k8s.NetworkPolicyIngressRule[];
}

/** The identity of the pods. */
export interface ServiceAccountOptions {
  /**
   * A role in AWS by IRSA: the annotation `eks.amazonaws.com/role-arn`. With EKS Pod Identity nothing stands in the cluster: the
   * association names this account's namespace and name.
   */
  readonly roleArn?: string;
  /** @default none */
  readonly annotations?: Readonly<Record<string, string>>;
}

/**
 * Where Secrets come from that configurations refer to: one ExternalSecret for each. Of several shippers in one namespace that refer to
 * the same Secret, give it to one: a Secret has one owner.
 */
export interface ExternalSecretsOptions {
  /** The SecretStore or ClusterSecretStore. */
  readonly store: { readonly name: string; readonly kind?: 'SecretStore' | 'ClusterSecretStore' };
  /** The entry in the store for a Secret's name. @default the Secret's name */
  readonly remoteKeys?: Readonly<Record<string, string>>;
  /** How often it is read anew. @default '1h' */
  readonly refreshInterval?: string;
}

/** A certificate authority for `tls.caFile` of the destination: mounted where that file is. */
export type Trust = { readonly configMap: string; readonly secret?: never } | { readonly secret: string; readonly configMap?: never };

/** What a shipper is given: what it reads and where it sends, and, in place of the configuration made from these, another one. */
export interface ShipperProps<S extends Shipper, V extends VersionOf<S>, Config> extends WorkloadProps {
  /** @default the newest */
  readonly version?: V;
  /** Rights, host folders, ports and network follow from these, also where `config` is given. */
  readonly sources: readonly SourceFor<S, V>[];
  readonly destination: DestinationFor<S, V>;
  /** A configuration of your own, typed or as files. @default made from sources and destination */
  readonly config?: Config | ConfigFiles;
  /** Folder of positions and buffers in the container. @default '/var/lib/podscope' */
  readonly stateDirectory?: string;
  /** @default the program's own port */
  readonly monitoring?: NonNullable<ShipperOptions<S, V>['monitoring']>;
  /** @default none: the Secrets are there already */
  readonly externalSecrets?: ExternalSecretsOptions;
  /** @default the system's authorities */
  readonly trust?: Trust;
  /** What the program asks the API server for, where a configuration of your own asks for more or less. @default what the sources need */
  readonly rights?: readonly k8s.PolicyRule[];
  /** Further environment variables. @default none */
  readonly env?: readonly k8s.EnvVar[];
}
