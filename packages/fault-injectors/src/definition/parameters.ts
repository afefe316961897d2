import { PodscopeError } from '@podscope/core';
import { z } from 'zod';
import { suggestion } from './nearest.ts';

/** What JSON Schema says of one parameter, as far as it is told to people. */
interface Described {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly default?: unknown;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Described>>;
  readonly items?: Described;
  readonly anyOf?: readonly Described[];
}

/** A parameter as the command line, its help and the docs show it. */
export interface ParameterInfo {
  readonly name: string;
  /** What it may be, in words: `a whole number from 1 to 5000`. */
  readonly allowed: string;
  readonly required: boolean;
  readonly default?: unknown;
  readonly description: string;
}

function describedOf(schema: z.ZodObject): Described & { readonly required?: readonly string[] } {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Described & { readonly required?: readonly string[] };
}

/** What the parameters of a kind of fault may be, in the order of its definition. */
export function parametersOf(schema: z.ZodObject): readonly ParameterInfo[] {
  const described = describedOf(schema);
  return Object.entries(described.properties ?? {}).map(([name, each]) => ({
    name,
    allowed: allowedOf(each),
    required: described.required?.includes(name) ?? false,
    ...(each.default === undefined ? {} : { default: each.default }),
    description: each.description ?? '',
  }));
}

function range(from: number | undefined, to: number | undefined): string {
  // What a whole number or a float can be at most is no bound that anybody chose.
  const low = from === undefined || from <= Number.MIN_SAFE_INTEGER ? undefined : from;
  const high = to === undefined || to >= Number.MAX_SAFE_INTEGER ? undefined : to;
  if (low !== undefined && high !== undefined) return ` from ${low} to ${high}`;
  if (low !== undefined) return ` of ${low} or more`;
  return high === undefined ? '' : ` of ${high} or less`;
}

function allowedOf(each: Described): string {
  if (each.enum) return `one of ${each.enum.map((value) => JSON.stringify(value)).join(', ')}`;
  if (each.const !== undefined) return JSON.stringify(each.const);
  if (each.anyOf) return each.anyOf.every((one) => one.const !== undefined) ? `one of ${each.anyOf.map(allowedOf).join(', ')}` : each.anyOf.map(allowedOf).join(', or ');
  switch (each.type) {
    case 'integer':
      return `a whole number${range(each.minimum, each.maximum)}`;
    case 'number':
      return `a number${each.exclusiveMinimum === undefined ? '' : ` above ${each.exclusiveMinimum},`}${range(each.minimum, each.maximum)}`.replace(/,$/, '');
    case 'string':
      return `a text${each.pattern === undefined ? '' : ` that matches ${each.pattern}`}${each.minLength !== undefined || each.maxLength !== undefined ? ` with a length${range(each.minLength, each.maxLength)}` : ''}`;
    case 'boolean':
      return 'true or false';
    case 'array':
      return `a list${each.minItems !== undefined || each.maxItems !== undefined ? ` with a length${range(each.minItems, each.maxItems)}` : ''}${each.items === undefined ? '' : `, each ${allowedOf(each.items)}`}`;
    case 'object':
      return each.properties === undefined ? 'an object' : `an object of ${Object.keys(each.properties).join(', ')}`;
    default:
      return 'another value';
  }
}

function atPath(described: Described, path: readonly PropertyKey[]): Described | undefined {
  let here: Described | undefined = described;
  for (const key of path) here = typeof key === 'number' ? here?.items : here?.properties?.[String(key)];
  return here;
}

/** `client.paths[0]` */
function nameOf(path: readonly PropertyKey[]): string {
  return path.map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${String(key)}`)).join('');
}

/** One line for each thing that is wrong. Values are not repeated: they may be secrets. */
function linesOf(described: Described, issue: z.core.$ZodIssue): readonly string[] {
  const place = atPath(described, issue.path);
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(place?.properties ?? {});
    return issue.keys.map((key) => `${nameOf([...issue.path, key])}: there is no such parameter; ${suggestion(key, known)}`);
  }
  const name = nameOf(issue.path) || 'the parameters';
  // What the definition says itself is better than what can be told of its pattern.
  if (issue.code === 'custom' || !/^(Invalid|Too )/.test(issue.message)) return [`${name}: ${issue.message}`];
  const allowed = place === undefined ? issue.message : `must be ${allowedOf(place)}`;
  const what = place?.description ? ` (${place.description})` : '';
  return [`${name}: ${allowed}${what}`];
}

/**
 * Checks parameters and fills in defaults.
 *
 * @throws PodscopeError FAULT_BAD_PARAMETERS, naming each parameter and what it may be.
 */
export function checkParameters<Schema extends z.ZodObject>(id: string, schema: Schema, params: unknown): z.output<Schema> {
  const result = schema.strict().safeParse(params);
  if (result.success) return result.data as z.output<Schema>;
  const described = describedOf(schema);
  const lines = result.error.issues.flatMap((issue) => linesOf(described, issue));
  const more = lines.length > 1 ? ` (and ${lines.length - 1} more)` : '';
  throw new PodscopeError('FAULT_BAD_PARAMETERS', `The parameters of ${id} are not usable: ${lines[0] ?? 'they are no object'}${more}.`, {
    hint: `Its parameters are: ${Object.keys(described.properties ?? {}).join(', ') || 'none'}. Nothing was changed.`,
    details: lines,
  });
}
