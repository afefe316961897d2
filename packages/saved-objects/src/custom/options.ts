import { PodscopeError } from '@podscope/core';

interface Described {
  readonly description?: string;
}

/** One option of a kind. Without a default, whoever uses the kind must give it. */
export type OptionShape = Described &
  (
    | { readonly type: 'number'; readonly default?: number; readonly least?: number; readonly most?: number; /** @default false */ readonly whole?: boolean }
    | { readonly type: 'text'; readonly default?: string }
    | { readonly type: 'boolean'; readonly default?: boolean }
    | { readonly type: 'choice'; readonly choices: readonly string[]; readonly default?: string }
    | { readonly type: 'texts'; readonly default?: readonly string[] }
  );

/** Options by name. */
export type OptionTable = Readonly<Record<string, OptionShape>>;

type ValueOf<Shape> = Shape extends { readonly type: 'number' }
  ? number
  : Shape extends { readonly type: 'boolean' }
    ? boolean
    : Shape extends { readonly type: 'choice'; readonly choices: readonly (infer Choice extends string)[] }
      ? Choice
      : Shape extends { readonly type: 'texts' }
        ? readonly string[]
        : string;
type WithDefault<O extends OptionTable> = { [Name in keyof O]: O[Name] extends { readonly default: unknown } ? Name : never }[keyof O];

/** The options as a kind gets them: all there. */
export type OptionValues<O extends OptionTable> = { readonly [Name in keyof O]: ValueOf<O[Name]> };

/** The options as a user gives them: those with a default may be left out. */
export type OptionsGiven<O extends OptionTable> = { readonly [Name in Exclude<keyof O, WithDefault<O>>]: ValueOf<O[Name]> } & {
  readonly [Name in WithDefault<O>]?: ValueOf<O[Name]>;
};

/**
 * The options of a use: what was given, held against the table, and the defaults.
 *
 * @param place Where they were given, such as `pod-timeline "pods": options`.
 * @throws PodscopeError `SAVED_OBJECT_SPEC_INVALID`
 */
export function resolvedOptions(table: OptionTable, given: unknown, place: string): Readonly<Record<string, unknown>> {
  if (given !== undefined && (typeof given !== 'object' || given === null)) throw invalid(`${place} is no object`, 'Give the options by name.');
  const values = (given ?? {}) as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(values).find((name) => !Object.hasOwn(table, name));
  if (unknown !== undefined) throw invalid(`${place}.${unknown} is no option of this kind`, `Its options are ${Object.keys(table).join(', ') || 'none'}.`);
  return Object.fromEntries(Object.entries(table).map(([name, shape]) => {
    const value = values[name] ?? shape.default;
    if (value === undefined) throw invalid(`${place}.${name} is missing`, `Give ${expected(shape)}.`);
    if (!fits(shape, value)) throw invalid(`${place}.${name} is ${JSON.stringify(value)}`, `Give ${expected(shape)}.`);
    return [name, value];
  }));
}

/** Something for each option that has no default, for previews. */
export function standInOptions(table: OptionTable): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(table).filter(([, shape]) => shape.default === undefined).map(([name, shape]) => [name, standIn(name, shape)]));
}

function standIn(name: string, shape: OptionShape): unknown {
  switch (shape.type) {
    case 'number':
      return Math.min(shape.least ?? 1, shape.most ?? Infinity);
    case 'text':
      return name;
    case 'boolean':
      return false;
    case 'choice':
      return shape.choices[0];
    case 'texts':
      return [];
  }
}

/** @throws PodscopeError `SAVED_OBJECT_SPEC_INVALID` for an option of a type that there isn't, or whose default doesn't fit. */
export function checkOptions(table: OptionTable, place: string): void {
  for (const [name, shape] of Object.entries(table)) {
    if (!['number', 'text', 'boolean', 'choice', 'texts'].includes(shape.type)) throw invalid(`${place}.${name} is of the type "${String(shape.type)}", which there isn't`, 'Use number, text, boolean, choice or texts.');
    if (shape.default !== undefined && !fits(shape, shape.default)) throw invalid(`${place}.${name} has the default ${JSON.stringify(shape.default)}`, `Give ${expected(shape)}.`);
  }
}

function fits(shape: OptionShape, value: unknown): boolean {
  switch (shape.type) {
    case 'number':
      return typeof value === 'number' && value >= (shape.least ?? -Infinity) && value <= (shape.most ?? Infinity) && Number.isFinite(value) && (shape.whole !== true || Number.isInteger(value));
    case 'text':
      return typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    case 'choice':
      return typeof value === 'string' && shape.choices.includes(value);
    case 'texts':
      return Array.isArray(value) && value.every((each) => typeof each === 'string');
  }
}

function expected(shape: OptionShape): string {
  switch (shape.type) {
    case 'number': {
      const least = shape.least === undefined ? '' : ` from ${shape.least}`;
      const most = shape.most === undefined ? '' : ` up to ${shape.most}`;
      return `a ${shape.whole === true ? 'whole ' : ''}number${least}${most}`;
    }
    case 'text':
      return 'a text';
    case 'boolean':
      return 'true or false';
    case 'choice':
      return `one of ${shape.choices.join(', ')}`;
    case 'texts':
      return 'a list of texts';
  }
}

function invalid(message: string, hint: string): PodscopeError {
  return new PodscopeError('SAVED_OBJECT_SPEC_INVALID', `${message}.`, { hint });
}
