import type { FilebeatDocument } from '@podscope/core/catalogues';
import type { Batch } from './batch.ts';
import { documentId } from './documentId.ts';
import type { Line, LineFormat } from './format.ts';
import { millisecondTime } from './timestamp.ts';

const SHAPE = /^(?<time>\S+) (?<level>[A-Za-z]{3,9}) (?<process>[^\s:]{1,64}): (?<text>.*)$/s;

/** Where a process log comes from. */
export interface ProcessLogOrigin {
  /** Path as documents show it. */
  readonly path: string;
  readonly host: string;
  /** Set when the log is a node's. */
  readonly node?: string;
}

/** A node's or the supervisor's log: `<time> <level> <process>: <message>`. Any other line is taken as it is. */
export class ProcessLogFormat implements LineFormat {
  readonly #origin: ProcessLogOrigin;
  readonly #now: () => number;

  constructor(origin: ProcessLogOrigin, now: () => number = Date.now) {
    this.#origin = origin;
    this.#now = now;
  }

  append(batch: Batch, key: string, line: Line): number {
    if (line.text === '') return 0;
    const groups = SHAPE.exec(line.text)?.groups;
    const timestamp = groups === undefined ? undefined : millisecondTime(groups['time'] as string);
    const parsed = timestamp === undefined ? undefined : groups;
    const { path, host, node } = this.#origin;
    const document: FilebeatDocument = {
      '@timestamp': timestamp ?? new Date(this.#now()).toISOString(),
      message: parsed?.['text'] ?? line.text,
      log: {
        file: { path },
        offset: line.offset,
        ...(parsed === undefined ? {} : { level: (parsed['level'] as string).toLowerCase() }),
      },
      host: { name: host },
      ...(parsed === undefined ? {} : { process: { name: parsed['process'] as string } }),
      ...(node === undefined ? {} : { kubernetes: { node: { name: node } } }),
    };
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
