import type { Option } from '../options/option.ts';
import { isSecretReference } from '../secrets/secretReference.ts';
import { nearest } from '../lint/problem.ts';

/** What is wrong with a value, and what would be right. */
export interface ValueProblem {
  readonly message: string;
  readonly hint: string;
}

const ON = new Set(['true', 'on', 'yes']);
const OFF = new Set(['false', 'off', 'no']);
/** `flb_utils_size_to_bytes`: K, M and G, with or without B, in thousands; `false` is no limit. Other spellings end the program, or are taken for another size. */
const SIZE = /^\d+(\.\d+)?([kKmMgG][bB]?)?$/;
/** `flb_utils_time_to_seconds`: whole seconds, or with s, m, h or d. `250ms` would be 250 seconds. */
const DURATION = /^\d+(\.\d+)?[smhdSMHD]?$/;

/** A value that the environment gives, in whole or in part. */
export function fromEnvironment(value: unknown): boolean {
  return typeof value === 'string' && /\$\{[^}]+\}/.test(value);
}

/** What is wrong with the value of an option; undefined when nothing is. Secrets' values are never in the message. */
export function valueProblem(option: Option, value: unknown): ValueProblem | undefined {
  if (isSecretReference(value)) return undefined;
  if (Array.isArray(value)) {
    if (option.repeatable !== true && option.type !== 'list' && option.type !== 'any') return { message: 'several values where one may stand.', hint: 'Leave one.' };
    const single: Option = { ...option, repeatable: false, type: option.type === 'list' ? 'string' : option.type };
    return value.map((each) => valueProblem(single, each)).find((problem) => problem !== undefined);
  }
  if (fromEnvironment(value)) return undefined;
  // A text may be a whole script: it is written out only where something is wrong.
  const shown = (): string => (option.secret === true ? 'the value' : JSON.stringify(value));
  switch (option.type) {
    case 'boolean':
      return typeof value === 'boolean' ? undefined : { message: `${shown()} is no switch.`, hint: 'Write true or false.' };
    case 'integer':
    case 'number':
      if (typeof value === 'number' && Number.isFinite(value) && (option.type === 'number' || Number.isInteger(value))) return undefined;
      return { message: `${shown()} is no ${option.type === 'integer' ? 'whole ' : ''}number.`, hint: isNumeric(value) ? `Write ${value} as a number.` : 'Such as 5.' };
    case 'port':
      if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 65_535) return undefined;
      return { message: `${shown()} is no port.`, hint: isNumeric(value) && Number(value) <= 65_535 ? `Write ${value} as a number.` : 'A whole number from 1 to 65535.' };
    case 'size':
      return sizeProblem(value, shown);
    case 'duration':
      if (typeof value === 'number' ? value >= 0 : typeof value === 'string' && DURATION.test(value)) return undefined;
      return { message: `${shown()} is no time.`, hint: /^\d+ ?(ms|us|ns)$/.test(String(value)) ? 'Fluent Bit reads whole seconds, and would take this for as many seconds.' : 'Seconds, or with s, m, h or d: 10s.' };
    case 'enum': {
      const values = option.values ?? [];
      if (typeof value === 'string' && values.some((each) => each.toLowerCase() === value.toLowerCase())) return undefined;
      const meant = nearest(String(value), values);
      return { message: `${shown()} is none of ${values.join(', ')}.`, hint: meant === undefined ? `One of ${values.join(', ')}.` : `Did you mean ${meant}?` };
    }
    case 'string':
    case 'list':
      return ['string', 'number', 'boolean'].includes(typeof value) ? undefined : { message: `${option.secret === true ? 'the value' : typeof value} is no text.`, hint: 'Write it as text.' };
    default:
      return undefined;
  }
}

function sizeProblem(value: unknown, shown: () => string): ValueProblem | undefined {
  if (typeof value === 'number' ? Number.isFinite(value) && value >= 0 : typeof value === 'string' && (SIZE.test(value) || value.toLowerCase() === 'false')) return undefined;
  const meant = String(value).replaceAll(/\s+/g, '').replace(/^([\d.]+[kKmMgG])i?[bB]$/, '$1');
  return { message: `${shown()} is no size.`, hint: SIZE.test(meant) ? `Write ${meant}, without a space.` : 'A number of bytes, or one with K, M or G: 5M.' };
}

function isNumeric(value: unknown): boolean {
  return typeof value === 'string' && /^\d+$/.test(value);
}

/** A text of a file as the option's own type; the text itself where it can't be, for the linter to tell of. */
export function typedValue(option: Option | undefined, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => typedValue(option === undefined ? undefined : { ...option, repeatable: false }, each));
  if (option === undefined || typeof value === 'object') return value;
  if (option.type === 'boolean') {
    const lower = String(value).toLowerCase();
    return ON.has(lower) ? true : OFF.has(lower) ? false : value;
  }
  if (['integer', 'number', 'port'].includes(option.type)) return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  if (option.type === 'any') return value;
  return typeof value === 'string' ? value : option.type === 'size' || option.type === 'duration' ? value : String(value);
}

/** A value as text in a file. */
export function valueText(value: unknown): string {
  if (isSecretReference(value)) return `\${${value.variable}}`;
  return typeof value === 'boolean' ? (value ? 'true' : 'false') : String(value);
}
