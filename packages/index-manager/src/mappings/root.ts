import type { JsonObject, JsonValue } from '../model.ts';
import { isObject } from '../normalise/json.ts';
import type { MappingChange } from './classify.ts';
import { same } from './meaning.ts';
import { parameterOf } from './parameters.ts';

const META_FIELDS = ['_field_names', '_meta', '_routing', '_source'] as const;

/** Defaults of the members of `_source`, `_routing` and `_field_names`, as text. */
const DEFAULTS: Readonly<Record<string, JsonObject>> = {
  _source: { enabled: 'true', includes: [], excludes: [], recovery_source_enabled: 'true', recovery_source_includes: [], recovery_source_excludes: [] },
  _routing: { required: 'false' },
  _field_names: { enabled: 'true' },
};

/** The members of a mapping that start with `_`, those that the table doesn't know included. */
export function changesRoot(before: JsonObject, after: JsonObject): readonly MappingChange[] {
  const names = new Set([...META_FIELDS, ...Object.keys(before), ...Object.keys(after)].filter((name) => name.startsWith('_')));
  return [...names].sort().flatMap((name): readonly MappingChange[] => {
    const [was, is] = [filled(name, before[name]), filled(name, after[name])];
    if (same(was, is)) return [];
    return [{ path: '', parameter: name, before: before[name], after: after[name], ...judge(name, was, is, after[name]) }];
  });
}

function judge(name: string, was: JsonObject, is: JsonObject, said: JsonValue | undefined): Pick<MappingChange, 'class' | 'why' | 'send'> {
  const row = parameterOf('(mapping)', name);
  if (name === '_source') return judgeSource(was, is);
  if (row?.class !== 'free') return { class: 'reindex', why: `${name} is fixed when the index is made` };
  const why = row.later === true ? 'holds for documents written from now on; the others keep what was made of them' : 'holds at once';
  return { class: 'free', why, ...(said === undefined && row.default !== undefined ? { send: row.default } : {}) };
}

/** What `_source` left out is nowhere else. */
function judgeSource(was: JsonObject, is: JsonObject): Pick<MappingChange, 'class' | 'why'> {
  const list = (value: JsonValue | undefined): readonly JsonValue[] => (Array.isArray(value) ? (value as readonly JsonValue[]) : []);
  if (was['enabled'] === 'false' && is['enabled'] === 'true') return { class: 'impossible', why: 'the documents were not kept, so there is nothing to make an index of' };
  const stillOut = list(was['excludes']).every((path) => list(is['excludes']).includes(path));
  const stillIn = list(was['includes']).length === 0 || (list(is['includes']).length > 0 && list(is['includes']).every((path) => list(was['includes']).includes(path)));
  if (!stillOut || !stillIn) return { class: 'impossible', why: 'what was left out of the documents is nowhere else' };
  return { class: 'reindex', why: '_source is fixed when the index is made' };
}

function filled(name: string, value: JsonValue | undefined): JsonObject {
  return { ...DEFAULTS[name], ...(isObject(value) ? value : {}) };
}
