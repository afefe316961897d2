import { type IndexClient, send } from '../client.ts';
import type { JsonObject } from '../model.ts';
import { isObject } from '../normalise/json.ts';
import type { ObservedReindex, ObservedReindexIndex } from './model.ts';
import { firstBytes } from './plan.ts';
import { modifiesStreams } from '../observe/modify.ts';
import { part, reindexFailure } from './send.ts';

/**
 * Reads what stands under the name of an index, an alias or a data stream, as far as a reindex needs it.
 *
 * @throws PodscopeError INDEX_REINDEX_FAILED with the server's reason.
 */
export async function observeReindex(client: IndexClient, name: string): Promise<ObservedReindex> {
  try {
    return await observeOnce(client, name);
  } catch (error) {
    throw reindexFailure(error, `Reading "${name}"`);
  }
}

/** As {@link observeReindex}, with the client's own errors: for whoever waits for a server that is away. */
export async function observeOnce(client: IndexClient, name: string): Promise<ObservedReindex> {
  const indices = await readIndices(client, name);
  const stream = await readStream(client, name);
  const byAge = stream?.indices ?? indices.map(({ index }) => index).sort();
  const sorted = byAge.flatMap((index) => indices.filter((each) => each.index === index));
  const kind = stream !== undefined ? 'data stream' : indices.length === 0 ? 'missing' : indices.some(({ index }) => index === name) ? 'index' : 'alias';
  const marked = sorted.filter(({ aliases }) => aliases[name]?.['is_write_index'] === true);
  const writer = kind === 'data stream' ? sorted.at(-1) : kind === 'alias' && marked.length === 0 && sorted.length === 1 ? sorted[0] : marked[0];
  return {
    name,
    kind,
    indices: await Promise.all(sorted.map(async (each) => ({ ...each, documents: await count(client, each.index) }))),
    writeIndex: writer?.index,
    modifyDataStream: stream !== undefined && (await modifiesStreams(client)),
    taken: await namesFrom(client, sorted.map(({ index }) => index)),
  };
}

async function readIndices(client: IndexClient, name: string): Promise<readonly ObservedReindexIndex[]> {
  const { body: found, status } = await send(client, { method: 'GET', path: `/${part(name)}?flat_settings=true`, expected: [404] });
  if (status === 404) return [];
  return Object.entries(found).flatMap(([index, body]) => {
    if (!isObject(body)) return [];
    const settings = isObject(body['settings']) ? body['settings'] : {};
    return [{
      index,
      uuid: String(settings['index.uuid']),
      settings,
      mappings: isObject(body['mappings']) ? body['mappings'] : {},
      aliases: (isObject(body['aliases']) ? body['aliases'] : {}) as Readonly<Record<string, JsonObject>>,
      documents: 0,
    }];
  });
}

async function readStream(client: IndexClient, name: string): Promise<{ readonly indices: readonly string[] } | undefined> {
  // A server without data streams takes `_data_stream` for an index, or for nothing.
  const { body } = await send(client, { method: 'GET', path: `/_data_stream/${part(name)}`, expected: [400, 404, 405] });
  const [stream] = (body['data_streams'] ?? []) as unknown as readonly { readonly indices: readonly { readonly index_name: string }[] }[];
  return stream && { indices: stream.indices.map(({ index_name }) => index_name) };
}

async function count(client: IndexClient, index: string): Promise<number> {
  return Number((await send(client, { method: 'GET', path: `/${part(index)}/_count`, expected: [404] })).body['count'] ?? 0);
}

/** A server reads no longer address than 4096 bytes. */
const LONGEST_ADDRESS = 3000;
/** New names may be shorter than their source, where that is as long as a name can be. */
const SHORTENED = 240;

async function namesFrom(client: IndexClient, sources: readonly string[]): Promise<readonly string[]> {
  const addresses: string[] = [];
  for (const source of sources) {
    const pattern = `${part(firstBytes(source, SHORTENED).replace(/-r\d+$/u, ''))}*`;
    const last = addresses.at(-1);
    if (last === undefined || last.length + pattern.length > LONGEST_ADDRESS) addresses.push(pattern);
    else addresses[addresses.length - 1] = `${last},${pattern}`;
  }
  const names = await Promise.all(addresses.map(async (address) => {
    const { body: found, status } = await send(client, { method: 'GET', path: `/${address}/_alias?expand_wildcards=all`, expected: [404] });
    if (status === 404) return [];
    return Object.entries(found).flatMap(([index, body]) => [index, ...(isObject(body) && isObject(body['aliases']) ? Object.keys(body['aliases']) : [])]);
  }));
  return [...new Set(names.flat())];
}
