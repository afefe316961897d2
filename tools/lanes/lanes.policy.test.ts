import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../policy/workspace.ts';
import { chooseLanes, helpText, type Lane, readLanes } from './chooseLanes.mjs';
import { type LanesResult, runLanes } from './runLanes.ts';

const lane: Lane = { name: 'redis', needs: [], least: 1, minutes: 5, what: 'tried' };
let work: string;

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'podscope-lanes-'));
});
afterAll(() => rm(work, { recursive: true, force: true }));

/** Runs one lane of a repository that holds nothing but the given tests, with the real vitest. */
async function tryLane(name: string, test: string, change: Partial<Lane> = {}, has = true): Promise<LanesResult> {
  const repository = join(work, name);
  await mkdir(join(repository, 'tools/test'), { recursive: true });
  await symlink(join(root, 'node_modules'), join(repository, 'node_modules'));
  for (const file of ['tools/test/vitest.config.ts', 'tools/lanes.json']) await cp(join(root, file), join(repository, file));
  await writeFile(join(repository, 'package.json'), '{ "type": "module" }');
  await writeFile(join(repository, 'tried.redis.test.ts'), `import { expect, it } from 'vitest';\n${test}`);
  return runLanes([{ ...lane, ...change }], {
    root: repository,
    has: async () => has,
    maySkip: (title) => title.includes('needs a thing'),
    print: () => {},
    output: 'ignore',
  });
}

describe('the lane runner', () => {
  it('counts what passed and failed', { timeout: 120_000 }, async () => {
    const result = await tryLane('counts', `it('one', () => {}); it('two', () => expect(1).toBe(2)); it.skip('three needs a thing', () => {});`);
    expect(result).toMatchObject({ passed: 1, failed: 1, skipped: 1 });
    expect(result.summary[1]).toContain('failed: tried.redis.test.ts: two: AssertionError: expected 1 to be 2');
  });

  it('fails a lane that has too few tests, or skips one without a named need', { timeout: 120_000 }, async () => {
    const result = await tryLane('shrunk', `it('one', () => {}); it.skip('two', () => {}); it.todo('three');`, { least: 2 });
    expect(result).toMatchObject({ passed: 1, failed: 3, skipped: 0 });
    expect(result.summary[0]).toContain('only 1 of at least 2 tests ran');
    expect(result.summary[0]).toContain('skipped without a named need: two; three');
  });

  it('fails a lane whose file cannot be loaded', { timeout: 120_000 }, async () => {
    const result = await tryLane('broken', `throw new Error('at load');`);
    expect(result).toMatchObject({ passed: 0, failed: 1 });
    expect(result.summary[1]).toContain('failed: tried.redis.test.ts: at load');
  });

  it('fails a lane that ends in an error outside its tests', { timeout: 120_000 }, async () => {
    const result = await tryLane('outside', `it('one', () => { void Promise.reject(new Error('nobody waits for this')); });`);
    expect(result).toMatchObject({ passed: 1, failed: 1 });
    expect(result.summary[0]).toContain('although no test failed');
  });

  it('fails a lane that is killed, and one that leaves half a report', { timeout: 120_000 }, async () => {
    const crashed = await tryLane('crashed', `it('one', () => { process.kill(process.ppid, 'SIGKILL'); });`);
    expect(crashed).toMatchObject({ passed: 0, failed: 1 });
    expect(crashed.summary[0]).toContain('vitest left no readable report and was ended by SIGKILL');
    const half = await tryLane(
      'half',
      `import { readFileSync, writeFileSync } from 'node:fs';
       it('one', () => {
         const argument = readFileSync('/proc/' + process.ppid + '/cmdline', 'utf8').split('\\0').find((each) => each.startsWith('--outputFile.json='));
         writeFileSync(argument!.slice('--outputFile.json='.length), '{"numPassedTests": 9');
         console.log('9 passed, 0 failed, 0 skipped');
         process.kill(process.ppid, 'SIGKILL');
       });`,
    );
    expect(half).toMatchObject({ passed: 0, failed: 1 });
  });

  it('tries what failed a second time, and names what passed only then', { timeout: 120_000 }, async () => {
    const marker = JSON.stringify(join(work, 'tried-before'));
    const result = await tryLane(
      'second',
      `import { existsSync, writeFileSync } from 'node:fs';
       it('one', () => {});
       it('two', () => { const before = existsSync(${marker}); writeFileSync(${marker}, ''); expect(before).toBe(true); });
       it('three', () => expect(1).toBe(2));`,
    );
    expect(result).toMatchObject({ passed: 2, failed: 1, skipped: 0 });
    expect(result.summary.slice(1)).toEqual([
      expect.stringContaining('failed: tried.redis.test.ts: three: AssertionError'),
      expect.stringContaining('passed only at the second attempt: tried.redis.test.ts: two: AssertionError: expected false to be true'),
    ]);
  });

  it('runs a lane again that was killed, once', { timeout: 120_000 }, async () => {
    const marker = JSON.stringify(join(work, 'killed-before'));
    const result = await tryLane(
      'killed',
      `import { existsSync, writeFileSync } from 'node:fs';
       it('one', () => { if (!existsSync(${marker})) { writeFileSync(${marker}, ''); process.kill(process.ppid, 'SIGKILL'); } });`,
    );
    expect(result).toMatchObject({ passed: 1, failed: 0 });
    expect(result.summary[1]).toContain('passed only at the second attempt: redis: vitest left no readable report and was ended by SIGKILL');
  });

  it('ends a lane that hangs, and says so', { timeout: 120_000 }, async () => {
    const result = await tryLane('hangs', `it('one', { timeout: 0 }, () => new Promise((resolve) => setInterval(() => resolve, 1000)));`, { minutes: 0.1 });
    expect(result).toMatchObject({ passed: 0, failed: 1 });
    expect(result.summary[0]).toContain('took longer than its limit of 0.1 min and was ended');
  });

  it('makes a lane ready before its tests run, and fails it when that fails', { timeout: 120_000 }, async () => {
    const marker = join(work, 'made-ready');
    await writeFile(join(work, 'ready.mjs'), `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(marker)}, '');`);
    const test = `import { existsSync } from 'node:fs'; it('one', () => expect(existsSync(${JSON.stringify(marker)})).toBe(true));`;
    expect(await tryLane('ready', test, { prepare: '../ready.mjs' })).toMatchObject({ passed: 1, failed: 0 });
    await writeFile(join(work, 'unready.mjs'), 'process.exit(3);');
    const unready = await tryLane('unready', test, { prepare: '../unready.mjs' });
    expect(unready).toMatchObject({ passed: 0, failed: 1, summary: [expect.stringContaining('could not be made ready: ../unready.mjs ended with exit code 3')] });
  });

  it('runs two lanes at a time that may run beside others, and prints one after the other', { timeout: 120_000 }, async () => {
    const repository = join(work, 'beside');
    await mkdir(join(repository, 'tools/test'), { recursive: true });
    await symlink(join(root, 'node_modules'), join(repository, 'node_modules'));
    for (const file of ['tools/test/vitest.config.ts', 'tools/lanes.json']) await cp(join(root, file), join(repository, file));
    await writeFile(join(repository, 'package.json'), '{ "type": "module" }');
    // Each waits until the other is there, and says so; the third is alone and finds both ended.
    const meeting = (own: string, other: string) => `
      import { existsSync, writeFileSync } from 'node:fs';
      import { expect, it } from 'vitest';
      it('meets the other', { timeout: 60_000 }, async () => {
        writeFileSync('met-${own}', '');
        while (!existsSync('met-${other}')) await new Promise((resolve) => setTimeout(resolve, 20));
        console.log('${own} speaks');
        if ('${own}' === 'kubernetes') await new Promise((resolve) => setTimeout(resolve, 1_000));
        writeFileSync('ended-${own}', '');
      });`;
    await writeFile(join(repository, 'tried.redis.test.ts'), meeting('redis', 'kubernetes'));
    await writeFile(join(repository, 'tried.kubernetes.test.ts'), meeting('kubernetes', 'redis'));
    await writeFile(
      join(repository, 'tried.system.test.ts'),
      `import { existsSync } from 'node:fs'; import { expect, it } from 'vitest'; it('is alone', () => expect(['redis', 'kubernetes'].map((name) => existsSync('ended-' + name))).toEqual([true, true]));`,
    );
    let printed = '';
    const lanes = [{ ...lane, name: 'system' }, { ...lane, name: 'kubernetes', beside: true }, { ...lane, name: 'redis', beside: true }];
    const result = await runLanes(lanes, { root: repository, has: async () => true, maySkip: () => false, print: (text) => void (printed += text) });
    expect(result).toMatchObject({ passed: 3, failed: 0, summary: [expect.stringContaining('system'), expect.stringContaining('kubernetes'), expect.stringContaining('redis')] });
    const [kubernetes, redis, end] = ['── kubernetes', '── redis', '── system'].map((text) => printed.indexOf(text)) as [number, number, number];
    expect(printed.indexOf('kubernetes speaks')).toBeGreaterThan(kubernetes);
    expect(redis).toBeGreaterThan(printed.indexOf('kubernetes speaks'));
    expect(printed.indexOf('redis speaks')).toBeGreaterThan(redis);
    expect(end).toBeGreaterThan(printed.indexOf('redis speaks'));
  });

  it('skips a lane by name when the machine lacks what it needs', async () => {
    const result = await tryLane('lacks', '', { needs: ['java17'], least: 7 }, false);
    expect(result).toEqual({ passed: 0, failed: 0, skipped: 7, summary: [expect.stringContaining('this machine lacks java17')] });
  });
});

describe('the command line', () => {
  it('chooses lanes by name, by series, and refuses what does not exist', async () => {
    const lanes = await readLanes();
    expect(chooseLanes(lanes, []).chosen.map((each) => each.name)).not.toContain('soak');
    expect(chooseLanes(lanes, ['--soak']).chosen.map((each) => each.name)).toEqual(['soak']);
    expect(chooseLanes(lanes, []).chosen.map((each) => each.name)).not.toContain('cluster');
    expect(chooseLanes(lanes, ['cluster']).chosen.map((each) => each.name)).toEqual(['cluster']);
    expect(chooseLanes(lanes, ['policy', 'unit']).chosen.map((each) => each.name)).toEqual(['unit', 'policy']);
    expect(chooseLanes(lanes, ['nonsense']).error).toContain('There is no lane nonsense');
    expect(chooseLanes(lanes, ['--nonsense']).error).toContain('There is no option --nonsense');
    for (const { name } of lanes) expect(helpText(lanes)).toContain(name);
  });
});

describe('.ci/run', () => {
  /** Runs a copy of it in front of an `npm test` that does what `script` says. */
  async function ciRun(name: string, script: string): Promise<{ last: string | undefined; code: number }> {
    const repository = join(work, 'house', name);
    await mkdir(join(repository, '.ci'), { recursive: true });
    await cp(join(root, '.ci/run'), join(repository, '.ci/run'));
    await writeFile(join(repository, 'package.json'), JSON.stringify({ private: true, scripts: { test: script } }));
    const done = await promisify(execFile)('bash', ['.ci/run'], { cwd: repository }).then(
      ({ stdout }) => ({ stdout, code: 0 }),
      (error: { stdout: string; code: number }) => ({ stdout: error.stdout, code: error.code }),
    );
    return { last: done.stdout.trimEnd().split('\n').at(-1), code: done.code };
  }

  it.each([
    ['passes the count on', 'echo "3 passed, 0 failed, 1 skipped"', '3 passed, 0 failed, 1 skipped', 0],
    ['passes failures on', 'echo "3 passed, 2 failed, 1 skipped"; exit 1', '3 passed, 2 failed, 1 skipped', 1],
    ['ends with the count whatever else is printed after it', 'echo "3 passed, 0 failed, 0 skipped"; echo bye; echo 1 passed', '3 passed, 0 failed, 0 skipped', 0],
    ['fails when nothing could be made ready', 'echo no network >&2; exit 7', '0 passed, 1 failed, 0 skipped', 7],
    ['does not call a run good that ended badly', 'echo "3 passed, 0 failed, 0 skipped"; exit 9', '3 passed, 1 failed, 0 skipped', 9],
    ['does not call a run good that counted nothing', 'echo done', '0 passed, 1 failed, 0 skipped', 1],
    ['does not call a run good that counted failures', 'echo "3 passed, 1 failed, 0 skipped"', '3 passed, 1 failed, 0 skipped', 1],
  ])('%s', async (name, script, last, code) => {
    expect(await ciRun(name.replaceAll(' ', '-'), script)).toEqual({ last, code });
  });
});
