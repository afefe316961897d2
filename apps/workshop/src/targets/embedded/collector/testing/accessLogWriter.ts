import { appendFileSync, copyFileSync, mkdirSync, renameSync, truncateSync } from 'node:fs';
import { join } from 'node:path';

/** Writes access lines of several web pods, each line with its own URL, and rotates the logs now and then. */
export class AccessLogWriter {
  /** Lines written so far, in all logs. */
  lines = 0;
  rotations = 0;
  readonly #paths: readonly string[];
  readonly #random: () => number;

  constructor(runDir: string, pods: number, random: () => number) {
    const folder = join(runDir, 'logs', 'containers');
    mkdirSync(folder, { recursive: true });
    this.#random = random;
    this.#paths = Array.from({ length: pods }, (_, pod) => join(folder, `frontend-${pod}_guestbook_frontend-${pod}abc.log`));
  }

  /** Appends `count` lines to one of the logs, the last of them in two steps. */
  write(count: number): void {
    const path = this.#paths[Math.floor(this.#random() * this.#paths.length)] as string;
    const text = Array.from({ length: count }, () => this.#line()).join('');
    const cut = text.length - Math.floor(this.#random() * 100);
    appendFileSync(path, text.slice(0, cut));
    appendFileSync(path, text.slice(cut));
    if (this.#random() < 0.03) this.#rotate(path);
  }

  #line(): string {
    const at = new Date().toISOString();
    const number = this.lines++;
    return `${at.slice(0, -1)}${String(number % 1_000_000).padStart(6, '0')}Z stdout F 10.0.0.${number % 250} - - [24/Nov/2026:09:22:23 +0000] "GET /line/${number} HTTP/1.1" 200 ${number % 5000} "-" "Mozilla/5.0 (test)" ${number % 9999}\n`;
  }

  /** By rename, or by copy and truncate. */
  #rotate(path: string): void {
    const rotated = `${path}.${++this.rotations}`;
    if (this.#random() < 0.5) return renameSync(path, rotated);
    copyFileSync(path, rotated);
    truncateSync(path);
  }
}
