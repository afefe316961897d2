import type { Item } from './element.ts';
import type { Literal } from './syntax.ts';

/** A text that needs no quotes: no spaces at its ends, nothing that begins a comment, a quote or JSON. */
const PLAIN = /^[^\s"'[{#\\<](?:[^\n\r\f\0]*[^\s])?$/;

/** A value as Fluentd's format writes it. */
export function writeLiteral({ kind, value }: Literal): string {
  if (kind === 'ruby') return `"${value}"`;
  if (kind === 'json') return value;
  return PLAIN.test(value) && !/\s#/.test(value) && !/[\v\u0085\u2028\u2029]/.test(value) ? value : quoted(value);
}

const ESCAPED: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\f': '\\f', '\b': '\\b', '\0': '\\0' };

/**
 * In double quotes. A program of several lines, as record_transformer takes it, stays on several lines; Fluentd reads a line break as it is only
 * behind a character that needed no escape (config/literal_parser.rb, scan_double_quoted_string), any other is written as one.
 */
function quoted(value: string): string {
  const program = value.startsWith('${\n');
  const escaped = value.replace(/["\\\n\r\t\f\0\u0008]|#(?=\{)/g, (char, at: number) => {
    if (char === '#') return '\\#';
    if (char === '\n' && program && ESCAPED[value[at - 1] ?? ''] === undefined) return char;
    return ESCAPED[char] ?? char;
  });
  return `"${escaped}"`;
}

/** A JSON value in which Fluentd sees neither a comment nor Ruby. */
export function jsonLiteral(value: unknown): Literal {
  return { kind: 'json', value: JSON.stringify(value).replaceAll('#', '\\u0023') };
}

/** Sections and parameters as text. */
export function writeItems(items: readonly Item[], indent = ''): string {
  return items.map((item) => writeItem(item, indent)).join('');
}

/** One section or parameter as text, with its line's end. */
export function writeItem(item: Item, indent: string): string {
  if (item.kind === 'parameter') {
    const value = writeLiteral(item.value);
    return `${indent}${item.name}${value === '' ? '' : ` ${value}`}\n`;
  }
  const argument = item.argument === '' ? '' : ` ${writeArgument(item.argument)}`;
  return `${indent}<${item.name}${argument}>\n${writeItems(item.items, `${indent}  `)}${indent}</${item.name}>\n`;
}

/** The text after a section's name. */
export function writeArgument(argument: string): string {
  // Ruby is kept as it was read.
  if (argument.includes('#{')) return `"${argument}"`;
  return /^[^\s"'#>](?:[^\n\r>#]*[^\s>#])?$/.test(argument) ? argument : quoted(argument);
}
