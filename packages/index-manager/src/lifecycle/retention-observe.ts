import type { IndexClient } from '../client.ts';
import type { JsonObject, JsonValue } from '../model.ts';
import { isObject } from '../normalise/json.ts';
import type { ObservedGeneration, ObservedRetention, ObservedTarget } from './retention-model.ts';
import { send } from './send.ts';

/** A target's members before their ages and sizes are known. */
export interface TargetMembers {
  readonly name: string;
  readonly kind: ObservedTarget['kind'];
  readonly writeIndex: string | undefined;
  readonly indices: readonly string[];
  /** By index, the other aliases that write into it. */
  readonly writesFor: Readonly<Record<string, readonly string[]>>;
}

/**
 * Reads what stands under the targets' names: six requests at most, whatever their number. On Elasticsearch 7.10, which
 * has no data streams in its OSS form, only aliases are found.
 *
 * @throws PodscopeError LIFECYCLE_RUN_FAILED when the server can't be reached or refuses.
 */
export async function observeRetention(client: IndexClient, names: readonly string[], now?: number): Promise<ObservedRetention> {
  const members = await observeMembers(client, names);
  const found = members.filter(({ kind }) => kind !== 'missing').map(({ name }) => name);
  const [clock, metadata, stats] = await Promise.all([
    now ?? serverClock(client),
    metadataOf(client, found),
    statsOf(client, found),
  ]);
  return {
    now: clock,
    targets: members.map(({ name, kind, writeIndex, indices, writesFor }) => ({
      name,
      kind,
      writeIndex,
      generations: withRolloverDates(indices, writeIndex, name, metadata).map((generation) => ({
        ...generation,
        ...sizeOf(stats[generation.index]),
        writesFor: writesFor[generation.index] ?? [],
      })),
    })),
  };
}

/** The indices of each target and its write index: two requests. */
export async function observeMembers(client: IndexClient, names: readonly string[]): Promise<readonly TargetMembers[]> {
  if (names.length === 0) return [];
  const [streams, aliases] = await Promise.all([
    // Elasticsearch 7.10 OSS has no such path: 400 or 405. With the wildcard a name that nothing carries is no error.
    send(client, 'retention', { method: 'GET', path: `/_data_stream/${listed(names)}`, expected: [400, 404, 405] }),
    send(client, 'retention', { method: 'GET', path: `/${listed(names)}/_alias?ignore_unavailable=true&expand_wildcards=all`, expected: [404] }),
  ]);
  const byName = new Map(listOf(streams.body, 'data_streams').map((stream) => [String(stream['name']), stream]));
  return names.map((name) => {
    const stream = byName.get(name);
    return stream === undefined ? aliasMembers(name, aliases.body) : streamMembers(name, stream);
  });
}

function streamMembers(name: string, stream: JsonObject): TargetMembers {
  const indices = listOf(stream, 'indices').map((index) => String(index['index_name']));
  // The last is the write index (OpenSearch 2.19 server/src/main/java/org/opensearch/cluster/metadata/DataStream.java).
  return { name, kind: 'data-stream', writeIndex: indices.at(-1), indices, writesFor: {} };
}

function aliasMembers(name: string, answer: JsonObject): TargetMembers {
  const all = Object.entries(answer).map(([index, entry]) => [index, isObject(entry) && isObject(entry['aliases']) ? entry['aliases'] : {}] as const);
  const members = all.filter(([, aliases]) => Object.hasOwn(aliases, name));
  const writes = (alias: JsonValue | undefined) => isObject(alias) && alias['is_write_index'] === true;
  return {
    name,
    kind: members.length === 0 ? 'missing' : 'alias',
    // Without the mark a rollover takes the alias from the old index, which would then belong to nothing.
    writeIndex: members.find(([, aliases]) => writes(aliases[name]))?.[0],
    indices: members.map(([index]) => index).filter((index) => !index.startsWith('.')),
    writesFor: Object.fromEntries(members.map(([index, aliases]) => [index, Object.keys(aliases).filter((alias) => alias !== name && writes(aliases[alias]))])),
  };
}

/** Ages are counted by the server's clock: that of this machine may be wrong by hours. */
async function serverClock(client: IndexClient): Promise<number> {
  const { body } = await send(client, 'retention', { method: 'GET', path: '/_nodes/_local/stats/os?filter_path=nodes.*.timestamp', expected: [400, 401, 403, 404] });
  const [node] = isObject(body['nodes']) ? Object.values(body['nodes']) : [];
  return isObject(node) && typeof node['timestamp'] === 'number' ? node['timestamp'] : Date.now();
}

/** By index: settings and `rollover_info`. Where the cluster state is closed to the user, as on Amazon's service, settings only. */
async function metadataOf(client: IndexClient, names: readonly string[]): Promise<JsonObject> {
  if (names.length === 0) return {};
  const wanted = ['rollover_info', 'settings.index.creation_date', 'settings.index.uuid'].map((field) => `metadata.indices.*.${field}`).join(',');
  const state = await send(client, 'retention', {
    method: 'GET',
    path: `/_cluster/state/metadata/${exactly(names)}?expand_wildcards=all&ignore_unavailable=true&filter_path=${wanted}`,
    expected: [400, 401, 403, 404, 405],
  });
  const metadata = state.body['metadata'];
  if (state.status < 400 && isObject(metadata) && isObject(metadata['indices'])) return metadata['indices'];
  const settings = await send(client, 'retention', { method: 'GET', path: `/${exactly(names)}/_settings/index.creation_date,index.uuid?ignore_unavailable=true&expand_wildcards=all` });
  return settings.body;
}

async function statsOf(client: IndexClient, names: readonly string[]): Promise<JsonObject> {
  if (names.length === 0) return {};
  const path = `/${exactly(names)}/_stats/docs,store?expand_wildcards=all&forbid_closed_indices=false&filter_path=indices.*.primaries`;
  const { body } = await send(client, 'retention', { method: 'GET', path, expected: [404] });
  return isObject(body['indices']) ? body['indices'] : {};
}

function withRolloverDates(
  indices: readonly string[],
  writeIndex: string | undefined,
  target: string,
  metadata: JsonObject,
): readonly Omit<ObservedGeneration, 'documents' | 'bytes' | 'writesFor'>[] {
  const known = indices.flatMap((index) => {
    const entry = metadata[index];
    const settings = isObject(entry) && isObject(entry['settings']) && isObject(entry['settings']['index']) ? entry['settings']['index'] : undefined;
    const created = Number(settings?.['creation_date']);
    // One that was deleted meanwhile, or whose age is not known, is left out and so left alone.
    return Number.isFinite(created) ? [{ index, uuid: String(settings?.['uuid']), created, told: rolloverTime(entry, target) }] : [];
  });
  const ordered = known.sort((one, other) => one.created - other.created || one.index.localeCompare(other.index, 'en', { numeric: true }));
  return ordered.map(({ told, ...generation }, position) => {
    // A rollover makes the next generation in the same moment, so its creation stands for a date that the server keeps back.
    const rolledOver = generation.index === writeIndex ? undefined : (told ?? ordered[position + 1]?.created);
    return { ...generation, rolledOver };
  });
}

function rolloverTime(entry: JsonValue | undefined, target: string): number | undefined {
  const infos = isObject(entry) ? entry['rollover_info'] : undefined;
  const info = isObject(infos) ? infos[target] : undefined;
  return isObject(info) && typeof info['time'] === 'number' ? info['time'] : undefined;
}

function sizeOf(entry: JsonValue | undefined): { readonly documents: number; readonly bytes: number } {
  const primaries = isObject(entry) && isObject(entry['primaries']) ? entry['primaries'] : {};
  const { docs, store } = primaries;
  return { documents: isObject(docs) ? Number(docs['count']) : 0, bytes: isObject(store) ? Number(store['size_in_bytes']) : 0 };
}

function listed(names: readonly string[]): string {
  return names.map((name) => `${encodeURIComponent(name)}*`).join(',');
}

function exactly(names: readonly string[]): string {
  return names.map(encodeURIComponent).join(',');
}

function listOf(answer: JsonObject, member: string): readonly JsonObject[] {
  const list = answer[member];
  return Array.isArray(list) ? list.filter(isObject) : [];
}
