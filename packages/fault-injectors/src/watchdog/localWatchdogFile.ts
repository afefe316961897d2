import { readFile, rm } from 'node:fs/promises';
import { writeDurably } from '../stores/disk/sealedFiles.ts';

/** A process that watches the faults of a store. */
export interface LocalWatchdogProcess {
  readonly pid: number;
  /** Field 22 of `/proc/<pid>/stat`, so that a pid that was given away again is noticed; null where there is no such file. */
  readonly startTime: string | null;
}

/** Where it says that it runs. */
function watchdogFile(directory: string): string {
  return `${directory}.watchdog`;
}

/** When a process began, as the kernel says it. */
async function startTimeOf(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  // The name, in brackets, may hold spaces and brackets.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

/** The watchdog of a store's directory, if one runs. */
export async function findLocalWatchdog(directory: string): Promise<LocalWatchdogProcess | undefined> {
  const text = await readFile(watchdogFile(directory), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const found = JSON.parse(text) as LocalWatchdogProcess;
  try {
    process.kill(found.pid, 0);
  } catch {
    return undefined;
  }
  return (await startTimeOf(found.pid)) === found.startTime ? found : undefined;
}

/** Says that this process watches the store. */
export async function announceLocalWatchdog(directory: string): Promise<void> {
  const { pid } = process;
  const own: LocalWatchdogProcess = { pid, startTime: await startTimeOf(pid) };
  await writeDurably(`${watchdogFile(directory)}.${pid}`, watchdogFile(directory), JSON.stringify(own));
}

/** Takes it back, unless another process has said so since. */
export async function withdrawLocalWatchdog(directory: string): Promise<void> {
  if ((await findLocalWatchdog(directory))?.pid === process.pid) await rm(watchdogFile(directory), { force: true });
}
