import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { PodscopeError } from '@podscope/core';
import { z } from 'zod';
import { directoryError } from '../../../directoryError.ts';
import { folderOf } from './localEvents.ts';
import { eventRecord, type LedgerContent, ledgerEntry } from './record.ts';

const content = z.object({ record: eventRecord, entries: z.array(ledgerEntry) });

const nameOf = (region: string, event: string): string => `${event}.${region}.json`;

/** The ledger of this machine; undefined where it has none. @throws PodscopeError LEDGER_UNREADABLE */
export function readLocalLedger(runDir: string, region: string, event: string): LedgerContent | undefined {
  const path = join(folderOf(runDir), nameOf(region, event));
  try {
    return content.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw new PodscopeError('LEDGER_UNREADABLE', `The ledger of the event in ${path} cannot be read.`, { hint: 'Remove the file: the same is in the account, and everything is found by its tags, too.', cause });
  }
}

/** Writes the ledger, and returns when it is on the disk: whole or not at all, for its owner only. @throws PodscopeError DIRECTORY_UNUSABLE, NO_DISK_SPACE */
export function writeLocalLedger(runDir: string, ledger: LedgerContent): void {
  const { region, event } = ledger.record.settings;
  writeDurably(runDir, folderOf(runDir), nameOf(region, event), ledger);
}

/** Keeps a receipt beside the ledgers. @returns its path */
export function keepReceipt(runDir: string, { event, region, endedAt }: { readonly event: string; readonly region: string; readonly endedAt: string }, receipt: object): string {
  const folder = join(folderOf(runDir), 'receipts');
  const name = `${event}.${region}.${endedAt.replaceAll(/[:.]/gu, '-')}.json`;
  writeDurably(runDir, folder, name, receipt);
  return join(folder, name);
}

/** When nothing is left. */
export function removeLocalLedger(runDir: string, region: string, event: string): void {
  rmSync(join(folderOf(runDir), nameOf(region, event)), { force: true });
}

function writeDurably(runDir: string, folder: string, name: string, value: object): void {
  const path = join(folder, name);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const file = openSync(`${path}.new`, 'w', 0o600);
    try {
      writeSync(file, `${JSON.stringify(value, null, 1)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(`${path}.new`, path);
    const directory = openSync(folder, 'r');
    try {
      fsyncSync(directory);
    } finally {
      closeSync(directory);
    }
  } catch (cause) {
    throw directoryError(runDir, 'run directory', 'PODSCOPE_RUN_DIR', cause);
  }
}
