/** Templates, component templates and pipelines of a realistic size, the same for the same seed. */
import type { IndexSetupInput, JsonObject } from '@podscope/index-manager';

const TEMPLATES = 200;
const COMPONENTS = 50;
const PIPELINES = 50;
/** Of one template, besides those of its one or two components. */
const FIELDS = { least: 10, most: 30 };
const PART_FIELDS = { least: 5, most: 15 };

/** How many of each there are. */
export const SIZES = { templates: TEMPLATES, components: COMPONENTS, pipelines: PIPELINES, all: TEMPLATES + COMPONENTS + PIPELINES } as const;

type Random = (below: number) => number;

const KINDS: readonly ((random: Random) => JsonObject)[] = [
  () => ({ type: 'keyword', ignore_above: 1024 }),
  () => ({ type: 'keyword' }),
  (random) => ({ type: 'text', norms: random(2) === 0, fields: { keyword: { type: 'keyword', ignore_above: 256 } } }),
  () => ({ type: 'long' }),
  () => ({ type: 'scaled_float', scaling_factor: 1000 }),
  () => ({ type: 'date', format: 'strict_date_optional_time||epoch_millis' }),
  () => ({ type: 'boolean' }),
  () => ({ type: 'ip' }),
  () => ({ type: 'geo_point' }),
];
const GROUPS = ['http', 'url', 'user', 'process', 'container', 'network', 'error', 'cloud'];

/** The whole setup. */
export function benchSetup(seed: number): Required<Pick<IndexSetupInput, 'componentTemplates' | 'ingestPipelines' | 'indexTemplates'>> {
  const random = randomFrom(seed);
  const componentName = (at: number): string => `bench-part-${at}`;
  const pipelineName = (at: number): string => `bench-pipeline-${at}`;
  return {
    componentTemplates: named(COMPONENTS, componentName, (at) => ({
      template: {
        settings: { index: { refresh_interval: `${5 + random(20)}s`, number_of_shards: 1 } },
        mappings: { properties: { [`part_${at}`]: { properties: leaves(random, PART_FIELDS.least + random(PART_FIELDS.most - PART_FIELDS.least)) } } },
      },
    })),
    ingestPipelines: named(PIPELINES, pipelineName, (at) => ({ description: `What service ${at} writes`, processors: processors(random) })),
    indexTemplates: named(TEMPLATES, (at) => `bench-template-${at}`, (at) => ({
      index_patterns: [`bench-${at}-logs-*`, `bench-${at}-metrics-*`],
      priority: 100 + random(50),
      composed_of: [...new Set([componentName(random(COMPONENTS)), componentName(random(COMPONENTS))])],
      template: {
        settings: { index: { number_of_replicas: 1, default_pipeline: pipelineName(random(PIPELINES)), 'mapping.total_fields.limit': 2000 } },
        mappings: { dynamic: 'strict', properties: { '@timestamp': { type: 'date' }, ...fields(random, FIELDS.least + random(FIELDS.most - FIELDS.least)) } },
      },
    })),
  };
}

function fields(random: Random, count: number): JsonObject {
  const groups = new Map<string, number>();
  for (let at = 0; at < count; at += 1) {
    const group = GROUPS[random(GROUPS.length)] ?? '';
    groups.set(group, (groups.get(group) ?? 0) + 1);
  }
  return Object.fromEntries([...groups].map(([group, size]) => [group, { properties: leaves(random, size) }]));
}

function leaves(random: Random, count: number): JsonObject {
  return named(count, (at) => `field_${at}`, () => KINDS[random(KINDS.length)]?.(random) ?? {});
}

function processors(random: Random): readonly JsonObject[] {
  const each: readonly ((at: number) => JsonObject)[] = [
    (at) => ({ set: { field: `http.field_${at}`, value: 'unknown', override: false } }),
    (at) => ({ rename: { field: `old_${at}`, target_field: `url.field_${at}`, ignore_missing: true } }),
    (at) => ({ lowercase: { field: `user.field_${at}`, ignore_missing: true } }),
    (at) => ({ date: { field: `time_${at}`, formats: ['ISO8601', 'UNIX_MS'], target_field: '@timestamp', if: `ctx.time_${at} != null` } }),
    (at) => ({ grok: { field: 'message', patterns: ['%{IPORHOST:client} %{WORD:method} %{URIPATH:path} %{NUMBER:status:int}'], ignore_failure: true, tag: `grok-${at}` } }),
    (at) => ({ remove: { field: [`left_${at}`, `right_${at}`], ignore_missing: true } }),
  ];
  return Array.from({ length: 4 + random(6) }, (_, at) => each[random(each.length)]?.(at) ?? {});
}

function named<T>(count: number, name: (at: number) => string, make: (at: number) => T): Record<string, T> {
  return Object.fromEntries(Array.from({ length: count }, (_, at) => [name(at), make(at)]));
}

function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
