import { readSettings } from './indices.ts';
import { sample } from './scan.ts';
import type { Patient } from './send.ts';

/** How much of an index is held in memory at a time: documents may have a hundred bytes, or fifty megabytes. */
export interface Portions {
  /** Documents of a server's batch. */
  readonly batch: number;
  /** Documents of which only the ids and versions are read. */
  readonly page: number;
  /** Documents that are compared with their content, in all, where nothing else is asked for. */
  readonly sample: number;
}

const MOST_BATCH = 1000;
const MOST_PAGE = 5000;
const MOST_SAMPLE = 1000;
const BATCH_BYTES = 16 * 2 ** 20;
const SAMPLE_BYTES = 64 * 2 ** 20;
/** Documents that stand together may be larger than most. */
const UNEVEN = 3;
/** Each look is at more documents than the last one, as long as they are small. */
const LOOKS = [1, 4, 16];
const LOOK_BYTES = 2 ** 20;

/** Portions for documents of a mean size. Pure. */
export function portionsFor(meanBytes: number, window: number): Portions {
  const fitting = (bytes: number, each: number, most: number): number => Math.max(1, Math.min(most, Math.floor(bytes / Math.max(each, 1))));
  return { batch: fitting(BATCH_BYTES, meanBytes * UNEVEN, Math.min(MOST_BATCH, window)), page: Math.min(MOST_PAGE, window), sample: fitting(SAMPLE_BYTES, meanBytes, MOST_SAMPLE) };
}

/** Looks at some documents of an index, chosen by chance. */
export async function portionsOf(patient: Patient, from: string, to: string): Promise<Portions> {
  let documents = 0;
  let bytes = 0;
  for (const look of LOOKS) {
    const found = await sample(patient, from, look);
    documents += found.length;
    bytes += found.reduce((sum, { source }) => sum + JSON.stringify(source ?? {}).length, 0);
    if (found.length < look || bytes > LOOK_BYTES) break;
  }
  return portionsFor(documents === 0 ? 0 : bytes / documents, Math.min(await windowOf(patient, from), await windowOf(patient, to)));
}

/** The next batch, after one that the server did not survive, perhaps because of its size. */
export function lessThan(batch: number): number {
  return Math.max(1, Math.floor(batch / 2));
}

async function windowOf(patient: Patient, index: string): Promise<number> {
  return Number((await readSettings(patient, index))['index.max_result_window'] ?? 10_000);
}
