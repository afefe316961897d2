import { type AnyField, boolean, date, double, type Field, type Fields, ip, keyword, type NoMulti } from '@podscope/core';
import { specInvalid } from './specInvalid.ts';

/** A field whose values a script makes of each document when it is asked for. */
export interface ScriptedField {
  readonly type: 'number' | 'string' | 'date' | 'boolean' | 'ip';
  /** Such as `doc['bytes'].value / 1024`. */
  readonly script: string;
  /** @default 'painless' */
  readonly lang?: 'painless' | 'expression';
}

/** Scripted fields by name. */
export type ScriptedFields = Readonly<Record<string, ScriptedField>>;

/** What each type of scripted field counts as in a catalogue. */
interface CountsAs {
  readonly number: 'double';
  readonly string: 'keyword';
  readonly date: 'date';
  readonly boolean: 'boolean';
  readonly ip: 'ip';
}

/** A catalogue together with scripted fields. */
export type WithScripted<F extends Fields, S extends ScriptedFields> = [keyof S] extends [never] ? F : F & { readonly [Name in keyof S]: Field<CountsAs[S[Name]['type']], false, NoMulti, false> };

const COUNTS_AS: Readonly<Record<ScriptedField['type'], () => AnyField>> = { number: () => double(), string: () => keyword(), date: () => date(), boolean: () => boolean(), ip: () => ip() };

/** The fields of a catalogue that scripted fields are. */
export function fieldsOfScripted(pattern: string, fields: Fields, scripted: ScriptedFields): Fields {
  return Object.fromEntries(
    Object.entries(scripted).map(([name, { type, script }]) => {
      if (Object.hasOwn(fields, name)) throw specInvalid(`"${pattern}" has a field "${name}", and a scripted one.`, 'Give the scripted field another name.');
      if (!Object.hasOwn(COUNTS_AS, type) || script.trim() === '') throw specInvalid(`The scripted field "${name}" of "${pattern}" has no type or no script.`, 'Give it both.');
      return [name, COUNTS_AS[type]()];
    }),
  );
}
