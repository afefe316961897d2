import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { start } from '../conformance/log-shippers/started.ts';
import { ensureProgram } from '../shipper-programs/programs.ts';
import { type BeatsEvent, startLumberjack } from './server.ts';

const LINES = 5_000;

it.each(['7.12.1', '7.17.0'])('the real Filebeat %s is understood, and understands partial acknowledgements and a lost connection', { timeout: 3_600_000 }, async (version) => {
  const path = await ensureProgram('filebeat', version);
  const folder = await mkdtemp(join(tmpdir(), 'podscope-lumberjack-'));
  const log = join(folder, 'a.log');
  const events: BeatsEvent[] = [];
  const troubles: string[] = [];
  let batches = 0;
  const all = Promise.withResolvers<undefined>();
  const server = await startLumberjack({
    // Smaller than a Beat's window, so that it is acknowledged in parts.
    atOnce: 100,
    onTrouble: (what) => void troubles.push(what),
    take: async (some) => {
      batches += 1;
      // One batch is not taken: the connection ends, and the Beat sends again what was not acknowledged.
      if (batches === 7) throw new Error('made-up trouble');
      events.push(...some);
      if (new Set(events.map(({ message }) => message)).size === LINES) all.resolve(undefined);
    },
  });
  await writeFile(log, Array.from({ length: LINES }, (_, at) => `line ${at} größer ✓\n`).join(''));
  await writeFile(
    join(folder, 'filebeat.yml'),
    JSON.stringify({
      'filebeat.inputs': [{ type: 'log', paths: [log] }],
      'output.logstash': { hosts: [`127.0.0.1:${server.port}`], bulk_max_size: 450, compression_level: 3, 'backoff.init': '1s' },
      'path.data': join(folder, 'data'),
      'seccomp.enabled': false,
      'queue.mem.events': 4096,
    }),
    { mode: 0o600 },
  );
  const filebeat = start({ path, args: ['-e', '-c', join(folder, 'filebeat.yml'), '--path.home', folder, '--strict.perms=false'], folder, environment: { PATH: '', HOME: folder } });
  try {
    await Promise.race([all.promise, filebeat.ended.then(() => Promise.reject(new Error(filebeat.said().slice(-2_000))))]);
    // Batches may overtake each other, so the first line is not always the first event.
    expect(events).toContainEqual(expect.objectContaining({ message: 'line 0 größer ✓', log: { offset: 0, file: { path: log } }, '@metadata': expect.objectContaining({ beat: 'filebeat', version }) }));
    expect(troubles).toEqual(['made-up trouble']);
    // Parts that were acknowledged before the connection ended came once; at most the window that was open came again.
    expect(events.length - LINES).toBeLessThan(450);
  } finally {
    await filebeat.stop();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
