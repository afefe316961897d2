import { DescribeDomainCommand, type DomainStatus, ListTagsCommand } from '@aws-sdk/client-opensearch';
import { PodscopeError } from '@podscope/core';
import type { AwsClients } from '../clients.ts';
import { awsFailure, isGone } from '../failure.ts';
import { TAGS } from '../names.ts';
import { abortedBy, type DomainCall } from './wish.ts';

/** What a domain is doing. `isolated`: the service has suspended it. */
export type DomainPhase = 'creating' | 'active' | 'modifying' | 'upgrading' | 'updating' | 'isolated' | 'deleting';

/** A domain as it is. */
export interface DomainState {
  readonly name: string;
  readonly arn: string;
  readonly phase: DomainPhase;
  /** The host to which requests are signed; undefined until it has one. */
  readonly host: string | undefined;
  readonly engineVersion: string;
  readonly count: number;
  readonly type: string;
  /** Of each node. */
  readonly diskGiB: number;
  /** Undefined for a domain with a public endpoint. */
  readonly vpcId: string | undefined;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  /** Whether it has fine-grained access control. */
  readonly fineGrained: boolean;
  readonly encrypted: boolean;
  readonly httpsOnly: boolean;
  /** The change that goes on, or went on last. */
  readonly changeId: string | undefined;
}

const PHASES: Readonly<Record<string, DomainPhase>> = { Active: 'active', Creating: 'creating', Deleting: 'deleting', Isolated: 'isolated', Modifying: 'modifying', UpgradingEngineVersion: 'upgrading', UpdatingServiceSoftware: 'updating' };

/** What a domain does, from its status; older regions give flags only. */
export function phaseOf({ Deleted, Created, Processing, UpgradeProcessing, DomainProcessingStatus, Endpoint, Endpoints }: Partial<DomainStatus>): DomainPhase {
  if (Deleted === true) return 'deleting';
  const told = PHASES[DomainProcessingStatus ?? ''];
  if (told !== undefined && told !== 'active') return told;
  if (Created !== true || (Endpoint ?? Endpoints?.['vpc']) === undefined) return 'creating';
  if (UpgradeProcessing === true) return 'upgrading';
  return Processing === true ? 'modifying' : 'active';
}

/** The domain of that name, or undefined. @throws PodscopeError AWS_* */
export async function observeDomain({ opensearch, region }: Pick<AwsClients, 'opensearch' | 'region'>, name: string, { signal }: DomainCall = {}): Promise<DomainState | undefined> {
  try {
    const { DomainStatus: status } = await opensearch.send(new DescribeDomainCommand({ DomainName: name }), abortedBy(signal));
    return status === undefined ? undefined : stateOf(status);
  } catch (error) {
    if (isGone(error)) return undefined;
    throw awsFailure(error, domainTitle(name, region));
  }
}

/** The domain of that name. @throws PodscopeError AWS_DOMAIN_NOT_FOUND, AWS_* */
export async function requireDomain(clients: Pick<AwsClients, 'opensearch' | 'region'>, name: string, call: DomainCall = {}): Promise<DomainState> {
  const state = await observeDomain(clients, name, call);
  if (state !== undefined) return state;
  throw new PodscopeError('AWS_DOMAIN_NOT_FOUND', `There is no domain ${name} in ${clients.region}.`, { hint: 'See that name and region are the ones, and that it has not been deleted.' });
}

/** The tags of a domain. @throws PodscopeError AWS_* */
export async function domainTags({ opensearch, region }: Pick<AwsClients, 'opensearch' | 'region'>, { arn, name }: Pick<DomainState, 'arn' | 'name'>, { signal }: DomainCall = {}): Promise<Readonly<Record<string, string>>> {
  try {
    const { TagList = [] } = await opensearch.send(new ListTagsCommand({ ARN: arn }), abortedBy(signal));
    return Object.fromEntries(TagList.map(({ Key = '', Value = '' }) => [Key, Value]));
  } catch (error) {
    throw awsFailure(error, `The tags of ${domainTitle(name, region)}`);
  }
}

/** Whether the tags say that something was made for an event. */
export const isOfEvent = (tags: Readonly<Record<string, string>>, event: string): boolean => tags[TAGS.event] === event;

/** How a domain is named in messages. */
export const domainTitle = (name: string, region: string): string => `The domain ${name} in ${region}`;

function stateOf(status: DomainStatus): DomainState {
  const { ClusterConfig: cluster, EBSOptions: disk, VPCOptions: vpc } = status;
  return {
    name: status.DomainName ?? '',
    arn: status.ARN ?? '',
    phase: phaseOf(status),
    host: status.Endpoints?.['vpc'] ?? status.Endpoint,
    engineVersion: status.EngineVersion ?? '',
    count: cluster?.InstanceCount ?? 0,
    type: cluster?.InstanceType ?? '',
    diskGiB: disk?.VolumeSize ?? 0,
    vpcId: vpc?.VPCId,
    subnetIds: vpc?.SubnetIds ?? [],
    securityGroupIds: vpc?.SecurityGroupIds ?? [],
    fineGrained: status.AdvancedSecurityOptions?.Enabled ?? false,
    encrypted: status.EncryptionAtRestOptions?.Enabled ?? false,
    httpsOnly: status.DomainEndpointOptions?.EnforceHTTPS ?? false,
    changeId: status.ChangeProgressDetails?.ChangeId,
  };
}
