import { isIP } from 'node:net';
import { parseAccessLine } from '../../../../apps/workshop/src/targets/embedded/collector/accessLine.ts';
import type { Stored } from './server.ts';
import type { Sent } from './traffic.ts';

/** What came of what was sent. */
export interface Compared {
  readonly lost: number;
  readonly doubled: number;
  /** Documents with a field that is wrong, missing or too much. */
  readonly wrong: number;
  /** The differences, each with how often and an example. */
  readonly notes: readonly string[];
}

const KEY = /\br\d{6}\b/;
const SAME = 'the same line again';

/** Compares documents with what was sent, one by one and field by field. */
export function compare(sent: readonly Sent[], stored: readonly Stored[], nodeName: string): Compared {
  const byKey = new Map<string, Stored[]>();
  const strangers: Stored[] = [];
  const known = new Map(sent.map((each) => [each.key, each]));
  for (const each of stored) {
    const message = String(each.source['message'] ?? '');
    const key = KEY.exec(message)?.[0] ?? (message === SAME ? 'same' : undefined);
    if (key === undefined || !known.has(key)) strangers.push(each);
    else byKey.set(key, [...(byKey.get(key) ?? []), each]);
  }
  const counts = new Map<string, { many: number; example: string }>();
  const note = (what: string, example: string): void => {
    const before = counts.get(what);
    counts.set(what, { many: (before?.many ?? 0) + 1, example: before?.example ?? example });
  };
  let [lost, doubled, wrong] = [0, 0, 0];
  const wanted = new Map<string, number>();
  for (const { key } of sent) wanted.set(key, (wanted.get(key) ?? 0) + 1);
  for (const [key, many] of wanted) {
    const came = byKey.get(key) ?? [];
    const one = known.get(key);
    if (one === undefined) continue;
    for (let missing = came.length; missing < many; missing++) note(`lost: ${one.kind}`, key);
    for (let extra = many; extra < came.length; extra++) note(`doubled: ${one.kind}`, `${key}: ${came.map(({ id }) => id).slice(0, 3).join(', ')}`);
    lost += Math.max(0, many - came.length);
    doubled += Math.max(0, came.length - many);
    for (const each of came) {
      const differences = differencesOf(expectedOf(one, nodeName), each.source);
      if (differences.length > 0) wrong += 1;
      for (const [name, difference] of differences) note(`${one.kind}: ${name}`, `${key}: ${difference}`);
    }
  }
  for (const stranger of strangers) note('a document of nothing that was sent', JSON.stringify(stranger.source).slice(0, 200));
  return { lost, doubled, wrong: wrong + strangers.length, notes: [...counts].sort(([, one], [, other]) => other.many - one.many).slice(0, 12).map(([what, { many, example }]) => `${many} × ${what} (${example})`) };
}

/** Values that must be there, and those that may: each a value or a check. */
interface Expected {
  readonly must: Readonly<Record<string, unknown>>;
  readonly may: Readonly<Record<string, (value: unknown) => boolean>>;
}

const text = (value: unknown): boolean => typeof value === 'string' && value !== '';

function expectedOf({ family, container, at, stream, message }: Sent, nodeName: string): Expected {
  const must = { '@timestamp': at, message, 'kubernetes.namespace': container.namespace, 'kubernetes.pod.name': container.pod, 'kubernetes.container.name': container.container };
  const may: Expected['may'] = {
    'kubernetes.node.name': (value) => value === nodeName,
    'kubernetes.deployment.name': (value) => text(value) && container.pod.startsWith(`${String(value)}-`),
    'log.file.path': (value) => text(value) && String(value).includes(container.pod) && String(value).includes('.log'),
    'log.offset': (value) => typeof value === 'number' && Number.isInteger(value) && value >= 0,
  };
  if (family === 'filebeat') return { must: { ...must, stream }, may: { ...may, 'host.name': text } };
  return { must: { ...must, ...webFields(message) }, may };
}

const ERROR = /^\[[^\]]+\] \[(?:[\w-]*:)?(?<level>[a-z]+)\](?: \[pid [^\]]*\])?(?: \[client (?<client>[\d.]+):\d+\])?/;

/** The fields of a web line, as the embedded target's own collector makes them. */
function webFields(message: string): Readonly<Record<string, unknown>> {
  const line = parseAccessLine(message);
  if (line === undefined) {
    const { level, client = '' } = ERROR.exec(message)?.groups ?? {};
    return { 'event.dataset': level === undefined ? 'unparsed' : 'error', ...(level === undefined ? {} : { 'log.level': level }), ...(isIP(client) === 0 ? {} : { 'source.ip': client }) };
  }
  const fields = {
    'event.dataset': 'access',
    'event.duration_us': line.durationUs,
    'http.version': line.httpVersion,
    'http.request.method': line.method,
    'http.request.referrer': line.referrer,
    'http.response.status_code': line.status,
    'http.response.bytes': line.bytes,
    'url.path': line.path,
    'url.query': line.query,
    'source.ip': line.sourceIp,
    'user.name': line.user,
    'user_agent.original': line.userAgent,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** The values of a document by their dotted names. */
export function flatten(value: unknown, path = ''): readonly (readonly [string, unknown])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[path, value]];
  return Object.entries(value).flatMap(([name, each]) => flatten(each, path === '' ? name : `${path}.${name}`));
}

function differencesOf({ must, may }: Expected, source: Stored['source']): readonly (readonly [name: string, difference: string])[] {
  const values = new Map(flatten(source));
  const differences: (readonly [string, string])[] = [];
  for (const [name, wanted] of Object.entries(must)) {
    const value = values.get(name);
    const same = name === '@timestamp' ? millisecondsOf(value) === wanted : value === wanted;
    if (!same) differences.push([value === undefined ? `${name} is missing` : `${name} is wrong`, value === undefined ? '' : `${shown(value)} instead of ${shown(name === '@timestamp' ? new Date(Number(wanted)).toISOString() : wanted)}`]);
  }
  for (const [name, value] of values) {
    if (name in must) continue;
    const allowed = may[name];
    if (allowed === undefined) differences.push([`${name} is too much`, shown(value)]);
    else if (!allowed(value)) differences.push([`${name} is wrong`, shown(value)]);
  }
  return differences;
}

function millisecondsOf(value: unknown): number {
  return typeof value === 'number' ? value : Date.parse(String(value).replace(/(\.\d{3})\d+/, '$1'));
}

function shown(value: unknown): string {
  const json = JSON.stringify(value) ?? 'nothing';
  return json.length > 90 ? `${json.slice(0, 50)}…${json.slice(-30)} (${json.length} characters)` : json;
}
