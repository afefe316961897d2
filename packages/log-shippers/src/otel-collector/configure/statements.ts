/** Statements of the collector's transformation language (OTTL), in the context of a log record. */

/** A text of the language. */
export const text = (value: string): string => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

/** The place of a field in the body, which becomes the document: `body["log"]["offset"]`. */
export function bodyPath(name: string): string {
  return `log.body${name.split('.').map((part) => `["${part}"]`).join('')}`;
}

/** Sets a field of the document, where `from` has a value. */
export const setField = (name: string, from: string, where = `${from} != nil`): string => `set(${bodyPath(name)}, ${from})${where === '' ? '' : ` where ${where}`}`;

/** An attribute of the record. */
export const attribute = (name: string): string => `log.attributes["${name}"]`;
/** An attribute of the resource. */
export const resource = (name: string): string => `resource.attributes["${name}"]`;
/** A place for values between statements. */
export const cache = (name: string): string => `log.cache["${name}"]`;

/** The line, kept before the body becomes the document. */
export const LINE = cache('line');

/** Keeps the line, and begins the document with time and line. */
export const BEGIN: readonly string[] = [
  `set(${LINE}, log.body)`,
  'set(log.body, {})',
  'set(log.time, log.observed_time) where log.time_unix_nano == 0',
  'set(log.body["@timestamp"], FormatTime(log.time, "%Y-%m-%dT%H:%M:%S.%LZ"))',
];
