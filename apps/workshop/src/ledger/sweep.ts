import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { readLedger } from './ledger.ts';
import { lockHolder } from './lock.ts';
import { ownedBy, signal, startOf } from './processes.ts';

/** What a sweep found and what it could not end, a process a line: `redis-primary-0 (pid 4711)`. */
export interface SweepReceipt {
  readonly ended: readonly string[];
  readonly left: readonly string[];
}

export interface SweepOptions {
  /** Milliseconds between asking processes to end and ending them. @default 5000 */
  readonly grace?: number;
  /** Only what this supervisor owned: when another one has begun since, nothing is done. */
  readonly of?: number;
}

const GRACE = 5_000;
/** Between the end of everything and the end of the supervisor itself. */
const ENDING = 1_500;
/** How long the kernel may take for a KILL. */
const KILLED = 3_000;

/**
 * There is no ledger, but somebody holds the run directory: a supervisor that starts and has not begun its ledger, or one
 * that has ended everything and is about to end itself. Both end when they are asked to.
 *
 * @returns what to do next: nothing more, or look again, because a ledger has appeared.
 */
async function endHolder(runDir: string, grace: number): Promise<SweepReceipt | 'again'> {
  const pid = lockHolder(runDir);
  if (pid === undefined || pid === process.pid) return { ended: [], left: [] };
  const line = `supervisor (pid ${pid})`;
  const holds = async (milliseconds: number): Promise<boolean> => {
    const deadline = Date.now() + milliseconds;
    while (lockHolder(runDir) === pid && Date.now() < deadline) await sleep(20);
    return lockHolder(runDir) === pid;
  };
  // One that ends by itself is not worth a line.
  if (!(await holds(ENDING))) return { ended: [], left: [] };
  signal(pid, 'SIGTERM');
  const stays = await holds(grace);
  if (readLedger(runDir) !== undefined) return 'again';
  if (stays) signal(pid, 'SIGKILL');
  return (await holds(KILLED)) ? { ended: [], left: [line] } : { ended: [line], left: [] };
}

/**
 * Ends every process that the run directory's ledger names or owns, the supervisor included, and then removes the
 * ledger and the socket. Without a ledger, ends whoever holds the run directory. For the time when the supervisor is gone or does not answer. Leaves data alone.
 *
 * @throws PodscopeError LEDGER_UNREADABLE
 */
export async function sweepLedger(runDir: string, options: SweepOptions = {}): Promise<SweepReceipt> {
  const ledger = readLedger(runDir);
  if (options.of !== undefined && ledger?.supervisor.pid !== options.of) return { ended: [], left: [] };
  if (ledger === undefined) {
    const receipt = await endHolder(runDir, options.grace ?? GRACE);
    return receipt === 'again' ? sweepLedger(runDir, options) : receipt;
  }
  const isSelf = ledger.supervisor.pid === process.pid;
  const recorded = [
    ...(isSelf ? [] : [{ name: 'supervisor', ...ledger.supervisor }]),
    ...ledger.processes.flatMap(({ name, pid, start }) => (pid === null || start === null ? [] : [{ name, pid, start }])),
  ];
  const found = new Map<number, { name: string; start: string }>();
  for (const { name, pid, start } of recorded) if (startOf(pid) === start) found.set(pid, { name, start });
  const look = (): void => {
    for (const pid of ownedBy(ledger.owner)) if (!found.has(pid)) found.set(pid, { name: 'unnamed', start: startOf(pid) ?? '' });
  };
  const alive = (): { name: string; pid: number }[] =>
    [...found].filter(([pid, { start }]) => startOf(pid) === start).map(([pid, { name }]) => ({ name, pid }));

  look();
  // The supervisor first and at once: it would start again what we end.
  for (const { name, pid } of alive()) if (name === 'supervisor') signal(pid, 'SIGKILL');
  for (const { pid } of alive()) signal(pid, 'SIGTERM');
  const deadline = Date.now() + (options.grace ?? GRACE);
  while (alive().length > 0 && Date.now() < deadline) await sleep(50);
  look();
  for (const { pid } of alive()) signal(pid, 'SIGKILL');
  const killed = Date.now() + KILLED;
  while (alive().length > 0 && Date.now() < killed) await sleep(20);
  const left = alive();
  if (left.length === 0) {
    rmSync(ledger.socket, { force: true });
    rmSync(`${runDir}/ledger.json`, { force: true });
  }
  const stays = new Set(left.map(({ pid }) => pid));
  const line = ({ name, pid }: { name: string; pid: number }): string => `${name} (pid ${pid})`;
  const ended = [...found].filter(([pid]) => !stays.has(pid)).map(([pid, { name }]) => line({ name, pid }));
  return { ended, left: left.map(line) };
}
