import { nearest } from '../../lint/problem.ts';
import type { Option } from '../../options/option.ts';
import { isSecretReference } from '../../secrets/secretReference.ts';
import type { RubyText } from '../options/settings.ts';
import { jsonLiteral } from '../syntax/writeElement.ts';
import type { Literal } from '../syntax/syntax.ts';

/** What is wrong with a value, and what to write. */
export interface ValueFault {
  readonly what: string;
  readonly hint: string;
}

/** True for Ruby that Fluentd runs when it starts. */
export function isRuby(value: unknown): value is RubyText {
  return typeof value === 'object' && value !== null && typeof (value as { ruby?: unknown }).ruby === 'string';
}

/** The Ruby that reads an environment variable. */
export function environmentRuby(variable: string): string {
  return `#{ENV['${variable}']}`;
}

/** What Fluentd's config/types.rb finds in a text with a unit: whole numbers only, with these units. */
const SIZE = /^\d+(?:[kKmMgGtT](?:[iI]?[bB])?)?$/;
const DURATION = /^(?:\d+[smhd]|\d+(?:\.\d+)?)$/;

/**
 * What is wrong with the value of an option, as Fluentd takes it (lib/fluent/config/types.rb): it searches a size or time for digits
 * before a unit, so `500ms` is 500 minutes, `1.5m` is 5 minutes and `5 MB` is 5 bytes.
 */
export function faultOf(option: Option, value: unknown): ValueFault | undefined {
  if (isRuby(value) || isSecretReference(value)) return undefined;
  switch (option.type) {
    case 'boolean':
      return typeof value === 'boolean' || value === 'yes' || value === 'no' || value === '' ? undefined : { what: `${shown(value)} is neither true nor false.`, hint: 'true or false.' };
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value) ? undefined : { what: `${shown(value)} is no whole number.`, hint: 'A number such as 10.' };
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? undefined : { what: `${shown(value)} is no number.`, hint: 'A number such as 0.5.' };
    case 'port':
      if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 65_535) return undefined;
      return { what: `${shown(value)} is no port.`, hint: typeof value === 'string' && /^\d+$/.test(value) ? `Write ${value} as a number.` : 'A whole number from 1 to 65535.' };
    case 'size':
      if (typeof value === 'number' ? Number.isInteger(value) && value >= -1 : typeof value === 'string' && SIZE.test(value)) return undefined;
      return { what: `${shown(value)} is no size: Fluentd reads a whole number and k, m, g or t.`, hint: meantSize(value) };
    case 'duration':
      if (typeof value === 'number' ? Number.isFinite(value) : typeof value === 'string' && DURATION.test(value)) return undefined;
      return { what: `${shown(value)} is no time: Fluentd reads a whole number and s, m, h or d, or seconds.`, hint: meantDuration(value) };
    case 'enum': {
      const values = option.values ?? [];
      if (typeof value === 'string' && values.includes(value)) return undefined;
      const meant = typeof value === 'string' ? nearest(value, values) : undefined;
      return { what: `${shown(value)} is none of its values.`, hint: `${meant === undefined ? '' : `Did you mean ${meant}? `}It takes ${values.join(', ')}.` };
    }
    case 'string':
      return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? undefined : { what: `${shown(value)} is no text.`, hint: 'A text.' };
    case 'list':
      return typeof value === 'string' || Array.isArray(value) ? undefined : { what: `${shown(value)} is no list.`, hint: 'A list of texts.' };
    case 'map':
      return typeof value === 'string' || (typeof value === 'object' && value !== null && !Array.isArray(value)) ? undefined : { what: `${shown(value)} are no names with values.`, hint: "{ name: 'value' }" };
    case 'any':
      return undefined;
  }
}

function shown(value: unknown): string {
  return JSON.stringify(value) ?? 'undefined';
}

function meantSize(value: unknown): string {
  const [, digits = '', unit = ''] = /^\s*(\d+)\s*([kKmMgGtT]?)/.exec(String(value)) ?? [];
  return digits === '' || /\d\.\d/.test(String(value)) ? 'Such as 5m or 512k, without a fraction.' : `Write ${digits}${unit}.`;
}

function meantDuration(value: unknown): string {
  const [, digits, unit] = /^\s*(\d+(?:\.\d+)?)\s*(ms|us|ns|s|m|h|d)\w*$/.exec(String(value)) ?? [];
  const seconds = { ns: 1e-9, us: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600, d: 86_400 }[unit ?? ''];
  return seconds === undefined ? 'Such as 10s, 1m, or 0.5 for half a second.' : `Write ${Number((Number(digits) * seconds).toPrecision(9))}, which is seconds.`;
}

/** A value as it is written. */
export function literalOf(value: unknown): Literal {
  if (isSecretReference(value)) return { kind: 'ruby', value: environmentRuby(value.variable) };
  if (isRuby(value)) return { kind: 'ruby', value: value.ruby };
  if (typeof value === 'object' && value !== null) return jsonLiteral(value);
  return { kind: 'text', value: String(value) };
}

/** A value as an option of this type has it; the text itself where it isn't one. */
export function valueOf(option: Option | undefined, { kind, value }: Literal): unknown {
  if (kind === 'ruby') return { ruby: value } satisfies RubyText;
  if (kind === 'json') {
    if (value.includes('#{') || (option !== undefined && !['list', 'map', 'any'].includes(option.type))) return value;
    const parsed = JSON.parse(value) as unknown;
    // Of an option that no list has, an object would be a section; Fluentd itself has the text.
    const isPlain = Array.isArray(parsed) && parsed.every((each) => typeof each !== 'object');
    return option === undefined && !isPlain ? value : parsed;
  }
  switch (option?.type) {
    case 'boolean':
      return value === 'true' || value === 'yes' || value === '' ? true : value === 'false' || value === 'no' ? false : value;
    case 'integer':
    case 'port':
      return /^-?\d{1,15}$/.test(value) ? Number(value) : value;
    case 'number':
      return /^-?\d{1,15}(?:\.\d{1,12})?$/.test(value) ? Number(value) : value;
    case 'size':
      return /^-?\d{1,15}$/.test(value) ? Number(value) : value;
    default:
      return value;
  }
}
