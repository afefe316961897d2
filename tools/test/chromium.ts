import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { LaunchOptions } from 'playwright-core';
import { chromiumCommands } from './chromiumCommands.mjs';

/** Headless, as root, without a GPU and without calls home. */
const ARGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Chromium's path: the first of its names in the first folder of the PATH that has one; undefined where none does. */
export async function findChromium(path = process.env['PATH'] ?? ''): Promise<string | undefined> {
  for (const folder of path.split(delimiter).filter(Boolean)) {
    for (const command of chromiumCommands) {
      const file = join(folder, command);
      const runs = await access(file, constants.X_OK).then(() => true, () => false);
      if (runs) return file;
    }
  }
  return undefined;
}

/**
 * How tests and pictures start the machine's Chromium.
 *
 * @throws Error where the PATH has none.
 */
export async function chromiumOptions(): Promise<LaunchOptions> {
  const executablePath = await findChromium();
  if (executablePath === undefined) throw new Error(`No Chromium is on the PATH (looked for ${chromiumCommands.join(', ')}). On Debian: apt-get install chromium.`);
  return { executablePath, args: ARGS };
}
