import { DescribeAddressesCommand, paginateDescribeInstances, paginateDescribeInstanceTypes, paginateDescribeVpcs } from '@aws-sdk/client-ec2';
import { paginateListClusters } from '@aws-sdk/client-eks';
import { ListDomainNamesCommand } from '@aws-sdk/client-opensearch';
import { GetAWSDefaultServiceQuotaCommand, GetServiceQuotaCommand } from '@aws-sdk/client-service-quotas';
import type { AwsClients } from '../clients.ts';
import { isGone } from '../failure.ts';
import type { AwsSettings } from '../settings.ts';
import { ask, type Asked } from './ask.ts';

/** A quota of a region, what of it is used, and what the event takes. */
export interface QuotaState {
  readonly id: 'vcpus' | 'addresses' | 'vpcs' | 'clusters' | 'domains' | 'domain-nodes';
  readonly title: string;
  readonly service: string;
  readonly code: string;
  readonly limit: number;
  readonly used: number;
  readonly needed: number;
}

/**
 * Families that share the quota of vCPUs on demand; others (`g`, `p`, `x` …) have their own.
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-quotas.html
 */
export const isStandard = (type: string): boolean => /^(?:a|c|d|h|i|m|r|t|z)\d/u.test(type);

/** What of an event is there already, and takes no more. */
export interface AlreadyMade {
  readonly network: boolean;
  readonly cluster: boolean;
  readonly domain: boolean;
}

type Clients = Pick<AwsClients, 'ec2' | 'eks' | 'opensearch' | 'serviceQuotas' | 'region'>;

/** Quotas that an event needs something of. Denied where one of the questions is. @throws PodscopeError AWS_… */
export async function quotaStates(clients: Clients, settings: AwsSettings, made: AlreadyMade, signal: AbortSignal): Promise<readonly (Asked<QuotaState> & { readonly title: string })[]> {
  const { ec2, eks, opensearch, region } = clients;
  const { nodes, domain, egress, existingCluster, existingDomain } = settings;
  const at = { abortSignal: signal };
  const state = async (quota: Pick<QuotaState, 'id' | 'title' | 'service' | 'code'>, needed: () => Promise<number> | number, used: () => Promise<number>): Promise<Asked<QuotaState> & { readonly title: string }> => ({
    ...(await ask(`The quotas of ${region}`, async () => ({ ...quota, limit: await quotaLimit(clients, quota, signal), used: await used(), needed: await needed() }))),
    title: quota.title,
  });
  const isOwn = existingCluster === undefined;
  return Promise.all([
    ...(isOwn && !made.cluster && isStandard(nodes.type)
      ? [state({ id: 'vcpus', title: 'vCPUs of instances on demand', service: 'ec2', code: 'L-1216C47A' }, async () => nodes.count * (await vcpusOf(clients, nodes.type, signal)), () => vcpusUsed(clients, signal))]
      : []),
    ...(isOwn && !made.network
      ? [
          state({ id: 'vpcs', title: 'VPCs', service: 'vpc', code: 'L-F678F1CE' }, () => 1, () => count(paginateDescribeVpcs({ client: ec2 }, {}, at), ({ Vpcs = [] }) => Vpcs.length)),
          ...(egress === 'nat' ? [state({ id: 'addresses', title: 'Elastic IP addresses', service: 'ec2', code: 'L-0263D0A3' }, () => 1, async () => (await ec2.send(new DescribeAddressesCommand({}), at)).Addresses?.length ?? 0)] : []),
        ]
      : []),
    ...(isOwn && !made.cluster ? [state({ id: 'clusters', title: 'Clusters of EKS', service: 'eks', code: 'L-1194D53C' }, () => 1, () => count(paginateListClusters({ client: eks }, {}, at), ({ clusters = [] }) => clusters.length))] : []),
    ...(existingDomain === undefined
      ? [
          ...(made.domain ? [] : [state({ id: 'domains', title: 'Domains of OpenSearch Service', service: 'es', code: 'L-076D529E' }, () => 1, async () => (await opensearch.send(new ListDomainNamesCommand({}), at)).DomainNames?.length ?? 0)]),
          state({ id: 'domain-nodes', title: 'Nodes of one domain', service: 'es', code: 'L-6408ABDE' }, () => domain.count, async () => 0),
        ]
      : []),
  ]);
}

/** What applies in this account, or else AWS's default. */
async function quotaLimit({ serviceQuotas }: Clients, { service, code }: Pick<QuotaState, 'service' | 'code'>, signal: AbortSignal): Promise<number> {
  const input = { ServiceCode: service, QuotaCode: code };
  try {
    const { Quota } = await serviceQuotas.send(new GetServiceQuotaCommand(input), { abortSignal: signal });
    if (Quota?.Value !== undefined) return Quota.Value;
  } catch (error) {
    // A quota that nobody has changed may have no value of its own.
    if (!isGone(error) && !(error instanceof Error && error.name === 'NoSuchResourceException')) throw error;
  }
  const { Quota } = await serviceQuotas.send(new GetAWSDefaultServiceQuotaCommand(input), { abortSignal: signal });
  return Quota?.Value ?? 0;
}

async function vcpusOf({ ec2 }: Clients, type: string, signal: AbortSignal): Promise<number> {
  for await (const { InstanceTypes: types = [] } of paginateDescribeInstanceTypes({ client: ec2 }, { Filters: [{ Name: 'instance-type', Values: [type] }] }, { abortSignal: signal })) {
    const vcpus = types[0]?.VCpuInfo?.DefaultVCpus;
    if (vcpus !== undefined) return vcpus;
  }
  return 0;
}

async function vcpusUsed({ ec2 }: Clients, signal: AbortSignal): Promise<number> {
  const pages = paginateDescribeInstances({ client: ec2 }, { Filters: [{ Name: 'instance-state-name', Values: ['pending', 'running'] }] }, { abortSignal: signal });
  return count(pages, ({ Reservations = [] }) =>
    Reservations.flatMap(({ Instances = [] }) => Instances)
      // Spot has a quota of its own.
      .filter(({ InstanceType: type = '', InstanceLifecycle: lifecycle }) => lifecycle === undefined && isStandard(type))
      .reduce((sum, { CpuOptions: cpu }) => sum + (cpu?.CoreCount ?? 1) * (cpu?.ThreadsPerCore ?? 1), 0),
  );
}

async function count<Page>(pages: AsyncIterable<Page>, of: (page: Page) => number): Promise<number> {
  let sum = 0;
  for await (const page of pages) sum += of(page);
  return sum;
}
