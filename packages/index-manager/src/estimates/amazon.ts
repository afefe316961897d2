/**
 * Amazon OpenSearch Service: sizes of data nodes with EBS volumes, and the service's own advice.
 *
 * Volume sizes (gp3) and the families: Amazon OpenSearch Service Developer Guide, "Amazon OpenSearch Service quotas" (EBS
 * volume size quotas) and "Supported instance types", as of September 2023, the last revision that is public as text
 * (awsdocs/amazon-opensearch-service-developer-guide, c012b415). vCPUs and memory: Amazon EC2's instance type pages. Newer
 * families are not in that table: `aws opensearch describe-instance-type-limits` has their sizes, `instanceTypes` takes them.
 *
 * Advice: the same guide's "Sizing Amazon OpenSearch Service domains" and "Operational best practices".
 */
import type { AmazonInstanceType } from './model.ts';

const TIB = 1024;
const MIN_VOLUME_GIB = 10;

/** Per family, Graviton first: size, vCPUs, GiB of memory, GiB of the largest gp3 volume. */
const FAMILIES: Readonly<Record<string, readonly (readonly [string, number, number, number])[]>> = {
  t3: [['medium', 2, 4, 200]],
  c6g: [['large', 2, 4, 256], ['xlarge', 4, 8, 512], ['2xlarge', 8, 16, TIB], ['4xlarge', 16, 32, 1.5 * TIB], ['8xlarge', 32, 64, 3 * TIB], ['12xlarge', 48, 96, 4.5 * TIB]],
  m6g: [['large', 2, 8, TIB], ['xlarge', 4, 16, 2 * TIB], ['2xlarge', 8, 32, 3 * TIB], ['4xlarge', 16, 64, 6 * TIB], ['8xlarge', 32, 128, 12 * TIB], ['12xlarge', 48, 192, 18 * TIB]],
  r6g: [['large', 2, 16, 2 * TIB], ['xlarge', 4, 32, 3 * TIB], ['2xlarge', 8, 64, 6 * TIB], ['4xlarge', 16, 128, 12 * TIB], ['8xlarge', 32, 256, 16 * TIB], ['12xlarge', 48, 384, 24 * TIB]],
  c5: [['large', 2, 4, 256], ['xlarge', 4, 8, 512], ['2xlarge', 8, 16, TIB], ['4xlarge', 16, 32, 1.5 * TIB], ['9xlarge', 36, 72, 3.5 * TIB], ['18xlarge', 72, 144, 7 * TIB]],
  m5: [['large', 2, 8, TIB], ['xlarge', 4, 16, 2 * TIB], ['2xlarge', 8, 32, 3 * TIB], ['4xlarge', 16, 64, 6 * TIB], ['12xlarge', 48, 192, 18 * TIB]],
  r5: [['large', 2, 16, 2 * TIB], ['xlarge', 4, 32, 3 * TIB], ['2xlarge', 8, 64, 6 * TIB], ['4xlarge', 16, 128, 12 * TIB], ['12xlarge', 48, 384, 24 * TIB]],
};

/** Data nodes with EBS volumes, as of September 2023. Without `t3.small`, which Amazon advises against for production. */
export const AMAZON_INSTANCE_TYPES: readonly AmazonInstanceType[] = Object.entries(FAMILIES).flatMap(([family, sizes]) =>
  sizes.map(([size, vcpus, memoryGib, maxVolumeGib]) => ({ name: `${family}.${size}.search`, vcpus, memoryGib, minVolumeGib: MIN_VOLUME_GIB, maxVolumeGib })),
);

/** Nodes of UltraWarm with what one of them addresses in S3 ("UltraWarm storage quotas"). */
export const ULTRAWARM_TYPES: readonly AmazonInstanceType[] = [
  { name: 'ultrawarm1.medium.search', vcpus: 2, memoryGib: 15.25, minVolumeGib: 0, maxVolumeGib: 1.5 * TIB },
  { name: 'ultrawarm1.large.search', vcpus: 16, memoryGib: 122, minVolumeGib: 0, maxVolumeGib: 20 * TIB },
];
/** The service takes no fewer nodes of UltraWarm than two, and no more than this. */
export const ULTRAWARM_NODES = { least: 2, most: 150 };

/** Of the sizing guide: the index takes this many bytes for each byte of source. */
export const AMAZON_STORED_RATIO = 1.1;
/** Of the sizing guide: Linux keeps 5 % of a file system for root. */
export const LINUX_RESERVED = 0.05;
/** Of the sizing guide: the service keeps 20 % of a volume (at most 20 GiB; the guide's formula takes the worst case). */
export const SERVICE_RESERVED = 0.2;
/** Of the recommended CloudWatch alarms: FreeStorageSpace below a quarter of a node's storage. */
export const FREE_SHARE = 0.25;
/** Of the best practices: shards for each GiB of heap, and vCPUs for each shard that is worked on. */
export const SHARDS_PER_HEAP_GIB = 25;
/** See {@link SHARDS_PER_HEAP_GIB}. */
export const VCPUS_PER_SHARD = 1.5;
/** Half of the memory, and at most this ("Java process quota"). */
export const MAX_HEAP_GIB = 32;
/** Of the sizing guide: shards of logs, 30 to 50 GiB. */
export const LARGEST_SHARD = 50 * 1024 ** 3;
/** Of the sizing guide, for heavy work: for each 100 GiB of storage. */
export const HEAVY = { storageGib: 100, vcpus: 2, memoryGib: 8 };
/** Instances of a domain without, and with, a raised quota. */
export const DOMAIN_INSTANCES = { usual: 80, most: 200 };
