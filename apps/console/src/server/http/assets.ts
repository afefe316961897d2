import { PodscopeError } from '@podscope/core';
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { SECURITY_HEADERS } from './respond.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
};

/**
 * Sends a file of the built page. A path without a file's ending that is no file is a place inside the page, which
 * `index.html` shows.
 *
 * @throws PodscopeError CONSOLE_NOT_FOUND.
 */
export async function sendAsset(response: ServerResponse, folder: string, pathname: string, head: boolean): Promise<void> {
  const file = (await fileInside(folder, pathname)) ?? (path.posix.extname(pathname) === '' ? await fileInside(folder, '/index.html') : undefined);
  if (file === undefined) {
    throw new PodscopeError('CONSOLE_NOT_FOUND', 'The console has no such file.', {
      hint: 'If this is the page itself, build it: npx nx build console.',
    });
  }
  // Built files carry a hash of their content in their names; the page itself does not.
  const hashed = /-[\w-]{8,}\.\w+$/u.test(path.basename(file.path));
  response.writeHead(200, {
    ...SECURITY_HEADERS,
    'content-type': TYPES[path.extname(file.path)] ?? 'application/octet-stream',
    'content-length': file.size,
    'cache-control': hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
  if (head) response.end();
  else await pipeline(createReadStream(file.path), response);
}

async function fileInside(folder: string, pathname: string): Promise<{ path: string; size: number } | undefined> {
  try {
    const decoded = decodeURIComponent(pathname);
    if (decoded.includes('\0')) return undefined;
    const root = await realpath(folder);
    // Links are followed before the check, so that none leads out of the folder.
    const found = await realpath(path.join(root, decoded === '/' ? 'index.html' : decoded));
    if (!found.startsWith(root + path.sep)) return undefined;
    const { size } = await stat(found).then((stats) => (stats.isFile() ? stats : { size: undefined }));
    return size === undefined ? undefined : { path: found, size };
  } catch (error) {
    if (error instanceof URIError || isMissing(error)) return undefined;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR' || error.code === 'ENAMETOOLONG');
}
