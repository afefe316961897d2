import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../policy/workspace.ts';
import { commandsOf, executedPages } from './commands.ts';

let runDir: string;
let started: ChildProcess;
let environment: NodeJS.ProcessEnv;
let webPod: string;

interface Done {
  readonly code: number;
  readonly stdout: string;
  readonly output: string;
}

/** Runs a line as a reader's shell would, with the system's own Node. */
function shell(line: string): Promise<Done> {
  return new Promise((resolve) => {
    execFile('sh', ['-c', line], { cwd: root, env: environment, maxBuffer: 1 << 26 }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, output: `${stdout}${stderr}` }),
    );
  });
}

beforeAll(async () => {
  runDir = await mkdtemp(join(tmpdir(), 'podscope-documentation-'));
  // The pinned Node is what the bootstrap brings by itself.
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  environment = { ...process.env, PODSCOPE_RUN_DIR: runDir, NO_COLOR: '1', PATH: path.join(delimiter) };
  delete environment['NODE_OPTIONS'];
  const [start] = await commandsOf(root, 'README.md');
  expect(start).toBe('npm start');
  // Only the port is another one, so that a console of somebody's own may go on running.
  started = spawn('sh', ['-c', `exec ${start} -- --console-port 0`], { cwd: root, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [started.stdout, started.stderr]) stream?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await new Promise<void>((resolve, reject) => {
    const look = () => /http:\/\/127\.0\.0\.1:\d+/.test(said) && resolve();
    for (const stream of [started.stdout, started.stderr]) stream?.on('data', look);
    started.once('exit', () => reject(new Error(`npm start ended:\n${said}`)));
  });
  const status = await shell('npm run -s podscope -- status --json');
  expect(status.output, 'status').toContain('opensearch');
  environment['OPENSEARCH'] = String(/"opensearch":\s*"(http[^"]+)"/.exec(status.stdout)?.[1]);
  const pods = await shell('npm run -s podscope -- get pods --json');
  webPod = String(/frontend-[a-z0-9-]+/.exec(pods.stdout)?.[0]);
}, 300_000);

afterAll(async () => {
  await shell('npm run -s podscope -- down');
  started.kill();
  await rm(runDir, { recursive: true, force: true });
}, 120_000);

/** What a reader puts in the place of what stands in angle brackets. */
function filledIn(line: string): string {
  return line
    .replace('exec <pod> -- redis-cli <command>', 'exec redis-replica-0 -- redis-cli PING')
    .replace(/<pod>|<name>/, webPod)
    .replace('<question>=<answer>', 'deployment=frontend')
    .replace('<id>', 'visitors');
}

describe.each(executedPages)('%s', (page) => {
  it('shows commands that work', { timeout: 400_000 }, async () => {
    const lines = (await commandsOf(root, page)).filter((line) => line !== 'npm start');
    expect(lines).not.toEqual([]);
    for (const line of lines) {
      const command = filledIn(line);
      expect(command).not.toMatch(/<[a-z]+>/);
      const { code, output } = await shell(command);
      // A hunt that is submitted without its answers is not solved, and a plan may have changes: those are other exit codes.
      expect(line.includes('hunt submit') ? [0, 4] : / indices (?:plan|drift)\b/.test(line) ? [0, 2] : [0], `${command}\n${output}`).toContain(code);
      expect(output.trim(), command).not.toBe('');
    }
  });
});

it('npm start ends by itself after "down"', { timeout: 60_000 }, async () => {
  if (started.exitCode === null && started.signalCode === null) await once(started, 'exit');
  expect(started.exitCode).not.toBeNull();
});
