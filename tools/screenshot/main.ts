import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { podscope, type UpDocument } from '../bench/podscope.ts';
import { chromiumOptions } from '../test/chromium.ts';

const USAGE = `Usage: npm run screenshot [-- <seconds>]

Starts the system in a run directory of its own, lets the visitors work for <seconds> (90), takes the pictures of the
console into docs/pictures, and takes the system down again.

Example:
  npm run screenshot -- 180
`;

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const pictures = join(root, 'docs', 'pictures');
const pages = [
  { name: 'console-overview', hash: '#/overview', width: 1440, height: 1080, scheme: 'light' },
  { name: 'console-dashboard', hash: '#/dashboards/guestbook-web?from=now-5m', width: 1440, height: 1100, scheme: 'light' },
  { name: 'console-dashboard-dark', hash: '#/dashboards/overview?from=now-5m', width: 1440, height: 1100, scheme: 'dark' },
  { name: 'console-logs', hash: '#/logs?from=now-5m', width: 1440, height: 900, scheme: 'light' },
  { name: 'console-hunts-phone', hash: '#/hunts', width: 390, height: 844, scheme: 'light' },
] as const;

const [asked = '90'] = process.argv.slice(2);
if (asked === '--help') {
  process.stdout.write(USAGE);
  process.exit(0);
}
const seconds = Number(asked);
if (!Number.isFinite(seconds) || seconds < 0) {
  process.stderr.write(`"${asked}" is no number of seconds.\n\n${USAGE}`);
  process.exit(2);
}

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());

const runDir = await mkdtemp(join(tmpdir(), 'podscope-screenshot-'));
try {
  await takePictures();
} catch (error) {
  if (!interrupted.signal.aborted) throw error;
  process.stderr.write('Interrupted.\n');
  process.exitCode = 130;
} finally {
  // Also when starting was interrupted: what had come up goes down, and the answer names what is left.
  await podscope(runDir, 'down');
  await rm(runDir, { recursive: true, force: true });
}

async function takePictures(): Promise<void> {
  const { console: url } = await podscope<UpDocument>(runDir, 'up', '--detach', '--console-port', '0');
  process.stderr.write(`Letting the visitors work for ${seconds} s …\n`);
  await sleep(seconds * 1000, undefined, { signal: interrupted.signal });
  await mkdir(pictures, { recursive: true });
  await using browser = await chromium.launch(await chromiumOptions());
  for (const { name, hash, width, height, scheme } of pages) {
    interrupted.signal.throwIfAborted();
    const page = await browser.newPage({ viewport: { width, height }, colorScheme: scheme });
    await page.goto(new URL(hash, url).href);
    await settle(page);
    const path = join(pictures, `${name}.png`);
    await page.screenshot({ path, animations: 'disabled' });
    await page.close();
    process.stdout.write(`docs/pictures/${name}.png (${Math.round((await stat(path)).size / 1024)} KB)\n`);
  }
}

/** Until nothing is loading any more and each chart is drawn. */
async function settle(page: Page): Promise<void> {
  await page.locator('main h2, main h3, main .rows').first().waitFor();
  await page.locator('main .skeleton').first().waitFor({ state: 'detached' });
  for (const chart of await page.locator('main .chart').all()) await chart.locator('canvas').first().waitFor();
}
