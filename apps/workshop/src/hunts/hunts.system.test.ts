import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { beginAttempt } from '@podscope/mystery-hunts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ControlClient } from '../control/api.ts';
import { callControl } from '../control/client.ts';
import { huntCatalogue } from './catalogue.ts';
import type { FragmentedTruth } from './fragmented-redis/truth.ts';
import type { NotFoundTruth } from './not-found-storm/truth.ts';
import { readPublicState } from './publicState.ts';
import { pause, until } from './rehearsal.ts';
import { hashState, type RehearsalReport } from './rehearse.ts';
import type { RunawayTruth } from './runaway-replicas/truth.ts';
import { type TestSystem, testSystem } from './runningSystem.fixture.ts';

/** Where the evidence itself is: that is for learners to read. */
const EVIDENCE = /^(?:opensearch|redis|logs\/containers|logs\/opensearch|collector\/spool)(?:\/|$)/;
let system: TestSystem;
let control: ControlClient;

beforeAll(async () => {
  system = await testSystem(process.env);
  ({ control } = await system.up());
  // Samples from before an attempt are evidence too: how many keys there were.
  await pause(12_000);
}, 300_000);

afterAll(() => system.end(), 120_000);

/** Names and contents of all files of the run that are not evidence. */
async function readableFiles(folder = system.runDir): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const name = relative(system.runDir, path);
    if (EVIDENCE.test(name)) continue;
    if (entry.isDirectory()) for (const [each, text] of await readableFiles(path)) found.set(each, text);
    else found.set(name, entry.isFile() ? await readFile(path, 'latin1').catch(() => '') : '');
  }
  return found;
}

/** Titles, command lines and environments of all processes that show them. */
async function processTexts(): Promise<string> {
  const texts: string[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)) {
    for (const file of ['cmdline', 'comm', 'environ']) texts.push(await readFile(`/proc/${pid}/${file}`, 'latin1').catch(() => ''));
  }
  return texts.join('\n');
}

/** Everything that answers a learner's question without being evidence, by how it is asked. */
async function answers(id: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const args of [['fault', 'list'], ['fault', 'list', '--json'], ['status'], ['status', '--json'], ['hunt', 'list', '--json'], ['hunt', 'show', id], ['hunt', 'show', id, '--json'], ['logs', 'supervisor', '--tail', '10000'], ['fault', 'recover', '--json']]) {
    const { stdout, stderr } = await system.podscope(args);
    found.set(`podscope ${args.join(' ')}`, stdout + stderr);
  }
  const { faults } = await callControl<{ faults: readonly { id: string }[] }>(system.runDir, 'GET', '/v1/faults');
  for (const verb of ['verify', 'revert']) {
    const { code, stdout, stderr } = await system.podscope(['fault', verb, faults[0]?.id ?? '']);
    expect(code, verb).toBe(1);
    found.set(`podscope fault ${verb}`, stdout + stderr);
  }
  for (const path of ['/v1/hunts', '/v1/faults', '/v1/parts']) found.set(`control ${path}`, JSON.stringify(await callControl(system.runDir, 'GET', path)));
  const { console } = (await control.state()).urls;
  for (const path of ['/api/hunts', '/api/saved-objects', '/api/logs?pod=supervisor']) found.set(`console ${path}`, await (await fetch(console + path)).text());
  return found;
}

/** What only evidence and the list of clients may show: `[what was drawn, what the public state shows all the same]`. */
function secretsOf(id: string, truth: unknown): { readonly hidden: readonly string[]; readonly inState: readonly string[] } {
  if (id === 'not-found-storm') {
    const { paths, clientId, address, userAgent } = truth as NotFoundTruth;
    return { hidden: paths, inState: [clientId, address, userAgent] };
  }
  const { prefix, seed } = truth as FragmentedTruth;
  return { hidden: id === 'fragmented-redis' ? [prefix, seed] : [], inState: [] };
}

describe('peeking while a hunt runs', () => {
  it.each(huntCatalogue.map((hunt) => hunt.id))('%s: nothing that a learner can read tells the truth', { timeout: 180_000 }, async (id) => {
    const hunt = huntCatalogue.find((each) => each.id === id);
    if (!hunt) throw new Error(id);
    const seed = `peek-${id}`;
    const before = await hashState(control);
    const { truth } = beginAttempt(hunt, { seed, baseline: await readPublicState(await control.state()) });
    const { hidden, inState } = secretsOf(id, truth);
    const view = await control.startHunt(id, seed);
    try {
      expect(view.status).toBe('running');
      const said = await answers(id);
      expect(JSON.parse(said.get('podscope fault list --json') ?? '')).toMatchObject({ injected: [{ id: expect.stringMatching(/^[0-9a-f]{16}$/), fault: null, state: 'injected' }] });
      const files = await readableFiles();
      const journal = [...files.keys()].filter((name) => name.startsWith('journal/'));
      expect(journal).toEqual([expect.stringMatching(/^journal\/[0-9a-f]{16}\.sealed$/)]);
      const quiet = new Map([...said, ['processes', await processTexts()], ...files]);
      for (const word of [seed, ...hidden, ...inState]) {
        for (const [place, text] of quiet) expect.soft(`${place}\n${text}`.includes(word), `${word} in ${place}`).toBe(false);
      }
      // The clients are public, with their addresses; what they ask for is in the logs only. The overview shows both states.
      const state = JSON.stringify(await control.state());
      const overview = await (await fetch(`${(await control.state()).urls.console}/api/overview`)).text();
      for (const word of inState) expect(state).toContain(word);
      for (const word of [seed, ...hidden]) for (const text of [state, overview]) expect.soft(text.includes(word), word).toBe(false);
      // Names of hunts and faults in a journal or a title would tell what kind of fault it is.
      for (const word of ['replica-storm', 'redis-fragmentation', 'runaway-replicas', 'not-found-storm', 'fragmented-redis']) {
        for (const [place, text] of [...files, ['processes', quiet.get('processes') ?? ''] as const]) expect.soft(`${place}\n${text}`.includes(word), `${word} in ${place}`).toBe(false);
      }
      if (id === 'runaway-replicas') {
        const { replicas, pending } = truth as RunawayTruth;
        expect((await control.state()).deployments.find((each) => each.name === 'frontend')?.desired).toBe(replicas);
        const asWord = new RegExp(`(?<![\\w.:/-])(?:${replicas}|${pending})(?![\\w.:-])`);
        for (const place of ['podscope fault list', 'podscope hunt show runaway-replicas', 'control /v1/faults', ...journal]) {
          expect.soft(asWord.test(quiet.get(place) ?? ''), place).toBe(false);
        }
      }
    } finally {
      await control.stopHunt(id);
    }
    await until('the revert', 30, async () => ((await hashState(control)) === before ? true : null));
    expect((await control.hunts()).find((each) => each.id === id)).toMatchObject({ status: 'stopped', debrief: expect.stringMatching(/\w/) });
    expect([...(await readableFiles()).keys()].filter((name) => name.startsWith('journal/'))).toEqual([]);
  });
});

it('fails the check when the symptom’s documents are removed', { timeout: 180_000 }, async () => {
  const { opensearch } = (await control.state()).urls;
  const view = await control.startHunt('runaway-replicas', 'removed');
  try {
    const query = { range: { 'kubernetes.deployment.replicas.unavailable': { gte: 10 } } };
    const ask = async (verb: string, body: unknown) => {
      const response = await fetch(`${opensearch}/metricbeat-*/${verb}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
      return (await response.json()) as { count?: number; deleted?: number };
    };
    await until('the symptom', 30, async () => ((await ask('_count', { query: { bool: { filter: [query, { range: { '@timestamp': { gte: view.startedAt } } }] } } })).count ? true : null));
    await control.scale('frontend', 3);
    const fixOf = async () => (await control.submitHunt('runaway-replicas')).verdict?.parts.find((part) => part.aspect === 'fix');
    await until('an accepted fix', 45, async () => ((await fixOf())?.passed ? true : null));
    const removed = await ask('_delete_by_query?refresh=true&conflicts=proceed', { query });
    expect(removed.deleted).toBeGreaterThan(0);
    expect(await fixOf()).toMatchObject({ passed: false, message: expect.stringContaining('does not show the symptom') });
  } finally {
    await control.stopHunt('runaway-replicas');
  }
});

it('keeps the whole contract with five seeds', { timeout: 1_500_000 }, async () => {
  const { code, stdout, stderr } = await system.podscope(['hunt', 'rehearse', '--seeds', '5', '--seed', 'ci', '--json']);
  const report = JSON.parse(stdout) as RehearsalReport;
  const failed = report.hunts.flatMap((hunt) => Object.entries(hunt.parts).filter(([, part]) => !part.passed).map(([name, part]) => `${hunt.id} ${name}: ${part.message}`));
  expect(failed, stderr).toEqual([]);
  expect(report.hunts.map((hunt) => [hunt.id, hunt.passed])).toEqual(huntCatalogue.map((hunt) => [hunt.id, true]));
  expect(code).toBe(0);
});

it('fails a rehearsal that cannot inject, and leaves somebody else’s hunt alone', { timeout: 120_000 }, async () => {
  await control.startHunt('runaway-replicas');
  try {
    const { code, stdout } = await system.podscope(['hunt', 'rehearse', 'not-found-storm', '--json']);
    expect(code).toBe(4);
    expect(JSON.parse(stdout)).toMatchObject({ hunts: [{ id: 'not-found-storm', passed: false, parts: { injected: { passed: false, message: expect.stringContaining('runaway-replicas') } } }] });
    expect((await control.hunts()).find((hunt) => hunt.id === 'runaway-replicas')).toMatchObject({ status: 'running' });
  } finally {
    await control.stopHunt('runaway-replicas');
  }
});

it('stops its hunt and puts everything back when a rehearsal is interrupted', { timeout: 180_000 }, async () => {
  const before = await hashState(control);
  const ended = system.podscope(['hunt', 'rehearse', 'runaway-replicas'], (child) => {
    void until('a running hunt', 60, async () => ((await control.hunts()).some((hunt) => hunt.status === 'running') ? true : null)).then(() => child.kill('SIGINT'));
  });
  expect((await ended).code).toBe(130);
  expect((await control.hunts()).map((hunt) => hunt.status)).not.toContain('running');
  expect(await hashState(control)).toBe(before);
});

it('refuses FLUSHALL as a cure, and puts all data back when the hunt is stopped', { timeout: 240_000 }, async () => {
  const before = await hashState(control);
  const { entries } = await readPublicState(await control.state());
  await control.startHunt('fragmented-redis', 'flush');
  try {
    const redis = (await control.state()).pods.filter((pod) => pod.role !== undefined);
    await until('the symptom', 30, async () => {
      const { verdict } = await control.submitHunt('fragmented-redis');
      return verdict?.parts.some((part) => part.message.includes('still show fragmented')) ? true : null;
    });
    await control.exec('redis-primary-0', ['redis-cli', 'FLUSHALL']);
    for (const pod of redis) await control.exec(pod.name, ['redis-cli', 'MEMORY', 'PURGE']);
    const verdict = await until('the reason', 60, async () => {
      const submitted = (await control.submitHunt('fragmented-redis')).verdict?.parts.find((part) => part.aspect === 'fix');
      expect(submitted?.passed).toBe(false);
      return submitted?.message.includes('lost') ? submitted : null;
    });
    expect(verdict.passed).toBe(false);
    await control.stopClient('visitors');
    await control.publish('/left-behind');
  } finally {
    await control.stopHunt('fragmented-redis');
  }
  await until('the revert', 60, async () => ((await hashState(control)) === before ? true : null));
  expect((await readPublicState(await control.state())).entries).toBeGreaterThanOrEqual(entries ?? Number.NaN);
  for (const pod of ['redis-primary-0', 'redis-replica-0', 'redis-replica-1']) {
    const { stdout } = await control.exec(pod, ['redis-cli', 'INFO', 'memory']);
    expect(Number(/^used_memory:(\d+)/m.exec(stdout)?.[1]), pod).toBeGreaterThan(64 * 1024 * 1024);
  }
});
