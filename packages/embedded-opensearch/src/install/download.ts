import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { PodscopeError } from '@podscope/core';
import { Agent, request } from 'undici';
import type { OnProgress } from '../progress.ts';
import type { Tarball } from '../releases.ts';

/** Where no network is, the attempt has to end soon, because another source comes after it. */
const CONNECT_MS = 5_000;
const ANSWER_MS = 10_000;
const SILENCE_MS = 30_000;
const ATTEMPTS = 2;
const PROGRESS_EVERY_BYTES = 8_000_000;

/** The line broke in the middle, which says nothing about the server: from the start again. */
class Interrupted extends Error {}

interface Options {
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

async function open(url: string, dispatcher: Agent, signal: AbortSignal | undefined) {
  let address = url;
  for (let redirects = 0; redirects < 5; redirects++) {
    const answer = await request(address, { dispatcher, ...(signal === undefined ? {} : { signal }) });
    const location = answer.headers['location'];
    if (answer.statusCode >= 300 && answer.statusCode < 400 && typeof location === 'string') {
      await answer.body.dump();
      address = new URL(location, address).href;
      continue;
    }
    if (answer.statusCode !== 200) {
      await answer.body.dump();
      throw new Error(`${address} answered ${answer.statusCode}`);
    }
    return answer;
  }
  throw new Error(`${url} redirects too often`);
}

async function expectedHash(tarball: Tarball, dispatcher: Agent, signal: AbortSignal | undefined): Promise<string> {
  if (tarball.sha512 !== 'published') return tarball.sha512;
  const { body } = await open(`${tarball.url}.sha512`, dispatcher, signal);
  const hash = /\b[0-9a-f]{128}\b/i.exec(await body.text())?.[0];
  if (hash === undefined) throw new Error(`${tarball.url}.sha512 holds no SHA-512`);
  return hash.toLowerCase();
}

/** The disk's fault, which another try would meet again. */
function isFileError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && (error.syscall === 'write' || error.syscall === 'open');
}

async function fetchOnce(url: string, path: string, dispatcher: Agent, options: Options): Promise<string> {
  const { body, headers } = await open(url, dispatcher, options.signal);
  const length = Number(headers['content-length']);
  const totalBytes = Number.isFinite(length) ? length : undefined;
  const hash = createHash('sha512');
  let receivedBytes = 0;
  let told = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      receivedBytes += chunk.length;
      if (receivedBytes - told >= PROGRESS_EVERY_BYTES) {
        told = receivedBytes;
        options.onProgress?.({ type: 'download', receivedBytes, totalBytes });
      }
      done(null, chunk);
    },
  });
  try {
    await pipeline(body, count, createWriteStream(path));
  } catch (cause) {
    if (receivedBytes === 0 || isFileError(cause)) throw cause;
    throw new Interrupted(`${url} broke off after ${receivedBytes} bytes`, { cause });
  }
  options.onProgress?.({ type: 'download', receivedBytes, totalBytes });
  return hash.digest('hex');
}

/**
 * Downloads an archive to `path` and compares its SHA-512 before anybody reads it. A damaged one, or one that broke
 * off, is fetched once more, from its start.
 *
 * @throws PodscopeError `OPENSEARCH_CORRUPT_DOWNLOAD` when the second one is damaged as well; another Error when the
 *   server can't be reached or refuses.
 */
export async function downloadTarball(tarball: Tarball, path: string, options: Options = {}): Promise<void> {
  const dispatcher = new Agent({ connect: { timeout: CONNECT_MS }, headersTimeout: ANSWER_MS, bodyTimeout: SILENCE_MS });
  try {
    const expected = await expectedHash(tarball, dispatcher, options.signal);
    let actual = '';
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        actual = await fetchOnce(tarball.url, path, dispatcher, options);
      } catch (error) {
        if (!(error instanceof Interrupted) || attempt === ATTEMPTS || options.signal?.aborted) throw error;
      }
      if (actual === expected) return;
      await rm(path, { force: true });
    }
    throw new PodscopeError('OPENSEARCH_CORRUPT_DOWNLOAD', `${tarball.url} does not have the SHA-512 that it must have; nothing of it was kept.`, {
      hint: 'Try again. If it stays so, something between here and the server changes it: install through Maven or name a home.',
      details: [`expected ${expected}`, `received ${actual}`],
    });
  } finally {
    await dispatcher.close();
  }
}
