import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterEvent } from '@podscope/console/api';
import type { ClusterRecords } from './actuator.ts';

/** What cannot be written (a full disk) is held up to this size; then the oldest lines go. Bytes. */
const HELD_LIMIT = 1_048_576;
/** How long after a refusal the next try is. Milliseconds. */
const PAUSE = 1_000;

/** A file that lines are added to. What a full disk refuses is written with a later line. */
class LineFile {
  readonly #descriptor: number;
  #held: Buffer[] = [];
  #bytes = 0;
  #tryAt = 0;
  #closed = false;

  constructor(path: string) {
    this.#descriptor = openSync(path, 'a', 0o644);
  }

  write(line: string): void {
    // The descriptor's number may be another file's by now.
    if (this.#closed) return;
    const bytes = Buffer.from(`${line}\n`);
    this.#held.push(bytes);
    this.#bytes += bytes.length;
    if (performance.now() >= this.#tryAt) this.#flush();
    while (this.#bytes > HELD_LIMIT) this.#bytes -= this.#held.shift()?.length ?? 0;
  }

  close(): void {
    if (this.#closed) return;
    this.#flush();
    this.#closed = true;
    closeSync(this.#descriptor);
  }

  #flush(): void {
    try {
      for (let next = this.#held[0]; next !== undefined; next = this.#held[0]) {
        const written = writeSync(this.#descriptor, next);
        this.#bytes -= written;
        if (written === next.length) this.#held.shift();
        else this.#held[0] = next.subarray(written);
      }
    } catch (error) {
      if (!(error instanceof Error && 'syscall' in error)) throw error;
      this.#tryAt = performance.now() + PAUSE;
    }
  }
}

/** Writes the simulation's own logs under `<run dir>/logs`: events.ndjson, and one log for each node. */
export function openRecords(logs: string, nodes: readonly string[]): ClusterRecords & { close(): void } {
  mkdirSync(join(logs, 'nodes'), { recursive: true });
  const events = new LineFile(join(logs, 'events.ndjson'));
  const files = new Map(nodes.map((node) => [node, new LineFile(join(logs, 'nodes', `${node}.log`))]));
  return {
    event(event: ClusterEvent): void {
      events.write(JSON.stringify(event));
    },
    node(node, level, message): void {
      files.get(node)?.write(`${new Date().toISOString()} ${level} kubelet: ${message.replaceAll(/\s*[\r\n]+\s*/g, ' ')}`);
    },
    close(): void {
      for (const file of [events, ...files.values()]) file.close();
    },
  };
}
