import { execFile } from 'node:child_process';
import { access, constants, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { PodscopeError } from '@podscope/core';

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** Without a window, a GPU and calls home. */
const ARGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--hide-scrollbars'];

const LONGEST_MS = 60_000;

/** A drawing as PNG, made by the machine's Chromium. @throws PodscopeError RENDERER_NO_BROWSER where there is none, or where it fails */
export async function pictureToPng(svg: string, width: number, path: string): Promise<Uint8Array> {
  const browser = await findBrowser(path);
  if (browser === undefined) {
    throw new PodscopeError('RENDERER_NO_BROWSER', `A PNG is made by Chromium, and none is on the PATH (looked for ${BROWSERS.join(', ')}).`, { hint: 'Install one (on Debian: apt-get install chromium), or write .svg or .html, which need none.' });
  }
  const height = Number(/^<svg[^>]*\sheight="([\d.]+)"/u.exec(svg)?.[1] ?? 800);
  const folder = await mkdtemp(join(tmpdir(), 'podscope-preview-'));
  try {
    const page = join(folder, 'page.html');
    const picture = join(folder, 'page.png');
    await writeFile(page, `<!doctype html><meta charset="utf-8"><style>body{margin:0}svg{display:block}</style>${svg}`);
    await promisify(execFile)(browser, [...ARGS, `--user-data-dir=${join(folder, 'profile')}`, `--window-size=${width},${Math.ceil(height)}`, `--screenshot=${picture}`, pathToFileURL(page).href], { timeout: LONGEST_MS });
    return await readFile(picture);
  } catch (cause) {
    throw new PodscopeError('RENDERER_NO_BROWSER', `${browser} made no picture: ${(cause as Error).message.split('\n')[0] ?? ''}`, { hint: 'Try it by hand, or write .svg or .html, which need no browser.', cause });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function findBrowser(path: string): Promise<string | undefined> {
  for (const folder of path.split(delimiter).filter(Boolean)) {
    for (const name of BROWSERS) {
      const file = join(folder, name);
      if (await access(file, constants.X_OK).then(() => true, () => false)) return file;
    }
  }
  return undefined;
}
