import { PodscopeError } from '@podscope/core';
import type { IndexSetup } from '../model.ts';
import { AMAZON_INSTANCE_TYPES, AMAZON_STORED_RATIO } from './amazon.ts';
import { inputProblems } from './input-shape.ts';
import { COLD_STORAGE, type IndexLife, lifeOf, type LifeStretch } from './life.ts';
import { fieldWarnings } from './limits.ts';
import type { EstimatedStretch, EstimateInput, IndexEstimate, StreamEstimate } from './model.ts';
import { type NodeChoice, type TierDemand, tierEstimate } from './nodes.ts';
import { givenStream, type GivenStream } from './streams.ts';
import { inDays } from './units.ts';
import { shardLimitWarnings, streamWarnings } from './warnings.ts';

const HORIZON_DAYS = 365;
/** `cluster.max_shards_per_node` of every server that has it. */
const SHARDS_PER_NODE = 1000;

/**
 * What a setup comes to under a volume: indices and shards at a time, documents, disk, heap, and which sizes of Amazon
 * OpenSearch Service hold it; with a warning where the server would refuse a template's mapping or more shards. Pure.
 *
 * Everything is given for the fullest moment, which is just before the oldest index is deleted.
 *
 * @throws PodscopeError INDEX_ESTIMATE_INVALID, with one line for each mistake of the input in `details`.
 */
export function estimateIndexSetup(setup: IndexSetup, input: EstimateInput): IndexEstimate {
  const storedRatio = input.storedRatio ?? AMAZON_STORED_RATIO;
  const given = givenStreams(setup, input, storedRatio);
  const horizon = input.horizonDays ?? HORIZON_DAYS;
  const lives = given.map((stream) => ({ stream, life: lifeUnder(setup, stream) }));
  const streams = lives.map(({ stream, life }) => streamEstimate(stream, life, horizon));
  const choice: NodeChoice = {
    instanceTypes: input.instanceTypes ?? AMAZON_INSTANCE_TYPES,
    zones: input.availabilityZones ?? 3,
    heavy: input.workload === 'heavy',
    shardLimit: Number(setup.clusterSettings['cluster.max_shards_per_node'] ?? SHARDS_PER_NODE),
  };
  const sum = (of: (stream: StreamEstimate) => number) => streams.reduce((total, stream) => total + of(stream), 0);
  const shards = sum((stream) => stream.shards);
  return {
    streams,
    tiers: demandsOf(streams).map((demand) => tierEstimate(demand, choice)),
    documentsPerDay: sum((stream) => stream.documentsPerDay),
    sourceBytesPerDay: sum((stream) => stream.sourceBytesPerDay),
    indices: sum((stream) => stream.indices),
    shards,
    documents: sum((stream) => stream.documents),
    bytes: sum((stream) => stream.bytes),
    warnings: [
      ...fieldWarnings(setup),
      ...lives.flatMap(({ life }, at) => streamWarnings(streams[at] as StreamEstimate, life, horizon)),
      ...shardLimitWarnings(shards, choice.shardLimit, input.dataNodes ?? choice.zones),
    ],
    notes: notesOf(setup, input, given, storedRatio),
  };
}

function givenStreams(setup: IndexSetup, input: EstimateInput, storedRatio: number): readonly GivenStream[] {
  const wrong = inputProblems(input);
  if (wrong.length > 0) throw invalid(wrong);
  const problems: string[] = [];
  const given = Object.entries(input.streams).flatMap(([name, volume]) => {
    const stream = givenStream(setup, name, volume, input, storedRatio);
    if (typeof stream !== 'string') return [stream];
    problems.push(`streams.${name}: ${stream}`);
    return [];
  });
  if (problems.length > 0) throw invalid(problems);
  return given;
}

function invalid(problems: readonly string[]): PodscopeError<'INDEX_ESTIMATE_INVALID'> {
  return new PodscopeError('INDEX_ESTIMATE_INVALID', `The estimate can't be made: ${problems[0]}${problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''}.`, {
    hint: 'Correct the volume that is named. Streams are the data streams, rollover aliases and indices that templates of the setup hold for.',
    details: problems,
  });
}

function lifeUnder(setup: IndexSetup, { kind, policy, documentsPerDay, sourceBytesPerDay, storedRatio, primaryShards, replicas, newIndexDays }: GivenStream): IndexLife {
  const flow = { documentsPerDay, storedPerDay: sourceBytesPerDay * storedRatio, primaryShards, replicas, newIndexDays };
  const life = lifeOf(policy === null ? undefined : setup.lifecyclePolicies[policy], flow);
  if (kind !== 'data-stream' || life.writtenDays !== null || life.deletedAfterDays === null) return life;
  const last = life.stretches.length - 1;
  return {
    ...life,
    deletedAfterDays: null,
    stretches: life.stretches.map((stretch, at) => (at === last ? { ...stretch, toDay: null } : stretch)),
    uncounted: [...life.uncounted, 'delete: the server deletes no write index of a data stream, and no rollover makes it another'],
  };
}

function streamEstimate(stream: GivenStream, life: IndexLife, horizon: number): StreamEstimate {
  const stretches = life.stretches.filter(({ fromDay }) => fromDay < horizon || life.deletedAfterDays !== null).map((stretch) => estimatedStretch(stretch, stream, life, horizon));
  const { documentsPerDay, sourceBytesPerDay, storedRatio } = stream;
  // One index alone goes through its stretches in turn; of a series there are indices in all of them.
  const counted = life.writtenDays === null ? stretches.slice(-1) : stretches;
  const sum = (of: (stretch: EstimatedStretch) => number) => counted.reduce((total, stretch) => total + of(stretch), 0);
  const documents = sum((stretch) => stretch.documents);
  const sourceBytes = (documents / documentsPerDay) * sourceBytesPerDay;
  const fullDays = life.writtenDays ?? life.deletedAfterDays ?? horizon;
  return {
    name: stream.name,
    kind: stream.kind,
    template: stream.template.template,
    policy: stream.policy,
    documentsPerDay,
    sourceBytesPerDay,
    storedRatio,
    writtenDays: life.writtenDays,
    writtenUntil: life.writtenUntil,
    deletedAfterDays: life.deletedAfterDays,
    stretches,
    indices: sum((stretch) => stretch.indices),
    primaryShards: sum((stretch) => stretch.shards / (1 + stretch.replicas)),
    shards: sum((stretch) => stretch.shards),
    documents,
    sourceBytes,
    primaryBytes: sourceBytes * storedRatio,
    bytes: sum((stretch) => stretch.bytes),
    bytesPerShard: (Math.min(fullDays, horizonOf(life, horizon)) * sourceBytesPerDay * storedRatio) / stream.primaryShards,
  };
}

/** Until when data is there at the longest. */
function horizonOf({ deletedAfterDays }: IndexLife, horizon: number): number {
  return deletedAfterDays ?? horizon;
}

function estimatedStretch({ states, tier, fromDay, toDay, primaryShards, replicas }: LifeStretch, stream: GivenStream, { writtenDays }: IndexLife, horizon: number): EstimatedStretch {
  const until = toDay ?? Math.max(horizon, fromDay);
  const days = daysHeld(fromDay, until, writtenDays);
  const indices = writtenDays === null ? 1 : Math.floor((until - fromDay) / writtenDays + 1e-9) + 1;
  return {
    state: states.join(', '),
    tier,
    fromDay,
    toDay: until,
    primaryShards,
    replicas,
    indices,
    shards: tier === COLD_STORAGE ? 0 : indices * primaryShards * (1 + replicas),
    documents: days * stream.documentsPerDay,
    bytes: days * stream.sourceBytesPerDay * stream.storedRatio * (1 + replicas),
  };
}

/** How many days' documents are in the indices of those ages, at the most. */
function daysHeld(fromDay: number, toDay: number, writtenDays: number | null): number {
  if (writtenDays === null || fromDay === 0) return toDay;
  // Whole indices come and go: one is just coming when the oldest is about to go.
  return (Math.floor((toDay - fromDay) / writtenDays + 1e-9) + 1) * writtenDays;
}

function demandsOf(streams: readonly StreamEstimate[]): readonly TierDemand[] {
  const all = streams.flatMap(({ stretches, writtenDays }) => stretches.map((stretch, at) => ({ ...stretch, isWritten: at === 0 || writtenDays === null })));
  return [...Map.groupBy(all, ({ tier }) => tier)].map(([tier, ofTier]) => ({
    tier,
    shards: ofTier.reduce((total, { shards }) => total + shards, 0),
    bytes: ofTier.reduce((total, { bytes }) => total + bytes, 0),
    writtenShards: ofTier.filter(({ isWritten }) => isWritten).reduce((total, { primaryShards, replicas }) => total + primaryShards * (1 + replicas), 0),
    copies: Math.max(...ofTier.map(({ replicas }) => replicas + 1)),
  }));
}

function notesOf(setup: IndexSetup, input: EstimateInput, given: readonly GivenStream[], storedRatio: number): readonly string[] {
  const missing = [...setup.dataStreams, ...Object.keys(setup.rolloverAliases)].filter((name) => !Object.hasOwn(input.streams, name));
  const silent = [...new Set(given.filter(({ template }) => template.settings['index.number_of_shards'] === undefined).map(({ template }) => template.template))];
  const series = given.filter(({ newIndexDays }) => newIndexDays !== undefined);
  return [
    ...(missing.length === 0 ? [] : [`not counted, because no volume is given: ${missing.join(', ')}`]),
    ...(input.storedRatio === undefined && given.some(({ name }) => input.streams[name]?.storedRatio === undefined)
      ? [`${storedRatio} bytes on disk for each byte of JSON is Amazon's rule; logs often take less: storedRatio takes what your own index measures`]
      : []),
    ...(silent.length === 0 ? [] : [`${silent.join(', ')} sets no number_of_shards: 1 is reckoned with, which servers take; Amazon OpenSearch Service takes 5`]),
    ...(series.length === 0 ? [] : series.map(({ name, newIndexDays }) => `${name}: the shipper begins a new index after ${inDays(Number(newIndexDays))}`)),
    'counted at the fullest moment, just before the oldest index is deleted',
  ];
}
