/// <reference lib="dom" />
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { date, defineFields, keyword } from '@podscope/core';
import { bundle, count, dataView, dateHistogram, terms, verticalBar } from '@podscope/saved-objects';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { chromiumOptions } from '../../../../tools/test/chromium.ts';
import { renderPanel } from '../index.ts';

const START = Date.parse('2026-11-23T10:00:00.000Z');
const HOUR = 3_600_000;
const view = dataView('logs-*', { fields: defineFields({ '@timestamp': date(), host: keyword() }) });
const chart = verticalBar('v', 'V', view, { x: dateHistogram('@timestamp', { interval: '10m' }), y: count(), split: terms('host', { size: 2 }) });
const bucket = (key: number) => ({ key, key_as_string: new Date(key).toISOString(), doc_count: 5 });
const answer = { aggregations: { 2: { buckets: ['a', 'b'].map((host) => ({ key: host, doc_count: 30, 3: { buckets: [0, 1, 2, 3, 4, 5].map((at) => bucket(START + (at * HOUR) / 6)) } })) } } };

/** A page that draws the chart from saved objects and an answer, and keeps what its hooks were called with. */
const PROGRAM = `import { renderPanel } from 'RENDERER/index.ts';
import { mountChart } from 'RENDERER/browser.ts';
const result = (answer) => renderPanel(OBJECT, answer, { theme: 'light', timeRange: { from: '${new Date(START).toISOString()}', to: '${new Date(START + HOUR).toISOString()}' }, objects: OBJECTS });
globalThis.calls = [];
const chart = mountChart(document.querySelector('#chart'), result(ANSWER), {
  onFilters: (filters, out) => calls.push({ filters, out }),
  onTimeRange: (range) => calls.push({ range }),
});
mountChart(document.querySelector('#plain'), result(ANSWER));
Object.assign(globalThis, { chart, redraw: (answer) => chart.update(result(answer)) });
`;

let browser: Browser;
let page: Page;
let script: string;
let problems: string[];

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'podscope-chart-'));
  try {
    const { objects } = bundle(chart);
    const sources = { OBJECTS: objects, OBJECT: chart.object, ANSWER: answer };
    const text = Object.entries(sources).reduce((code, [name, value]) => code.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), () => JSON.stringify(value)), PROGRAM).replaceAll('RENDERER', join(import.meta.dirname, '..'));
    writeFileSync(join(folder, 'page.ts'), text);
    const built = await build({ configFile: false, logLevel: 'silent', root: folder, resolve: { conditions: ['@podscope/source'] }, build: { write: false, target: 'esnext', modulePreload: false, rollupOptions: { input: join(folder, 'page.ts') } } });
    script = [built].flat().flatMap((each) => ('output' in each ? each.output : [])).map((each) => ('code' in each ? each.code : '')).join('\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
  browser = await chromium.launch(await chromiumOptions());
});
afterAll(() => browser.close());

afterEach(() => {
  expect(problems).toEqual([]);
});
beforeEach(async () => {
  page = await browser.newPage({ viewport: { width: 800, height: 400 } });
  problems = [];
  page.on('console', (message) => void (['error', 'warning'].includes(message.type()) && problems.push(message.text())));
  page.on('pageerror', (error) => void problems.push(error.message));
  await page.setContent('<!doctype html><body style="margin:0"><div id="chart" style="width:800px;height:400px"></div><div id="plain" style="width:800px;height:400px"></div></body>');
  await page.addScriptTag({ content: script, type: 'module' });
  await page.waitForFunction(() => document.querySelector('#chart canvas') !== null);
});

const calls = (): Promise<readonly { readonly range?: { readonly from: number; readonly to: number }; readonly filters?: unknown; readonly out?: boolean }[]> => page.evaluate(() => (globalThis as unknown as { calls: [] }).calls);

it('narrows to what is clicked, or leaves it out with Shift', async () => {
  // Low in the middle of the chart: within the first series' bar of some bucket.
  await page.mouse.click(395, 330);
  await page.keyboard.down('Shift');
  await page.mouse.click(395, 330);
  await page.keyboard.up('Shift');
  const [first, second, ...more] = await calls();
  expect(more).toEqual([]);
  expect(first).toMatchObject({ out: false, filters: expect.arrayContaining([{ field: 'host', value: expect.stringMatching(/^[ab]$/) as string }]) as unknown });
  expect(second).toMatchObject({ out: true, filters: first?.filters });
});

it('sets the time range to what is dragged over', async () => {
  await page.mouse.move(300, 200);
  await page.mouse.down();
  await page.mouse.move(420, 200, { steps: 5 });
  await page.mouse.up();
  const [call, ...more] = await calls();
  expect(more).toEqual([]);
  const { from = 0, to = 0 } = call?.range ?? {};
  expect(from).toBeGreaterThan(START);
  expect(to).toBeLessThan(START + HOUR);
  // A sixth of the page's width of 800 is between six and sixteen minutes of the hour.
  expect(to - from).toBeGreaterThan(6 * 60_000);
  expect(to - from).toBeLessThan(16 * 60_000);
});

it('looks the same with a brush as without', async () => {
  const picture = (id: string): Promise<string | undefined> => page.evaluate((selector) => document.querySelector<HTMLCanvasElement>(selector)?.toDataURL(), `#${id} canvas`);
  await expect.poll(async () => (await picture('chart')) === (await picture('plain'))).toBe(true);
});

it('shows what is under the pointer', async () => {
  await page.mouse.move(395, 300, { steps: 3 });
  await page.waitForFunction(() => document.querySelector('#chart')?.textContent === '10:30a5b5');
});

it('draws new results, follows its size, and goes', async () => {
  const picture = (): Promise<string> => page.evaluate(() => document.querySelector<HTMLCanvasElement>('#chart canvas')?.toDataURL() ?? '');
  const before = await picture();
  await page.evaluate((more) => (globalThis as unknown as { redraw(answer: unknown): void }).redraw(more), { aggregations: { 2: { buckets: [{ key: 'a', doc_count: 5, 3: { buckets: [bucket(START)] } }] } } });
  await expect.poll(picture).not.toBe(before);
  await page.evaluate(() => {
    const element = document.querySelector<HTMLElement>('#chart');
    if (element) element.style.width = '400px';
  });
  await page.waitForFunction(() => document.querySelector<HTMLCanvasElement>('#chart canvas')?.clientWidth === 400);
  await page.evaluate(() => (globalThis as unknown as { chart: { dispose(): void } }).chart.dispose());
  expect(await page.$('#chart canvas')).toBeNull();
});

it('draws what the search gave', () => {
  // The page's answer has the form that the request's aggregations give.
  expect(renderPanel(chart.object, answer, { theme: 'light', timeRange: { from: 'now-1h', to: 'now' }, now: START + HOUR, objects: bundle(chart).objects }).kind).toBe('chart');
});
