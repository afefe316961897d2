import { PodscopeError } from '@podscope/core';
import type { JsonObject } from '../model.ts';
import { isObject } from '../normalise/json.ts';
import { normaliseSettings } from '../normalise/settings.ts';
import type { ObservedReindex, ObservedReindexIndex, ReindexPlan, ReindexRequest, ReindexStep, ReindexSwap } from './model.ts';

/** What a server writes into the settings of an index by itself, and blocks. */
const GIVEN = /^index\.(?:uuid|creation_date|provided_name|version\.|blocks\.|remote_store\.|resize\.|shrink\.|history\.uuid|routing\.allocation\.initial_recovery|soft_deletes\.enabled$|routing_partition_size$)/u;
/** Who refuses writes to an index refuses them to its copy, unless he says otherwise. */
export const WRITE_BLOCK = 'index.blocks.write';
/** A partition size other than 1 is the user's. */
const PARTITION = 'index.routing_partition_size';
const NAME = /^[a-z0-9.][a-z0-9._-]*$/u;
/** In bytes. */
export const LONGEST_NAME = 255;
/** What no name of an index, an alias or a data stream has: the signs of patterns, lists and date mathematics. */
const NO_NAME = /[*?,"<>|\\/\s#]|^[-_+]|^\.\.?$|^$/u;

/**
 * What a reindex of the request will do, or why it can't be done. Pure.
 *
 * @throws PodscopeError INDEX_REINDEX_INVALID with every reason in the details.
 */
export function planReindex(observed: ObservedReindex, request: ReindexRequest): ReindexPlan {
  const problems = [...requestProblems(request), ...problemsOf(observed, request)];
  if (problems.length > 0) {
    throw new PodscopeError('INDEX_REINDEX_INVALID', `"${observed.name}" can't be reindexed so.`, { hint: 'Correct what the details say. Nothing was changed.', details: problems });
  }
  return rollsOver(observed) ? planMany(observed, request) : planOne(observed, request);
}

/** A name with the number that a rollover needs. */
const ROLLABLE = /-\d+$/u;

/** A data stream, or an alias that stands for one: of several indices, or of the first of a series. */
function rollsOver({ kind, name, indices }: ObservedReindex): boolean {
  if (kind === 'data stream' || indices.length > 1) return true;
  return kind === 'alias' && indices.some(({ index, aliases }) => ROLLABLE.test(index) && aliases[name]?.['is_write_index'] === true);
}

function planOne(observed: ObservedReindex, request: ReindexRequest): ReindexPlan {
  const [source] = observed.indices as readonly [ObservedReindexIndex];
  const takeOver = request.takeOverName ?? Object.keys(source.aliases).length === 0;
  const swap: ReindexSwap = takeOver ? { kind: 'name', kept: freeName(source.index, (count) => `-kept${count === 1 ? '' : count}`, observed.taken) } : { kind: 'aliases' };
  return { name: observed.name, request, rollover: undefined, steps: [step(source, observed, request, swap, request.mappings ?? source.mappings)], notes: takeOver ? [] : [`"${source.index}" stays, without its aliases, and refuses writes: whoever writes to it by its own name must use an alias.`] };
}

function planMany(observed: ObservedReindex, request: ReindexRequest): ReindexPlan {
  const isStream = observed.kind === 'data stream';
  const rollover = { stream: observed.name, writeIndex: String(observed.writeIndex) };
  if (isStream && !observed.modifyDataStream) {
    return {
      name: observed.name, request, rollover, steps: [],
      notes: [
        `This server can't exchange backing indices of a data stream (it has no _data_stream/_modify): what "${observed.name}" holds already keeps its mapping until it is deleted by age. New documents get the mapping of the template.`,
        `Instead, the past can be copied beside the stream: reindex the backing indices ${observed.indices.map(({ index }) => `"${index}"`).join(', ')} with the server's _reindex and op_type create into a new data stream, and search both.`,
      ],
    };
  }
  const swap: ReindexSwap = isStream ? { kind: 'stream', stream: observed.name } : { kind: 'aliases' };
  return {
    name: observed.name, request, rollover,
    // Their mapping is that of the new write index, which is there only after the rollover.
    steps: observed.indices.reduce<readonly ReindexStep[]>((steps, source) => {
      const taken = [...observed.taken, ...steps.map(({ target }) => target)];
      return [...steps, step(source, { ...observed, taken }, request, swap, request.mappings)];
    }, []),
    notes: [],
  };
}

function step(source: ObservedReindexIndex, observed: ObservedReindex, request: ReindexRequest, swap: ReindexSwap, mappings: JsonObject | undefined): ReindexStep {
  return {
    source: source.index,
    sourceUuid: source.uuid,
    target: request.target ?? freeName(source.index.replace(/-r\d+$/u, ''), (count) => `-r${count}`, observed.taken),
    shards: Number(source.settings['index.number_of_shards'] ?? 1),
    documents: source.documents,
    swap,
    body: { settings: ownSettings(source.settings, request.settings), mappings },
  };
}

/** What of an index's settings is not the server's own, and what is laid over it. */
export function ownSettings(settings: JsonObject, over: JsonObject = {}): JsonObject {
  const own = Object.entries(settings).filter(([name, value]) => !GIVEN.test(name) || (name === PARTITION && value !== '1'));
  return { ...Object.fromEntries(own), ...(settings[WRITE_BLOCK] === 'true' ? { [WRITE_BLOCK]: 'true' } : {}), ...normaliseSettings(over) };
}

/** A name that nothing has, of as much of the stem as a server takes. */
function freeName(stem: string, ending: (count: number) => string, taken: readonly string[]): string {
  for (let count = 1; ; count += 1) {
    const name = `${firstBytes(stem, LONGEST_NAME - ending(count).length)}${ending(count)}`;
    if (!taken.includes(name)) return name;
  }
}

/** As many whole characters of a text as fit in so many bytes: those of an index name are counted in UTF-8. */
export function firstBytes(text: string, most: number): string {
  let bytes = 0;
  let kept = '';
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > most) break;
    kept += character;
  }
  return kept;
}

function requestProblems({ target, slices, requestsPerSecond, verify, maxRefused }: ReindexRequest): string[] {
  const atLeastOne = (name: string, value: number | 'all' | undefined, whole: boolean): string[] =>
    value === undefined || value === 'all' || (value > 0 && Number.isFinite(value) && (!whole || Number.isInteger(value))) ? [] : [`${name} is ${value}; it must be ${whole ? 'a whole number from 1' : 'more than 0'}`];
  return [
    ...(target === undefined || (NAME.test(target) && target.length <= LONGEST_NAME) ? [] : [`target ${JSON.stringify(target)} is no name that every server takes: lower case, then letters, digits, ".", "_" or "-"`]),
    ...atLeastOne('slices', slices, true),
    ...atLeastOne('requestsPerSecond', requestsPerSecond, false),
    ...atLeastOne('verify', verify, true),
    ...atLeastOne('maxRefused', maxRefused, true),
  ];
}

function problemsOf(observed: ObservedReindex, request: ReindexRequest): string[] {
  const { kind, name, indices, writeIndex, taken } = observed;
  if (NO_NAME.test(name)) return [`${JSON.stringify(name)} is no name: say one index, alias or data stream, without patterns and lists`];
  if (kind === 'missing') return [`there is no index, alias or data stream "${name}"`];
  const many = rollsOver(observed);
  return [
    ...(many && writeIndex === undefined ? [`the alias "${name}" is of ${indices.map(({ index }) => `"${index}"`).join(', ')} and has no write index: name one index`] : []),
    ...(many && request.target !== undefined ? [`target can't be said for "${name}", which is rolled over: each of its indices gets its own`] : []),
    ...(many && request.takeOverName === true ? [`takeOverName is for one index; "${name}" is ${kind === 'data stream' ? 'a data stream' : 'an alias that is rolled over'}`] : []),
    ...(request.target !== undefined && taken.includes(request.target) ? [`there is an index or alias "${request.target}" already`] : []),
    ...(request.takeOverName === false && indices.length === 1 && kind === 'index' && Object.keys(indices[0]?.aliases ?? {}).length === 0
      ? [`"${name}" has no alias that could be moved: leave takeOverName away, or give it an alias and write through that`]
      : []),
    ...(many ? [] : indices.flatMap((source) => seriesProblems(source, request.target))),
    ...indices.flatMap(sourceProblems),
  ];
}

/** The write index of a series has to keep a name that can be counted on from. */
function seriesProblems({ index, aliases }: ObservedReindexIndex, target: string | undefined): string[] {
  const alias = Object.entries(aliases).find(([, { is_write_index: writes }]) => writes === true)?.[0];
  if (alias === undefined || !ROLLABLE.test(index) || (target !== undefined && ROLLABLE.test(target))) return [];
  return [`"${index}" is the write index of "${alias}": reindex "${alias}", which is then rolled over, or give a target whose name ends in a hyphen and a number`];
}

function sourceProblems({ index, mappings, settings }: ObservedReindexIndex): string[] {
  const source = isObject(mappings['_source']) ? mappings['_source'] : {};
  return [
    ...(source['enabled'] === false ? [`"${index}" doesn't keep its documents (_source is disabled): there is nothing to copy; index the originals again`] : []),
    ...(source['includes'] !== undefined || source['excludes'] !== undefined ? [`"${index}" keeps only a part of its documents (_source includes or excludes): a copy would lose the rest`] : []),
    ...(settings['index.blocks.read_only'] === 'true' || settings['index.blocks.metadata'] === 'true' || settings['index.blocks.read'] === 'true' ? [`"${index}" is blocked for reading or changing: lift the block first`] : []),
    ...(settings['index.replication.type'] === 'SEGMENT' && settings['index.number_of_replicas'] !== '0'
      ? [`"${index}" replicates by segments, so a search may miss the newest writes: set number_of_replicas to 0 until it is done`]
      : []),
  ];
}
