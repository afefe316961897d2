import { badValue, requireBytes, requirePort } from '../../quantities/quantities.ts';
import type { Option } from '../../options/option.ts';
import { isSecretReference } from '../../secrets/secretReference.ts';
import type { TreeValue } from '../model/tree.ts';

const GO_DURATION = /^[+-]?(\d+(\.\d*)?(ns|us|µs|ms|s|m|h))+$/;
const REFERENCE = /\$\{[^}]+\}/;

/** Why a value is none for an option, and what to write; undefined when it is one. */
export interface BadValue {
  readonly message: string;
  readonly hint: string;
}

function attempt(check: () => unknown): BadValue | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    const { message, hint } = error as Error & { readonly hint?: string };
    return { message, hint: hint ?? '' };
  }
}

function bad(where: string, message: string, hint: string): BadValue {
  const { message: text } = badValue(where, message, hint);
  return { message: text, hint };
}

/** A time as Go reads it: `10s`, `1h30m`; a bare number is seconds. Days are not known. */
function duration(where: string, value: TreeValue): BadValue | undefined {
  if (typeof value === 'number') return value >= 0 ? undefined : bad(where, `${value} is no time.`, 'Such as 10s.');
  const text = String(value);
  if (GO_DURATION.test(text) || /^0$|^\d+$/.test(text)) return undefined;
  const days = /^(\d+)d$/.exec(text)?.[1];
  const meant = days === undefined ? text.replaceAll(/\s+/g, '') : `${Number(days) * 24}h`;
  return bad(where, `${JSON.stringify(value)} is no time.`, GO_DURATION.test(meant) ? `Write ${meant}.` : 'A number with ns, us, ms, s, m or h behind it, such as 10s.');
}

/** What is wrong with a value of an option, if anything. Values out of the environment are not known before the program runs. */
export function badValueOf(where: string, option: Option, value: TreeValue): BadValue | undefined {
  if (value === null || value === undefined || isSecretReference(value)) return undefined;
  if (typeof value === 'string' && REFERENCE.test(value)) return undefined;
  if (option.values !== undefined) {
    const text = String(value).toLowerCase();
    return option.values.includes(text) ? undefined : bad(where, `${JSON.stringify(value)} is not one of its values.`, `One of ${option.values.join(', ')}.`);
  }
  switch (option.type) {
    case 'boolean':
      return typeof value === 'boolean' || ['true', 'false', 'on', 'off'].includes(String(value)) ? undefined : bad(where, `${JSON.stringify(value)} is neither true nor false.`, 'true or false');
    case 'integer':
      if (typeof value === 'number' && Number.isInteger(value)) return undefined;
      if (typeof value === 'string' && /^[+-]?(\d+|0x[\da-fA-F]+)$/.test(value)) return undefined;
      return bad(where, `${JSON.stringify(value)} is no whole number.`, 'A number without a unit.');
    case 'number':
      return typeof value === 'number' || (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))) ? undefined : bad(where, `${JSON.stringify(value)} is no number.`, 'A number without a unit.');
    case 'port':
      return attempt(() => requirePort(where, value));
    case 'size':
      return typeof value === 'string' || typeof value === 'number' ? attempt(() => requireBytes(where, value)) : bad(where, 'it is no size.', 'Such as 10MiB.');
    case 'duration':
      return duration(where, value);
    case 'string':
      return typeof value === 'object' ? bad(where, 'it is a list or a map where a text is meant.', 'Write one text.') : undefined;
    case 'list':
      return typeof value === 'object' && !Array.isArray(value) ? bad(where, 'it is a map where a list is meant.', 'Begin each line with a hyphen.') : undefined;
    default:
      return undefined;
  }
}
