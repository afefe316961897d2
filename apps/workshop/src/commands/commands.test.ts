import { execFile, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createProgram } from '../program.ts';
import { examplesIn, examplesOf, lacks, referencePage } from './reference.fixture.ts';

const runDir = mkdtempSync(join(tmpdir(), 'podscope-commands-'));
afterAll(() => rmSync(runDir, { recursive: true, force: true }));

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const podscope = (...args: readonly string[]): Promise<Ended> => podscopeWith({}, ...args);

function podscopeWith(changes: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--conditions=@podscope/source', join(import.meta.dirname, '..', 'main.ts'), ...args],
      { env: { ...process.env, PODSCOPE_RUN_DIR: runDir, NO_COLOR: '1', ...changes } },
      (error, stdout, stderr) => resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });
}

describe('a wrong command line', () => {
  it.each([
    { args: ['stauts'], code: 'CLI_UNKNOWN_COMMAND', says: /Did you mean status/ },
    { args: ['scale', 'frontend'], code: 'CLI_USAGE', says: /replicas/ },
    { args: ['scale', 'frontend', '-3'], code: 'CLI_USAGE', says: /-3/ },
    { args: ['up', '--console-port', '70000'], code: 'CLI_USAGE', says: /from 0 to 65535/ },
    { args: ['up', '--config', '/nowhere.ts'], code: 'CLI_USAGE', says: /\/nowhere\.ts/ },
    { args: ['publish', 'news'], code: 'CLI_USAGE', says: /starts with/ },
    { args: ['hunt', 'answer', 'x', 'nothing'], code: 'CLI_USAGE', says: /nothing/ },
    { args: ['get', '__proto__'], code: 'CLI_USAGE', says: /__proto__/ },
  ])('$args gets one clear error and changes nothing', async ({ args, code, says }) => {
    const text = await podscope(...args);
    expect(text.code).toBe(2);
    expect(text.stderr).toMatch(says);
    expect(text.stderr.match(/podscope: error:/g)).toHaveLength(1);
    const json = await podscope(...args, '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({ error: { code, message: expect.stringMatching(/\w/), hint: expect.stringMatching(/\w/) } });
    expect(readdirSync(runDir)).toEqual([]);
  });
});

describe('when nothing runs', () => {
  it.each([['status'], ['get', 'pods'], ['scale', 'frontend', '3'], ['hunt', 'list'], ['clients', 'list'], ['logs', 'supervisor'], ['open']])('%s %s says so with exit code 3', async (...args) => {
    const { code, stderr } = await podscope(...args);
    expect(code).toBe(3);
    expect(stderr).toMatch(/podscope up/);
  });

  it('down is content', async () => {
    const { code, stdout } = await podscope('down', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ asked: false, ended: [], left: [] });
    expect(lacks(examplesOf('down')[0], JSON.parse(stdout))).toEqual([]);
  });

  it('doctor and errors have the documented shape', async () => {
    expect(lacks(examplesOf('doctor')[0], JSON.parse((await podscope('doctor', '--json')).stdout))).toEqual([]);
    const { stdout, stderr } = await podscope('status', '--json');
    expect(lacks(examplesIn(referencePage)[0], JSON.parse(stdout))).toEqual([]);
    expect(stderr).toBe('');
  });
});

it('goes on quietly when nobody reads its output any more', async () => {
  const child = spawn(process.execPath, ['--conditions=@podscope/source', join(import.meta.dirname, '..', 'main.ts'), 'down', '--json'], {
    env: { ...process.env, PODSCOPE_RUN_DIR: runDir, NO_COLOR: '1' },
  });
  child.stdout.destroy();
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code] = (await once(child, 'close')) as [number];
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

it('doctor refuses a Java that up would refuse', async () => {
  const jdk = mkdtempSync(join(tmpdir(), 'podscope-jdk-'));
  mkdirSync(join(jdk, 'bin'));
  for (const [version, ok] of [['11.0.2', false], ['17.0.1', true], ['25', false]] as const) {
    writeFileSync(join(jdk, 'bin/java'), `#!/bin/sh\necho 'openjdk version "${version}"' >&2\n`, { mode: 0o755 });
    const { code, stdout } = await podscopeWith({ JAVA_HOME: jdk }, 'doctor', '--json');
    const { checks } = JSON.parse(stdout) as { checks: { name: string; ok: boolean; found: string }[] };
    expect(checks.find((check) => check.name === 'java')).toMatchObject({ ok, found: expect.stringContaining(version) });
    if (!ok) expect(code).toBe(1);
  }
  rmSync(jdk, { recursive: true });
});

describe('a directory that cannot be written to', () => {
  it.each([
    { variable: 'PODSCOPE_RUN_DIR', what: 'run directory' },
    { variable: 'PODSCOPE_CACHE_DIR', what: 'cache directory' },
  ])('$variable gets one clear error', async ({ variable, what }) => {
    const file = join(runDir, '..', `podscope-file-${process.pid}`);
    writeFileSync(file, '');
    const up = ['up', '--detach', '--console-port', '0'];
    const changes = { PODSCOPE_CACHE_DIR: `${runDir}-cache`, [variable]: join(file, 'below') };
    const { code, stdout } = await podscopeWith(changes, ...up, '--json');
    const text = await podscopeWith(changes, ...up);
    expect(text.stderr.match(/cannot be written to/g)).toHaveLength(1);
    expect(text.stderr).not.toContain('Start OpenSearch');
    rmSync(file);
    rmSync(`${runDir}-cache`, { recursive: true, force: true });
    expect(code).toBe(1);
    expect(JSON.parse(stdout).error).toMatchObject({ code: 'DIRECTORY_UNUSABLE', message: expect.stringContaining(what), hint: expect.stringContaining(variable) });
    expect(readdirSync(runDir)).toEqual([]);
  });
});

it('up ends by itself under a launcher that holds a channel to it', async () => {
  const file = join(runDir, '..', `podscope-launched-${process.pid}`);
  writeFileSync(file, '');
  const child = fork(join(import.meta.dirname, '..', 'main.ts'), ['up', '--detach', '--json', '--console-port', '0'], {
    execArgv: ['--conditions=@podscope/source'], stdio: ['ignore', 'pipe', 'pipe', 'ipc'], env: { ...process.env, PODSCOPE_RUN_DIR: join(file, 'below'), PODSCOPE_CACHE_DIR: `${file}-cache` },
  });
  const [code] = (await once(child, 'exit')) as [number];
  expect(code).toBe(1);
  rmSync(file);
  rmSync(`${file}-cache`, { recursive: true });
});

describe('a group of commands alone', () => {
  it('shows its own help', async () => {
    const { code, stdout, stderr } = await podscope('hunt');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/Usage: podscope hunt[^]*rehearse[^]*Examples:/);
    expect(JSON.parse((await podscope('hunt', '--json')).stdout)).toMatchObject({ error: { code: 'CLI_USAGE' } });
  });
});

describe('help', () => {
  it('has an example for every command', () => {
    const without: string[] = [];
    const visit = (command: ReturnType<typeof createProgram>): void => {
      let text = '';
      command.configureOutput({ writeOut: (part) => (text += part) }).outputHelp();
      if (!/Examples:\n {2}\$ podscope /.test(text)) without.push(command.name());
      for (const each of command.commands) visit(each);
    };
    visit(createProgram());
    expect(without).toEqual([]);
  });
});
