import { PodscopeError } from '@podscope/core';

/** What the network stack tells. With an existing cluster, the network is that cluster's. */
export interface NetworkOutputs {
  readonly vpcId: string;
  /** One a zone, in the order of the zones: nodes, endpoints and the domain are in them. */
  readonly privateSubnetIds: readonly string[];
  /** Empty with `egress: 'endpoints'`. */
  readonly publicSubnetIds: readonly string[];
  readonly nodeSecurityGroupId: string;
  /** Lets nodes in on 443, and nobody else. Not there with an existing domain. */
  readonly domainSecurityGroupId?: string;
  readonly shipperRoleArn: string;
  /** What presenters assume to reach the domain: mapped by its security plugin. */
  readonly presenterRoleArn: string;
  /** Not there with an existing cluster. */
  readonly clusterRoleArn?: string;
  readonly nodeRoleArn?: string;
  readonly cniRoleArn?: string;
  readonly ebsCsiRoleArn?: string;
}

/** What the cluster stack tells. */
export interface ClusterOutputs {
  readonly clusterName: string;
  readonly clusterArn: string;
  readonly clusterEndpoint: string;
  /** Base64 of PEM. */
  readonly clusterAuthority: string;
  readonly clusterSecurityGroupId: string;
  readonly oidcIssuer: string;
  readonly nodeGroupName: string;
}

/** What the expiry stack tells. */
export interface ExpiryOutputs {
  readonly stateMachineArn: string;
  readonly scheduleName: string;
  readonly scheduleGroupName: string;
  /** Given to `DeleteStack` by the state machine. Its stack leaves it behind, without any right: see docs/guide/aws-expiry.md. */
  readonly deleteRoleName: string;
}

/** An output as CloudFormation's API tells it. */
export interface StackOutput {
  readonly OutputKey?: string | undefined;
  readonly OutputValue?: string | undefined;
}

/** @throws PodscopeError `AWS_STACK_OUTPUT_MISSING`: the stack was made by another version, or isn't ready. */
export function networkOutputs(stack: string, outputs: readonly StackOutput[]): NetworkOutputs {
  const { needed, list, optional } = reader(stack, outputs);
  return {
    vpcId: needed('VpcId'),
    privateSubnetIds: list('PrivateSubnetIds'),
    publicSubnetIds: list('PublicSubnetIds'),
    nodeSecurityGroupId: needed('NodeSecurityGroupId'),
    shipperRoleArn: needed('ShipperRoleArn'),
    presenterRoleArn: needed('PresenterRoleArn'),
    ...optional('domainSecurityGroupId', 'DomainSecurityGroupId'),
    ...optional('clusterRoleArn', 'ClusterRoleArn'),
    ...optional('nodeRoleArn', 'NodeRoleArn'),
    ...optional('cniRoleArn', 'CniRoleArn'),
    ...optional('ebsCsiRoleArn', 'EbsCsiRoleArn'),
  };
}

/** @throws PodscopeError `AWS_STACK_OUTPUT_MISSING`. */
export function clusterOutputs(stack: string, outputs: readonly StackOutput[]): ClusterOutputs {
  const { needed } = reader(stack, outputs);
  return {
    clusterName: needed('ClusterName'),
    clusterArn: needed('ClusterArn'),
    clusterEndpoint: needed('ClusterEndpoint'),
    clusterAuthority: needed('ClusterAuthority'),
    clusterSecurityGroupId: needed('ClusterSecurityGroupId'),
    oidcIssuer: needed('OidcIssuer'),
    nodeGroupName: needed('NodeGroupName'),
  };
}

/** @throws PodscopeError `AWS_STACK_OUTPUT_MISSING`. */
export function expiryOutputs(stack: string, outputs: readonly StackOutput[]): ExpiryOutputs {
  const { needed } = reader(stack, outputs);
  return { stateMachineArn: needed('StateMachineArn'), scheduleName: needed('ScheduleName'), scheduleGroupName: needed('ScheduleGroupName'), deleteRoleName: needed('DeleteRoleName') };
}

function reader(stack: string, outputs: readonly StackOutput[]) {
  const values = new Map(outputs.flatMap(({ OutputKey, OutputValue }) => (OutputKey === undefined || OutputValue === undefined || OutputValue === '' ? [] : [[OutputKey, OutputValue] as const])));
  return {
    needed(key: string): string {
      const value = values.get(key);
      if (value === undefined) throw new PodscopeError('AWS_STACK_OUTPUT_MISSING', `The stack ${stack} doesn’t tell ${key}.`, { hint: 'It is not complete, or another version of podscope made it: run podscope up --target aws again, which updates it.' });
      return value;
    },
    list: (key: string): readonly string[] => values.get(key)?.split(',') ?? [],
    optional<Name extends string>(name: Name, key: string): { readonly [N in Name]?: string } {
      const value = values.get(key);
      return (value === undefined ? {} : { [name]: value }) as { readonly [N in Name]?: string };
    },
  };
}
