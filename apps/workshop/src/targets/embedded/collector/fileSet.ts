import { readdirSync, type Stats, statSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ContainerOrigin } from './containerOrigin.ts';
import { ContainerRecords } from './containerRecords.ts';
import { CriFormat } from './criFormat.ts';
import { STREAMS } from './counters.ts';
import { EventFormat } from './eventFormat.ts';
import type { LineFormat } from './format.ts';
import type { Identities } from './identity.ts';
import { type FindPlace, parseContainerFile } from './origin.ts';
import { ProcessLogFormat } from './processLog.ts';
import type { FileRecord } from './positions.ts';
import type { StreamName } from './protocol.ts';
import { type EmbeddedSource, WEB_CONTAINER } from '../shippers/sources.ts';
import { type Spool, streamOfSegment } from './spool.ts';
import { SpoolFormat } from './spoolFormat.ts';
import type { StreamPump } from './streamPump.ts';
import { type Patience, TailedFile } from './tailedFile.ts';
import { WebRecords } from './webRecords.ts';

/** Files whose names rotation made: `.log.1`, `.log.20261124-092200`, `.log-20261124`. Compressed ones are done. */
const LOG_NAME = /^(?<base>.+?\.(?:log|ndjson))(?<rotated>[.-](?!gz$|tmp$|new$)[\w:.-]*(?<!\.gz|\.tmp))?$/;

/** Which stream a file belongs to, and how its lines are read. */
interface Source {
  readonly stream: StreamName;
  readonly scope: string;
  readonly newFormat: () => LineFormat;
}

/** A file that is not open yet. */
interface Fresh {
  readonly path: string;
  readonly source: Source;
  readonly active: boolean;
  readonly modifiedMs: number;
}

/** What a file set needs. */
export interface FileSetOptions {
  readonly logs: string;
  readonly spool: Spool;
  readonly pumps: Readonly<Record<StreamName, StreamPump>>;
  readonly identities: Identities;
  readonly patience: Patience;
  readonly hostName: string;
  readonly findPlace: FindPlace | undefined;
  /** Whose files others read. @default nothing */
  readonly leftOut?: readonly EmbeddedSource[];
  /** How many files are held open at once. @default 800 */
  readonly mostOpen?: number;
}

/** Well below the 1,024 open files that a process may have at least. */
const MOST_OPEN = 800;

/** `.2` before `.10`. */
const BY_NUMBER = new Intl.Collator('en', { numeric: true });

/** A file that is read to its end and closed to make room; it is opened again when it changes. */
interface Parked {
  readonly size: number;
  readonly modifiedMs: number;
  readonly record: FileRecord;
}

/** Finds the files, gives each to its stream's pump, and follows them through renames until they are gone. */
export class FileSet {
  readonly #options: FileSetOptions;
  /** By `device:inode`. */
  readonly #files = new Map<string, { readonly file: TailedFile; readonly pump: StreamPump }>();
  /** By `device:inode`. */
  readonly #parked = new Map<string, Parked>();

  constructor(options: FileSetOptions) {
    this.#options = options;
  }

  /** Looks for new, renamed and deleted files. False when some wait until others are read. */
  scan(): boolean {
    const seen = new Set<string>();
    const fresh: Fresh[] = [];
    for (const { path, source, active } of this.#candidates()) {
      const stats = statSync(path, { throwIfNoEntry: false });
      if (stats?.isFile() !== true) continue;
      const inode = `${stats.dev}:${stats.ino}`;
      const known = this.#files.get(inode);
      seen.add(inode);
      if (known === undefined && this.#isParked(inode, stats)) continue;
      if (known === undefined) fresh.push({ path, source, active, modifiedMs: stats.mtimeMs });
      else known.file.moveTo(path, active);
    }
    for (const [inode, { file }] of this.#files) if (!seen.has(inode)) file.moveTo(null, false);
    for (const [inode, { record }] of this.#parked) {
      if (seen.has(inode)) continue;
      this.#parked.delete(inode);
      this.#options.identities.forget(record);
    }
    const all = this.#openAll(fresh);
    for (const [inode, { file, pump }] of this.#files) {
      if (this.#isSpent(file)) unlinkSync(file.path as string);
      if (file.finished) this.#release(inode, file, pump);
    }
    return all;
  }

  /**
   * Opens new files. Older ones come first, so that of two that begin alike each gets the same key whenever this is
   * done, and each follows the one that its writer left before it. False when there was no room for all.
   */
  #openAll(fresh: readonly Fresh[]): boolean {
    if (fresh.length === 0) return true;
    const left = [...this.#files.values()].flatMap(({ file }) => (file.active ? [] : [{ file, modifiedMs: file.modifiedMs, active: false, path: file.path ?? '' }]));
    const inOrder = [...left, ...fresh].toSorted(
      (a, b) => a.modifiedMs - b.modifiedMs || Number(a.active) - Number(b.active) || BY_NUMBER.compare(a.path, b.path),
    );
    const latest = new Map<string, TailedFile>();
    const most = this.#options.mostOpen ?? MOST_OPEN;
    const quiet = this.#files.size + fresh.length > most ? this.#quiet() : [];
    for (const each of inOrder) {
      if (!('file' in each) && this.#files.size >= most) {
        const rested = quiet.pop();
        if (rested === undefined) return false;
        this.#park(rested.inode, rested.parked);
      }
      const file = 'file' in each ? each.file : this.#open(each.path, each.source, each.active);
      if (file === undefined) continue;
      const before = latest.get(file.scope);
      if (before !== undefined && !('file' in each)) file.follow(before);
      latest.set(file.scope, file);
    }
    return true;
  }

  /** Whether a file is closed and as it was then. */
  #isParked(inode: string, { size, mtimeMs }: Stats): boolean {
    const parked = this.#parked.get(inode);
    if (parked === undefined) return false;
    if (parked.size === size && parked.modifiedMs === mtimeMs) {
      this.#options.identities.keep(parked.record);
      return true;
    }
    this.#parked.delete(inode);
    return false;
  }

  /** The files that may be parked, the one that has rested longest at the end. */
  #quiet(): { readonly inode: string; readonly parked: Parked }[] {
    const quiet = [...this.#files].flatMap(([inode, { file }]) => {
      const { record, size, modifiedMs, changedAt } = file;
      // A spool segment is deleted when it is done.
      if (file.path === null || this.#isSpooled(file.path) || record === undefined || record.offset < size) return [];
      return [{ inode, parked: { record, size, modifiedMs }, changedAt }];
    });
    return quiet.toSorted((a, b) => b.changedAt - a.changedAt);
  }

  #park(inode: string, parked: Parked): void {
    const { file, pump } = this.#files.get(inode) as { file: TailedFile; pump: StreamPump };
    this.#files.delete(inode);
    pump.files.delete(file);
    file.close();
    this.#parked.set(inode, parked);
  }

  #open(path: string, source: Source, active: boolean): TailedFile | undefined {
    const { identities, patience, pumps } = this.#options;
    let file: TailedFile;
    try {
      file = new TailedFile(path, active, source.scope, source.newFormat, identities, patience);
    } catch (error) {
      // Gone or not readable: the next scan sees.
      if (['ENOENT', 'EACCES', 'EPERM', 'EMFILE'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
      throw error;
    }
    if (this.#files.has(file.inode)) {
      file.close();
      return undefined;
    }
    file.identify();
    const pump = pumps[source.stream];
    this.#files.set(file.inode, { file, pump });
    pump.files.add(file);
    return file;
  }

  /** A spool segment that is complete and acknowledged. */
  #isSpent(file: TailedFile): boolean {
    if (file.path === null || !this.#isSpooled(file.path)) return false;
    return this.#options.spool.isEnded(file.path) && (file.record?.offset ?? 0) >= file.size;
  }

  #isSpooled(path: string): boolean {
    return path.startsWith(this.#options.spool.directory);
  }

  #release(inode: string, file: TailedFile, pump: StreamPump): void {
    this.#files.delete(inode);
    pump.files.delete(file);
    file.close();
    if (file.record !== undefined) this.#options.identities.forget(file.record);
  }

  *#candidates(): Iterable<{ path: string; source: Source; active: boolean }> {
    const { logs, spool } = this.#options;
    for (const [folder, classify] of [
      [join(logs, 'containers'), this.#containerSource],
      [join(logs, 'nodes'), this.#nodeSource],
      [logs, this.#rootSource],
    ] as const) {
      for (const name of namesIn(folder)) {
        const groups = LOG_NAME.exec(name)?.groups;
        const source = groups === undefined ? undefined : classify(groups['base'] as string, join(folder, groups['base'] as string));
        if (source !== undefined) yield { path: join(folder, name), source, active: groups?.['rotated'] === undefined };
      }
    }
    for (const name of namesIn(spool.directory)) {
      const stream = STREAMS.find((each) => each === streamOfSegment(name));
      if (stream === undefined) continue;
      const source: Source = { stream, scope: `spool/${name}`, newFormat: () => new SpoolFormat() };
      yield { path: join(spool.directory, name), source, active: true };
    }
  }

  readonly #containerSource = (base: string, path: string): Source | undefined => {
    const container = parseContainerFile(base);
    if (container === undefined) return this.#processSource(`containers/${base}`, path, this.#options.hostName);
    const { findPlace, leftOut = [] } = this.#options;
    const web = container.container === WEB_CONTAINER;
    if (leftOut.includes(web ? 'apache-logs' : 'container-logs')) return undefined;
    return {
      stream: web ? 'apache-podscope' : 'filebeat-podscope',
      scope: `containers/${base}`,
      newFormat: () => {
        const origin = new ContainerOrigin(container, path, findPlace);
        return new CriFormat(web ? new WebRecords(origin) : new ContainerRecords(origin));
      },
    };
  };

  readonly #nodeSource = (base: string, path: string): Source => {
    const node = base.slice(0, base.lastIndexOf('.'));
    return this.#processSource(`nodes/${base}`, path, node, node);
  };

  readonly #rootSource = (base: string, path: string): Source | undefined => {
    if (base === 'events.ndjson') {
      if (this.#options.leftOut?.includes('kubernetes-events') === true) return undefined;
      return { stream: 'kubernetes-podscope', scope: base, newFormat: () => new EventFormat() };
    }
    return base === 'supervisor.log' ? this.#processSource(base, path, this.#options.hostName) : undefined;
  };

  #processSource(scope: string, path: string, host: string, node?: string): Source {
    const origin = { path, host, ...(node === undefined ? {} : { node }) };
    return { stream: 'filebeat-podscope', scope, newFormat: () => new ProcessLogFormat(origin) };
  }

  close(): void {
    for (const { file } of this.#files.values()) file.close();
    this.#files.clear();
    this.#parked.clear();
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
