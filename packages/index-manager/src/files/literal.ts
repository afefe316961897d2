import type { JsonValue } from '../model.ts';

const WIDTH = 120;
const STEP = '  ';
const IDENTIFIER = /^[A-Za-z_$][A-Za-z0-9_$]*$/u;

/**
 * A value as the literal of TypeScript that it is, on one line where that fits.
 *
 * `column` is where the literal begins, `indent` how far its own line is moved in.
 */
export function literal(value: JsonValue, indent = '', column = 0): string {
  const short = inline(value);
  if (column + short.length <= WIDTH || typeof value !== 'object' || value === null) return short;
  const inner = `${indent}${STEP}`;
  if (Array.isArray(value)) {
    const items = (value as readonly JsonValue[]).map((item) => `${inner}${literal(item, inner, inner.length + 1)},\n`);
    return `[\n${items.join('')}${indent}]`;
  }
  const members = membersOf(value).map(([key, item]) => {
    const start = `${inner}${nameOf(key)}: `;
    return `${start}${literal(item, inner, start.length + 1)},\n`;
  });
  return `{\n${members.join('')}${indent}}`;
}

function inline(value: JsonValue): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${(value as readonly JsonValue[]).map(inline).join(', ')}]`;
  const members = membersOf(value).map(([key, item]) => `${nameOf(key)}: ${inline(item)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

function membersOf(value: JsonValue & object): readonly (readonly [string, JsonValue])[] {
  return Object.entries(value).flatMap(([key, item]: readonly [string, JsonValue | undefined]) => (item === undefined ? [] : [[key, item] as const]));
}

/** In brackets, `__proto__` is a member like any other. */
function nameOf(key: string): string {
  if (key === '__proto__') return `['__proto__']`;
  return IDENTIFIER.test(key) ? key : quoted(key);
}

/** With the quotes that need fewer escapes; what can't be seen, or would end the line, as its number. */
function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replaceAll(/[\\\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, (character) => ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `${quote}${escaped.replaceAll(quote, `\\${quote}`)}${quote}`;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
