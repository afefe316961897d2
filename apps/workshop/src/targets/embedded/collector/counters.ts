import type { CollectorStats, StreamName, StreamStats } from './protocol.ts';

/** The data streams in a fixed order. */
export const STREAMS: readonly StreamName[] = [
  'apache-podscope',
  'filebeat-podscope',
  'metricbeat-podscope',
  'kubernetes-podscope',
  'redis-podscope',
];

/** Counters of one stream, counted up in place. */
export type StreamCounters = { -readonly [Name in keyof StreamStats]: number };

/** All counters of a collector. */
export type Counters = Readonly<Record<StreamName, StreamCounters>>;

/** New counters, all zero. */
export function newCounters(): Counters {
  const zero = (): StreamCounters => ({ read: 0, written: 0, duplicates: 0, retried: 0, deadLetters: 0, dropped: 0 });
  return {
    'apache-podscope': zero(),
    'filebeat-podscope': zero(),
    'metricbeat-podscope': zero(),
    'kubernetes-podscope': zero(),
    'redis-podscope': zero(),
  };
}

/** A copy that no longer changes. */
export function snapshotOf(counters: Counters): CollectorStats {
  return structuredClone(counters);
}
