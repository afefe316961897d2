import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { type BeatsEvent, type Lumberjack, startLumberjack } from './server.ts';

/** What the generated Logstash configuration says, as far as this stand-in does it. */
export interface StandInOptions {
  /** `http://127.0.0.1:9200` */
  readonly openSearch: string;
  /** The index or data stream of each family. */
  readonly indices: Readonly<Record<string, string>>;
  /** The dotted names of the fields that each family's documents may have; the others are taken away, as the filter does. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
  /** Turns an event into a document before it is cut, as the filters between input and output do. */
  readonly change?: (event: BeatsEvent, family: string) => BeatsEvent;
  readonly port?: number;
  /** @default 512 */
  readonly atOnce?: number;
  readonly onTrouble?: (what: string) => void;
}

/** A running stand-in. */
export interface StandIn extends Lumberjack {
  /** What OpenSearch made of the events so far. */
  readonly counts: { readonly created: number; readonly already: number; readonly refused: number; readonly retried: number };
}

const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 2_000;

/**
 * Stands in for a Logstash with the generated pipeline: a Beats input, the family's index, the family's fields, `create` with
 * the event's id. Events are acknowledged only after OpenSearch took or finally refused them; 429, 5xx and an unreachable server
 * are tried again, for as long as it takes, and so Beats are held back. It is no Logstash: grok, ruby and all other filters are
 * not run by it.
 */
export async function startLogstashStandIn(options: StandInOptions): Promise<StandIn> {
  const counts = { created: 0, already: 0, refused: 0, retried: 0 };
  const stop = new AbortController();
  const trouble = options.onTrouble ?? (() => undefined);
  const allowed = new Map(Object.entries(options.fields).map(([family, names]) => [family, new Set(names)]));
  const server = await startLumberjack({
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.atOnce === undefined ? {} : { atOnce: options.atOnce }),
    onTrouble: trouble,
    take: async (events) => {
      const documents: Document[] = [];
      for (const event of events) {
        const document = documentOf(event, options, allowed);
        if (document !== undefined) documents.push(document);
        else {
          counts.refused += 1;
          trouble('an event that says no family that there is an index for');
        }
      }
      await write(documents, options.openSearch, { counts, trouble, signal: stop.signal });
    },
  });
  return {
    port: server.port,
    get clients() {
      return server.clients;
    },
    counts,
    async stop() {
      stop.abort();
      await server.stop();
    },
  };
}

interface Document {
  readonly index: string;
  readonly id: string;
  readonly body: string;
}

/** The family stands in `podscope.family`, as shippers send it; `@metadata._id` is the id where the Beat made one. */
function documentOf(event: BeatsEvent, { indices, change }: StandInOptions, allowed: ReadonlyMap<string, ReadonlySet<string>>): Document | undefined {
  const family = valueAt(event, 'podscope.family') ?? valueAt(event, 'fields.podscope.family');
  const index = typeof family === 'string' ? indices[family] : undefined;
  const names = typeof family === 'string' ? allowed.get(family) : undefined;
  if (typeof family !== 'string' || index === undefined || names === undefined) return undefined;
  const given = valueAt(event, '@metadata._id');
  // A Beat without an id of its own: what it says of the line is the same when it is sent again.
  const id = typeof given === 'string' && given !== '' ? given : createHash('sha256').update(JSON.stringify({ ...event, '@metadata': undefined })).digest('base64url').slice(0, 27);
  return { index, id, body: JSON.stringify(cut(change?.(event, family) ?? event, names)) };
}

/** The event with no other fields than those named. */
export function cut(event: BeatsEvent, names: ReadonlySet<string>): BeatsEvent {
  const kept = (value: unknown, path: string): unknown => {
    if (names.has(path)) return value;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const inner = Object.entries(value).flatMap(([name, each]) => {
      const below = kept(each, path === '' ? name : `${path}.${name}`);
      return below === undefined ? [] : [[name, below] as const];
    });
    return inner.length === 0 ? undefined : Object.fromEntries(inner);
  };
  return (kept(event, '') as BeatsEvent | undefined) ?? {};
}

/** The value at a dotted path, through objects or a name that has dots itself. */
function valueAt(event: BeatsEvent, path: string): unknown {
  if (path in event) return event[path];
  const dot = path.indexOf('.');
  if (dot < 0) return undefined;
  const inner = event[path.slice(0, dot)];
  return typeof inner === 'object' && inner !== null ? valueAt(inner as BeatsEvent, path.slice(dot + 1)) : undefined;
}

interface Writing {
  readonly counts: { created: number; already: number; refused: number; retried: number };
  readonly trouble: (what: string) => void;
  readonly signal: AbortSignal;
}

interface ItemAnswer {
  readonly create: { readonly status: number; readonly error?: { readonly type: string; readonly reason: string } };
}

async function write(documents: readonly Document[], url: string, { counts, trouble, signal }: Writing): Promise<void> {
  let open = documents;
  for (let wait = FIRST_WAIT_MS; open.length > 0; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    signal.throwIfAborted();
    const items = await bulk(open, url, signal);
    const again: Document[] = [];
    for (const [at, document] of open.entries()) {
      const item = items?.[at]?.create;
      if (item === undefined || item.status === 429 || item.status >= 500) again.push(document);
      else if (item.status === 409) counts.already += 1;
      else if (item.status < 300) counts.created += 1;
      else {
        counts.refused += 1;
        trouble(`OpenSearch refused a document of ${document.index}: ${item.error?.type}: ${item.error?.reason}`);
      }
    }
    counts.retried += again.length;
    if (again.length > 0) await setTimeout(wait, undefined, { signal });
    open = again;
  }
}

/** Undefined when there was no answer, or none that tells of the items. */
async function bulk(documents: readonly Document[], url: string, signal: AbortSignal): Promise<readonly ItemAnswer[] | undefined> {
  const body = documents.map(({ index, id, body: source }) => `${JSON.stringify({ create: { _index: index, _id: id } })}\n${source}\n`).join('');
  try {
    const response = await fetch(`${url}/_bulk`, { method: 'POST', headers: { 'content-type': 'application/x-ndjson' }, body, signal });
    const answer = (await response.json()) as { readonly items?: readonly ItemAnswer[] };
    return response.ok ? answer.items : undefined;
  } catch (error) {
    // What is no answer is tried again; only the end of the stand-in ends it.
    if (signal.aborted) throw error;
    return undefined;
  }
}
