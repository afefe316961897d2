import { closeSync, existsSync, fstatSync, openSync, readdirSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { criClock, criLines, type LogStream } from './criLog.ts';

/** Where a web pod's lines go. */
export interface PodLog {
  /** One line, without its line feed. `clockOffset`: how far its time is off, milliseconds. @default 0 */
  write(stream: LogStream, text: string, clockOffset?: number): void;
  /** Writes what is held back, then ends; later lines are dropped. */
  close(): void;
}

/** Options of {@link openLogFile}. */
export interface LogFileOptions {
  /** The file is renamed away when it has reached this size. Bytes. @default 10485760 */
  readonly rotateBytes?: number;
  /** How many renamed files stay. @default 5 */
  readonly keep?: number;
  /** How long a line may be held back, so that a busy pod writes in batches. Milliseconds. @default 100 */
  readonly flushMs?: number;
}

/** Lines that cannot be written (a full disk) are held up to this size; then the oldest batch goes. Characters. */
const HELD_LIMIT = 1_048_576;

/**
 * Opens a container's log file, to append in CRI format. As with kubelet, a full file is renamed to
 * `<file>.<yyyymmdd-hhmmss>` and a new one begun.
 *
 * @throws the file system's error when the file cannot be opened.
 */
export function openLogFile(path: string, options: LogFileOptions = {}): PodLog {
  const { rotateBytes = 10 * 1024 * 1024, keep = 5, flushMs = 100 } = options;
  const stamp = criClock();
  let descriptor = openSync(path, 'a');
  let size = fstatSync(descriptor).size;
  let held = Buffer.alloc(0);
  let batch = '';
  let timer: NodeJS.Timeout | undefined;
  let failing = false;
  let closed = false;

  const rotate = (): void => {
    const target = `${path}.${rotationStamp(new Date())}`;
    // Two rotations within a second would write over the first: the next batch tries again.
    if (existsSync(target)) return;
    renameSync(path, target);
    closeSync(descriptor);
    descriptor = openSync(path, 'a');
    size = 0;
    removeOldest(path, keep);
  };

  const flush = (): void => {
    timer = undefined;
    held = held.length === 0 ? Buffer.from(batch, 'latin1') : Buffer.concat([held, Buffer.from(batch, 'latin1')]);
    batch = '';
    try {
      while (held.length > 0) {
        const written = writeSync(descriptor, held);
        size += written;
        held = held.subarray(written);
      }
      failing = false;
      if (size >= rotateBytes) rotate();
    } catch (error) {
      if (!failing) process.stderr.write(`${path}: ${String(error)}; lines are held back.\n`);
      failing = true;
      if (held.length > HELD_LIMIT) held = Buffer.from(held.subarray(held.indexOf(10, held.length - HELD_LIMIT) + 1));
    }
  };

  return {
    write(stream, text, clockOffset) {
      // The descriptor's number may be another file's by now.
      if (closed) return;
      batch += criLines(stamp(clockOffset), stream, text);
      timer ??= setTimeout(flush, flushMs);
    },
    close() {
      if (closed) return;
      clearTimeout(timer);
      flush();
      closed = true;
      closeSync(descriptor);
    },
  };
}

/** A log for a process in a container of its own: plain lines on its own streams, the runtime adds the rest. */
export function streamLog(): PodLog {
  return {
    write: (stream, text) => void (stream === 'stdout' ? process.stdout : process.stderr).write(`${text}\n`),
    close: () => undefined,
  };
}

/** Writes each line to both logs. */
export function bothLogs(first: PodLog, second: PodLog): PodLog {
  return {
    write(stream, text, clockOffset) {
      first.write(stream, text, clockOffset);
      second.write(stream, text, clockOffset);
    },
    close() {
      first.close();
      second.close();
    },
  };
}

function rotationStamp(date: Date): string {
  return date.toISOString().slice(0, 19).replaceAll('-', '').replaceAll(':', '').replace('T', '-');
}

function removeOldest(path: string, keep: number): void {
  const prefix = `${basename(path)}.`;
  const rotated = readdirSync(dirname(path)).filter((name) => name.startsWith(prefix)).sort();
  for (const name of rotated.slice(0, Math.max(0, rotated.length - keep))) rmSync(join(dirname(path), name));
}
