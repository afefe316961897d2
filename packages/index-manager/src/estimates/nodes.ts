import { DOMAIN_INSTANCES, FREE_SHARE, HEAVY, LINUX_RESERVED, MAX_HEAP_GIB, SERVICE_RESERVED, SHARDS_PER_HEAP_GIB, ULTRAWARM_NODES, ULTRAWARM_TYPES, VCPUS_PER_SHARD } from './amazon.ts';
import { COLD_STORAGE, ULTRAWARM } from './life.ts';
import type { AmazonInstanceType, AmazonSuggestion, TierEstimate } from './model.ts';
import { inBytes } from './units.ts';

const GIB = 1024 ** 3;

/** What a tier asks of its nodes. */
export interface TierDemand {
  readonly tier: string;
  readonly shards: number;
  readonly bytes: number;
  /** Shards that are written to, replicas included. */
  readonly writtenShards: number;
  /** Of one shard, the primary included: each wants a node of its own. */
  readonly copies: number;
}

/** What there is to choose from, and by what. */
export interface NodeChoice {
  readonly instanceTypes: readonly AmazonInstanceType[];
  readonly zones: number;
  readonly heavy: boolean;
  /** `cluster.max_shards_per_node` */
  readonly shardLimit: number;
}

/** The storage, heap and nodes of one tier. */
export function tierEstimate(demand: TierDemand, choice: NodeChoice): TierEstimate {
  const { tier, shards, bytes } = demand;
  if (tier === ULTRAWARM || tier === COLD_STORAGE) return { tier, shards, bytes, minimumStorageBytes: bytes, recommendedStorageBytes: bytes, heapGib: 0, amazon: tier === ULTRAWARM ? ultrawarmFor(demand) : [] };
  const usable = bytes / (1 - LINUX_RESERVED);
  const recommendedStorageBytes = Math.ceil(usable / (1 - FREE_SHARE));
  const found = choice.instanceTypes.map((type) => suggestionFor(type, demand, recommendedStorageBytes, choice)).filter(({ count }) => count <= DOMAIN_INSTANCES.most);
  const best = firstOfEach([...found].sort(cheaper), ({ type }) => type.split('.')[0]);
  return {
    tier,
    shards,
    bytes,
    minimumStorageBytes: Math.ceil(usable / (1 - SERVICE_RESERVED)),
    recommendedStorageBytes,
    heapGib: shards / SHARDS_PER_HEAP_GIB,
    // Of two generations with the same figures the one that is listed first.
    amazon: firstOfEach(best, ({ count, vcpus, memoryGib }) => `${count} × ${vcpus}, ${memoryGib}`),
  };
}

/** In S3 there is no overhead, and no shard takes heap while it isn't searched ("UltraWarm storage for Amazon OpenSearch Service"). */
function ultrawarmFor({ shards, bytes }: TierDemand): readonly AmazonSuggestion[] {
  const gib = bytes / GIB;
  const found = ULTRAWARM_TYPES.map(({ name, vcpus, memoryGib, maxVolumeGib }): AmazonSuggestion => {
    const count = Math.max(ULTRAWARM_NODES.least, Math.ceil(gib / maxVolumeGib));
    const why = count === ULTRAWARM_NODES.least ? `a domain has at least ${count} nodes of UltraWarm` : `${inBytes(bytes)} of primary shards at ${inBytes(maxVolumeGib * GIB)} a node`;
    return { type: name, count, volumeGib: Math.ceil(gib / count), vcpus, memoryGib, shardsPerNode: Math.ceil(shards / count), maxShardsPerNode: null, why };
  });
  return found.filter(({ count }) => count <= ULTRAWARM_NODES.most).sort(cheaper);
}

function firstOfEach<T>(items: readonly T[], key: (item: T) => unknown): readonly T[] {
  return [...Map.groupBy(items, key).values()].map((group) => group[0] as T);
}

/** Prices change; within a generation they follow memory and cores. The T family comes last: it is for light and uneven work. */
function cheaper(one: AmazonSuggestion, other: AmazonSuggestion): number {
  const total = ({ type, count, memoryGib, vcpus }: AmazonSuggestion) => [Number(type.startsWith('t')), count * memoryGib, count * vcpus, count] as const;
  const [mine, theirs] = [total(one), total(other)];
  return mine[0] - theirs[0] || mine[1] - theirs[1] || mine[2] - theirs[2] || mine[3] - theirs[3];
}

function suggestionFor(type: AmazonInstanceType, { shards, writtenShards, copies }: TierDemand, storageBytes: number, { zones, heavy, shardLimit }: NodeChoice): AmazonSuggestion {
  const storageGib = storageBytes / GIB;
  const maxShardsPerNode = Math.min(Math.floor(SHARDS_PER_HEAP_GIB * Math.min(type.memoryGib / 2, MAX_HEAP_GIB)), shardLimit);
  const heavyFor = (of: 'vcpus' | 'memoryGib') => ((storageGib / HEAVY.storageGib) * HEAVY[of]) / type[of];
  const needs: readonly (readonly [number, string])[] = [
    [zones, zones === 1 ? 'one node is enough' : `one node in each of ${zones} Availability Zones`],
    [copies, `a node for each of ${copies} copies`],
    [storageGib / type.maxVolumeGib, `${inBytes(storageBytes)} of storage in volumes of at most ${inBytes(type.maxVolumeGib * GIB)}`],
    [shards / maxShardsPerNode, `${shards} shards at ${maxShardsPerNode} a node`],
    [(writtenShards * VCPUS_PER_SHARD) / type.vcpus, `${writtenShards} shards that are written to at ${VCPUS_PER_SHARD} vCPU each`],
    ...(heavy
      ? ([
          [heavyFor('vcpus'), `${HEAVY.vcpus} vCPU for each ${HEAVY.storageGib} GiB of storage`],
          [heavyFor('memoryGib'), `${HEAVY.memoryGib} GiB of memory for each ${HEAVY.storageGib} GiB of storage`],
        ] as const)
      : []),
  ];
  // The first of equals: a node in each zone rather than what would be content with as many.
  const [most, why] = needs.reduce((worst, need) => (Math.ceil(need[0]) > Math.ceil(worst[0]) ? need : worst));
  const count = Math.ceil(Math.ceil(most) / zones) * zones;
  const quota = count > DOMAIN_INSTANCES.usual ? `; more than ${DOMAIN_INSTANCES.usual} instances need a raised quota` : '';
  return {
    type: type.name,
    count,
    volumeGib: Math.max(type.minVolumeGib, Math.ceil(storageGib / count)),
    vcpus: type.vcpus,
    memoryGib: type.memoryGib,
    shardsPerNode: Math.ceil(shards / count),
    maxShardsPerNode,
    why: `${why}${quota}`,
  };
}
