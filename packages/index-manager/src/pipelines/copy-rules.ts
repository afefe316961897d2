import type { JsonObject } from '../model.ts';

/** Fields may be told by a template, which only a server fills in. */
const PLAIN = /^(?!.*\{\{).+$/u;
/** What every processor takes. */
const COMMON = ['if', 'tag', 'description', 'ignore_failure', 'on_failure'];

/** Copies by hand what `copy_from` copies: objects and lists as they are at that moment, all else as it is. */
const COPY = `
def copyOf(def value) {
  if (value instanceof Map) { Map copy = new HashMap(); for (def entry : value.entrySet()) { copy.put(entry.getKey(), copyOf(entry.getValue())); } return copy; }
  if (value instanceof List) { List copy = new ArrayList(); for (def item : value) { copy.add(copyOf(item)); } return copy; }
  return value;
}
def found = ctx;
for (def name : params.from) {
  if (!(found instanceof Map) || !found.containsKey(name)) {
    if (params.optional) { return; }
    throw new IllegalArgumentException("field [" + params.path + "] not present");
  }
  found = found.get(name);
}
if (params.optional && (found == null || found == "")) { return; }
def target = ctx;
for (int at = 0; at < params.to.size() - 1; at++) {
  if (target.get(params.to[at]) == null) { target.put(params.to[at], new HashMap()); }
  target = target.get(params.to[at]);
}
def last = params.to[params.to.size() - 1];
if (params.keep && target.get(last) != null) { return; }
target.put(last, copyOf(found));`.trim();

/** `set` with `copy_from` as another processor that does the same; a reason where none does. */
export function copyInstead(set: JsonObject, has: (processor: string) => boolean): JsonObject | string {
  const { field, copy_from: from, override = true, ignore_empty_value: optional = false } = set;
  if (typeof field !== 'string' || typeof from !== 'string' || !PLAIN.test(field) || !PLAIN.test(from)) return 'copy_from with a template has no counterpart';
  const common = Object.fromEntries(Object.entries(set).filter(([name]) => COMMON.includes(name)));
  if (has('copy') && override !== false && optional === false) return { copy: { ...common, source_field: from, target_field: field, override_target: true } };
  // Its text is what a document gets of it in both cases.
  if (from === '_ingest.timestamp') return { set: { ...common, field, value: '{{{_ingest.timestamp}}}', override } };
  const [source, target] = [from.split('.'), field.split('.')];
  const inDocument = !/^_ingest(?:\.|$)/u.test(from) && [...source, ...target].every((part) => !/^\d+$/u.test(part));
  if (!has('script') || !inDocument) return 'the server has neither copy_from nor a processor that does the same';
  return { script: { ...common, lang: 'painless', source: COPY, params: { from: source, to: target, path: from, optional, keep: override === false } } };
}
