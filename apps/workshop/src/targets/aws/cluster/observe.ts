import { type Cluster, DescribeClusterCommand, DescribeNodegroupCommand, ListNodegroupsCommand, type Nodegroup } from '@aws-sdk/client-eks';
import type { AwsClients } from '../clients.ts';
import { awsFailure } from '../failure.ts';

/** A cluster of EKS, as it is. */
export interface EksCluster {
  readonly name: string;
  readonly arn: string;
  readonly region: string;
  /** `CREATING`, `ACTIVE`, `DELETING`, `FAILED`, `UPDATING` or `PENDING`. */
  readonly status: string;
  /** Such as `1.35`. */
  readonly version: string;
  /** With https; undefined until it is active. */
  readonly endpoint: string | undefined;
  /** Its authority, PEM in base64. */
  readonly ca: string | undefined;
  readonly vpcId: string | undefined;
  readonly subnetIds: readonly string[];
  /** Of the cluster, which EKS made: nodes and control plane have it. */
  readonly securityGroupId: string | undefined;
  /** With https. */
  readonly oidcIssuer: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  /** Who may open the API from outside of the VPC; empty where nobody may. */
  readonly publicCidrs: readonly string[];
  readonly access: 'API' | 'API_AND_CONFIG_MAP' | 'CONFIG_MAP' | undefined;
  /** What EKS says is wrong, one a line. */
  readonly issues: readonly string[];
}

/** A managed node group, as it is. */
export interface EksNodegroup {
  readonly name: string;
  readonly status: string;
  readonly version: string | undefined;
  readonly desired: number | undefined;
  readonly instanceTypes: readonly string[];
  readonly autoScalingGroups: readonly string[];
  readonly issues: readonly string[];
}

/** One line of what EKS says is wrong. */
function issueLine({ code, message, resourceIds = [] }: { readonly code?: string | undefined; readonly message?: string | undefined; readonly resourceIds?: readonly string[] | undefined }): string {
  return `${code ?? 'unknown'}: ${message ?? ''}${resourceIds.length === 0 ? '' : ` (${resourceIds.join(', ')})`}`;
}

function clusterOf(found: Cluster, name: string, region: string): EksCluster {
  const vpc = found.resourcesVpcConfig;
  return {
    name: found.name ?? name,
    arn: found.arn ?? '',
    region,
    status: found.status ?? 'unknown',
    version: found.version ?? '',
    endpoint: found.endpoint,
    ca: found.certificateAuthority?.data,
    vpcId: vpc?.vpcId,
    subnetIds: vpc?.subnetIds ?? [],
    securityGroupId: vpc?.clusterSecurityGroupId,
    oidcIssuer: found.identity?.oidc?.issuer,
    tags: found.tags ?? {},
    publicCidrs: vpc?.endpointPublicAccess === false ? [] : (vpc?.publicAccessCidrs ?? []),
    access: found.accessConfig?.authenticationMode,
    issues: (found.health?.issues ?? []).map(issueLine),
  };
}

const isAbsent = (error: unknown): boolean => error instanceof Error && error.name === 'ResourceNotFoundException';

/** The cluster of a name; undefined where there is none. @throws PodscopeError AWS_… */
export async function observeEksCluster({ eks, region }: Pick<AwsClients, 'eks' | 'region'>, name: string, signal?: AbortSignal): Promise<EksCluster | undefined> {
  try {
    const { cluster } = await eks.send(new DescribeClusterCommand({ name }), options(signal));
    return cluster === undefined ? undefined : clusterOf(cluster, name, region);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw awsFailure(error, `The EKS cluster ${name} (${region})`);
  }
}

/** A node group; undefined where there is none. @throws PodscopeError AWS_… */
export async function observeNodegroup({ eks, region }: Pick<AwsClients, 'eks' | 'region'>, cluster: string, name: string, signal?: AbortSignal): Promise<EksNodegroup | undefined> {
  try {
    const { nodegroup } = await eks.send(new DescribeNodegroupCommand({ clusterName: cluster, nodegroupName: name }), options(signal));
    return nodegroup === undefined ? undefined : nodegroupOf(nodegroup, name);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw awsFailure(error, `The node group ${name} of the EKS cluster ${cluster} (${region})`);
  }
}

/** All node groups of a cluster. @throws PodscopeError AWS_… */
export async function observeNodegroups(clients: Pick<AwsClients, 'eks' | 'region'>, cluster: string, signal?: AbortSignal): Promise<readonly EksNodegroup[]> {
  const names: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await clients.eks.send(new ListNodegroupsCommand({ clusterName: cluster, ...(nextToken === undefined ? {} : { nextToken }) }), options(signal)).catch((error: unknown) => {
      throw awsFailure(error, `The node groups of the EKS cluster ${cluster} (${clients.region})`);
    });
    names.push(...(page.nodegroups ?? []));
    ({ nextToken } = page);
  } while (nextToken !== undefined);
  const found = await Promise.all(names.map((name) => observeNodegroup(clients, cluster, name, signal)));
  return found.filter((each) => each !== undefined);
}

function nodegroupOf(found: Nodegroup, name: string): EksNodegroup {
  return {
    name: found.nodegroupName ?? name,
    status: found.status ?? 'unknown',
    version: found.version,
    desired: found.scalingConfig?.desiredSize,
    instanceTypes: found.instanceTypes ?? [],
    autoScalingGroups: (found.resources?.autoScalingGroups ?? []).flatMap(({ name: group }) => (group === undefined ? [] : [group])),
    issues: (found.health?.issues ?? []).map(issueLine),
  };
}

const options = (signal: AbortSignal | undefined): { abortSignal?: AbortSignal } => (signal === undefined ? {} : { abortSignal: signal });
