import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ended, runPodscope } from '../kubernetes/program.fixture.ts';

// Any connection, and any question for a name, ends the process with 97.
const WITHOUT_NETWORK = `data:text/javascript,${encodeURIComponent("import net from 'node:net';import dns from 'node:dns';net.Socket.prototype.connect=()=>process.exit(97);dns.lookup=()=>process.exit(97);dns.promises.lookup=()=>process.exit(97);")}`;
let home: string;
const podscope = (...args: readonly string[]): Promise<Ended> => runPodscope({ PATH: process.env['PATH'], HOME: home, PODSCOPE_RUN_DIR: join(home, 'run'), NODE_OPTIONS: `--import=${WITHOUT_NETWORK}` }, 'up', '--target', 'aws', '--estimate', ...args);

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'podscope-estimate-'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

describe('podscope up --target aws --estimate', () => {
  it('needs no credentials, no network, and writes nothing', { timeout: 120_000 }, async () => {
    const { code, stdout, stderr } = await podscope('--region', 'us-east-1', '--hours', '10', '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ region: 'us-east-1', hours: 10, currency: 'USD', hour: 0.4779, event: 4.7785, lines: expect.arrayContaining([expect.objectContaining({ resource: 'NAT gateway', hour: 0.045, price: expect.objectContaining({ asOf: '2026-02-24' }) as object })]) as unknown[] });
    expect(await readdir(home)).toEqual([]);
  });
});
