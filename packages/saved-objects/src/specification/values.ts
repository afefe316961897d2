import type { Query } from '../savedObject.ts';
import { specInvalid } from '../specInvalid.ts';

/** The field of a specification. */
export function fieldFrom(spec: { readonly kind: string; readonly field?: string }): string {
  if (typeof spec.field === 'string' && spec.field !== '') return spec.field;
  throw specInvalid(`${spec.kind} names no field.`, 'Choose a field.');
}

/** The label of a specification, as options carry it. */
export function labelFrom(value: unknown): { readonly label?: string } {
  if (value === undefined) return {};
  if (typeof value === 'string') return { label: value };
  throw specInvalid(`${JSON.stringify(value)} is no label.`, 'Pass a text.');
}

/** Numbers of a specification. */
export function numbersFrom(values: unknown): readonly number[] {
  if (Array.isArray(values) && values.every((value) => typeof value === 'number')) return values;
  throw specInvalid(`${JSON.stringify(values)} are no numbers.`, 'Pass a list of numbers.');
}

/** A number of a specification, as options carry it. */
export function numberFrom<const Name extends string>(name: Name, value: unknown): { readonly [Key in Name]?: number } {
  if (value === undefined) return {};
  if (typeof value === 'number') return { [name]: value } as { readonly [Key in Name]: number };
  throw specInvalid(`${JSON.stringify(value)} is no ${name}.`, 'Pass a number.');
}

/** One of a list of texts, or undefined where there is none. */
export function oneOf<const Value extends string>(what: string, value: unknown, allowed: readonly Value[]): Value | undefined {
  if (value === undefined) return undefined;
  const found = allowed.find((each) => each === value);
  if (found !== undefined) return found;
  throw specInvalid(`There is no ${what} ${JSON.stringify(value)}.`, `Use one of ${allowed.join(', ')}.`);
}

/** Queries by name. */
export function queriesFrom(queries: unknown): Readonly<Record<string, string>> {
  const entries = typeof queries === 'object' && queries !== null ? Object.entries(queries) : [];
  if (entries.length > 0 && entries.every(([, query]) => typeof query === 'string')) return Object.fromEntries(entries) as Record<string, string>;
  throw specInvalid('The filters are no queries by name.', 'Pass an object of texts in DQL.');
}

/** Ranges whose ends are all of one type. */
export function rangesFrom<Bound extends 'number' | 'string'>(ranges: unknown, type: Bound): readonly { readonly from?: Bound extends 'number' ? number : string; readonly to?: Bound extends 'number' ? number : string }[] {
  type End = Bound extends 'number' ? number : string;
  const isEnd = (value: unknown): value is End | undefined => value === undefined || (typeof value === type && (typeof value !== 'number' || Number.isFinite(value)));
  const fits = (each: unknown): each is { readonly from?: End; readonly to?: End } =>
    typeof each === 'object' && each !== null && isEnd((each as { from?: unknown }).from) && isEnd((each as { to?: unknown }).to);
  if (Array.isArray(ranges) && ranges.every(fits)) return ranges.map(({ from, to }) => ({ ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }));
  throw specInvalid(`${JSON.stringify(ranges)} are no ranges.`, `Pass a list of objects with from, to, or both, each a ${type}.`);
}

/** A query of a specification. */
export function filterFrom(value: string | Query): string | Query {
  if (typeof value === 'string') return value;
  if (typeof value?.query === 'string' && (value.language === 'kuery' || value.language === 'lucene')) return value;
  throw specInvalid('The filter is no query.', 'Pass a text in DQL, or a query and its language, kuery or lucene.');
}
