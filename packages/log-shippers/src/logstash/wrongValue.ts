import type { Option } from '../options/option.ts';
import { bytesOf } from '../quantities/quantities.ts';
import { isSecretReference } from '../secrets/secretReference.ts';

const VARIABLE = /\$\{[A-Za-z_][\w.]*(?::[^}]*)?\}/;

/** What is wrong with an option's value; undefined when nothing is, or only the program could say. Never says a secret's value. */
export function wrongValue(option: Option, value: unknown): { readonly message: string; readonly hint: string } | undefined {
  if (isSecretReference(value) || (typeof value === 'string' && VARIABLE.test(value))) return undefined;
  const said = option.secret === true ? 'the value' : JSON.stringify(value);
  switch (option.type) {
    case 'boolean':
      return value === true || value === false || value === 'true' || value === 'false' ? undefined : { message: `${said} is no boolean.`, hint: 'true or false.' };
    case 'port':
      if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 65_535) return undefined;
      return { message: `${said} is no port.`, hint: typeof value === 'string' && /^\d+$/.test(value) ? `Write ${value} as a number.` : 'A whole number up to 65535.' };
    case 'integer':
    case 'number':
      if (typeof value === 'number' && (option.type === 'number' || Number.isInteger(value))) return undefined;
      return { message: `${said} is no number.`, hint: typeof value === 'string' && /^\d+$/.test(value) ? `Write ${value} without quotes.` : 'A number.' };
    case 'size':
      if ((typeof value === 'number' || typeof value === 'string') && bytesOf(value) !== undefined) return undefined;
      return { message: `${said} is no size.`, hint: `Such as ${typeof value === 'string' && bytesOf(value.replaceAll(/\s+/g, '')) !== undefined ? value.replaceAll(/\s+/g, '') : '1gb'}, without a space.` };
    case 'map':
      return typeof value === 'object' && value !== null && !Array.isArray(value) ? undefined : mapOf(value) ? undefined : { message: `${said} is no hash.`, hint: '{ "name" => "value" }' };
    case 'enum':
      return option.values?.includes(String(value)) === true ? undefined : { message: `${said} is none of its values.`, hint: `One of ${(option.values ?? []).join(', ')}.` };
    case 'string':
      return typeof value === 'object' && value !== null && !(Array.isArray(value) && value.length === 1) ? { message: 'the value is no text.', hint: 'One text.' } : undefined;
    default:
      return undefined;
  }
}

/** A hash may be written as a list of names and values, as old pipelines do. */
function mapOf(value: unknown): boolean {
  return Array.isArray(value) && value.length % 2 === 0;
}
