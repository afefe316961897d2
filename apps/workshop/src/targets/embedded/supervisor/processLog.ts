import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { redactText } from '@podscope/core';

export type LogLevel = 'debug' | 'info' | 'warning' | 'error';

/** The supervisor's own log: `<ISO 8601> <level> <part>: <message>`, a line each. */
export interface ProcessLog {
  write(level: LogLevel, part: string, message: string): void;
  close(): Promise<void>;
}

/** Opens, and continues, a process log. */
export function openProcessLog(path: string): ProcessLog {
  mkdirSync(dirname(path), { recursive: true });
  const stream = createWriteStream(path, { flags: 'a', mode: 0o644 });
  // A full disk must not end the one process that can clean up.
  stream.on('error', () => undefined);
  return {
    write(level, part, message) {
      for (const line of redactText(message).split('\n')) {
        if (line.trim() !== '') stream.write(`${new Date().toISOString()} ${level} ${part}: ${line}\n`);
      }
    },
    async close() {
      if (stream.writableFinished || stream.destroyed) return;
      stream.end();
      await once(stream, 'close');
    },
  };
}
