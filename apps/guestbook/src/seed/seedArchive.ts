import { archiveKey, ENTRIES_KEY, type Entry } from '../entry.ts';
import { type SeededRandom, seededRandom } from '../seededRandom.ts';
import { writeMessage, writeName } from '../writing.ts';

/** What seeding needs of a Redis client; that of the package `redis` has it. */
export interface SeedTarget {
  sendCommand(command: readonly string[]): Promise<unknown>;
}

/** Options of {@link seedArchive}. */
export interface SeedOptions {
  /** Least size of all archive pages together. Bytes. @default 67108864 */
  readonly bytes?: number;
  /** The same seed writes the same archive. @default 'guestbook' */
  readonly seed?: string;
}

/** What the archive holds. */
export interface SeededArchive {
  /** Pages 1 to this number exist. */
  readonly pages: number;
  /** Size of their values. */
  readonly bytes: number;
  /** False when an earlier run had written it. */
  readonly written: boolean;
}

/** Written last: present means that the archive is complete. */
export const DONE_KEY = 'guestbook:archive:written';
const PAGES_A_COMMAND = 32;
const COMMANDS_IN_FLIGHT = 8;
const DAY = 86_400_000;
const LAST_DAY = Date.UTC(2025, 11, 31);

/**
 * Fills the archive and the guestbook's first entries on a primary, unless that has been done. An interrupted run is
 * written again from the start, over the same keys.
 *
 * @throws whatever the client throws, such as a connection that was lost.
 */
export async function seedArchive(target: SeedTarget, options: SeedOptions = {}): Promise<SeededArchive> {
  const { bytes: wanted = 64 * 1024 * 1024, seed = 'guestbook' } = options;
  const done = await target.sendCommand(['GET', DONE_KEY]);
  if (done !== null) {
    const [pages = 0, bytes = 0] = String(done).split(' ').map(Number);
    return { pages, bytes, written: false };
  }
  const random = seededRandom(`${seed}:archive`);
  // Sentences are put together once: 64 MB of fresh ones would take seconds.
  const messages = Array.from({ length: 512 }, () => writeMessage(random, random.integer(1, 4)));
  let pages = 0;
  let bytes = 0;
  while (bytes < wanted) {
    const commands: string[][] = [];
    while (bytes < wanted && commands.length < COMMANDS_IN_FLIGHT) {
      const command = ['MSET'];
      for (let count = 0; count < PAGES_A_COMMAND && bytes < wanted; count++) {
        const page = writePage(++pages, messages, random);
        bytes += Buffer.byteLength(page);
        command.push(archiveKey(pages), page);
      }
      commands.push(command);
    }
    await Promise.all(commands.map((command) => target.sendCommand(command)));
  }
  await writeFirstEntries(target, seed);
  await target.sendCommand(['SET', DONE_KEY, `${pages} ${bytes}`]);
  return { pages, bytes, written: true };
}

/** One page of 2 to 8 KB: between 9 and 28 old entries. */
function writePage(page: number, messages: readonly string[], random: SeededRandom): string {
  const day = new Date(LAST_DAY - page * DAY).toISOString().slice(0, 10);
  const entries: Entry[] = Array.from({ length: random.integer(9, 28) }, (_, index) => ({
    id: `archive-${page}-${index}`,
    name: writeName(random),
    message: messages[random.integer(0, messages.length - 1)] ?? '',
    at: `${day}T00:${String(index).padStart(2, '0')}:00.000Z`,
  }));
  return JSON.stringify(entries);
}

async function writeFirstEntries(target: SeedTarget, seed: string): Promise<void> {
  if (Number(await target.sendCommand(['LLEN', ENTRIES_KEY])) > 0) return;
  const random = seededRandom(`${seed}:entries`);
  const entries = Array.from({ length: 12 }, (_, index): Entry => ({
    id: `first-${index + 1}`,
    name: writeName(random),
    message: writeMessage(random, random.integer(1, 2)),
    at: new Date(LAST_DAY + (index + 1) * DAY).toISOString(),
  }));
  await target.sendCommand(['RPUSH', ENTRIES_KEY, ...entries.map((entry) => JSON.stringify(entry))]);
}
