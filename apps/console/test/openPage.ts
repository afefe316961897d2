import type { Browser, Page } from 'playwright-core';

/** A page and everything that went wrong on it. */
export interface OpenPage {
  readonly page: Page;
  /** Errors and warnings of the browser's console, uncaught errors, and requests to other origins. */
  readonly problems: readonly string[];
  close(): Promise<void>;
}

/** Opens a page of its own, at 1440 px in light unless told otherwise. */
export async function openPage(browser: Browser, origin: string, options: { readonly width?: number; readonly colorScheme?: 'light' | 'dark' } = {}): Promise<OpenPage> {
  const width = options.width ?? 1440;
  const context = await browser.newContext({ viewport: { width, height: width < 500 ? 844 : 900 }, colorScheme: options.colorScheme ?? 'light', acceptDownloads: true });
  const page = await context.newPage();
  // Chromium was once seen to draw no frame for twenty seconds on two shared cores.
  page.setDefaultTimeout(60_000);
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith('blob:')) problems.push(`request: ${request.url()}`);
  });
  return { page, problems, close: () => context.close() };
}
