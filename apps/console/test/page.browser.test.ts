import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOSTILE_PATH } from './documents.ts';
import { chromiumOptions } from '../../../tools/test/chromium.ts';
import { openPage } from './openPage.ts';
import { runConsole, type RunningConsole } from './runningConsole.ts';

let running: RunningConsole;
let browser: Browser;

beforeAll(async () => {
  running = await runConsole();
  browser = await chromium.launch(await chromiumOptions());
});

afterAll(async () => {
  await browser?.close();
  await running?.[Symbol.asyncDispose]();
});

/** A fixed range around all documents, so that counts do not change while a test looks at them. */
const FIXED = `from=${new Date(Date.now() - 1_800_000).toISOString()}&to=${new Date(Date.now() + 600_000).toISOString()}`;
const ROUTES = ['overview', 'dashboards/overview', 'dashboards/guestbook-web', 'dashboards/redis', 'dashboards/kubernetes', 'dashboards/system', 'dashboards/_new', 'logs', 'hunts', 'hunts/runaway-replicas', 'guide'];

describe.each([
  [1440, 'light'],
  [1440, 'dark'],
  [390, 'light'],
  [390, 'dark'],
] as const)('at %i px, %s', (width, colorScheme) => {
  it('shows every page whole, without an error or a sideways scroll', async () => {
    const { page, problems, close } = await openPage(browser, running.url, { width, colorScheme });
    for (const route of ROUTES) {
      await page.goto(`${running.url}/#/${route}`);
      await page.locator('main .skeleton, main .note-error').first().waitFor({ state: 'detached' });
      await page.locator('main').getByRole('heading').first().or(page.locator('.histogram')).first().waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), route).toBeLessThanOrEqual(0);
      expect(await page.locator('.note-error').allTextContents(), route).toEqual([]);
    }
    expect(problems).toEqual([]);
    await close();
  });
});

describe('dashboards', () => {
  it('draws every chart of the guestbook dashboard with data', async () => {
    const { page, close } = await openPage(browser, running.url);
    await page.goto(`${running.url}/#/dashboards/guestbook-web`);
    await page.locator('.chart canvas').first().waitFor();
    const panels = await page.locator('.panel').count();
    expect(panels).toBeGreaterThanOrEqual(5);
    await soon(() => page.locator('.panel .skeleton').count()).toBe(0);
    expect(await page.locator('.panel .note').allTextContents()).toEqual([]);
    const painted = await page.locator('.chart canvas').evaluateAll((canvases) =>
      canvases.map((canvas) => {
        const { width, height } = canvas as HTMLCanvasElement;
        const data = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
        const colors = new Set<number>();
        for (let at = 0; at < data.length; at += 4) if ((data[at + 3] ?? 0) > 200) colors.add(((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0));
        return colors.size;
      }),
    );
    expect(painted.length).toBeGreaterThan(0);
    for (const colors of painted) expect(colors).toBeGreaterThan(8);
    await close();
  });

  it('draws own visualizations with Vega, tells what is under the pointer, and filters by a click', async () => {
    const { page, problems, close } = await openPage(browser, running.url);
    for (const [dashboard, title] of [['overview', 'Failing requests above processor time'], ['guestbook-web', 'Who asks whom'], ['kubernetes', 'Pods and their phases']] as const) {
      await page.goto(`${running.url}/#/dashboards/${dashboard}?live=off`);
      await page.getByRole('region', { name: title }).locator('.chart canvas').waitFor();
    }
    const chart = page.getByRole('region', { name: 'Pods and their phases' }).locator('.chart');
    const size = await chart.boundingBox();
    if (!size) throw new Error('The chart has no size.');
    // Bars begin where the names end, and have gaps between them.
    let tries = 0;
    await soon(async () => {
      await chart.hover({ position: { x: size.width * 0.7, y: size.height * (0.4 + 0.01 * (tries++ % 30)) } });
      return page.locator('.vega-tooltip').allTextContents();
    }).toEqual([expect.stringMatching(/^Pod [a-z].*Phase running/)]);
    await chart.locator('xpath=ancestor::section').getByRole('button', { name: /^Menu of/ }).click();
    await page.getByRole('button', { name: 'Inspect' }).click();
    const drawer = page.getByRole('dialog');
    await soon(() => drawer.locator('thead').textContent()).toContain('seconds');
    expect(await drawer.locator('tbody tr').count()).toBeGreaterThan(1);
    await page.keyboard.press('Escape');
    await chart.hover({ position: { x: size.width * 0.7, y: size.height * (0.4 + 0.01 * ((tries - 1) % 30)) } });
    const [told = ''] = await page.locator('.vega-tooltip').allTextContents();
    await page.mouse.down();
    await page.mouse.up();
    const pill = page.getByRole('list', { name: 'Filters' }).getByRole('listitem').first();
    await soon(() => pill.textContent()).toContain(`kubernetes.pod.name: ${/^Pod (\S+?)Phase/.exec(told)?.[1]}`);
    expect(problems).toEqual([]);
    await close();
  });

  it('filters by a click on a bar, turns the pill round and takes it away', async () => {
    const { page, close } = await openPage(browser, running.url);
    await page.goto(`${running.url}/#/dashboards/overview?live=off`);
    const chart = page.getByRole('region', { name: 'Requests by status' }).locator('.chart');
    await chart.locator('canvas').waitFor();
    const size = await chart.boundingBox();
    if (!size) throw new Error('The chart has no size.');
    const pill = page.getByRole('list', { name: 'Filters' }).getByRole('listitem').first();
    // Between two bars is a gap: each try is a little further to the right, near the foot of the bars.
    let tries = 0;
    await expect
      .poll(async () => {
        await chart.click({ position: { x: size.width * (0.3 + 0.007 * tries++), y: size.height * 0.52 } });
        return pill.count();
      }, { timeout: 20_000, interval: 700 })
      .toBeGreaterThan(0);
    expect(await pill.textContent()).toContain('http.response.status_code: 200');
    const outcome = page.getByRole('region', { name: 'Requests by outcome' });
    await soon(() => outcome.textContent()).toMatch(/4xx/);
    await soon(async () => (await outcome.locator('li', { hasText: '4xx' }).locator('b').textContent())?.trim()).toBe('0');
    await pill.getByRole('button').first().click();
    await soon(() => pill.textContent()).toContain('not');
    await soon(async () => (await outcome.locator('li', { hasText: '2xx' }).locator('b').textContent())?.trim()).toBe('0');
    await pill.getByRole('button', { name: /Remove filter/ }).click();
    await soon(() => pill.count()).toBe(0);
    await close();
  });

  it('narrows the time by a drag across a chart', async () => {
    const { page, close } = await openPage(browser, running.url);
    await page.goto(`${running.url}/#/dashboards/overview?live=off`);
    const chart = page.getByRole('region', { name: 'Requests by status' }).locator('.chart');
    await chart.locator('canvas').waitFor();
    const box = await chart.boundingBox();
    if (!box) throw new Error('The chart has no size.');
    await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.3);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.3, { steps: 5 });
    await page.mouse.up();
    await soon(() => page.url()).toMatch(/from=20\d\d.*to=20\d\d/);
    await close();
  });

  it('shows request, response and rows of a panel, and writes them as CSV', async () => {
    const { page, close } = await openPage(browser, running.url);
    await page.goto(`${running.url}/#/dashboards/guestbook-web?live=off`);
    const panel = page.locator('.panel').filter({ has: page.locator('.chart canvas') }).first();
    await panel.getByRole('button', { name: /^Menu of/ }).click();
    await panel.getByRole('button', { name: 'Inspect' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('tbody tr').first().waitFor();
    const download = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'CSV' }).click();
    const lines = await readDownload(await download);
    expect(lines.split('\r\n').length).toBeGreaterThan(2);
    await dialog.getByRole('button', { name: 'Request' }).click();
    expect(JSON.parse((await dialog.locator('pre').textContent()) ?? '')).toMatchObject({ index: 'apache-*' });
    await dialog.getByRole('button', { name: 'Response' }).click();
    expect(JSON.parse((await dialog.locator('pre').textContent()) ?? '')).toHaveProperty('hits');
    await page.keyboard.press('Escape');
    await soon(() => dialog.count()).toBe(0);
    await close();
  });

  it('builds a visualization with a live preview, saves and exports it', async () => {
    const { page, close } = await openPage(browser, running.url);
    await page.goto(`${running.url}/#/dashboards/_new`);
    await page.getByLabel('Title').fill('Busiest paths');
    await page.getByRole('button', { name: 'Table' }).click();
    await page.getByRole('group', { name: 'Bucket' }).getByRole('combobox', { name: 'How', exact: true }).selectOption('terms');
    await page.getByRole('group', { name: 'Bucket' }).getByRole('combobox', { name: 'Field' }).selectOption('url.path');
    await page.getByRole('group', { name: 'Split' }).getByRole('combobox', { name: 'How', exact: true }).selectOption('none');
    const preview = page.getByRole('region', { name: 'Busiest paths', exact: true }).first();
    await preview.getByRole('cell', { name: '/guestbook' }).first().waitFor();
    const ndjson = page.waitForEvent('download');
    await page.getByRole('button', { name: 'NDJSON' }).click();
    expect((await readDownload(await ndjson)).trim().split('\n')).toHaveLength(3);
    const typescript = page.waitForEvent('download');
    await page.getByRole('button', { name: 'TypeScript' }).click();
    expect(await readDownload(await typescript)).toContain("from '@podscope/saved-objects'");
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('status').getByRole('link', { name: 'Own visualizations' }).click();
    await page.locator('.panel').filter({ hasText: 'Busiest paths' }).waitFor();
    expect(running.savedObjects.some((object) => object.id === 'own-busiest-paths')).toBe(true);
    await close();
  });
});

describe('logs', () => {
  it('searches, filters in and out, and shows what happened around', async () => {
    const { page, close } = await openPage(browser, running.url);
    await page.goto(`${running.url}/#/logs?${FIXED}`);
    const rows = page.getByRole('list', { name: 'Documents, newest first' }).getByRole('listitem');
    await rows.first().waitFor();
    const total = page.locator('.logs-total b');
    const all = await amount(total.textContent());
    expect(await rows.count()).toBeLessThan(120);
    await page.getByRole('button', { name: 'Only http.response.status_code 404' }).click();
    await soon(() => amount(total.textContent())).toBeLessThan(all);
    const missing = await amount(total.textContent());
    await page.getByRole('list', { name: 'Filters' }).getByRole('button').first().click();
    await soon(() => amount(total.textContent())).toBe(all - missing);
    await page.getByRole('list', { name: 'Filters' }).getByRole('button', { name: /Remove/ }).click();
    await page.getByRole('searchbox', { name: /Search in/ }).fill('url.path:"/old-page" AND http.response.status_code:404');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await soon(() => amount(total.textContent())).toBe(missing - 1);
    await rows.first().getByRole('button').first().click();
    await page.getByRole('button', { name: 'JSON' }).click();
    expect(JSON.parse((await page.locator('.document pre').textContent()) ?? '')).toHaveProperty('_source');
    await page.getByRole('button', { name: 'What happened around it' }).click();
    const lanes = page.getByRole('group', { name: 'Patterns on one time axis' }).getByRole('button');
    await soon(() => lanes.count()).toBe(5);
    await soon(() => page.locator('.around-rows li').count()).toBeGreaterThan(20);
    expect(await page.locator('.around-self').count()).toBe(1);
    await close();
  });

  it('narrows the time by a drag over the histogram', async () => {
    const { page, close } = await openPage(browser, running.url);
    await page.goto(`${running.url}/#/logs?live=off`);
    const area = page.getByRole('slider', { name: /Documents over time/ });
    const box = await area.boundingBox();
    if (!box) throw new Error('The histogram has no size.');
    await page.mouse.move(box.x + box.width * 0.2, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.4, box.y + 20, { steps: 5 });
    await page.mouse.up();
    await soon(() => page.url()).toMatch(/from=20\d\d.*to=20\d\d/);
    const params = new URLSearchParams(page.url().split('?')[1]);
    const span = Date.parse(params.get('to') ?? '') - Date.parse(params.get('from') ?? '');
    expect(span).toBeGreaterThan(170_000);
    expect(span).toBeLessThan(190_000);
    await close();
  });

  it('shows a hostile line as text, in rows, document, pill, table and tooltip', async () => {
    const { page, problems, close } = await openPage(browser, running.url);
    await page.goto(`${running.url}/#/logs?${FIXED}&q=message:hyperlink`);
    await page.getByRole('listitem').filter({ hasText: '<img src=x' }).getByRole('button').first().click();
    await page.locator('.document').getByText('\\u202e', { exact: false }).waitFor();
    await page.locator('.document tr', { hasText: 'url.path' }).getByRole('button', { name: /^Only/ }).click();
    await page.getByRole('list', { name: 'Filters' }).getByText(HOSTILE_PATH.slice(0, 20), { exact: false }).first().waitFor();
    const filters = new URLSearchParams(page.url().split('?')[1]).get('f') ?? '';
    await page.goto(`${running.url}/#/dashboards/guestbook-web?${FIXED}&f=${encodeURIComponent(filters)}`);
    await soon(() => page.locator('.panel .skeleton').count()).toBe(0);
    await hoverCharts(page);
    expect(await page.evaluate(() => (window as unknown as Record<string, unknown>)['__pwned'])).toBeUndefined();
    expect(await page.locator('img[onerror], svg[onload], main script').count()).toBe(0);
    expect(problems).toEqual([]);
    await close();
  });
});

describe('hunts', () => {
  it('can be played to the end with verbs, hint and answers', async () => {
    const { page, close } = await openPage(browser, running.url);
    await page.goto(`${running.url}/#/hunts`);
    await page.getByRole('link', { name: 'Open Runaway replicas' }).click();
    await page.getByRole('button', { name: 'Start the hunt' }).click();
    await page.getByRole('button', { name: /Take a hint for 10 points/ }).click();
    await page.getByText('Hint 1').waitFor();
    await page.getByRole('textbox', { name: 'Replicas' }).fill('5');
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByRole('log').getByText('podscope scale frontend 5').waitFor();
    expect(running.cluster.calls).toContain('scale frontend 5');
    await page.getByRole('button', { name: 'Exec' }).click();
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByRole('log').getByText('mem_fragmentation_ratio').waitFor();
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByRole('heading', { name: 'Not yet.' }).waitFor();
    await page.getByLabel('Which deployment is it?').fill('frontend');
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByRole('heading', { name: 'Right. The system is well again.' }).waitFor();
    await page.getByText('90', { exact: false }).first().waitFor();
    await page.getByRole('heading', { name: 'What happened' }).waitFor();
    expect(await page.evaluate(() => (window as unknown as Record<string, unknown>)['__pwned'])).toBeUndefined();
    await close();
  });
});

describe('overview', () => {
  it('shows a hundred instances as tiles that the arrow keys walk', async () => {
    await running.cluster.control.scale('frontend', 100);
    const { page, close } = await openPage(browser, running.url);
    await page.goto(`${running.url}/#/overview`);
    const tiles = page.getByRole('list', { name: 'Web instances' }).getByRole('link');
    await soon(() => tiles.count()).toBe(100);
    expect(await page.locator('.tile-pending').count()).toBeGreaterThanOrEqual(61);
    await tiles.first().focus();
    await page.keyboard.press('ArrowRight');
    expect(await tiles.nth(1).evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await soon(() => page.url()).toContain('kubernetes.pod.name');
    await running.cluster.control.scale('frontend', 3);
    await close();
  });

  it('keeps the last data and says so when the server is gone', async () => {
    const { page, close } = await openPage(browser, running.url);
    await page.goto(`${running.url}/#/overview`);
    await page.getByRole('heading', { name: 'Web instances' }).waitFor();
    await page.route('**/api/**', (route) => route.abort());
    await page.getByRole('status', { name: 'The console lost its server' }).waitFor({ timeout: 15_000 });
    expect(await page.getByRole('heading', { name: 'Web instances' }).count()).toBe(1);
    await close();
  });
});

/** Waits for what a page shows only after an answer has come. */
function soon<Value>(probe: () => Promise<Value> | Value) {
  return expect.poll(probe, { timeout: 15_000 });
}

async function amount(text: Promise<string | null>): Promise<number> {
  return Number(((await text) ?? '').replaceAll(',', ''));
}

async function readDownload(download: { createReadStream(): Promise<AsyncIterable<Buffer>> }): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of await download.createReadStream()) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

async function hoverCharts(page: Page): Promise<void> {
  for (const chart of await page.locator('.chart').all()) {
    for (const share of [0.2, 0.4, 0.6]) {
      const box = await chart.boundingBox();
      if (box) await chart.hover({ position: { x: box.width * share, y: box.height * 0.5 }, force: true });
    }
  }
}
