import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumOptions } from '../../../tools/test/chromium.ts';
import { violationsOn } from './axe.ts';
import { openPage } from './openPage.ts';
import { runConsole, type RunningConsole } from './runningConsole.ts';

// Whoever comes, on whatever: narrow and dark, by keyboard, by screen reader, with a hundred pods, without OpenSearch.
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

const NEVER = 'from=2020-01-01T00:00:00.000Z&to=2020-01-01T01:00:00.000Z';
const SIGHTS: readonly { readonly name: string; readonly route: string; open?(page: Page): Promise<void> }[] = [
  { name: 'the overview', route: 'overview' },
  { name: 'the overview with its time range open', route: 'overview', open: (page) => page.locator('.range-button').click() },
  { name: 'a dashboard', route: 'dashboards/guestbook-web?live=off' },
  {
    name: 'a dashboard with a filter',
    route: `dashboards/overview?live=off&f=${encodeURIComponent('[{"field":"http.response.status_code","value":404},{"field":"url.path","value":"/x","negate":true}]')}`,
  },
  { name: 'a dashboard without data', route: `dashboards/guestbook-web?${NEVER}` },
  {
    name: 'a panel under inspection',
    route: 'dashboards/guestbook-web?live=off',
    open: async (page) => {
      await page.getByRole('button', { name: 'Menu of Requests by status' }).click();
      await page.getByRole('button', { name: 'Inspect' }).click();
      await page.getByRole('dialog').locator('tbody tr').first().waitFor();
    },
  },
  { name: 'the builder', route: 'dashboards/_new' },
  { name: 'the logs', route: 'logs?live=off' },
  { name: 'the logs without documents', route: `logs?${NEVER}` },
  { name: 'an open document', route: 'logs?live=off', open: openFirstDocument },
  {
    name: 'what happened around a document',
    route: 'logs?live=off',
    open: async (page) => {
      await openFirstDocument(page);
      await page.getByRole('button', { name: 'What happened around it' }).click();
      await page.locator('.around-rows li').first().waitFor();
    },
  },
  { name: 'the hunts', route: 'hunts' },
  { name: 'a page of the guide', route: 'guide' },
];

// Contrast is a matter of the theme, room one of the width: two of the four pairs try both.
describe.each([
  [1440, 'light'],
  [390, 'dark'],
] as const)('at %i px, %s', (width, colorScheme) => {
  it.each(SIGHTS)('$name is accessible and needs no sideways scroll', async ({ route, open }) => {
    const { page, close } = await openPage(browser, running.url, { width, colorScheme });
    await goTo(page, route);
    await open?.(page);
    await soon(() => page.locator('main .skeleton').count()).toBe(0);
    expect(await violationsOn(page)).toEqual([]);
    expect(await sideways(page)).toBeLessThanOrEqual(0);
    await close();
  });

  it('a hunt is accessible and needs no sideways scroll, from its story to its debrief', async () => {
    const { page, close } = await openPage(browser, running.url, { width, colorScheme });
    await goTo(page, 'hunts/runaway-replicas');
    const look = async (): Promise<void> => {
      expect(await violationsOn(page)).toEqual([]);
      expect(await sideways(page)).toBeLessThanOrEqual(0);
    };
    await page.getByRole('button', { name: /Start the hunt|Play again/ }).click();
    await page.getByLabel('Which deployment is it?').waitFor();
    for (const verb of ['Restart', 'Exec', 'Stop client', 'Publish', 'Scale']) {
      await page.getByRole('group', { name: 'Verb' }).getByRole('button', { name: verb }).click();
      expect(await sideways(page), verb).toBeLessThanOrEqual(0);
    }
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByRole('heading', { name: 'Not yet.' }).waitFor();
    await look();
    await page.getByRole('button', { name: 'Give up and see the debrief' }).click();
    await page.getByRole('heading', { name: 'What happened' }).waitFor();
    await look();
    await close();
  });

  it('a hundred web pods fit', async () => {
    await running.cluster.control.scale('frontend', 100);
    const { page, close } = await openPage(browser, running.url, { width, colorScheme });
    await goTo(page, 'overview');
    const part = page.getByRole('region', { name: 'Web instances' });
    await soon(() => part.getByRole('listitem').getByRole('link').count()).toBe(100);
    await part.getByText('39 running, 61 pending').waitFor();
    const box = await part.boundingBox();
    expect(box?.height).toBeLessThan(480);
    const outside = await part.locator('a.tile').evaluateAll((tiles) => {
      const around = tiles[0]?.closest('section')?.getBoundingClientRect();
      return tiles.filter((tile) => {
        const { left, right, bottom } = tile.getBoundingClientRect();
        return !around || left < around.left || right > around.right || bottom > around.bottom;
      }).length;
    });
    expect(outside).toBe(0);
    expect(await violationsOn(page)).toEqual([]);
    expect(await sideways(page)).toBeLessThanOrEqual(0);
    await running.cluster.control.scale('frontend', 3);
    await close();
  });
});

describe('the keyboard', () => {
  it('reaches a panel\'s rows and comes back to the menu that it left', async () => {
    const { page, close } = await openPage(browser, running.url);
    await goTo(page, 'dashboards/guestbook-web?live=off');
    const menu = page.getByRole('button', { name: 'Menu of Requests by status' });
    await menu.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('button', { name: 'Inspect' }).count()).toBe(0);
    expect(await isFocused(page, 'Menu of Requests by status')).toBe(true);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').locator('tbody tr').first().waitFor();
    await page.keyboard.press('Escape');
    await soon(() => page.getByRole('dialog').count()).toBe(0);
    expect(await isFocused(page, 'Menu of Requests by status')).toBe(true);
    await close();
  });

  it('skips to the content, and shows where it is', async () => {
    const { page, close } = await openPage(browser, running.url);
    await goTo(page, 'logs?live=off');
    await page.keyboard.press('Tab');
    const skip = page.getByRole('link', { name: 'Skip to the content' });
    expect((await skip.boundingBox())?.y).toBeGreaterThanOrEqual(0);
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineStyle)).toBe('solid');
    await close();
  });

  it('narrows the time by arrow keys and Enter on the histogram', async () => {
    const { page, close } = await openPage(browser, running.url);
    await goTo(page, 'logs?live=off');
    await page.getByRole('slider', { name: /Documents over time/ }).focus();
    for (let step = 0; step < 4; step += 1) await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await soon(() => page.url()).toMatch(/from=20\d\d.*to=20\d\d/);
    await close();
  });
});

describe('from one page to another', () => {
  it('takes filters and time from logs to dashboards and back', async () => {
    const { page, close } = await openPage(browser, running.url);
    await goTo(page, 'logs?live=off&from=now-1h');
    await page.getByRole('button', { name: 'Only http.response.status_code 404' }).click();
    await page.getByRole('link', { name: 'Same on dashboards' }).click();
    await page.getByRole('region', { name: 'Requests by status' }).waitFor();
    expect(new URLSearchParams(page.url().split('?')[1]).get('from')).toBe('now-1h');
    const pill = page.getByRole('list', { name: 'Filters' }).getByRole('listitem').first();
    expect(await pill.textContent()).toContain('http.response.status_code: 404');
    await page.getByRole('link', { name: 'Same in logs' }).click();
    await page.getByRole('searchbox', { name: 'Search in apache-*' }).waitFor();
    expect(await pill.textContent()).toContain('http.response.status_code: 404');
    expect(await page.title()).toBe('Logs · Podscope');
    await close();
  });

  it('opens the samples and the panels of a part of the overview with its filter', async () => {
    const { page, close } = await openPage(browser, running.url);
    for (const [link, place] of [['Samples', '#/logs'], ['Dashboard', '#/dashboards/redis']] as const) {
      await goTo(page, 'overview');
      await page.getByRole('link', { name: `Replicas: ${link}` }).click();
      const pill = page.getByRole('list', { name: 'Filters' }).getByRole('listitem').first();
      await pill.waitFor();
      expect(await pill.textContent()).toContain('redis.role: slave');
      expect(page.url()).toContain(place);
    }
    await close();
  });
});

// Last: OpenSearch does not come back.
describe('without OpenSearch', () => {
  it('every page says so in words, keeps what it had, and stays accessible', async () => {
    const { page, close } = await openPage(browser, running.url);
    await goTo(page, 'dashboards/guestbook-web?live=off');
    await page.locator('.chart canvas').first().waitFor();
    await running.stopOpenSearch();
    await page.getByRole('button', { name: 'Refresh now' }).click();
    await page.getByText('Showing the last data that came.').waitFor();
    expect(await page.locator('.chart canvas').count()).toBeGreaterThan(0);
    expect(await violationsOn(page)).toEqual([]);
    for (const route of ['dashboards/redis', 'logs']) {
      await page.goto(`${running.url}/#/${route}`);
      await page.getByRole('alert').getByText('OpenSearch does not answer.').first().waitFor();
      await page.getByRole('button', { name: 'Try again' }).first().waitFor();
      expect(await violationsOn(page), route).toEqual([]);
    }
    await page.goto(`${running.url}/#/overview`);
    await page.getByRole('status', { name: 'OpenSearch does not answer' }).waitFor();
    await page.getByRole('region', { name: 'OpenSearch' }).getByText('does not answer').waitFor();
    expect(await violationsOn(page), 'overview').toEqual([]);
    await close();
  });
});

async function goTo(page: Page, route: string): Promise<void> {
  await page.goto(`${running.url}/#/${route}`);
  await page.locator('main').getByRole('heading').first().or(page.locator('main .histogram')).first().waitFor();
  await soon(() => page.locator('main .skeleton').count()).toBe(0);
}

async function openFirstDocument(page: Page): Promise<void> {
  await page.getByRole('list', { name: 'Documents, newest first' }).getByRole('listitem').first().getByRole('button').first().click();
  await page.getByRole('button', { name: 'JSON' }).waitFor();
}

async function sideways(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

async function isFocused(page: Page, label: string): Promise<boolean> {
  return page.evaluate((wanted) => document.activeElement?.getAttribute('aria-label') === wanted, label);
}

/** Waits for what a page shows only after an answer has come. */
function soon<Value>(probe: () => Promise<Value> | Value) {
  return expect.poll(probe, { timeout: 15_000 });
}
