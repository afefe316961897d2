/** What a network stack is made for, beside the settings. */
export interface NetworkFacts {
  /** Names of the zones, as many as the settings say. @default the first of the region */
  readonly zones?: readonly string[];
  /** The ARN of the role or user who makes the event: may use cluster and domain. */
  readonly creator: string;
  /** The network of an existing cluster: then only roles and the domain's security group are made. */
  readonly existing?: {
    readonly vpcId: string;
    readonly privateSubnetIds: readonly string[];
    /** By which each node is let into the domain: EKS's own cluster security group, and what nodes have that don't have that one. */
    readonly nodeSecurityGroupIds: readonly [string, ...string[]];
  };
}
