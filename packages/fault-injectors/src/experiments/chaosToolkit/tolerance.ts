import type { Bound } from '../../probes/bound.ts';
import type { ProbeSpec } from '../../probes/specs.ts';
import { notReadable } from './arguments.ts';
import type { ConvertedProbe, CountBound } from './probes.ts';

type Tolerance = Readonly<Record<string, unknown>>;

const place = ['tolerance'];
const isRecord = (value: unknown): value is Tolerance => typeof value === 'object' && value !== null && !Array.isArray(value);
const isNumber = (value: unknown): value is number => typeof value === 'number';

/**
 * A Kubernetes probe with its tolerance (chaoslib/hypothesis.py, `within_tolerance`): a probe of truth is true, a number is compared. In a
 * method a probe may have none: then it must not fail.
 */
export function withTolerance(probe: ConvertedProbe, tolerance: unknown, raises: boolean): readonly ProbeSpec[] {
  if (probe.kind === 'count') {
    if (tolerance === undefined) return [];
    return [probe.spec(numberBound(tolerance))];
  }
  if (tolerance === undefined || tolerance === true) return probe.specs;
  if (tolerance === false) {
    if (raises) throw notReadable('with the tolerance false it always fails, because the probe raises instead of being false', place);
    const [spec] = probe.specs;
    if (spec === undefined || probe.specs.length > 1) throw notReadable('several conditions can’t be turned round together', place);
    return [{ ...spec, not: spec.not !== true }];
  }
  throw notReadable('only true or false can be a tolerance here', place);
}

function numberBound(tolerance: unknown): CountBound {
  if (isNumber(tolerance)) return { equals: tolerance };
  if (Array.isArray(tolerance) && tolerance.every(isNumber)) {
    // Two numbers are a range, any other list holds what it may be.
    const [least = 0, most = 0] = tolerance;
    return tolerance.length === 2 ? { atLeast: least, atMost: most } : { oneOf: tolerance };
  }
  if (isRecord(tolerance) && tolerance['type'] === 'range' && tolerance['target'] === undefined) return rangeOf(tolerance);
  throw notReadable('only a number, a list of numbers or a range can be a tolerance here', place);
}

function rangeOf({ range }: Tolerance): { readonly atLeast: number; readonly atMost: number } {
  const [least, most] = Array.isArray(range) ? (range as readonly unknown[]) : [];
  if (isNumber(least) && isNumber(most)) return { atLeast: least, atMost: most };
  throw notReadable('a range has two numbers', [...place, 'range']);
}

/** What an HTTP probe's tolerance says of the answer: a number or a list means its status. */
export function httpTolerance(tolerance: unknown): { readonly status?: number | readonly number[] | Bound; readonly answer?: Bound & { readonly field?: string } } {
  const anyStatus = { atLeast: 100, atMost: 599 };
  if (tolerance === undefined) return { status: anyStatus };
  if (isNumber(tolerance)) return { status: tolerance };
  if (Array.isArray(tolerance) && tolerance.every(isNumber)) return { status: tolerance };
  if (!isRecord(tolerance)) throw notReadable('only a status, a list of them, a regex, a range or a jsonpath can be a tolerance of an http probe', place);
  const { type, target } = tolerance;
  if (type === 'range' && target === 'status') return { status: rangeOf(tolerance) };
  if (type === 'regex') {
    const pattern = String(tolerance['pattern']);
    checkPattern(pattern);
    if (target === 'body') return { status: anyStatus, answer: { matches: pattern } };
    if (target === 'status') return { status: { matches: pattern } };
    throw notReadable('a regex can be looked for in the body or the status', [...place, 'target']);
  }
  if (type === 'jsonpath' && (target === 'body' || target === undefined)) return { status: anyStatus, answer: jsonPath(tolerance) };
  throw notReadable(`a tolerance of the type ${JSON.stringify(type)} can't be carried over here`, [...place, 'type']);
}

/** Python's regular expressions are not all JavaScript's. */
function checkPattern(pattern: string): void {
  try {
    new RegExp(pattern, 'u');
  } catch {
    throw notReadable(`the pattern /${pattern}/ means something else or nothing outside of Python`, [...place, 'pattern']);
  }
  if (/\\[AZ]|\(\?[aiLmsux]/.test(pattern)) throw notReadable(`the pattern /${pattern}/ means something else or nothing outside of Python`, [...place, 'pattern']);
}

/** `$.a.b[0]` names one value; wildcards, filters and counts may name several. */
function jsonPath(tolerance: Tolerance): Bound & { readonly field: string } {
  const path = String(tolerance['path']);
  const [, field] = /^\$\.?((?:[A-Za-z_][\w-]*|\[\d+\])(?:\.[A-Za-z_][\w-]*|\[\d+\])*)$/.exec(path) ?? [];
  if (field === undefined) throw notReadable(`the path ${path} may name several values`, [...place, 'path']);
  if (tolerance['count'] !== undefined && tolerance['count'] !== 1) throw notReadable('a path to one value has the count 1', [...place, 'count']);
  const { expect } = tolerance;
  const one: unknown = Array.isArray(expect) && expect.length === 1 ? (expect as readonly unknown[])[0] : expect;
  if (one === undefined) return { field, exists: true };
  if (typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean') return { field, equals: one };
  throw notReadable('only a text, a number, true or false can be expected', [...place, 'expect']);
}
