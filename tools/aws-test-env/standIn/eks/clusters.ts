import { CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateClusterCommand, CreateNodegroupCommand, DeleteClusterCommand, DeleteNodegroupCommand, DescribeClusterCommand, DescribeNodegroupCommand, ListNodegroupsCommand, type CreateClusterRequest, type CreateNodegroupRequest } from '@aws-sdk/client-eks';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { AwsRefusal } from '../../front/answer.ts';
import type { Handler } from '../../front/server.ts';
import type { Fields, Value } from '../../models/schema.ts';
import type { StandInContext } from '../context.ts';
import { createCountdown } from '../countdown.ts';
import { clusterSecurityGroup, makeInterfaces, removeClusterSecurityGroup, removeInterfaces, vpcOf } from '../network.ts';
import type { EksAccess } from './access.ts';

/** Clusters and node groups: moto makes them; this gives them time, a security group, network interfaces and a log group. */
export interface Clusters {
  readonly handlers: Readonly<Record<string, Handler>>;
  /** `ready` makes it active at once: a stack has waited for it when it goes on. */
  create(region: string, input: CreateClusterRequest, ready?: boolean): Promise<void>;
  createNodegroup(region: string, input: CreateNodegroupRequest, ready?: boolean): Promise<void>;
  /** At once, whatever is in it: a stack deletes in its own order. */
  remove(region: string, name: string): Promise<void>;
  removeNodegroup(region: string, cluster: string, name: string): Promise<void>;
  describe(region: string, name: string): Promise<Fields>;
  /** What `DescribeCluster` names as the API server of every cluster from now on, in place of moto's. */
  setEndpoint(endpoint: ClusterEndpoint): void;
  clear(): void;
}

/** A real API server that stands behind a cluster. */
export interface ClusterEndpoint {
  /** With https. */
  readonly url: string;
  /** What signs its certificate, as PEM. */
  readonly ca: string;
}

/** Versions that the service offers; see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html. */
export const KUBERNETES_VERSIONS = ['1.35', '1.34', '1.33', '1.32'] as const;

const interfaceText = (cluster: string): string => `Amazon EKS ${cluster}`;

export function createClusters(context: StandInContext, access: EksAccess): Clusters {
  const { moto, polls, faults } = context;
  const making = createCountdown((key) => faults.isStuck('cluster', nameOf(key)));
  const deleting = createCountdown((key) => faults.isStuck('cluster', nameOf(key)));
  const clusterKey = (region: string, name: string): string => `${region}/${name}`;
  const groupKey = (region: string, cluster: string, name: string): string => `${region}/${cluster}/${name}`;
  const isDeleting = new Set<string>();
  let real: ClusterEndpoint | undefined;

  async function create(region: string, input: CreateClusterRequest, ready = false): Promise<void> {
    if (input.version !== undefined && !(KUBERNETES_VERSIONS as readonly string[]).includes(input.version)) throw new AwsRefusal('InvalidParameterException', `unsupported Kubernetes version ${input.version}`);
    const subnets = input.resourcesVpcConfig?.subnetIds ?? [];
    if (subnets.length < 2) throw new AwsRefusal('InvalidParameterException', 'Subnets specified must be in at least two different AZs');
    const { ec2, eks, logs, sts } = moto(region);
    const vpc = await vpcOf(ec2, subnets[0] ?? '');
    await eks.send(new CreateClusterCommand(input));
    const name = input.name ?? '';
    const group = await clusterSecurityGroup(ec2, name, vpc);
    await makeInterfaces(ec2, { subnets: subnets.slice(0, 2), groups: [group, ...(input.resourcesVpcConfig?.securityGroupIds ?? [])], description: interfaceText(name) });
    if (input.logging?.clusterLogging?.some(({ enabled, types }) => enabled === true && (types?.length ?? 0) > 0) === true) {
      // The service makes it, and leaves it behind: https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html.
      await logs.send(new CreateLogGroupCommand({ logGroupName: `/aws/eks/${name}/cluster` })).catch(() => undefined);
    }
    if (input.accessConfig?.bootstrapClusterCreatorAdminPermissions !== false) {
      const { Arn = '' } = await sts.send(new GetCallerIdentityCommand({}));
      access.addCreator(region, name, Arn);
    }
    if (!ready) making.start(clusterKey(region, name), polls.cluster);
  }

  async function createNodegroup(region: string, input: CreateNodegroupRequest, ready = false): Promise<void> {
    await moto(region).eks.send(new CreateNodegroupCommand(input));
    if (!ready) making.start(groupKey(region, input.clusterName ?? '', input.nodegroupName ?? ''), polls.cluster);
  }

  async function remove(region: string, name: string): Promise<void> {
    const { ec2, eks } = moto(region);
    await eks.send(new DeleteClusterCommand({ name }));
    await removeInterfaces(ec2, interfaceText(name));
    await removeClusterSecurityGroup(ec2, name);
    access.forget(region, name);
    isDeleting.delete(clusterKey(region, name));
  }

  async function removeNodegroup(region: string, clusterName: string, nodegroupName: string): Promise<void> {
    await moto(region).eks.send(new DeleteNodegroupCommand({ clusterName, nodegroupName }));
    isDeleting.delete(groupKey(region, clusterName, nodegroupName));
  }

  /** Looks at what is being deleted, and ends it when it was looked at often enough. */
  async function settle(region: string, cluster: string): Promise<void> {
    for (const key of [...isDeleting]) {
      const [of, name = '', group] = key.split('/');
      if (of !== region || name !== cluster) continue;
      if (deleting.tick(key)) continue;
      await (group === undefined ? remove(region, name) : removeNodegroup(region, name, group));
    }
  }

  async function describe(region: string, name: string): Promise<Fields> {
    const { ec2, eks } = moto(region);
    const { cluster } = await eks.send(new DescribeClusterCommand({ name }));
    const subnets = cluster?.resourcesVpcConfig?.subnetIds ?? [];
    const vpcId = await vpcOf(ec2, subnets[0] ?? '');
    const key = clusterKey(region, name);
    return {
      ...(cluster as unknown as Fields),
      ...(real === undefined ? {} : { endpoint: real.url, certificateAuthority: { data: Buffer.from(real.ca).toString('base64') } }),
      status: isDeleting.has(key) ? 'DELETING' : making.isOn(key) ? 'CREATING' : 'ACTIVE',
      health: { issues: [] },
      accessConfig: { authenticationMode: 'API' },
      resourcesVpcConfig: { ...(cluster?.resourcesVpcConfig as unknown as Fields), vpcId, clusterSecurityGroupId: await clusterSecurityGroup(ec2, name, vpcId) },
    };
  }

  const text = (value: Value): string => (typeof value === 'string' ? value : '');
  const handlers: Record<string, Handler> = {
    'eks:CreateCluster': async ({ region, input }) => {
      await passing(create(region, input as unknown as CreateClusterRequest));
      return { cluster: await describe(region, text(input['name'])) };
    },
    'eks:DescribeCluster': async ({ region, input }) => {
      const name = text(input['name']);
      await settle(region, name);
      making.tick(clusterKey(region, name));
      return { cluster: await passing(describe(region, name)) };
    },
    'eks:ListClusters': async ({ region }) => {
      for (const name of new Set([...isDeleting].filter((key) => key.startsWith(`${region}/`)).map(nameOf))) await settle(region, name);
      return undefined;
    },
    'eks:DeleteCluster': async ({ region, input }) => {
      const name = text(input['name']);
      const before = await passing(describe(region, name));
      await settle(region, name);
      const { nodegroups = [] } = await moto(region).eks.send(new ListNodegroupsCommand({ clusterName: name }));
      if (nodegroups.length > 0) throw new AwsRefusal('ResourceInUseException', 'Cluster has nodegroups attached');
      isDeleting.add(clusterKey(region, name));
      deleting.start(clusterKey(region, name), polls.cluster);
      return { cluster: { ...before, status: 'DELETING' } };
    },
    'eks:CreateNodegroup': async ({ region, input }) => {
      await passing(createNodegroup(region, input as unknown as CreateNodegroupRequest));
      return { nodegroup: await nodegroup(region, text(input['clusterName']), text(input['nodegroupName'])) };
    },
    'eks:DescribeNodegroup': async ({ region, input }) => {
      const [cluster, name] = [text(input['clusterName']), text(input['nodegroupName'])];
      await settle(region, cluster);
      making.tick(groupKey(region, cluster, name));
      return { nodegroup: await passing(nodegroup(region, cluster, name)) };
    },
    'eks:ListNodegroups': async ({ region, input }) => {
      await settle(region, text(input['clusterName']));
      return undefined;
    },
    'eks:DeleteNodegroup': async ({ region, input }) => {
      const [cluster, name] = [text(input['clusterName']), text(input['nodegroupName'])];
      const before = await passing(nodegroup(region, cluster, name));
      const key = groupKey(region, cluster, name);
      if (!isDeleting.has(key)) deleting.start(key, polls.cluster);
      isDeleting.add(key);
      return { nodegroup: { ...before, status: 'DELETING' } };
    },
    'eks:DescribeClusterVersions': async () => ({
      clusterVersions: KUBERNETES_VERSIONS.map((clusterVersion, index) => ({ clusterVersion, clusterType: 'eks', defaultVersion: index === 0, status: 'STANDARD_SUPPORT', versionStatus: 'STANDARD_SUPPORT' })),
    }),
  };

  async function nodegroup(region: string, clusterName: string, nodegroupName: string): Promise<Fields> {
    const { nodegroup: found } = await moto(region).eks.send(new DescribeNodegroupCommand({ clusterName, nodegroupName }));
    const key = groupKey(region, clusterName, nodegroupName);
    return { ...(found as unknown as Fields), status: isDeleting.has(key) ? 'DELETING' : making.isOn(key) ? 'CREATING' : 'ACTIVE' };
  }

  return {
    handlers,
    create,
    createNodegroup,
    remove,
    removeNodegroup,
    describe,
    setEndpoint(endpoint) {
      real = endpoint;
    },
    clear() {
      real = undefined;
      making.clear();
      deleting.clear();
      isDeleting.clear();
    },
  };
}

const nameOf = (key: string): string => key.split('/')[1] ?? '';

/** Lets an error of moto through as it is. */
export async function passing<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof AwsRefusal || !(error instanceof Error) || !('$metadata' in error)) throw error;
    const { httpStatusCode } = error.$metadata as { readonly httpStatusCode?: number };
    throw new AwsRefusal(error.name, error.message, httpStatusCode);
  }
}
