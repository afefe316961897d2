import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createJournalKey, faultCatalogue, injectFault, type Journal, openJournal, type RecoveredFault, replicaStorm, watchFaults } from './index.ts';
import { fileTarget } from './testing/fileTarget.ts';
import { memoryTarget } from './testing/memoryTarget.ts';

let directory: string;
let key: Uint8Array;
let journal: Journal;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'podscope-watch-'));
  key = createJournalKey();
  journal = await openJournal({ directory: join(directory, 'journal'), key });
});
afterEach(() => rm(directory, { recursive: true, force: true }));

/** The first outcomes that a watch over the journal tells. */
function outcomesOf(target: ReturnType<typeof fileTarget>, count: number): Promise<readonly RecoveredFault[]> {
  const told = Promise.withResolvers<readonly RecoveredFault[]>();
  const outcomes: RecoveredFault[] = [];
  const watch = watchFaults({
    target,
    journal,
    faults: faultCatalogue,
    intervalMs: 20,
    graceMs: 0,
    onOutcome(outcome) {
      outcomes.push(outcome);
      if (outcomes.length === count) told.resolve(outcomes);
    },
    onError: told.reject,
  });
  return told.promise.finally(() => watch.close());
}

it('reverts the fault of an injector that was killed', async () => {
  const file = join(directory, 'replicas');
  await writeFile(file, '3');
  const target = fileTarget(file);
  const program = join(import.meta.dirname, 'testing', 'dyingInjector.ts');
  const injector: ChildProcess = spawn(process.execPath, ['--conditions=@podscope/source', program, journal.directory, file, Buffer.from(key).toString('hex')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(injector, 'exit');
  if (!injector.stdout) throw new Error('no output');
  expect(String((await once(injector.stdout, 'data'))[0])).toBe('injected\n');
  injector.kill('SIGKILL');
  await exited;
  expect(await target.replicas('frontend')).toBe(97);
  expect(await outcomesOf(target, 1)).toMatchObject([{ outcome: 'reverted' }]);
  expect(await target.replicas('frontend')).toBe(3);
  expect(await readdir(journal.directory)).toEqual([]);
});

it('tries again as long as the target refuses, and leaves alone what still has time', async () => {
  const target = memoryTarget();
  let refusals = 2;
  const shaky = { ...target, setReplicas: async (name: string, replicas: number) => {
    if (replicas === 3 && refusals-- > 0) throw new Error('down');
    await target.setReplicas(name, replicas);
  } };
  const entry = { target: target.id, kind: 'replica-storm', before: { replicas: 3 }, state: 'injected', createdAt: new Date(0).toISOString() } as const;
  await journal.write({ ...entry, id: '00000000000000aa', params: { deployment: 'frontend', replicas: 97 }, expiresAt: new Date(0).toISOString() });
  target.deployments.set('frontend', 97);
  await using later = await injectFault(replicaStorm({ deployment: 'other', replicas: 9 }), { target: { ...target, replicas: async () => 9, setReplicas: async () => undefined }, journal });
  expect((await outcomesOf(shaky, 3)).map(({ id, outcome }) => [id, outcome])).toEqual([
    ['00000000000000aa', 'failed'],
    ['00000000000000aa', 'failed'],
    ['00000000000000aa', 'reverted'],
  ]);
  expect(target.deployments.get('frontend')).toBe(3);
  expect((await journal.list()).map(({ id }) => id)).toEqual([later.id]);
});

it('says that the journal cannot be read, and does not end', async () => {
  const told = Promise.withResolvers<unknown>();
  await rm(journal.directory, { recursive: true });
  await using watch = watchFaults({ target: memoryTarget(), journal, faults: faultCatalogue, intervalMs: 20, onError: told.resolve });
  expect(await told.promise).toMatchObject({ code: 'ENOENT' });
  await watch.close();
});
