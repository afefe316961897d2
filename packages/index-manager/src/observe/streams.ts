import type { JsonObject, ObservedIndices, ObservedStream } from '../model.ts';
import { isObject } from '../normalise/json.ts';
import { objectsOf } from './ask.ts';
import type { IndexScope } from './scope.ts';

/** The data streams of an answer by their names, the write index last. */
export function streamsOf(answer: JsonObject, names: readonly string[]): Record<string, ObservedStream> {
  const named = new Set(names);
  const wanted = objectsOf(answer, 'data_streams').filter(({ name }) => named.has(String(name)));
  return Object.fromEntries(
    wanted.map(({ name, template, ...stream }) => {
      const members = objectsOf(stream, 'indices');
      const indices = members.map((index) => String(index['index_name']));
      const uuid = members.at(-1)?.['index_uuid'];
      return [String(name), { template: typeof template === 'string' ? template : null, indices, writeIndex: indices.at(-1), ...(typeof uuid === 'string' ? { uuid } : {}) }];
    }),
  );
}

/** What the answer of `_alias` says of a setup's rollover aliases, aliases, and names that are in use. */
export function aliasesOf(answer: JsonObject, scope: IndexScope, dataStreams: boolean): Pick<ObservedIndices, 'rolloverAliases' | 'aliases' | 'taken'> {
  const members = new Map<string, Record<string, JsonObject>>();
  for (const [index, entry] of Object.entries(answer)) {
    for (const [alias, options] of Object.entries(isObject(entry) && isObject(entry['aliases']) ? entry['aliases'] : {})) {
      const known = members.get(alias) ?? {};
      members.set(alias, known);
      if (isObject(options)) known[index] = options;
    }
  }
  const present = (names: readonly string[]) =>
    names.flatMap((name) => {
      const of = members.get(name);
      return of === undefined ? [] : [[name, of] as const];
    });
  const streams = new Set(scope['data-stream']);
  const rolled = [...scope['rollover-alias'], ...(dataStreams ? [] : scope['data-stream'])];
  const taken = [...scope['data-stream'], ...scope['rollover-alias'], ...scope.alias].flatMap((name): (readonly [string, 'index' | 'alias'])[] => {
    if (Object.hasOwn(answer, name)) return [[name, 'index']];
    return dataStreams && streams.has(name) && members.has(name) ? [[name, 'alias']] : [];
  });
  return {
    rolloverAliases: Object.fromEntries(present(rolled).map(([name, of]) => [name, rolledOver(of)])),
    aliases: Object.fromEntries(present(scope.alias)),
    taken: Object.fromEntries(taken),
  };
}

function rolledOver(members: Readonly<Record<string, JsonObject>>): ObservedStream {
  const indices = Object.keys(members).sort((one, other) => one.localeCompare(other, 'en', { numeric: true }));
  const marked = indices.find((index) => members[index]?.['is_write_index'] === true);
  const newest = indices.at(-1);
  if (marked !== undefined || newest === undefined) return { template: null, indices, writeIndex: marked };
  const options = members[newest] ?? {};
  // To an only index the server writes unless it says otherwise.
  return { template: null, indices, writeIndex: indices.length === 1 && options['is_write_index'] === undefined ? newest : undefined, unmarked: { index: newest, options } };
}
