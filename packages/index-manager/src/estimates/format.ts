import { COLD_STORAGE, ULTRAWARM } from './life.ts';
import type { IndexEstimate, StreamEstimate, TierEstimate } from './model.ts';
import { inBytes, inDays, inNumber } from './units.ts';

const HEADER = ['stream', 'documents/day', 'JSON/day', 'an index', 'indices', 'shards', 'a shard', 'on disk'] as const;
const LEFT = new Set<number>([0, 3]);

/** An estimate as text for a terminal, ending in a line feed. */
export function formatEstimate(estimate: IndexEstimate): string {
  const rows = [[...HEADER], ...estimate.streams.map(row), ...(estimate.streams.length > 1 ? [total(estimate)] : [])];
  const widths = HEADER.map((_, at) => Math.max(...rows.map((cells) => (cells[at] as string).length)));
  const table = rows.map((cells) => cells.map((cell, at) => (LEFT.has(at) ? cell.padEnd(widths[at] as number) : cell.padStart(widths[at] as number))).join('  ').trimEnd());
  const lines = [
    ...table,
    '',
    ...estimate.tiers.flatMap(tierLines),
    ...estimate.warnings.map(({ about, message }) => `! ${about}: ${message}`),
    ...estimate.notes.map((note) => `* ${note}`),
  ];
  // Names come from files and servers: control and invisible characters must not reach a terminal.
  return `${lines.map((line) => line.replaceAll(/[\p{Cc}\p{Cf}]/gu, '�')).join('\n')}\n`;
}

function row(stream: StreamEstimate): string[] {
  const { name, documentsPerDay, sourceBytesPerDay, indices, shards, bytesPerShard, bytes } = stream;
  return [name, inNumber(documentsPerDay), inBytes(sourceBytesPerDay), life(stream), inNumber(indices), inNumber(shards), inBytes(bytesPerShard), inBytes(bytes)];
}

function life({ writtenDays, deletedAfterDays }: StreamEstimate): string {
  const written = writtenDays === null ? 'written for good' : `written for ${inDays(writtenDays)}`;
  return `${written}, ${deletedAfterDays === null ? 'kept' : `deleted after ${inDays(deletedAfterDays)}`}`;
}

function total({ documentsPerDay, sourceBytesPerDay, indices, shards, bytes }: IndexEstimate): string[] {
  return ['together', inNumber(documentsPerDay), inBytes(sourceBytesPerDay), '', inNumber(indices), inNumber(shards), '', inBytes(bytes)];
}

function tierLines({ tier, shards, bytes, minimumStorageBytes, recommendedStorageBytes, heapGib, amazon }: TierEstimate): string[] {
  if (tier === COLD_STORAGE) return [`${tier}: ${inBytes(bytes)} in S3, on no node`];
  if (tier === ULTRAWARM) return [`${tier}: ${inNumber(shards)} shards, ${inBytes(bytes)} in S3`, ...amazon.map(({ type, count, shardsPerNode, why }) => `    ${count} × ${type}, ${shardsPerNode} shards a node: ${why}`)];
  return [
    `${tier}: ${inNumber(shards)} shards, ${inBytes(bytes)} on disk; storage of ${inBytes(minimumStorageBytes)} at the least, ${inBytes(recommendedStorageBytes)} with a quarter free; ${inNumber(heapGib)} GiB of heap for the shards`,
    ...amazon.map(({ type, count, volumeGib, shardsPerNode, maxShardsPerNode, why }) => `    ${count} × ${type}, ${inNumber(volumeGib)} GiB each, ${shardsPerNode} of at most ${maxShardsPerNode} shards a node: ${why}`),
    ...(amazon.length === 0 ? ['    no size of Amazon OpenSearch Service holds it in one domain'] : []),
  ];
}
