import { isJsonObject, type Json } from '../read/storedObject.ts';

/** A piece of code among values: a name, or a call of it with a value. */
export class Code {
  readonly text: string;
  readonly argument: Printable | undefined;
  constructor(text: string, argument?: Printable) {
    this.text = text;
    this.argument = argument;
  }
}

/** What can be printed: JSON with code in it. */
export type Printable = Json | Code | readonly Printable[] | { readonly [member: string]: Printable | undefined };

const WIDTH = 120;

/** A value as a TypeScript literal, on one line where it fits. `column` is where it begins. */
export function printCode(value: Printable, indent = 0, column = indent): string {
  if (value instanceof Code) return value.argument === undefined ? value.text : `${value.text}(${printCode(value.argument, indent, column + value.text.length + 1)})`;
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : String(value);
  const flat = flatCode(value, WIDTH - column);
  if (flat !== undefined) return flat;
  const inner = ' '.repeat(indent + 2);
  if (Array.isArray(value)) return `[\n${value.map((each: Printable) => `${inner}${printCode(each, indent + 2)},\n`).join('')}${' '.repeat(indent)}]`;
  const members = Object.entries(value as { readonly [member: string]: Printable | undefined }).filter((entry): entry is [string, Printable] => entry[1] !== undefined);
  const lines = members.map(([name, member]) => {
    const head = `${inner}${memberName(name)}: `;
    return `${head}${printCode(member, indent + 2, head.length)},\n`;
  });
  return `{\n${lines.join('')}${' '.repeat(indent)}}`;
}

/** On one line, or undefined when that is longer than `room` or has lines of its own. */
function flatCode(value: Printable, room: number): string | undefined {
  if (room <= 0) return undefined;
  if (value instanceof Code && value.argument !== undefined) {
    const argument = flatCode(value.argument, room - value.text.length - 2);
    return argument === undefined ? undefined : `${value.text}(${argument})`;
  }
  if (value instanceof Code || typeof value !== 'object' || value === null) {
    const text = printCode(value);
    return text.length > room || text.includes('\n') ? undefined : text;
  }
  const list = Array.isArray(value);
  const parts: string[] = [];
  let left = room - 4;
  for (const [name, member] of Object.entries(value as { readonly [member: string]: Printable | undefined })) {
    if (member === undefined) continue;
    const head = list ? '' : `${memberName(name)}: `;
    const text = flatCode(member, left - head.length);
    if (text === undefined) return undefined;
    parts.push(`${head}${text}`);
    left -= head.length + text.length + 2;
  }
  if (parts.length === 0) return list ? '[]' : '{}';
  return list ? `[${parts.join(', ')}]` : `{ ${parts.join(', ')} }`;
}

const NAME = /^[A-Za-z_$][\w$]*$/;

/** `__proto__` as a plain name would set the prototype. */
function memberName(name: string): string {
  if (name === '__proto__') return '["__proto__"]';
  return NAME.test(name) ? name : onOneLine(name);
}

/** A text as a literal; one of several lines as a template, so that it reads as it is. */
export function quoted(text: string): string {
  // Line ends other than \n do not survive in a template; other control characters nobody can read there.
  if (text.includes('\n') && !/[\u0000-\u0009\u000b-\u001f\u007f\u2028\u2029\ud800-\udfff]/.test(text.replaceAll(/[\ud800-\udbff][\udc00-\udfff]/g, ''))) {
    return `\`${text.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${')}\``;
  }
  return onOneLine(text);
}

/** The name of a member can be no template. */
function onOneLine(text: string): string {
  const body = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${body.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}'`;
}

/** The parts of a value that no type describes, wrapped in `raw(…)`. */
export function withRaw(value: Json, paths: readonly (readonly (string | number)[])[]): Printable {
  if (paths.some((path) => path.length === 0)) return new Code('raw', value);
  if (paths.length === 0) return value;
  const below = (name: string | number) => paths.filter(([first]) => first === name).map(([, ...rest]) => rest);
  if (Array.isArray(value)) return value.map((each: Json, index) => withRaw(each, below(index)));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, member === undefined ? undefined : withRaw(member, below(name))]));
}
