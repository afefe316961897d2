import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PodscopeError } from '@podscope/core';
import { startOf } from './processes.ts';

/** One process of the run. `pid` is null between its announcement and its start. */
export interface LedgerProcess {
  readonly name: string;
  readonly pid: number | null;
  /** From the kernel; tells this process from a later one with the same pid. */
  readonly start: string | null;
}

/** `<run dir>/ledger.json`. */
export interface LedgerContent {
  /** What every process of the run has in its environment. */
  readonly owner: string;
  /** What is kept running: the embedded system, or a session on a cluster. */
  readonly system: 'embedded' | 'session';
  /** Path of the control socket. */
  readonly socket: string;
  readonly supervisor: { readonly pid: number; readonly start: string };
  readonly ports: Readonly<Record<string, number>>;
  readonly processes: readonly LedgerProcess[];
}

/** The ledger of the run directory, or undefined where nothing was recorded. @throws PodscopeError LEDGER_UNREADABLE */
export function readLedger(runDir: string): LedgerContent | undefined {
  const path = join(runDir, 'ledger.json');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw unreadable(path, cause);
  }
  try {
    const content = JSON.parse(text) as LedgerContent;
    if (typeof content.owner !== 'string' || !Array.isArray(content.processes)) throw new TypeError('no owner or no processes');
    return content;
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function unreadable(path: string, cause: unknown): PodscopeError {
  return new PodscopeError('LEDGER_UNREADABLE', `The ledger ${path} cannot be read.`, {
    hint: 'End what still runs by hand, then remove the file.',
    cause,
  });
}

/** Records what runs, on disk, before it runs. Told also to the reaper. */
export class Ledger {
  readonly owner = randomBytes(16).toString('hex');
  readonly #path: string;
  readonly #listeners: ((line: string) => void)[] = [];
  #content: LedgerContent;

  constructor(runDir: string, socket: string, system: LedgerContent['system'] = 'embedded') {
    this.#path = join(runDir, 'ledger.json');
    this.#content = {
      owner: this.owner,
      system,
      socket,
      supervisor: { pid: process.pid, start: startOf(process.pid) ?? '' },
      ports: {},
      processes: [],
    };
    this.#write();
  }

  get content(): LedgerContent {
    return this.#content;
  }

  /** Calls with `+ <pid> <start>` and `- <pid>` as processes come and go. */
  onChange(listener: (line: string) => void): void {
    this.#listeners.push(listener);
  }

  /** @throws the file system's error: what cannot be recorded must not start. */
  port(name: string, port: number): void {
    this.#content = { ...this.#content, ports: { ...this.#content.ports, [name]: port } };
    this.#write();
  }

  /** Announces a process that is about to be started. @throws the file system's error, as {@link port} */
  announce(name: string): void {
    this.#replace(name, { name, pid: null, start: null });
  }

  started(name: string, pid: number): void {
    const start = startOf(pid) ?? '';
    this.#tryTo(() => this.#replace(name, { name, pid, start }));
    for (const listener of this.#listeners) listener(`+ ${pid} ${start}`);
  }

  ended(name: string, pid: number): void {
    const processes = this.#content.processes.filter((each) => each.name !== name || each.pid !== pid);
    this.#content = { ...this.#content, processes };
    this.#tryTo(() => this.#write());
    for (const listener of this.#listeners) listener(`- ${pid}`);
  }

  /** After everything has ended. */
  remove(): void {
    rmSync(this.#path, { force: true });
  }

  /**
   * For what has happened already. On a full disk the file then names a process too many, which a later one's start
   * tells apart, or one without its pid, which is found by its owner; neither is a reason to end everything.
   */
  #tryTo(record: () => void): void {
    try {
      record();
    } catch (error) {
      if (!(error instanceof Error && 'syscall' in error)) throw error;
    }
  }

  #replace(name: string, entry: LedgerProcess): void {
    const processes = [...this.#content.processes.filter((each) => each.name !== name), entry];
    this.#content = { ...this.#content, processes };
    this.#write();
  }

  /** By rename, so that a reader or a crash never finds half a ledger. */
  #write(): void {
    writeFileSync(`${this.#path}.new`, `${JSON.stringify(this.#content, null, 1)}\n`, { mode: 0o600 });
    renameSync(`${this.#path}.new`, this.#path);
  }
}
