import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Ledger, readLedger } from './ledger.ts';
import { lockRunDir } from './lock.ts';
import { OWNER_VARIABLE, ownedBy, startOf } from './processes.ts';
import { sweepLedger } from './sweep.ts';

let runDir: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  runDir = mkdtempSync(join(tmpdir(), 'podscope-ledger-'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(runDir, { recursive: true, force: true });
});

function sleeper(env: Record<string, string> = {}, script = 'sleep 60'): ChildProcess & { pid: number } {
  const child = spawn('/bin/sh', ['-c', `exec ${script}`], { stdio: 'ignore', env: { PATH: process.env['PATH'] ?? '', ...env } });
  children.push(child);
  if (child.pid === undefined) throw new Error('no pid');
  return child as ChildProcess & { pid: number };
}

it('ends what is recorded and what carries the owner, and nothing whose pid is somebody else’s now', async () => {
  const ledger = new Ledger(runDir, join(runDir, 'control.sock'));
  const recorded = sleeper();
  const unrecorded = sleeper({ [OWNER_VARIABLE]: ledger.owner });
  const stranger = sleeper();
  ledger.announce('recorded');
  ledger.started('recorded', recorded.pid);
  const content = readLedger(runDir);
  writeFileSync(join(runDir, 'ledger.json'), JSON.stringify({
    ...content, processes: [...(content?.processes ?? []), { name: 'old', pid: stranger.pid, start: '1' }],
  }));
  await expect.poll(() => ownedBy(ledger.owner), { timeout: 10_000 }).toEqual([unrecorded.pid]);
  const receipt = await sweepLedger(runDir);
  expect(receipt.left).toEqual([]);
  expect(receipt.ended.toSorted()).toEqual([`recorded (pid ${recorded.pid})`, `unnamed (pid ${unrecorded.pid})`]);
  expect(startOf(stranger.pid)).toBeDefined();
  expect(existsSync(join(runDir, 'ledger.json'))).toBe(false);
  expect(await sweepLedger(runDir)).toEqual({ ended: [], left: [] });
});

it('ends what ignores being asked', async () => {
  const ledger = new Ledger(runDir, join(runDir, 'control.sock'));
  const stubborn = sleeper({}, `${process.execPath} -e "process.on('SIGTERM',()=>{});setInterval(()=>{},1e6)"`);
  ledger.started('stubborn', stubborn.pid);
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect((await sweepLedger(runDir, { grace: 200 })).ended).toHaveLength(1);
});

it('reaps everything when the one who owns it is killed', async () => {
  const owner = spawn(process.execPath, ['--conditions=@podscope/source', '--input-type=module', '-e', `
    import { spawn } from 'node:child_process';
    import { Ledger } from ${JSON.stringify(new URL('./ledger.ts', import.meta.url).href)};
    import { startReaper } from ${JSON.stringify(new URL('./reaper.ts', import.meta.url).href)};
    const ledger = new Ledger(${JSON.stringify(runDir)}, 'socket');
    const reaper = startReaper(ledger);
    const recorded = spawn('sleep', ['60'], { stdio: 'ignore', detached: true });
    ledger.started('recorded', recorded.pid);
    const silent = spawn('sleep', ['60'], { stdio: 'ignore', detached: true, env: { ...process.env, ${OWNER_VARIABLE}: ledger.owner } });
    const gone = spawn('true');
    ledger.started('gone', gone.pid);
    gone.on('exit', () => {
      ledger.ended('gone', gone.pid);
      console.log(JSON.stringify([recorded.pid, silent.pid, reaper.pid]));
    });
    setInterval(() => {}, 1e6);
  `], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(owner);
  const [chunk] = (await once(owner.stdout, 'data')) as [Buffer];
  const pids = JSON.parse(chunk.toString()) as number[];
  expect(pids.every((pid) => startOf(pid) !== undefined)).toBe(true);
  owner.kill('SIGKILL');
  await expect.poll(() => pids.filter((pid) => startOf(pid) !== undefined), { timeout: 10_000 }).toEqual([]);
}, 20_000);

it('replaces a reaper that was killed, and the new one knows everything', async () => {
  const owner = spawn(process.execPath, ['--conditions=@podscope/source', '--input-type=module', '-e', `
    import { spawn } from 'node:child_process';
    import { Ledger } from ${JSON.stringify(new URL('./ledger.ts', import.meta.url).href)};
    import { startReaper } from ${JSON.stringify(new URL('./reaper.ts', import.meta.url).href)};
    const ledger = new Ledger(${JSON.stringify(runDir)}, 'socket');
    const before = spawn('sleep', ['60'], { stdio: 'ignore', detached: true });
    ledger.started('before', before.pid);
    const first = [];
    startReaper(ledger, { onStart: (pid) => {
      first.push(pid);
      if (first.length < 2) return;
      const after = spawn('sleep', ['60'], { stdio: 'ignore', detached: true });
      ledger.started('after', after.pid);
      console.log(JSON.stringify([before.pid, after.pid, pid]));
    } });
    process.kill(first[0], 'SIGKILL');
    setInterval(() => {}, 1e6);
  `], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(owner);
  const [chunk] = (await once(owner.stdout, 'data')) as [Buffer];
  const pids = JSON.parse(chunk.toString()) as number[];
  expect(pids.every((pid) => startOf(pid) !== undefined)).toBe(true);
  owner.kill('SIGKILL');
  await expect.poll(() => pids.filter((pid) => startOf(pid) !== undefined), { timeout: 10_000 }).toEqual([]);
}, 20_000);

it('ends who holds the run directory and has not begun a ledger yet', async () => {
  const starting = sleeper();
  writeFileSync(join(runDir, 'supervisor.lock'), JSON.stringify({ pid: starting.pid, start: startOf(starting.pid) }));
  expect(await sweepLedger(runDir)).toEqual({ ended: [`supervisor (pid ${starting.pid})`], left: [] });
  expect(startOf(starting.pid)).toBeUndefined();
}, 20_000);

it('leaves another supervisor’s system alone when it is to sweep up after one', async () => {
  const ledger = new Ledger(runDir, join(runDir, 'control.sock'));
  const other = sleeper();
  ledger.started('other', other.pid);
  expect(await sweepLedger(runDir, { of: process.pid + 1 })).toEqual({ ended: [], left: [] });
  expect(startOf(other.pid)).toBeDefined();
});

it('starts nothing that it cannot record, and goes on when it cannot record an end', () => {
  const ledger = new Ledger(runDir, join(runDir, 'control.sock'));
  ledger.announce('one');
  // A directory in the way of the new file refuses as a full disk does.
  mkdirSync(join(runDir, 'ledger.json.new'));
  ledger.started('one', process.pid);
  ledger.ended('one', process.pid);
  expect(() => ledger.announce('two')).toThrow(/EISDIR/);
});

it('lets exactly one of many in, over a dead one’s lock', async () => {
  const dead = sleeper();
  writeFileSync(join(runDir, 'supervisor.lock'), JSON.stringify({ pid: dead.pid, start: startOf(dead.pid) }));
  dead.kill('SIGKILL');
  await once(dead, 'exit');
  const begin = join(runDir, 'begin');
  const answers = await Promise.all(Array.from({ length: 6 }, async (_, index) => {
    const child = spawn(process.execPath, ['--conditions=@podscope/source', '--input-type=module', '-e', `
      import { existsSync } from 'node:fs';
      import { lockRunDir } from ${JSON.stringify(new URL('./lock.ts', import.meta.url).href)};
      console.log('here');
      const turn = new Int32Array(new SharedArrayBuffer(4));
      while (!existsSync(${JSON.stringify(begin)})) Atomics.wait(turn, 0, 0, 1);
      try { lockRunDir(${JSON.stringify(runDir)}); console.log('in'); } catch (error) { console.log(error.code); }
      setInterval(() => {}, 1e6);
    `], { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    await lines.next();
    if (index === 5) writeFileSync(begin, '');
    return ((await lines.next()) as { value: string }).value;
  }));
  expect(answers.toSorted()).toEqual(['UP_ALREADY_RUNNING', 'UP_ALREADY_RUNNING', 'UP_ALREADY_RUNNING', 'UP_ALREADY_RUNNING', 'UP_ALREADY_RUNNING', 'in']);
}, 30_000);

it.each(['ENOTDIR', 'EEXIST'])('says that the run directory cannot be written to (%s)', (reason) => {
  const file = join(runDir, 'file');
  writeFileSync(file, '');
  const directory = reason === 'ENOTDIR' ? join(file, 'below') : file;
  expect(() => lockRunDir(directory)).toThrow(expect.objectContaining({ code: 'DIRECTORY_UNUSABLE', message: expect.stringContaining(directory), hint: expect.stringContaining('PODSCOPE_RUN_DIR') }));
});

it('lets one in, and the next one after a death', async () => {
  const release = lockRunDir(runDir);
  expect(() => lockRunDir(runDir)).toThrow(expect.objectContaining({ code: 'UP_ALREADY_RUNNING' }));
  release();
  const dead = sleeper();
  writeFileSync(join(runDir, 'supervisor.lock'), JSON.stringify({ pid: dead.pid, start: startOf(dead.pid) }));
  expect(() => lockRunDir(runDir)).toThrow(/already runs/);
  dead.kill('SIGKILL');
  await once(dead, 'exit');
  lockRunDir(runDir)();
});

it('says that a ledger is broken instead of ignoring it', async () => {
  writeFileSync(join(runDir, 'ledger.json'), '{');
  await expect(sweepLedger(runDir)).rejects.toMatchObject({ code: 'LEDGER_UNREADABLE' });
});
