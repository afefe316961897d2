import { describe, expect, it } from 'vitest';
import { defineIndexSetup } from '../define.ts';
import type { IsmPolicy } from '../lifecycle/ism-types.ts';
import type { IndexSetup, IndexSetupInput, JsonObject } from '../model.ts';
import { estimateIndexSetup } from './estimate.ts';
import { formatEstimate } from './format.ts';
import type { EstimateInput, EstimateWarning } from './model.ts';

const GIB = 1024 ** 3;

const days = (kept: string, rollover: JsonObject = { min_index_age: '1d' }): IsmPolicy => ({
  description: '',
  default_state: 'written',
  states: [
    { name: 'written', actions: [{ rollover }], transitions: [{ state_name: 'gone', conditions: { min_index_age: kept } }] },
    { name: 'gone', actions: [{ delete: {} }] },
  ],
  ism_template: [{ index_patterns: ['shop-*'], priority: 1 }],
});

const setupOf = (over: IndexSetupInput & { readonly settings?: JsonObject } = {}): IndexSetup => {
  const { settings = { number_of_shards: 1 }, ...rest } = over;
  return defineIndexSetup({
    lifecyclePolicies: { keep: days('14d') },
    indexTemplates: { shop: { index_patterns: ['shop-*'], data_stream: {}, template: { settings } } },
    dataStreams: ['shop-web'],
    ...rest,
  });
};
const web = (over: Partial<EstimateInput> = {}): EstimateInput => ({ streams: { 'shop-web': { documentsPerDay: 10_000_000, bytesPerDay: 4.7 * GIB } }, ...over });
const kinds = (warnings: readonly EstimateWarning[]) => warnings.map(({ kind, about }) => `${kind} ${about}`);

describe('estimateIndexSetup', () => {
  it("comes to the figures of Amazon's own example: two weeks of 4.7 GiB a day with one replica", () => {
    const estimate = estimateIndexSetup(setupOf(), web());
    const [stream] = estimate.streams;
    expect(stream).toMatchObject({ kind: 'data-stream', template: 'shop', policy: 'keep', writtenDays: 1, deletedAfterDays: 14, indices: 15, primaryShards: 15, shards: 30, documents: 140_000_000 });
    expect(estimate.bytes / GIB).toBeCloseTo(14 * 4.7 * 2 * 1.1, 6);
    // "66 GiB … closer to 66 * 2 * 1.1 / 0.95 / 0.8 = 191 GiB"
    expect(Math.round((estimate.tiers[0]?.minimumStorageBytes ?? 0) / GIB)).toBe(Math.round((65.8 * 2 * 1.1) / 0.95 / 0.8));
    expect(estimate.tiers[0]?.heapGib).toBe(30 / 25);
    expect(estimate.tiers[0]?.amazon).toContainEqual(expect.objectContaining({ type: 'm6g.large.search', count: 3, volumeGib: 68, why: 'one node in each of 3 Availability Zones' }));
    expect(estimate.warnings).toEqual([]);
  });

  it('takes its own ratio, replicas and policy of a stream', () => {
    const setup = setupOf({ lifecyclePolicies: { keep: days('14d'), short: { ...days('3d'), ism_template: null } } });
    const estimate = estimateIndexSetup(setup, { streams: { 'shop-web': { documentsPerDay: 1000, bytesPerDocument: 500, replicas: 0, policy: 'short', storedRatio: 0.4 } } });
    expect(estimate.streams[0]).toMatchObject({ policy: 'short', sourceBytes: 1_500_000, primaryBytes: 600_000, bytes: 600_000, shards: 4 });
    expect(estimate.notes.join()).not.toContain('for each byte of JSON');
  });

  it('puts what a policy moves on nodes of its own', () => {
    const keep: IsmPolicy = {
      ...days('30d'),
      states: [
        { name: 'written', actions: [{ rollover: { min_index_age: '1d' } }], transitions: [{ state_name: 'warm', conditions: { min_index_age: '10d' } }] },
        { name: 'warm', actions: [{ allocation: { require: { temp: 'warm' } } }, { replica_count: { number_of_replicas: 0 } }], transitions: [{ state_name: 'gone', conditions: { min_index_age: '30d' } }] },
        { name: 'gone', actions: [{ delete: {} }] },
      ],
    };
    const { tiers, streams } = estimateIndexSetup(setupOf({ lifecyclePolicies: { keep } }), web());
    expect(tiers.map(({ tier, shards }) => [tier, shards])).toEqual([['hot', 22], ['warm', 21]]);
    expect(tiers.map(({ bytes }) => Math.round(bytes / (4.7 * 1.1 * GIB)))).toEqual([20, 21]);
    expect(streams[0]?.stretches.map(({ state }) => state)).toEqual(['written', 'warm']);
  });

  it("follows Amazon's own actions into S3, where replicas and overheads don't count", () => {
    const keep: IsmPolicy = {
      ...days('365d'),
      default_state: 'hot',
      states: [
        { name: 'hot', actions: [{ rollover: { min_index_age: '1d' } }], transitions: [{ state_name: 'warm', conditions: { min_index_age: '10d' } }] },
        { name: 'warm', actions: [{ warm_migration: {}, retry: { count: 5, delay: '1h' } }], transitions: [{ state_name: 'cold', conditions: { min_index_age: '90d' } }] },
        { name: 'cold', actions: [{ cold_migration: { timestamp_field: '@timestamp' } }], transitions: [{ state_name: 'gone', conditions: { min_index_age: '365d' } }] },
        { name: 'gone', actions: [{ cold_delete: {} }] },
      ],
    };
    const estimate = estimateIndexSetup(setupOf({ lifecyclePolicies: { keep } }), web());
    expect(estimate.tiers.map(({ tier, shards, bytes, recommendedStorageBytes }) => [tier, shards, Math.round(bytes / (4.7 * 1.1 * GIB)), recommendedStorageBytes === bytes])).toEqual([
      ['hot', 22, 20, false],
      ['ultrawarm', 81, 81, true],
      ['cold storage', 0, 276, true],
    ]);
    expect(estimate.tiers[1]?.amazon[0]).toMatchObject({ type: 'ultrawarm1.medium.search', count: 2, why: 'a domain has at least 2 nodes of UltraWarm' });
    expect(formatEstimate(estimate)).toContain('cold storage: 1.39 TiB in S3, on no node\n');
    expect(estimate.warnings).toEqual([]);
  });

  it('reckons with the horizon where nothing deletes, and with one index where nothing rolls over', () => {
    const setup = setupOf({ lifecyclePolicies: {} });
    const { streams, warnings } = estimateIndexSetup(setup, web({ horizonDays: 100 }));
    expect(streams[0]).toMatchObject({ indices: 1, shards: 2, documents: 1_000_000_000, deletedAfterDays: null, writtenDays: null });
    expect(kinds(warnings)).toEqual(['no-deletion shop-web', 'no-rollover shop-web', 'large-shard shop-web']);
  });

  it.each([
    ['1d', '14d'],
    ['1d', '36h'],
    ['36h', '10d'],
    ['7d', '30d'],
    ['6h', '2d'],
  ])('is never less than what a day by day count comes to, nor more than one index above it: a rollover after %s, kept for %s', (rollover, kept) => {
    const [written, gone] = [rollover, kept].map((time) => Number.parseInt(time, 10) * (time.endsWith('d') ? 24 : 1)) as [number, number];
    // A policy that looks at its indices each hour: an index goes at the first look at which it is old enough.
    let fullest = { indices: 0, hours: 0 };
    for (let now = 0; now < 2400; now += 1) {
      const starts = Array.from({ length: Math.floor(now / written) + 1 }, (_, at) => at * written).filter((start) => now - start <= gone);
      const hours = starts.reduce((sum, start) => sum + Math.min(now - start, written), 0);
      fullest = { indices: Math.max(fullest.indices, starts.length), hours: Math.max(fullest.hours, hours) };
    }
    const setup = setupOf({ lifecyclePolicies: { keep: days(kept, { min_index_age: rollover }) } });
    const [stream] = estimateIndexSetup(setup, { streams: { 'shop-web': { documentsPerDay: 24, bytesPerDocument: 1 } } }).streams;
    expect(stream?.indices).toBe(fullest.indices);
    expect(stream?.documents).toBeGreaterThanOrEqual(fullest.hours);
    expect(stream?.documents).toBeLessThanOrEqual(fullest.hours + written);
  });

  it('keeps the only index of a data stream, whatever the policy says', () => {
    const keep: IsmPolicy = { ...days('7d'), states: [{ name: 'written', transitions: [{ state_name: 'gone', conditions: { min_index_age: '7d' } }] }, { name: 'gone', actions: [{ delete: {} }] }] };
    const { streams, warnings } = estimateIndexSetup(setupOf({ lifecyclePolicies: { keep } }), web({ horizonDays: 10 }));
    expect(streams[0]).toMatchObject({ deletedAfterDays: null, documents: 100_000_000 });
    expect(kinds(warnings)).toEqual(['no-deletion shop-web', 'no-rollover shop-web', 'large-shard shop-web', 'not-counted shop-web']);
    // An alias' index does go, with everything in it.
    const alias = setupOf({ lifecyclePolicies: { keep }, dataStreams: [], rolloverAliases: { 'shop-web': {} }, indexTemplates: { shop: { index_patterns: ['shop-*'], template: { settings: { number_of_shards: 1 } } } } });
    expect(estimateIndexSetup(alias, web()).warnings.map(({ message }) => message)).toEqual(['no rollover ends its index: after 7 days the policy deletes all documents at once, the newest too']);
  });

  it('takes a series of indices that a shipper begins', () => {
    const setup = setupOf({ lifecyclePolicies: { keep: days('7d', { min_size: '1gb' }) }, indexTemplates: { beats: { index_patterns: ['shop-*'], template: { settings: { number_of_shards: 1, number_of_replicas: 0 } } } }, dataStreams: [] });
    const { streams, warnings } = estimateIndexSetup(setup, { streams: { 'shop-2026.11.25': { documentsPerDay: 100, bytesPerDocument: 1000, newIndexEvery: '1d' } } });
    expect(streams[0]).toMatchObject({ kind: 'index-series', indices: 8, shards: 8, writtenDays: 1, deletedAfterDays: 7 });
    expect(kinds(warnings)).toEqual(['small-shard shop-2026.11.25', 'not-counted shop-2026.11.25']);
  });

  it('warns of more shards than the nodes take, by the limit that the setup itself sets', () => {
    const setup = setupOf({ settings: { number_of_shards: 50 }, clusterSettings: { 'cluster.max_shards_per_node': 400 } });
    const large = { streams: { 'shop-web': { documentsPerDay: 1e9, bytesPerDay: 2000 * GIB } } };
    const { warnings, tiers } = estimateIndexSetup(setup, large);
    expect(kinds(warnings)).toEqual(['shard-limit cluster']);
    expect(kinds(estimateIndexSetup(setup, { ...large, dataNodes: 4 }).warnings)).toEqual([]);
    expect(tiers[0]?.amazon.every(({ shardsPerNode, maxShardsPerNode }) => maxShardsPerNode !== null && shardsPerNode <= maxShardsPerNode && maxShardsPerNode <= 400)).toBe(true);
  });

  it('asks for cores and memory by the storage where the work is heavy', () => {
    const input = web({ streams: { 'shop-web': { documentsPerDay: 1e8, bytesPerDay: 300 * GIB } }, instanceTypes: [{ name: 'r6g.4xlarge.search', vcpus: 16, memoryGib: 128, minVolumeGib: 10, maxVolumeGib: 12 * 1024 }] });
    const setup = setupOf({ settings: { number_of_shards: 6 } });
    expect(estimateIndexSetup(setup, input).tiers[0]?.amazon[0]).toMatchObject({ count: 3 });
    const [heavy] = estimateIndexSetup(setup, { ...input, workload: 'heavy' }).tiers[0]?.amazon ?? [];
    expect(heavy).toMatchObject({ count: 18, why: '2 vCPU for each 100 GiB of storage' });
  });

  it('lists every mistake of the input', () => {
    const problemsOf = (input: unknown): readonly string[] => {
      try {
        estimateIndexSetup(setupOf(), input as EstimateInput);
        return [];
      } catch (error) {
        expect(error).toMatchObject({ code: 'INDEX_ESTIMATE_INVALID' });
        return (error as { readonly details: readonly string[] }).details;
      }
    };
    expect(
      problemsOf({
        streams: { 'shop-a': { documentsPerDay: 1, bytesPerDocument: 1, bytesPerDay: 1 }, 'shop-b': { documentsPerDay: -1, bytesPerDay: '1' }, 'shop-c': { documentsPerDay: 1, bytesPerDocument: 1, newIndexEvery: 'daily', replica: 1 }, 'shop-d': 5 },
        workload: 'hard',
        availabilityZones: 4,
        instanceTypes: [{ name: 'x' }],
      }),
    ).toEqual([
      'streams.shop-a has bytesPerDay and bytesPerDocument of bytesPerDay, bytesPerDocument; allowed: exactly one of them',
      'streams.shop-b.documentsPerDay is -1; allowed: a number above 0',
      'streams.shop-b.bytesPerDay is "1"; allowed: a number above 0',
      expect.stringMatching(/^streams\.shop-c\.newIndexEvery is "daily"; allowed: a whole number with/u),
      expect.stringMatching(/^streams\.shop-c\.replica is not known; allowed: .*; did you mean "replicas"\?$/u),
      'streams.shop-d is 5; allowed: an object',
      expect.stringMatching(/^workload "hard" is not allowed/u),
      'availabilityZones is 4; allowed: 1, 2 or 3',
      expect.stringMatching(/^instanceTypes\.0\.vcpus is missing/u),
      expect.stringMatching(/^instanceTypes\.0\.memoryGib is missing/u),
      expect.stringMatching(/^instanceTypes\.0\.minVolumeGib is missing/u),
      expect.stringMatching(/^instanceTypes\.0\.maxVolumeGib is missing/u),
    ]);
    const one = { documentsPerDay: 1, bytesPerDocument: 1 };
    expect(problemsOf({ streams: { nobody: one, 'shop-b': { ...one, policy: 'nobody' }, 'shop-web': { ...one, newIndexEvery: '1d' } } })).toEqual([
      'streams.nobody: no index template of the setup holds for it; there are shop',
      'streams.shop-b: there is no policy nobody; there are keep',
      'streams.shop-web: newIndexEvery is for a series of indices that the shipper begins; this one is rolled over',
    ]);
    expect([problemsOf({}), problemsOf({ streams: {} }), problemsOf([])].map(([first]) => first)).toEqual(['streams is missing; allowed: streams must be given', 'streams is empty; allowed: at least one member', 'the input is []; allowed: an object']);
    expect(problemsOf({ streams: { 'shop-web': { ...one, newIndexEvery: '0' } } })).toHaveLength(1);
  });

  it('is printed for people, without what a terminal would take for an order', () => {
    const text = formatEstimate(estimateIndexSetup(setupOf(), web()));
    expect(text).toMatchInlineSnapshot(`
      "stream    documents/day  JSON/day  an index                                  indices  shards   a shard  on disk
      shop-web     10,000,000   4.7 GiB  written for 1 day, deleted after 14 days       15      30  5.17 GiB  145 GiB

      hot: 30 shards, 145 GiB on disk; storage of 190 GiB at the least, 203 GiB with a quarter free; 1.2 GiB of heap for the shards
          3 × c6g.large.search, 68 GiB each, 10 of at most 50 shards a node: one node in each of 3 Availability Zones
          3 × m6g.large.search, 68 GiB each, 10 of at most 100 shards a node: one node in each of 3 Availability Zones
          3 × r6g.large.search, 68 GiB each, 10 of at most 200 shards a node: one node in each of 3 Availability Zones
      * 1.1 bytes on disk for each byte of JSON is Amazon's rule; logs often take less: storedRatio takes what your own index measures
      * counted at the fullest moment, just before the oldest index is deleted
      "
    `);
    const hostile = estimateIndexSetup(setupOf(), web());
    expect(formatEstimate({ ...hostile, notes: ['a\u001b[31mb\u202e'] })).not.toMatch(/[\u001b\u202e]/u);
  });
});
