import { copyFileSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = 'primary';
const DUMP = 'dump.rdb';
/** Dumps of one end of the system lie at most this far apart, whoever saved first. Milliseconds. */
const SAME_END = 30_000;

/** Undefined for what isn't there. */
function orNothing<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes down which pod takes the writes. A full disk only costs that the newest dump has to do. */
export function rememberPrimary(directory: string, pod: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    writeFileSync(join(directory, `${FILE}.new`), pod);
    renameSync(join(directory, `${FILE}.new`), join(directory, FILE));
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
  }
}

/**
 * Gives `primary` the data of the pod that took the writes last. After a failover that is another one, and what `primary`
 * has on disk may be older: when it had died and was not back before the end, everything since its last save would be
 * lost, because at the next start the others follow it.
 *
 * @returns the pod whose data it was, if it was another's.
 */
export function adoptLastPrimary(directory: string, primary: string, pods: readonly string[]): string | undefined {
  const last = orNothing(() => readFileSync(join(directory, FILE), 'utf8')) ?? primary;
  const saved = pods.flatMap((pod) => {
    const at = orNothing(() => statSync(join(directory, pod, DUMP)).mtimeMs);
    return at === undefined ? [] : [{ pod, at }];
  });
  const newest = saved.toSorted((a, b) => b.at - a.at)[0];
  const ofLast = saved.find(({ pod }) => pod === last);
  if (newest === undefined) return undefined;
  // One that was killed has not saved; then a replica that did has more.
  const best = ofLast !== undefined && newest.at - ofLast.at <= SAME_END ? ofLast.pod : newest.pod;
  if (best === primary) return undefined;
  const target = join(directory, primary);
  mkdirSync(target, { recursive: true, mode: 0o700 });
  copyFileSync(join(directory, best, DUMP), join(target, `${DUMP}.new`));
  renameSync(join(target, `${DUMP}.new`), join(target, DUMP));
  return best;
}
