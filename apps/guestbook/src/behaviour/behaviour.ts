import { PodscopeError } from '@podscope/core';

/** Something that a web pod can be told to do for a while. It does none of these unless its switch was turned on and used. */
export type Behaviour =
  /** Answers a share of the requests with this status, without asking Redis. */
  | { readonly kind: 'errors'; readonly share: number; readonly paths: readonly string[]; readonly status: number }
  /** Lets a share of the requests wait before they are answered. */
  | { readonly kind: 'latency'; readonly share: number; readonly paths: readonly string[]; readonly milliseconds: number }
  /** Writes so many lines a second into the error log. */
  | { readonly kind: 'log-lines'; readonly perSecond: number }
  /** Writes access lines in another format than Apache's. */
  | { readonly kind: 'log-format'; readonly format: 'json' | 'pipes' }
  /** Dates its log lines by a clock that is so many seconds ahead, or behind when negative. */
  | { readonly kind: 'clock'; readonly offsetSeconds: number };

/** A behaviour with the time at which it ends by itself, ISO 8601. */
export interface TimedBehaviour {
  readonly id: string;
  readonly behaviour: Behaviour;
  readonly endsAt: string;
}

/** Nothing lasts longer, whoever forgets about it. Seconds. */
export const LONGEST_SECONDS = 3_600;
const LONGEST_WAIT = 30_000;
const MOST_LINES = 5_000;
const FARTHEST_OFFSET = 366 * 86_400;
const MOST_PATHS = 50;
const STATUSES = [429, 500, 502, 503, 504];
const ID = /^[\w-]{1,64}$/;

function invalid(reason: string): PodscopeError {
  return new PodscopeError('GUESTBOOK_BEHAVIOUR_INVALID', `The web pod can't be told to do that: ${reason}.`, { hint: 'The guestbook’s README lists what a pod can be told to do, and within which bounds.' });
}

type Fields = Readonly<Record<string, unknown>>;

function numberOf(fields: Fields, name: string, least: number, most: number, whole = true): number {
  const value = fields[name];
  if (typeof value === 'number' && value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
  throw invalid(`${name} is ${whole ? 'a whole number' : 'a number'} from ${least} to ${most}`);
}

function pathsOf(fields: Fields): readonly string[] {
  const paths = fields['paths'] ?? [];
  if (Array.isArray(paths) && paths.length <= MOST_PATHS && paths.every((path): path is string => typeof path === 'string' && /^\/[!-~]*$/.test(path) && path.length <= 1_024)) return paths;
  throw invalid(`paths are up to ${MOST_PATHS} beginnings of paths, such as /archive/`);
}

function shareOf(fields: Fields): number {
  const share = numberOf(fields, 'share', 0, 1, false);
  if (share > 0) return share;
  throw invalid('share is above 0');
}

/** Reads a behaviour from outside; what it doesn't know is refused. @throws PodscopeError GUESTBOOK_BEHAVIOUR_INVALID */
export function parseBehaviour(value: unknown): Behaviour {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid('it is no object');
  const fields = value as Fields;
  const behaviour = read(fields);
  const unknown = Object.keys(fields).filter((name) => !(name in behaviour));
  if (unknown.length > 0) throw invalid(`${behaviour.kind} has no ${unknown.join(', ')}`);
  return behaviour;
}

function read(fields: Fields): Behaviour {
  switch (fields['kind']) {
    case 'errors': {
      const status = numberOf(fields, 'status', 400, 599);
      if (!STATUSES.includes(status)) throw invalid(`status is one of ${STATUSES.join(', ')}`);
      return { kind: 'errors', share: shareOf(fields), paths: pathsOf(fields), status };
    }
    case 'latency':
      return { kind: 'latency', share: shareOf(fields), paths: pathsOf(fields), milliseconds: numberOf(fields, 'milliseconds', 1, LONGEST_WAIT) };
    case 'log-lines':
      return { kind: 'log-lines', perSecond: numberOf(fields, 'perSecond', 1, MOST_LINES) };
    case 'log-format': {
      const format = fields['format'];
      if (format !== 'json' && format !== 'pipes') throw invalid('format is json or pipes');
      return { kind: 'log-format', format };
    }
    case 'clock':
      return { kind: 'clock', offsetSeconds: numberOf(fields, 'offsetSeconds', -FARTHEST_OFFSET, FARTHEST_OFFSET) };
    default:
      throw invalid('kind is errors, latency, log-lines, log-format or clock');
  }
}

/** @throws PodscopeError GUESTBOOK_BEHAVIOUR_INVALID for what is no name, or no time. */
export function checkTerms(id: string, seconds: unknown): asserts seconds is number {
  if (!ID.test(id)) throw invalid('its id has letters, digits, - and _, up to 64');
  if (typeof seconds !== 'number' || !Number.isInteger(seconds) || seconds < 1 || seconds > LONGEST_SECONDS) throw invalid(`it lasts from 1 to ${LONGEST_SECONDS} seconds`);
}
