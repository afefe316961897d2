import type { ClusterEvent } from '@podscope/console/api';
import type { KubernetesDocument } from '@podscope/core/catalogues';
import type { Batch } from './batch.ts';
import { documentId } from './documentId.ts';
import type { Line, LineFormat } from './format.ts';
import { millisecondTime } from './timestamp.ts';

/** Workload events, one as JSON a line. A line that isn't one becomes an event that says so: nothing is lost. */
export class EventFormat implements LineFormat {
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  append(batch: Batch, key: string, line: Line): number {
    if (line.text.trim() === '') return 0;
    const event = parse(line.text);
    const timestamp = millisecondTime(event?.at ?? '') ?? new Date(this.#now()).toISOString();
    const document: KubernetesDocument =
      event === undefined
        ? { '@timestamp': timestamp, message: line.text, kubernetes: { event: { type: 'Warning', reason: 'Unparsed' } } }
        : documentOf(event, timestamp);
    batch.add(documentId(key, line.offset), JSON.stringify(document), false);
    return 1;
  }

  pendingFrom(): number {
    return -1;
  }

  flush(): number {
    return 0;
  }
}

function documentOf(event: ClusterEvent, timestamp: string): KubernetesDocument {
  return {
    '@timestamp': timestamp,
    message: event.message,
    kubernetes: {
      namespace: event.namespace,
      event: {
        type: event.type,
        reason: event.reason,
        involved_object: { kind: event.kind, name: event.name },
        count: 1,
      },
      ...(event.kind === 'Pod' ? { pod: { name: event.name } } : {}),
      ...(event.kind === 'Deployment' ? { deployment: { name: event.name } } : {}),
      ...(event.kind === 'Node' ? { node: { name: event.name } } : {}),
    },
  };
}

const PARTS = ['at', 'type', 'reason', 'namespace', 'kind', 'name', 'message'] as const;

function parse(text: string): ClusterEvent | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const event = value as Record<string, unknown>;
  return PARTS.every((part) => typeof event[part] === 'string') ? (value as ClusterEvent) : undefined;
}
