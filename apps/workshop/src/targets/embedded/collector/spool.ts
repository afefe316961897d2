import { closeSync, mkdirSync, openSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Counters } from './counters.ts';
import type { StreamName } from './protocol.ts';
import { writeWhole } from './writeWhole.ts';

/** How large the spool of all metrics together may get; samples of one machine and 43 pods fill it in about a day. */
export const SPOOL_BYTES = 256 * 1024 * 1024;
const SEGMENT_BYTES = 4 * 1024 * 1024;

/** One sample. */
export interface Sample {
  readonly stream: StreamName;
  /** Deterministic: source and tick. Without spaces, and needing no escaping in JSON. */
  readonly id: string;
  readonly document: object;
}

interface Segment {
  readonly path: string;
  readonly fd: number;
  bytes: number;
}

/**
 * Samples can't be read a second time as log lines can, so they are written to disk first and read from there like any
 * other log. When the spool is full, new samples are left out and counted until OpenSearch has taken enough of the
 * older ones: what is there already stays without gaps.
 */
export class Spool {
  readonly directory: string;
  readonly #counters: Counters;
  readonly #limit: number;
  readonly #open = new Map<StreamName, Segment>();
  #next: number;

  constructor(directory: string, counters: Counters, limit: number = SPOOL_BYTES) {
    this.directory = directory;
    this.#counters = counters;
    this.#limit = limit;
    mkdirSync(directory, { recursive: true });
    // Never into a segment of an earlier process: its last line may be cut off.
    this.#next = 1 + readdirSync(directory).reduce((most, name) => Math.max(most, numberOf(name)), 0);
  }

  /**
   * Stores samples, or counts them as dropped.
   *
   * @throws the disk's error, after the samples that it took no more of were counted.
   */
  add(samples: readonly Sample[]): void {
    let used = this.#used();
    let stored = 0;
    try {
      for (const { stream, id, document } of samples) {
        const line = `${id} ${JSON.stringify(document)}\n`;
        used += line.length;
        if (used > this.#limit) this.#counters[stream].dropped++;
        else this.#write(stream, line);
        stored++;
      }
    } finally {
      for (const { stream } of samples.slice(stored)) this.#counters[stream].dropped++;
    }
  }

  #write(stream: StreamName, line: string): void {
    const segment = this.#open.get(stream) ?? this.#begin(stream);
    try {
      segment.bytes += writeWhole(segment.fd, line);
    } catch (error) {
      // Half a line may have got onto a full disk; the next sample goes elsewhere.
      this.#end(stream, segment);
      throw error;
    }
    if (segment.bytes >= SEGMENT_BYTES) this.#end(stream, segment);
  }

  #begin(stream: StreamName): Segment {
    const path = join(this.directory, `${stream}.${this.#next++}.ndjson`);
    const segment = { path, fd: openSync(path, 'ax', 0o600), bytes: 0 };
    this.#open.set(stream, segment);
    return segment;
  }

  #end(stream: StreamName, segment: Segment): void {
    closeSync(segment.fd);
    this.#open.delete(stream);
  }

  #used(): number {
    let bytes = 0;
    for (const name of readdirSync(this.directory)) {
      bytes += statSync(join(this.directory, name), { throwIfNoEntry: false })?.size ?? 0;
    }
    return bytes;
  }

  /** Whether a segment gets no more lines, so that it may be deleted once it is acknowledged. */
  isEnded(path: string): boolean {
    for (const segment of this.#open.values()) if (segment.path === path) return false;
    return true;
  }

  close(): void {
    for (const [stream, segment] of this.#open) this.#end(stream, segment);
  }
}

/** The stream of a segment's file name; undefined for another file. */
export function streamOfSegment(name: string): string | undefined {
  return /^(?<stream>[a-z-]+)\.\d+\.ndjson$/.exec(name)?.groups?.['stream'];
}

function numberOf(name: string): number {
  return Number(/\.(\d+)\.ndjson$/.exec(name)?.[1] ?? 0);
}
