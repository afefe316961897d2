import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Ledger } from '../../ledger/ledger.ts';
import { embeddedLocalTarget } from './localTarget.ts';

it('lists what of the ledger lives, says who is started anew, and leaves the supervisor out', async () => {
  const runDir = mkdtempSync(join(tmpdir(), 'podscope-local-'));
  const children = ['redis-replica-0', 'opensearch', 'web'].map((name) => ({ name, child: spawn('sleep', ['60']) }));
  try {
    const target = embeddedLocalTarget(runDir);
    expect(await target.processes()).toEqual([]);
    const ledger = new Ledger(runDir, join(runDir, 'control.sock'));
    ledger.announce('collector');
    for (const { name, child } of children) ledger.started(name, child.pid ?? 0);
    expect(await target.processes()).toEqual(children.map(({ name, child }) => ({ name, pid: child.pid, startTime: expect.stringMatching(/^\d+$/), isRestarted: name !== 'opensearch' })));
    const [first] = children;
    first?.child.kill('SIGKILL');
    if (first !== undefined) await once(first.child, 'exit');
    expect((await target.processes()).map(({ name }) => name)).toEqual(['opensearch', 'web']);
  } finally {
    for (const { child } of children) child.kill('SIGKILL');
    rmSync(runDir, { recursive: true });
  }
});
