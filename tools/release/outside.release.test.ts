import { access, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumOptions } from '../test/chromium.ts';
import { publishTarballs } from './publish.ts';
import { type LocalRegistry, startRegistry } from './registry.ts';
import { buildAll, packAll, run } from './workspace.ts';

let work: string;
let project: string;
let registry: LocalRegistry;
let tarballs: ReadonlyMap<string, string>;
let environment: NodeJS.ProcessEnv;

const config = `import { dataView, verticalBar, count, terms } from '@podscope/saved-objects';
import { date, defineFields, keyword } from '@podscope/core';
import { defineWorkshop } from '@podscope/workshop';

const fields = defineFields({ '@timestamp': date({ required: true }), 'http.request.method': keyword() });
const web = dataView('apache-*', { fields });

export default defineWorkshop({
  visualizations: [verticalBar('own-requests-by-method', 'Own: requests by method', web, { x: terms('http.request.method'), y: count() })],
});
`;

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'podscope-outside-'));
  await buildAll();
  tarballs = await packAll(work);
  registry = await startRegistry();
  project = await mkdtemp(join(work, 'project-'));
  await writeFile(join(project, '.npmrc'), registry.npmrc);
  await writeFile(join(project, 'package.json'), JSON.stringify({ name: 'outside', private: true, type: 'module' }));
  await writeFile(join(project, 'podscope.config.ts'), config);
  // The app comes from its tarball alone; the two libraries are there for the configuration file.
  const needed = ['apps/workshop', 'packages/core', 'packages/saved-objects'].map((folder) => String(tarballs.get(folder)));
  await run('npm', ['install', '--no-audit', '--no-fund', ...needed], project);
  environment = { PODSCOPE_RUN_DIR: join(work, 'run'), PODSCOPE_CACHE_DIR: process.env['PODSCOPE_CACHE_DIR'] ?? join(homedir(), '.cache', 'podscope') };
}, 600_000);

afterAll(async () => {
  if (project !== undefined) await run('npx', ['podscope', 'down'], project, environment);
  await registry?.[Symbol.asyncDispose]();
  await rm(work, { recursive: true, force: true });
}, 120_000);

describe('the app from its tarball, in an empty project', () => {
  it('carries the console, the guestbook, and the programs of both watchdogs', async () => {
    const inside = join(project, 'node_modules/@podscope/workshop/dist');
    for (const file of ['console/index.html', 'web.js', 'visitors.js', 'collector.js', 'supervisor.js', 'session.js', 'fault-watchdog.js', 'watchdog-local.js', 'watchdog-cluster.mjs']) await access(join(inside, file));
  });

  it('says on an older Node which one it needs, and what to do', { timeout: 180_000 }, async () => {
    const old = await run('npx', ['--yes', '--package', 'node@20', 'node', 'node_modules/@podscope/workshop/dist/bin.js', 'status'], project).catch((error: Error) => error.message);
    expect(old).toMatch(/Node 20\.\d+\.\d+ is too old; Podscope needs 22\.19 or newer/);
    expect(old).not.toMatch(/^\s+at /m);
  });

  it('starts everything by "npx @podscope/workshop up" where nothing is installed', { timeout: 400_000 }, async () => {
    const empty = await mkdtemp(join(work, 'empty-'));
    await writeFile(join(empty, '.npmrc'), registry.npmrc);
    // Nothing else of ours is in the registry: what runs came out of this one tarball.
    await publishTarballs(new Map([['apps/workshop', String(tarballs.get('apps/workshop'))]]), { cwd: empty, provenance: false });
    const npx = (...args: readonly string[]) => run('npx', ['--yes', '@podscope/workshop', ...args], empty, { ...environment, npm_config_cache: join(work, 'npm-cache') });
    try {
      const { console: page, guestbook } = JSON.parse(await npx('up', '--detach', '--json', '--console-port', '0')) as { console: string; guestbook: string };
      expect(await (await fetch(page)).text()).toContain('<div id="root">');
      expect((await fetch(new URL('entries', guestbook))).status).toBe(200);
      expect(JSON.parse(await npx('hunt', 'list', '--json'))).toBeTruthy();
    } finally {
      await npx('down');
    }
    expect(await readdir(empty)).toEqual(['.npmrc']);
  });

  it('shows a visualization of one’s own on the running console', { timeout: 400_000 }, async () => {
    // As docs/guide/build-a-visualization.md says.
    const out = await run('npx', ['@podscope/workshop', 'up', '--detach', '--json', '--console-port', '0'], project, environment);
    const { console: url } = JSON.parse(out) as { console: string };
    const browser = await chromium.launch(await chromiumOptions());
    try {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      await page.goto(new URL('#/dashboards/_own', url).href);
      await page.getByText('Own: requests by method').first().waitFor({ timeout: 30_000 });
      await page.locator('.chart canvas').first().waitFor({ timeout: 30_000 });
    } finally {
      await browser.close();
    }
  });
});
