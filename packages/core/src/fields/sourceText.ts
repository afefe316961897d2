import { PodscopeError } from '../errors.ts';

const WIDEST = 120;

/** A string literal. Nothing in it can end the literal, start a line, or show other text than it holds. */
export function quoted(text: string): string {
  const body = JSON.stringify(text)
    .slice(1, -1)
    .replace(/\\.|'/gu, (token) => (token === '\\"' ? '"' : token === "'" ? "\\'" : token))
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => character.split('').map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''));
  return `'${body}'`;
}

/** A property's name. `__proto__` as a literal would set the prototype; computed it is a name like any other. */
export function keyed(name: string): string {
  if (name === '__proto__') return `['__proto__']`;
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
}

/** Code for a value of JSON, over several lines where one would be too long. `room` is what the line already has. */
export function literal(value: unknown, indent: string, room: number): string {
  if (typeof value === 'string') return quoted(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number' && Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value !== 'object') {
    throw new PodscopeError('MAPPING_INVALID', `The mapping holds ${String(value)}, which JSON doesn't have.`, { hint: 'Pass the mapping as the server gave it.' });
  }
  const deeper = `${indent}  `;
  const parts = (inner: string, used: number): readonly string[] =>
    Array.isArray(value)
      ? value.map((each) => literal(each, inner, used))
      : Object.entries(value).flatMap(([name, each]) => (each === undefined ? [] : [`${keyed(name)}: ${literal(each, inner, used + keyed(name).length + 2)}`]));
  return bracketed(Array.isArray(value) ? '[]' : '{}', (used) => parts(deeper, used), indent, room);
}

/** Parts between brackets: on one line if they fit, else one a line. */
export function bracketed(brackets: '[]' | '{}', parts: (used: number) => readonly string[], indent: string, room: number): string {
  const [open, close] = [brackets.charAt(0), brackets.charAt(1)];
  const broken = parts(indent.length + 2);
  if (broken.length === 0) return brackets;
  const one = brackets === '{}' ? `{ ${broken.join(', ')} }` : `[${broken.join(', ')}]`;
  if (!one.includes('\n') && room + one.length <= WIDEST) return one;
  return `${open}\n${broken.map((part) => `${indent}  ${part},\n`).join('')}${indent}${close}`;
}
