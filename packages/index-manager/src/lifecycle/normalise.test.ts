import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { differences } from '../plan/differences.ts';
import type { JsonObject, JsonValue } from '../model.ts';
import { checkLifecyclePolicy } from './check.ts';
import { normaliseIlmPolicy } from './normalise-ilm.ts';
import { normaliseIsmPolicy } from './normalise-ism.ts';

const corpus = process.env['PODSCOPE_CORPUS'];
const folder = corpus === undefined ? undefined : path.join(corpus, 'lifecycle-policies');
const present = folder !== undefined && existsSync(folder);
const files = present ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json')) : [];

/** What the plugin's toXContent makes of a policy (index-management 2.19, model/*.kt, spi Action.kt): the rules that differ from what was sent. */
function asServed(id: string, sent: JsonObject): JsonObject {
  const policy = sent['policy'] as { states: JsonObject[]; ism_template?: JsonValue } & JsonObject;
  const templates = policy.ism_template === undefined ? null : [policy.ism_template].flat().map((template) => ({ priority: 0, ...(template as JsonObject), last_updated_time: 1_700_000_000_000 }));
  return {
    policy_id: id,
    description: policy['description'],
    last_updated_time: 1_700_000_000_000,
    schema_version: 21,
    error_notification: null,
    default_state: policy['default_state'],
    states: policy.states.map((state) => ({
      name: state['name'],
      actions: ((state['actions'] ?? []) as JsonObject[]).map((action) => ({
        retry: { count: 3, backoff: 'exponential', delay: '1m' },
        ...Object.fromEntries(Object.entries(action).map(([name, body]) => [name, name === 'rollover' ? { ...(body as JsonObject), copy_alias: false } : body])),
      })),
      transitions: state['transitions'] ?? [],
    })),
    ism_template: templates,
  };
}

describe(present ? 'published ISM policies' : 'published ISM policies (not run: PODSCOPE_CORPUS names no folder with lifecycle-policies)', () => {
  it.runIf(present)('are all right, and equal what a server gives back', () => {
    expect(files.length).toBeGreaterThanOrEqual(8);
    for (const file of files) {
      const sent = JSON.parse(readFileSync(path.join(folder as string, file), 'utf8')) as JsonObject;
      expect(checkLifecyclePolicy(sent), file).toEqual([]);
      const served = asServed(file, sent);
      expect(differences(normaliseIsmPolicy(sent), normaliseIsmPolicy(served)), file).toEqual([]);
      expect(differences(normaliseIsmPolicy(served), normaliseIsmPolicy({ policy: { policy: served } })), file).toEqual([]);
      expect(normaliseIsmPolicy(normaliseIsmPolicy(sent)), file).toEqual(normaliseIsmPolicy(sent));
    }
  });
});

const one = (action: JsonObject): JsonObject => ({ description: '', default_state: 'a', states: [{ name: 'a', actions: [action], transitions: [] }] });

describe('normaliseIsmPolicy', () => {
  // Left as sent; right as populateAction and toXContent of the class that is named write it.
  it.each<[string, JsonObject, JsonObject]>([
    ['RolloverAction.kt', { rollover: { min_size: '1024mb', min_doc_count: '5', min_index_age: '24h' } }, { rollover: { min_size: '1gb', min_doc_count: 5, min_index_age: '1d', copy_alias: false } }],
    ['AllocationAction.kt', { allocation: { require: { temp: 'warm', box: 1 } } }, { allocation: { require: { temp: 'warm', box: '1' }, include: {}, exclude: {}, wait_for: false } }],
    ["Amazon's cold_migration", { cold_migration: { timestamp_field: '@timestamp' } }, { cold_migration: { timestamp_field: '@timestamp', start_time: null, end_time: null, ignore: 'none' } }],
    ['ActionRetry.kt', { close: {}, retry: { count: 5 } }, { close: {}, retry: { count: 5, backoff: 'exponential', delay: '60s' } }],
    ['NotificationAction.kt', { notification: { channel: { id: 'c' }, message_template: 'hello' } }, { notification: { channel: { id: 'c' }, message_template: { source: 'hello', lang: 'mustache' } } }],
    ['ConvertIndexToRemoteAction.kt', { convert_index_to_remote: { repository: 'r', snapshot: 's' } }, { convert_index_to_remote: { repository: 'r', snapshot: 's', include_aliases: false, ignore_index_settings: '', delete_original_index: false } }],
    ['ShrinkAction.kt', { shrink: { max_shard_size: '10gb' } }, { shrink: { max_shard_size: '10240mb', switch_aliases: false } }],
    ['AliasAction.kt', { alias: { actions: [{ add: { alias: 'x', routing: '1', filter: { term: { a: 1 } } } }] } }, { alias: { actions: [{ add: { aliases: ['x'], index_routing: '1', search_routing: '1', filter: '{"term":{"a":1}}' } }] } }],
    ['DateHistogram.kt', { rollup: { ism_rollup: { dimensions: [{ date_histogram: { source_field: 't', fixed_interval: '1h' } }] } } }, { rollup: { ism_rollup: { dimensions: [{ date_histogram: { source_field: 't', target_field: 't', fixed_interval: '1h', timezone: 'UTC' } }], metrics: [] } } }],
    ['Action.kt, custom', { own: { a: 1 } }, { custom: { own: { a: 1 } } }],
  ])('takes what a server writes as what was sent: %s', (_source, sent, served) => {
    expect(normaliseIsmPolicy(one({ retry: { count: 3, backoff: 'exponential', delay: '1m' }, ...served }))).toEqual(normaliseIsmPolicy(one(sent)));
  });

  it.each<[string, JsonObject, JsonObject]>([
    ['a retry', one({ close: {} }), one({ close: {}, retry: { count: 0 } })],
    ['a condition', one({ rollover: { min_size: '1gb' } }), one({ rollover: { min_size: '2gb' } })],
    ['a flag', one({ rollover: { min_size: '1gb' } }), one({ rollover: { min_size: '1gb', copy_alias: true } })],
    [
      'never and at once',
      { states: [{ name: 'a', transitions: [{ state_name: 'a', conditions: {} }] }] },
      { states: [{ name: 'a', transitions: [{ state_name: 'a' }] }] },
    ],
    ['filters that are no JSON', one({ alias: { actions: [{ add: { alias: 'x', filter: '{' } }] } }), one({ alias: { actions: [{ add: { alias: 'x', filter: '}' } }] } })],
    ['a priority', { states: [], ism_template: { index_patterns: ['a'] } }, { states: [], ism_template: { index_patterns: ['a'], priority: 1 } }],
  ])('keeps apart %s', (_what, before, after) => {
    expect(normaliseIsmPolicy(before)).not.toEqual(normaliseIsmPolicy(after));
  });
});

describe('normaliseIlmPolicy', () => {
  // Right: as Phase.java and the action classes of Elasticsearch 8.19 and main write it.
  it('takes an entry of GET _ilm/policy as what was sent', () => {
    const sent = {
      policy: {
        phases: {
          hot: { actions: { rollover: { max_size: '51200mb', max_age: '24h' } } },
          warm: { min_age: '48h', actions: { allocate: { number_of_replicas: 1 }, shrink: { number_of_shards: 1 } } },
          cold: { min_age: '10d', actions: { searchable_snapshot: { snapshot_repository: 'r' }, downsample: { fixed_interval: '60m' } } },
          delete: { min_age: '30d', actions: { delete: {} } },
        },
      },
    };
    const served = {
      version: 4,
      modified_date: '2026-01-01T00:00:00.000Z',
      policy: {
        phases: {
          hot: { min_age: '0ms', actions: { rollover: { max_size: '50gb', max_age: '1d' } } },
          warm: { min_age: '2d', actions: { allocate: { number_of_replicas: 1, include: {}, exclude: {}, require: {} }, shrink: { number_of_shards: 1, allow_write_after_shrink: false } } },
          cold: { min_age: '10d', actions: { searchable_snapshot: { snapshot_repository: 'r', force_merge_index: true }, downsample: { fixed_interval: '1h', wait_timeout: '1d' } } },
          delete: { min_age: '30d', actions: { delete: { delete_searchable_snapshot: true } } },
        },
      },
      in_use_by: { indices: [], data_streams: [], composable_templates: [] },
    };
    expect(normaliseIlmPolicy(served)).toEqual(normaliseIlmPolicy(sent));
    expect(normaliseIlmPolicy({ phases: { delete: { min_age: '31d', actions: { delete: {} } } } })).not.toEqual(normaliseIlmPolicy({ phases: { delete: { min_age: '30d', actions: { delete: {} } } } }));
    expect(normaliseIlmPolicy({ phases: { hot: { actions: { set_priority: { priority: null } } } } })).toEqual({ phases: { hot: { actions: { set_priority: { priority: null } } } } });
  });
});
