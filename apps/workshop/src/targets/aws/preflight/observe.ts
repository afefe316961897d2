import { DescribeRegionsCommand } from '@aws-sdk/client-ec2';
import { DescribeClusterVersionsCommand } from '@aws-sdk/client-eks';
import { GetRoleCommand } from '@aws-sdk/client-iam';
import { DescribeInstanceTypeLimitsCommand, type InstanceTypeDetails, ListVersionsCommand, type OpenSearchPartitionInstanceType, paginateListInstanceTypeDetails } from '@aws-sdk/client-opensearch';
import { isPodscopeError, type PodscopeError } from '@podscope/core';
import type { AwsClients } from '../clients.ts';
import { observeEksCluster } from '../cluster/observe.ts';
import { type DomainState, domainTags, isOfEvent, observeDomain } from '../domain/observe.ts';
import { isGone } from '../failure.ts';
import { type CallerIdentity, callerIdentity } from '../identity.ts';
import { awsNames, STACKS } from '../names.ts';
import type { AwsSettings } from '../settings.ts';
import { eventOf, findStack } from '../stacks/observe.ts';
import { chooseZones } from '../zones.ts';
import { ask, type Asked } from './ask.ts';
import { type QuotaState, quotaStates } from './quotas.ts';

/** A name that the event takes, and whether it is free, the event's own, or another's. */
export interface NameState {
  readonly kind: 'stack' | 'cluster' | 'domain';
  readonly name: string;
  readonly is: 'free' | 'ours' | 'taken';
}

/** What an account and a region say about an event before it is made. Undefined: it needs nothing of this. */
export interface AccountState {
  readonly caller: CallerIdentity;
  /** `opted-in`, `opt-in-not-required`, `not-opted-in`. */
  readonly region: Asked<string>;
  readonly names: readonly NameState[];
  readonly quotas: readonly (Asked<QuotaState> & { readonly title: string })[];
  /** The zones that were chosen, or why there are too few. */
  readonly zones: readonly string[] | PodscopeError | undefined;
  readonly kubernetes: Asked<readonly { readonly version: string; readonly status: string }[]> | undefined;
  readonly engines: Asked<readonly string[]> | undefined;
  /** The type of the domain's nodes, as this engine has it; its value is undefined where it has none such. */
  readonly domainType: Asked<{ readonly details: InstanceTypeDetails | undefined; readonly maxDiskGiB: number | undefined }> | undefined;
  /** Whether the service has its role in this account. */
  readonly serviceRole: Asked<boolean> | undefined;
  readonly existingDomain: DomainState | 'none' | undefined;
}

/** The role of OpenSearch Service, by its name of today and by its older one: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/slr.html */
const SERVICE_ROLES = ['AWSServiceRoleForAmazonOpenSearchService', 'AWSServiceRoleForAmazonElasticsearchService'];

/** Asks; nothing is changed. @throws PodscopeError AWS_NO_CREDENTIALS, AWS_SESSION_EXPIRED, AWS_UNREACHABLE, AWS_… */
export async function observeAccount(clients: AwsClients, settings: AwsSettings, signal: AbortSignal): Promise<AccountState> {
  const at = { abortSignal: signal };
  const { region } = clients;
  const { existingCluster, existingDomain } = settings;
  const isOwnCluster = existingCluster === undefined;
  const isOwnDomain = existingDomain === undefined;
  // The first question alone: what fails for want of credentials fails once.
  const caller = await callerIdentity(clients, signal);
  const names = await namesTaken(clients, settings, signal);
  const isOurs = (kind: NameState['kind'], name?: string): boolean => names.some((each) => each.kind === kind && each.is === 'ours' && (name === undefined || each.name === name));
  const [regionState, quotas, zones, kubernetes, engines, domainType, serviceRole, domain] = await Promise.all([
    ask(`The region ${region}`, async () => (await clients.ec2.send(new DescribeRegionsCommand({ RegionNames: [region], AllRegions: true }), at)).Regions?.[0]?.OptInStatus ?? 'opt-in-not-required'),
    quotaStates(clients, settings, { network: isOurs('stack', awsNames(settings).stack('network')), cluster: isOurs('cluster'), domain: isOurs('domain') }, signal),
    isOwnCluster ? fittingZones(clients, settings, signal) : undefined,
    isOwnCluster
      ? ask(`The versions of EKS in ${region}`, async () =>
          ((await clients.eks.send(new DescribeClusterVersionsCommand({ includeAll: true }), at)).clusterVersions ?? []).map(({ clusterVersion = '', versionStatus, status }) => ({ version: clusterVersion, status: versionStatus ?? status?.toUpperCase().replaceAll('-', '_') ?? '' })),
        )
      : undefined,
    isOwnDomain ? ask(`The versions of OpenSearch Service in ${region}`, async () => (await clients.opensearch.send(new ListVersionsCommand({ MaxResults: 100 }), at)).Versions ?? []) : undefined,
    isOwnDomain ? ask(`The types of nodes of OpenSearch Service in ${region}`, () => domainTypeOf(clients, settings.domain, signal)) : undefined,
    isOwnDomain ? ask('The role of OpenSearch Service', () => hasServiceRole(clients, signal)) : undefined,
    existingDomain === undefined ? undefined : observeDomain(clients, existingDomain, { signal }),
  ]);
  return { caller, region: regionState, names, quotas, zones, kubernetes, engines, domainType, serviceRole, existingDomain: existingDomain === undefined ? undefined : (domain ?? 'none') };
}

async function namesTaken(clients: AwsClients, settings: AwsSettings, signal: AbortSignal): Promise<readonly NameState[]> {
  const { event, existingCluster, existingDomain } = settings;
  const names = awsNames(settings);
  const state = (kind: NameState['kind'], name: string, found: boolean, isOurs: boolean): NameState => ({ kind, name, is: !found ? 'free' : isOurs ? 'ours' : 'taken' });
  const stacks = STACKS.map(async (id) => {
    const stack = await findStack(clients, names.stack(id), signal);
    return state('stack', names.stack(id), stack !== undefined, stack !== undefined && eventOf(stack) === event);
  });
  const cluster = async (): Promise<NameState> => {
    const found = await observeEksCluster(clients, names.cluster, signal);
    return state('cluster', names.cluster, found !== undefined, found !== undefined && isOfEvent(found.tags, event));
  };
  const domain = async (): Promise<NameState> => {
    const found = await observeDomain(clients, names.domain, { signal });
    return state('domain', names.domain, found !== undefined, found !== undefined && isOfEvent(await domainTags(clients, found, { signal }), event));
  };
  return Promise.all([...stacks, ...(existingCluster === undefined ? [cluster()] : []), ...(existingDomain === undefined ? [domain()] : [])]);
}

async function fittingZones(clients: AwsClients, settings: AwsSettings, signal: AbortSignal): Promise<readonly string[] | PodscopeError> {
  try {
    return await chooseZones(clients, settings, signal);
  } catch (error) {
    if (isPodscopeError(error) && error.code === 'AWS_ZONES') return error;
    throw error;
  }
}

async function domainTypeOf({ opensearch }: AwsClients, { engineVersion, type }: AwsSettings['domain'], signal: AbortSignal): Promise<{ readonly details: InstanceTypeDetails | undefined; readonly maxDiskGiB: number | undefined }> {
  const at = { abortSignal: signal };
  try {
    for await (const { InstanceTypeDetails: types = [] } of paginateListInstanceTypeDetails({ client: opensearch }, { EngineVersion: engineVersion }, at)) {
      const details = types.find(({ InstanceType }) => InstanceType === type);
      if (details === undefined) continue;
      // The SDK lists the types of its day; the service may have newer ones.
      const { LimitsByRole: roles = {} } = await opensearch.send(new DescribeInstanceTypeLimitsCommand({ EngineVersion: engineVersion, InstanceType: type as OpenSearchPartitionInstanceType }), at);
      const limits = Object.values(roles).flatMap(({ StorageTypes: storage = [] }) => storage).filter(({ StorageSubTypeName: name }) => name === 'gp3').flatMap(({ StorageTypeLimits: all = [] }) => all);
      const most = limits.filter(({ LimitName: name }) => name === 'MaximumVolumeSize' || name === 'MaximumVolumeSizeInGiB').flatMap(({ LimitValues: values = [] }) => values.map(Number));
      return { details, maxDiskGiB: most.length === 0 ? undefined : Math.max(...most) };
    }
  } catch (error) {
    // An engine that isn't offered has no types; that the engine isn't is said by its own check.
    if (!(error instanceof Error && /^(?:ValidationException|InvalidTypeException|ResourceNotFoundException)$/u.test(error.name))) throw error;
  }
  return { details: undefined, maxDiskGiB: undefined };
}

async function hasServiceRole({ iam }: AwsClients, signal: AbortSignal): Promise<boolean> {
  for (const RoleName of SERVICE_ROLES) {
    try {
      await iam.send(new GetRoleCommand({ RoleName }), { abortSignal: signal });
      return true;
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }
  return false;
}
