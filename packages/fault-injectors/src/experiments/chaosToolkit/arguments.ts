import { PodscopeError } from '@podscope/core';
import { z } from 'zod';

/** Something of an experiment that can't be carried over, and where it stands. */
export interface Unreadable {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** The error of something that can't be carried over, with its place below the activity that is converted. */
export function notReadable(message: string, path: readonly (string | number)[] = []): PodscopeError<'EXPERIMENT_INVALID'> {
  return new PodscopeError('EXPERIMENT_INVALID', message, { cause: path });
}

/** A value, or a `${variable}` that has it. */
const variable = z.string().regex(/^\$\{[A-Za-z_]\w*\}$/);

const text = z.string();
const flag = z.union([z.boolean(), variable]);
const whole = z.union([z.int(), variable]);

/** The kinds of arguments that functions take. */
export const argument = { text, flag, whole, labels: z.record(z.string(), z.string()), other: z.unknown() } as const;

/** What an activity's provider has under `arguments`. */
export type Arguments = Readonly<Record<string, unknown>>;

/** Reads arguments by their names; a further one is not readable. */
export function readArguments<Shape extends z.ZodRawShape>(shape: Shape, given: Arguments): z.output<z.ZodObject<Shape>> {
  const result = z.strictObject(shape).safeParse(given);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (issue?.code === 'unrecognized_keys') throw notReadable(`the argument "${issue.keys[0] ?? ''}" is not known`, ['provider', 'arguments', issue.keys[0] ?? '']);
  throw notReadable(`the argument "${issue?.path.join('.') ?? ''}" is not usable`, ['provider', 'arguments', ...(issue?.path.map((key) => (typeof key === 'number' ? key : String(key))) ?? [])]);
}

/** Refuses an argument that has another value than the one that is understood. */
export function only(given: Arguments, name: string, allowed: unknown, why: string): void {
  if (given[name] !== undefined && given[name] !== allowed) throw notReadable(`"${name}: ${JSON.stringify(given[name])}" can't be carried over: ${why}`, ['provider', 'arguments', name]);
}
