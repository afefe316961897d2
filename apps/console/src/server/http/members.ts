import { PodscopeError } from '@podscope/core';

const LONGEST_TEXT = 4_000;
const MOST_TEXTS = 100;

/** One member of a request's body, undefined when it isn't there. */
export function memberOf(body: unknown, name: string): unknown {
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, name)) return undefined;
  return (body as Readonly<Record<string, unknown>>)[name];
}

/** The text under that name. @throws PodscopeError CONSOLE_BODY_INVALID */
export function textOf(body: unknown, name: string): string {
  const value = memberOf(body, name);
  if (!isText(value) || value === '') throw invalid(name, 'a text');
  return value;
}

/** The whole number under that name. @throws PodscopeError CONSOLE_BODY_INVALID */
export function wholeNumberOf(body: unknown, name: string, least: number, most: number): number {
  const value = memberOf(body, name);
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least || value > most) {
    throw invalid(name, `a whole number from ${least} to ${most}`);
  }
  return value;
}

/** The list of texts under that name. @throws PodscopeError CONSOLE_BODY_INVALID */
export function listOfTexts(body: unknown, name: string): readonly string[] {
  const value = memberOf(body, name);
  if (!Array.isArray(value) || value.length === 0 || value.length > MOST_TEXTS || !value.every(isText)) throw invalid(name, 'a list of texts');
  return value;
}

/** The object of texts under that name. @throws PodscopeError CONSOLE_BODY_INVALID */
export function textsByName(body: unknown, name: string): Readonly<Record<string, string>> {
  const value = memberOf(body, name);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(name, 'an object of texts');
  const entries = Object.entries(value as Readonly<Record<string, unknown>>).filter(
    (entry): entry is [string, string] => isText(entry[1]) && entry[0] !== '__proto__',
  );
  if (entries.length !== Object.keys(value).length || entries.length > MOST_TEXTS) throw invalid(name, 'an object of texts');
  return Object.fromEntries(entries);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST_TEXT;
}

function invalid(name: string, wanted: string): PodscopeError<'CONSOLE_BODY_INVALID'> {
  return new PodscopeError('CONSOLE_BODY_INVALID', `"${name}" in the request is not ${wanted}.`, {
    hint: 'apps/console/src/api/http.ts lists the requests.',
  });
}
