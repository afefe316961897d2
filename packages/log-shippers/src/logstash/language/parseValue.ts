import type { LogstashValue, PluginLayout } from './model.ts';
import type { Scanner } from './scanner.ts';

const NAME = /[A-Za-z0-9_-]+/y;
const BAREWORD = /[A-Za-z_][A-Za-z0-9_]+/y;
const NUMBER = /-?[0-9]+(?:\.[0-9]*)?/y;
const SPACE = /[ \t\r\n]/;
const QUOTES = ['"', "'"] as const;

/** A plugin as it was read. */
export interface ReadPlugin {
  readonly plugin: string;
  readonly options: Readonly<Record<string, LogstashValue>>;
  readonly layout: PluginLayout;
}

/** Rule `name`: a word or a string. */
export function parseName(scan: Scanner): string | undefined {
  return scan.take(NAME, 'a name') ?? parseString(scan);
}

/** Rule `string`, without its quotes. A quote after a backslash doesn't end it, and the backslash stays in the text. */
export function parseString(scan: Scanner): string | undefined {
  const quote = QUOTES.find((one) => scan.text[scan.at] === one);
  if (quote === undefined) return scan.miss('a string');
  for (let at = scan.at + 1; at < scan.text.length; at++) {
    if (scan.text[at] === '\\' && scan.text[at + 1] === quote) at++;
    else if (scan.text[at] === quote) {
      const text = scan.text.slice(scan.at + 1, at);
      scan.at = at + 1;
      return text;
    }
  }
  return scan.miss(`a string with ${quote} at its end`);
}

/** Rule `plugin`. */
export function parsePlugin(scan: Scanner, before: string): ReadPlugin | undefined {
  return scan.attempt(() => {
    const from = scan.at;
    const plugin = parseName(scan);
    if (plugin === undefined) return undefined;
    const name = scan.text.slice(from, scan.at);
    const opened = scan.at;
    scan.trivia();
    if (!scan.word('{')) return undefined;
    const open = scan.text.slice(opened, scan.at);
    const attributes = parseAttributes(scan);
    const closed = scan.at;
    scan.trivia();
    if (!scan.word('}')) return undefined;
    const layout = { line: scan.line(from), before, name, open, attributes, close: scan.text.slice(closed, scan.at) };
    return { plugin, options: merged(attributes), layout };
  });
}

/** Attributes: each further one needs white space before it, not only a comment. */
function parseAttributes(scan: Scanner): PluginLayout['attributes'] {
  const attributes: PluginLayout['attributes'][number][] = [];
  for (;;) {
    const found = scan.attempt(() => {
      if (attributes.length > 0 && !SPACE.test(scan.text[scan.at] ?? '')) return scan.miss('white space');
      const before = scan.trivia();
      const from = scan.at;
      const name = parseName(scan);
      if (name === undefined) return undefined;
      scan.trivia();
      if (!scan.word('=>')) return undefined;
      scan.trivia();
      const value = parseValue(scan);
      return value === undefined ? undefined : { before, name, raw: scan.text.slice(from, scan.at), value: value.value, line: scan.line(from) };
    });
    if (found === undefined) return attributes;
    attributes.push(found);
  }
}

/** Logstash merges an option that stands twice: hashes into one, all else into a list. */
export function merged(attributes: readonly { readonly name: string; readonly value: LogstashValue }[]): Record<string, LogstashValue> {
  const options = new Map<string, LogstashValue>();
  for (const { name, value } of attributes) {
    const known = options.get(name);
    if (known === undefined) options.set(name, value);
    else if (isHash(known) && isHash(value)) options.set(name, Object.fromEntries([...Object.entries(known), ...Object.entries(value)]));
    else options.set(name, [...(Array.isArray(known) ? known : [known]), ...(Array.isArray(value) ? value : [value])] as readonly LogstashValue[]);
  }
  return Object.fromEntries(options);
}

/** True for names with values, which are neither a codec nor a reference to a secret. */
export function isHash(value: LogstashValue): value is Readonly<Record<string, LogstashValue>> {
  return typeof value === 'object' && !Array.isArray(value) && !('$codec' in value) && !('kind' in value && value['kind'] === 'secret' && 'variable' in value);
}

/** Rule `value`, in a box since a value may be `false`. */
export function parseValue(scan: Scanner): { readonly value: LogstashValue } | undefined {
  const codec = parsePlugin(scan, '');
  if (codec !== undefined) return { value: { $codec: codec.plugin, options: codec.options } };
  const word = scan.take(BAREWORD, 'a value');
  if (word !== undefined) return { value: word === 'true' ? true : word === 'false' ? false : word };
  const text = scan.attempt(() => parseString(scan));
  if (text !== undefined) return { value: text };
  const number = scan.take(NUMBER, 'a value');
  if (number !== undefined) return { value: Number(number) };
  return boxed(scan.attempt(() => parseArray(scan))) ?? boxed(scan.attempt(() => parseHash(scan)));
}

function boxed(value: LogstashValue | undefined): { readonly value: LogstashValue } | undefined {
  return value === undefined ? undefined : { value };
}

/** Rule `array`. */
export function parseArray(scan: Scanner): readonly LogstashValue[] | undefined {
  if (!scan.word('[')) return undefined;
  scan.trivia();
  const values: LogstashValue[] = [];
  for (let first = true; ; first = false) {
    const next = scan.attempt(() => {
      if (!first) {
        scan.trivia();
        if (!scan.word(',')) return undefined;
        scan.trivia();
      }
      return parseValue(scan);
    });
    if (next === undefined) break;
    values.push(next.value);
  }
  scan.trivia();
  return scan.word(']') ? values : undefined;
}

function parseHash(scan: Scanner): Readonly<Record<string, LogstashValue>> | undefined {
  if (!scan.word('{')) return undefined;
  const entries: [string, LogstashValue][] = [];
  for (;;) {
    const entry = scan.attempt((): [string, LogstashValue] | undefined => {
      scan.trivia();
      const name = scan.take(NUMBER, 'a name') ?? scan.take(BAREWORD, 'a name') ?? parseString(scan);
      if (name === undefined) return undefined;
      scan.trivia();
      if (!scan.word('=>')) return undefined;
      scan.trivia();
      const value = parseValue(scan);
      return value === undefined ? undefined : [name, value.value];
    });
    if (entry === undefined) break;
    entries.push(entry);
  }
  scan.trivia();
  return scan.word('}') ? Object.fromEntries(entries) : undefined;
}
