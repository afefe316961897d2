import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PIPELINES } from './delivery/pipelines.ts';
import type { Report } from './report.ts';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
const ONE = 'fluent-bit 5.1 container-logs → opensearch@2 (yaml)';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'podscope-conformance-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** The command as a process of its own, with nothing on the PATH and an empty cache. */
function begin(...args: readonly string[]) {
  const child = spawn(process.execPath, ['--conditions=@podscope/source', main, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { HOME: folder, PATH: '', PODSCOPE_CACHE_DIR: folder } });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<{ readonly status: number | null; readonly stdout: string; readonly stderr: string }>((resolve, reject) => child.on('error', reject).on('close', (status) => resolve({ status, stdout, stderr })));
  return { child, ended };
}
const run = (...args: readonly string[]) => begin(...args).ended;

/** A made-up fluent-bit: a script that says a version, and does `rest` with what it is started with. */
async function madeUpFluentBit(rest: string): Promise<void> {
  const path = join(folder, 'fluent-bit');
  await writeFile(path, `#!/bin/sh\nif [ "$1" = --version ]; then echo 'Fluent Bit v5.1.1'; exit 0; fi\n${rest}\n`);
  await chmod(path, 0o755);
}

describe('conformance:log-shippers', () => {
  it('says what it does, and how', async () => {
    const { status, stdout } = await run('--help');
    expect(status).toBe(0);
    for (const part of ['Usage:', '--bin-dir', '--json', '--only', 'Exit code:', 'stand-in', 'Examples:']) expect(stdout).toContain(part);
  });

  it.each([
    [['--bogus'], '--bogus'],
    [['./bin'], 'named with --bin-dir'],
    [['--bin-dir', '/nowhere/at/all'], '/nowhere/at/all is no folder'],
    [['--only', 'half'], '--only takes matrix or delivery'],
    [['--lines', 'many'], '--lines takes a number'],
    [['--config', 'fluentbit', '--only', 'matrix'], 'There is no configuration or pipeline'],
  ])('refuses %j', async (args, what) => {
    const { status, stdout, stderr } = await run(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(what);
    expect(stderr).toContain('--help');
  });

  it('names what it could not run without programs, and does not fail for it', async () => {
    const { status, stdout } = await run('--json', '--config', 'node-logs paths', ...PIPELINES.flatMap(({ name }) => ['--config', name]));
    expect(status).toBe(0);
    const { rows, summary } = JSON.parse(stdout) as Report;
    expect(rows.length).toBeGreaterThan(2);
    for (const row of rows) expect(row).toEqual({ program: expect.any(String), version: '', config: expect.stringContaining('node-logs paths'), accepted: null, ran: null, why: `${row.program} was not found` });
    expect(summary).toMatchObject({ configurations: rows.length, accepted: 0, refused: 0, programs: [], deliveries: [] });
    expect(summary.notDelivered.map(({ pipeline }) => pipeline)).toEqual(PIPELINES.map(({ name }) => name));
    expect(summary.notDelivered.map(({ why }) => why)).toContain('fluent-bit and fluentd were not found');
  });

  it('prints a table without --json', async () => {
    const { status, stdout } = await run('--only', 'matrix', '--config', ONE);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^program +version +accepted +ran +config +why\n/);
    expect(stdout).toContain('1 not checked: fluent-bit was not found');
  });

  it('fails with 1 when a program refuses a configuration, and says why', async () => {
    await madeUpFluentBit('echo "[error] made-up trouble with $*" >&2; exit 1');
    const { status, stdout } = await run('--bin-dir', folder, '--only', 'matrix', '--config', ONE, '--json');
    expect(status).toBe(1);
    expect((JSON.parse(stdout) as Report).rows).toEqual([{ program: 'fluent-bit', version: '5.1.1', config: ONE, accepted: false, ran: null, why: expect.stringMatching(/made-up trouble with .*--dry-run/) }]);
  });

  it('fails with 1 when a program takes a configuration and then ends by itself', async () => {
    await madeUpFluentBit('case "$*" in *--dry-run*) exit 0;; esac; echo "[error] no such input"; exit 3');
    const { status, stdout } = await run('--bin-dir', folder, '--only', 'matrix', '--config', ONE, '--json');
    expect(status).toBe(1);
    expect((JSON.parse(stdout) as Report).rows).toEqual([expect.objectContaining({ accepted: true, ran: false, why: expect.stringContaining('it ended by itself: [error] no such input') })]);
  });

  it('gives the program its files, the node\'s name, and no environment of ours', async () => {
    const seen = join(folder, 'seen');
    await madeUpFluentBit(`{ printf '%s\\n' "$@"; /usr/bin/env; } > ${seen}; while [ "$#" -gt 0 ]; do [ -f "$1" ] && /bin/cat "$1" >> ${seen}; shift; done; exit 0`);
    const { status } = await run('--bin-dir', folder, '--only', 'matrix', '--config', ONE, '--no-run', '--json');
    expect(status).toBe(0);
    const text = await readFile(seen, 'utf8');
    expect(text).toContain('NODE_NAME=node-1');
    expect(text).not.toContain('PODSCOPE_CACHE_DIR');
    expect(text).toContain('opensearch.logging.svc');
  });

  it('ends with 130 when it is interrupted, and leaves no program behind', async () => {
    const begun = join(folder, 'begun');
    await madeUpFluentBit(`echo $$ > ${begun}; exec /bin/sleep 600`);
    const { child, ended } = begin('--bin-dir', folder, '--only', 'matrix', '--config', ONE);
    let pid = NaN;
    while (!(pid > 0)) {
      pid = Number((await readFile(begun, 'utf8').catch(() => '')).trim() || NaN);
      await setTimeout(50);
    }
    child.kill('SIGINT');
    const { status, stderr } = await ended;
    expect(status).toBe(130);
    expect(stderr).toContain('Stopping');
    expect(() => process.kill(pid, 0)).toThrow(expect.objectContaining({ code: 'ESRCH' }));
  });
});
