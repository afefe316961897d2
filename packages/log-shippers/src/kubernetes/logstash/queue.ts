import { badValue, requireBytes } from '../../quantities/quantities.ts';
import type { BufferVolume } from '../objects/workloadObjects.ts';
import { requireMemory } from '../props/resources.ts';

/** How much of the persistent queue there is, as Logstash spells it. */
export type QueueSize = `${number}${'kb' | 'mb' | 'gb'}`;

/** Left of the volume for dead letters (256 MB), plugins' own files, and the page that is written while another is not yet removed. */
const BESIDE_THE_QUEUE = 512 * 1024 ** 2;

/**
 * The queue's limit for a volume: a queue that meets the end of its disk before its own limit stops Logstash with an error, in place
 * of making Beats wait.
 *
 * @throws PodscopeError SHIPPER_BAD_VALUE when the limit that is given doesn't fit.
 */
export function queueFor(where: string, volume: BufferVolume | undefined, defaultSize: NonNullable<BufferVolume['size']>, given: QueueSize | undefined): QueueSize {
  const size = volume?.size ?? defaultSize;
  const most = Math.floor(((requireMemory(`${where}: buffer.size`, size) - BESIDE_THE_QUEUE) * 0.95) / 1024 ** 2);
  if (most < 64) throw badValue(`${where}: buffer.size`, `${size} is too little for a queue: 512Mi of it are for dead letters and what is being written.`, 'At least 1Gi.');
  if (given === undefined) return `${most}mb`;
  if (requireBytes(`${where}: queue.maxBytes`, given) <= most * 1024 ** 2) return given;
  throw badValue(`${where}: queue.maxBytes`, `${given} is more than the volume of ${size} has room for.`, `At most ${most}mb, or a larger buffer.size.`);
}
