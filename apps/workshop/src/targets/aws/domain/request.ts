import type { CreateDomainCommandInput } from '@aws-sdk/client-opensearch';
import { PodscopeError } from '@podscope/core';
import { arnParts } from './arns.ts';
import { domainLogs } from './logs.ts';
import type { DomainAccess, DomainWish } from './wish.ts';

type Cluster = NonNullable<CreateDomainCommandInput['ClusterConfig']>;
type InstanceType = NonNullable<Cluster['InstanceType']>;

/**
 * In how many zones a number of nodes can stand: two take an even number, three take three or more.
 * https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-multiaz.html
 *
 * @param zones How many there are.
 */
export function zonesFor(count: number, zones: number): 1 | 2 | 3 {
  if (zones >= 3 && count >= 3) return 3;
  return zones >= 2 && count % 2 === 0 ? 2 : 1;
}

/** Size, type and zones of the nodes, as creating and changing ask for them. No dedicated masters: an event has few nodes. */
export function clusterConfig({ count, type }: DomainWish['size'], zones: number): Cluster {
  const used = zonesFor(count, zones);
  return {
    // The SDK lists the types of its day; the service may have newer ones.
    InstanceType: type as InstanceType,
    InstanceCount: count,
    DedicatedMasterEnabled: false,
    ZoneAwarenessEnabled: used > 1,
    ...(used > 1 ? { ZoneAwarenessConfig: { AvailabilityZoneCount: used } } : {}),
  };
}

/**
 * Whether nodes of a type store on disks of their own, and take no volume of EBS: the `i` and `im` families, and those with a `d` after
 * their generation. https://docs.aws.amazon.com/opensearch-service/latest/developerguide/supported-instance-types.html
 */
export const hasOwnDisks = (type: string): boolean => /^(?:im?\d+[a-z]*|[a-z]+\d+[a-z]*d)\./u.test(type);

/** gp3: its 3,000 operations and 125 MiB a second are in its price. */
export const volumes = ({ diskGiB, type }: Pick<DomainWish['size'], 'diskGiB' | 'type'>): NonNullable<CreateDomainCommandInput['EBSOptions']> =>
  hasOwnDisks(type) ? { EBSEnabled: false } : { EBSEnabled: true, VolumeType: 'gp3', VolumeSize: diskGiB };

/** The ARN of a domain. */
export function domainArn({ master }: Pick<DomainAccess, 'master'>, region: string, name: string): string {
  const { partition, account } = arnParts(master);
  return `arn:${partition}:es:${region}:${account}:domain/${name}`;
}

/**
 * Who may send requests to a domain at all: the named ones only, although fine-grained access control stands behind it. A request without
 * a signature gets no further than this.
 */
export function accessPolicy(access: DomainAccess, arn: string): string {
  const principals = [...new Set([access.master, ...access.shippers, ...access.presenters])].sort();
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: principals }, Action: 'es:ESHttp*', Resource: `${arn}/*` }] });
}

/**
 * The request that makes a domain: in the VPC, encrypted on disk and on every way, with fine-grained access control whose master is a role
 * or user of IAM. There are no users with passwords in it.
 *
 * Sources: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/fgac.html (needs encryption at rest, between nodes, and
 * HTTPS), https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_CreateDomain.html
 *
 * @throws PodscopeError AWS_DOMAIN_INVALID for what the service would refuse after minutes
 */
export function domainRequest(wish: DomainWish): CreateDomainCommandInput {
  const { names, region, size, place, access, tags, kmsKeyArn } = wish;
  requireFit(wish);
  const zones = zonesFor(size.count, place.subnetIds.length);
  return {
    DomainName: names.domain,
    EngineVersion: size.engineVersion,
    ClusterConfig: clusterConfig(size, place.subnetIds.length),
    EBSOptions: volumes(size),
    VPCOptions: { SubnetIds: place.subnetIds.slice(0, zones), SecurityGroupIds: [...place.securityGroupIds] },
    AccessPolicies: accessPolicy(access, domainArn(access, region, names.domain)),
    EncryptionAtRestOptions: { Enabled: true, ...(kmsKeyArn === undefined ? {} : { KmsKeyId: kmsKeyArn }) },
    NodeToNodeEncryptionOptions: { Enabled: true },
    DomainEndpointOptions: { EnforceHTTPS: true, TLSSecurityPolicy: 'Policy-Min-TLS-1-2-PFS-2023-10' },
    AdvancedSecurityOptions: { Enabled: true, InternalUserDatabaseEnabled: false, MasterUserOptions: { MasterUserARN: access.master } },
    LogPublishingOptions: Object.fromEntries(domainLogs(wish).groups.map(({ type, arn }) => [type, { Enabled: true, CloudWatchLogsLogGroupArn: arn }])),
    // It tunes over weeks, and t3 has none.
    AutoTuneOptions: { DesiredState: 'DISABLED' },
    // Nothing may start a deployment of the service's own in the middle of an event.
    SoftwareUpdateOptions: { AutoSoftwareUpdateEnabled: false },
    TagList: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  };
}

function requireFit({ names, size, place, access }: DomainWish): void {
  const invalid = (message: string, hint: string): PodscopeError => new PodscopeError('AWS_DOMAIN_INVALID', `The domain ${names.domain}: ${message}`, { hint });
  if (!/^[a-z][a-z0-9-]{2,27}$/u.test(names.domain)) throw invalid('its name is not one that the service takes.', 'Three to 28 of a-z, 0-9 and -, a letter first.');
  // Elasticsearch has no data streams there, and another path for its roles.
  if (!/^OpenSearch_[1-9]\.\d{1,2}$/u.test(size.engineVersion)) throw invalid(`${size.engineVersion} lacks what is used here: data streams, and roles by the API of OpenSearch.`, 'Such as OpenSearch_2.19.');
  if (!size.type.endsWith('.search')) throw invalid(`${size.type} is not a type of a domain's node.`, 'They end in .search: t3.medium.search.');
  if (/^(?:t2|m3)\./u.test(size.type)) throw invalid(`${size.type} cannot encrypt what it stores.`, 'Take t3.medium.search or newer.');
  if (place.subnetIds.length === 0 || place.securityGroupIds.length === 0) throw invalid('it has no subnet, or no security group.', 'The outputs of the network stack have both.');
  if (!/^(?:role|user)\//u.test(arnParts(access.master).resource)) throw invalid(`its master must be a role or user of IAM, and ${access.master} is none.`, 'Sign in as a role or user of IAM.');
}
