import { z } from 'zod';

const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** What a value is compared with. Several parts must all hold. */
export const boundShape = {
  equals: scalar.describe('the very value').optional(),
  tolerance: z.number().nonnegative().describe('how far from "equals" a number may be').optional(),
  oneOf: z.array(scalar).min(1).describe('one of these values').optional(),
  atLeast: z.number().describe('the least number that holds').optional(),
  atMost: z.number().describe('the largest number that holds').optional(),
  above: z.number().describe('a number above this one').optional(),
  below: z.number().describe('a number below this one').optional(),
  contains: z.string().min(1).describe('a text in which this stands').optional(),
  matches: z.string().describe('a text in which this regular expression is found').refine(isRegExp, 'is no regular expression').optional(),
  exists: z.boolean().describe('whether there is a value at all').optional(),
};

/** {@link boundShape} as an object of its own. */
export const boundSchema = z.strictObject(boundShape).refine(isBound, 'say what to compare with: equals, oneOf, atLeast, atMost, above, below, contains, matches or exists');

/** What a value is compared with. */
export type Bound = z.output<z.ZodObject<typeof boundShape>>;

function isRegExp(text: string): boolean {
  try {
    return new RegExp(text, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

/** True when there is something to compare with. */
export function isBound(bound: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(boundShape).some((key) => key !== 'tolerance' && bound[key] !== undefined);
}

/** Whether a value is within. A value that is missing is within only what `exists: false` says. */
export function isWithin(value: unknown, bound: Bound): boolean {
  const there = value !== undefined && value !== null;
  if (bound.exists !== undefined && bound.exists !== there) return false;
  if (!there) return bound.exists === false;
  const number = numberOf(value);
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
  if (bound.equals !== undefined && !isSame(value, bound.equals, bound.tolerance)) return false;
  if (bound.oneOf !== undefined && !bound.oneOf.some((each) => isSame(value, each))) return false;
  // Written so that NaN, which is no number, is within nothing.
  if (bound.atLeast !== undefined && !(number >= bound.atLeast)) return false;
  if (bound.atMost !== undefined && !(number <= bound.atMost)) return false;
  if (bound.above !== undefined && !(number > bound.above)) return false;
  if (bound.below !== undefined && !(number < bound.below)) return false;
  if (bound.contains !== undefined && !text.includes(bound.contains)) return false;
  return bound.matches === undefined || new RegExp(bound.matches, 'u').test(text);
}

/** NaN for what is no number: an empty text, true and an empty list are none. */
function numberOf(value: unknown): number {
  if (typeof value === 'string') return value.trim() === '' ? Number.NaN : Number(value);
  return typeof value === 'number' ? value : Number.NaN;
}

function isSame(value: unknown, expected: string | number | boolean, tolerance?: number): boolean {
  if (typeof expected === 'number') {
    const number = numberOf(value);
    return tolerance === undefined ? number === expected : Math.abs(number - expected) <= tolerance;
  }
  return String(value) === String(expected);
}

/** A bound for people: `at least 3`. */
export function boundText(bound: Bound): string {
  const parts: string[] = [];
  if (bound.exists !== undefined) parts.push(bound.exists ? 'there' : 'not there');
  if (bound.equals !== undefined) parts.push(`${JSON.stringify(bound.equals)}${bound.tolerance === undefined ? '' : ` ± ${bound.tolerance}`}`);
  if (bound.oneOf !== undefined) parts.push(`one of ${bound.oneOf.map((each) => JSON.stringify(each)).join(', ')}`);
  if (bound.atLeast !== undefined) parts.push(`at least ${bound.atLeast}`);
  if (bound.atMost !== undefined) parts.push(`at most ${bound.atMost}`);
  if (bound.above !== undefined) parts.push(`above ${bound.above}`);
  if (bound.below !== undefined) parts.push(`below ${bound.below}`);
  if (bound.contains !== undefined) parts.push(`with ${JSON.stringify(bound.contains)} in it`);
  if (bound.matches !== undefined) parts.push(`like /${bound.matches}/`);
  return parts.join(', ');
}
