/** Add-ons of a cluster, in the order in which they are made; the first three before the nodes. */
export const ADDONS = ['eks-pod-identity-agent', 'vpc-cni', 'kube-proxy', 'coredns', 'aws-ebs-csi-driver'] as const;
export type AddonName = (typeof ADDONS)[number];

/** What a cluster stack is made for, beside the settings and the network. */
export interface ClusterFacts {
  /** The ARN of the role or user who makes the event. */
  readonly creator: string;
  /** Who reaches the cluster's API from outside of its network, such as `203.0.113.7/32`. Empty: nobody. */
  readonly apiCidrs: readonly string[];
  /** Versions of add-ons, such as `v1.12.0-eksbuild.1`. @default the default version of EKS for the cluster's version */
  readonly addonVersions?: Partial<Readonly<Record<AddonName, string>>>;
  /** The issuer of an existing cluster, with https, where the account's IAM does not know it as an OIDC provider yet. */
  readonly unknownIssuer?: string;
  /**
   * Service accounts that get the role of the shippers by EKS Pod Identity. Pods that have it are given nothing by IRSA, so those whose
   * programs only know IRSA must not be among them.
   */
  readonly shipperAccounts: readonly { readonly namespace: string; readonly name: string }[];
}
