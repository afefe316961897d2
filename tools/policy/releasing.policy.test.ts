import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type Manifest, packagesIn, read, root, trackedFiles } from './workspace.ts';

const projects = [...(await packagesIn('packages')), ...(await packagesIn('apps'))];
const published = projects.filter(({ manifest }) => manifest.private !== true).map(({ manifest }) => manifest.name);
const tracked = await trackedFiles();
const changesets = tracked.filter((file) => /^\.changeset\/(?!README).*\.md$/.test(file));

describe('changesets', () => {
  let copy: string;
  beforeAll(async () => {
    copy = await mkdtemp(join(tmpdir(), 'podscope-version-'));
  });
  afterAll(() => rm(copy, { recursive: true, force: true }));

  it.each(changesets)('%s names published packages, each with a kind of release, and says what changed', async (file) => {
    const [, front = '', text = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(await read(file)) ?? [];
    const releases = parse(front) as Record<string, string>;
    expect(Object.keys(releases).filter((name) => !published.includes(name))).toEqual([]);
    expect(Object.values(releases).filter((kind) => !['major', 'minor', 'patch'].includes(kind))).toEqual([]);
    expect(Object.keys(releases).length).toBeGreaterThan(0);
    expect(text.trim()).not.toBe('');
  });

  it('make new versions and changelogs, tried in a copy', { timeout: 120_000 }, async () => {
    for (const file of tracked.filter((each) => /^(?:\.changeset\/|pnpm-workspace\.yaml$|package\.json$|(?:packages|apps)\/[^/]+\/package\.json$|tools\/bench\/package\.json$)/.test(each))) {
      await mkdir(join(copy, dirname(file)), { recursive: true });
      await cp(join(root, file), join(copy, file));
    }
    await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
    await promisify(execFile)(process.execPath, [join(root, 'node_modules/@changesets/cli/bin.js'), 'version'], { cwd: copy });
    const named = new Set((await Promise.all(changesets.map(read))).flatMap((text) => [...text.matchAll(/^'?(@podscope\/[\w-]+)'?:/gm)].map((match) => match[1])));
    for (const { folder, manifest } of projects) {
      const after = JSON.parse(await readFile(join(copy, folder, 'package.json'), 'utf8')) as Manifest;
      if (!named.has(manifest.name)) continue;
      expect(after.version, manifest.name).not.toBe(manifest.version);
      expect(await readFile(join(copy, folder, 'CHANGELOG.md'), 'utf8'), manifest.name).toContain(`## ${after.version}`);
    }
  });
});

describe('the supply chain', () => {
  it('waits for young releases, runs no build script but those with a reason, and installs what the lockfile says', async () => {
    const text = await read('pnpm-workspace.yaml');
    const workspace = parse(text) as { minimumReleaseAge?: number; strictDepBuilds?: boolean; allowBuilds?: Record<string, boolean>; catalog?: Record<string, string> };
    expect(workspace.minimumReleaseAge).toBeGreaterThanOrEqual(3 * 24 * 60);
    expect(workspace.strictDepBuilds).toBe(true);
    for (const name of Object.keys(workspace.allowBuilds ?? {})) expect(text, name).toMatch(new RegExp(`^  ${name}: (?:true|false) # \\w`, 'm'));
    expect(Object.values(workspace.catalog ?? {}).filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
    expect(await read('tools/bootstrap/prepare.mjs')).toContain("'--frozen-lockfile'");
    // The official client's releases 3.5.3 to 3.8.0 were in part malicious.
    const client = (workspace.catalog?.['@opensearch-project/opensearch'] ?? '').split('.').map(Number);
    expect((client[0] ?? 0) * 1000 + (client[1] ?? 0)).toBeGreaterThanOrEqual(3009);
  });

  it('locks every package by its integrity and none by an address', async () => {
    const { packages } = parse(await read('pnpm-lock.yaml')) as { packages: Record<string, { resolution: Record<string, string> }> };
    expect(Object.keys(packages).length).toBeGreaterThan(100);
    const strange = Object.entries(packages).filter(([, { resolution }]) => Object.keys(resolution).join() !== 'integrity' || !resolution['integrity']?.startsWith('sha512-'));
    expect(strange.map(([name]) => name)).toEqual([]);
  });
});

describe('workflows', () => {
  interface Step { readonly uses?: string; readonly run?: string; readonly with?: Record<string, unknown> }
  interface Workflow { readonly permissions?: unknown; readonly jobs: Record<string, { readonly permissions?: Record<string, string>; readonly 'timeout-minutes'?: number; readonly steps: readonly Step[] }> }
  const files = tracked.filter((file) => file.startsWith('.github/workflows/'));

  it.each(files)('%s pins every action to a commit, keeps no credentials, and may write only where it says so', async (file) => {
    const text = await read(file);
    const workflow = parse(text) as Workflow;
    expect(workflow.permissions).toEqual({ contents: 'read' });
    for (const [name, job] of Object.entries(workflow.jobs)) {
      expect(job['timeout-minutes'], name).toBeGreaterThan(0);
      for (const step of job.steps) {
        if (step.uses === undefined) continue;
        expect(step.uses).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
        // The version stands beside the commit for whoever updates it.
        expect(text).toMatch(new RegExp(`${step.uses} # v\\d`));
        if (step.uses.startsWith('actions/checkout@')) expect(step.with?.['persist-credentials']).toBe(false);
      }
    }
  });

  it('publish with a short-lived identity and without a cache', async () => {
    const text = await read('.github/workflows/release.yml');
    const { jobs } = parse(text) as Workflow;
    expect(jobs['publish']?.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
    expect(text).not.toMatch(/secrets\.(?!GITHUB_TOKEN)/);
    expect(text).not.toContain('actions/cache');
    for (const step of jobs['publish']?.steps ?? []) expect(step.with ?? {}).not.toHaveProperty('cache');
    // setup-node turns a cache on by itself where package.json names a package manager.
    const setup = jobs['publish']?.steps.find((step) => step.uses?.startsWith('actions/setup-node@'));
    expect(setup?.with?.['package-manager-cache']).toBe(false);
  });

  it('test as .ci/run does', async () => {
    expect(await read('.github/workflows/ci.yml')).toContain('run: bash .ci/run');
  });
});
