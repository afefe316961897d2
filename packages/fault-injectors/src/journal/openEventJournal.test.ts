import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { injectFault } from '../engine/inject.ts';
import type { JournalEvent } from '../engine/types.ts';
import { memoryStore } from '../stores/memoryStore.ts';
import { memoryTarget } from '../testing/memoryTarget.ts';
import { sampleFault } from '../testing/sampleFault.ts';
import { openEventJournal } from './openEventJournal.ts';
import { journalEventSchema, journalJsonSchema } from './schema.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'podscope-journal-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const linesOf = async (path: string): Promise<readonly JournalEvent[]> => (await readFile(path, 'utf8')).trim().split('\n').map((line) => JSON.parse(line) as JournalEvent);

it('holds every line of an injection and its revert, each as the schema says, also of two writers', async () => {
  const path = join(folder, 'new', 'faults.jsonl');
  using one = openEventJournal(path);
  using other = openEventJournal(path);
  const store = memoryStore();
  const fault = await injectFault(sampleFault({ replicas: 97 }), { target: memoryTarget(), store, journal: one.write });
  await fault.revert();
  const target = memoryTarget('second');
  target.startClient = () => Promise.reject(new Error('password=hunter2'));
  await expect(injectFault(sampleFault({ replicas: 97 }), { target, store, journal: other.write })).rejects.toMatchObject({ code: 'FAULT_INJECT_FAILED' });
  const lines = await linesOf(path);
  for (const line of lines) expect(journalEventSchema.safeParse(line)).toMatchObject({ success: true });
  expect(lines.map(({ state }) => state)).toEqual(expect.arrayContaining(['planned', 'injecting', 'injected', 'reverting', 'reverted']));
  expect(lines.filter(({ phase }) => phase === 'failed')).toMatchObject([{ step: 'start the client', error: { code: 'Error' } }]);
  expect(JSON.stringify(lines)).not.toContain('hunter2');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

it('hides a password in an address, and keeps each line JSON whatever is in it', async () => {
  const path = join(folder, 'faults.jsonl');
  using journal = openEventJournal(path);
  const line = { time: new Date(0).toISOString(), id: '00000000000000aa', fault: 'sample', target: 'x', state: 'injected' } as const;
  journal.write({ ...line, findings: ['https://web:8443', 'frontend@sha256:0a1b', 'https://jane:hunter2@web/'] });
  expect(await linesOf(path)).toEqual([{ ...line, findings: ['https://web:8443', 'frontend@sha256:0a1b', 'https://jane:[redacted]@web/'] }]);
});

it('takes no more lines when it is closed', async () => {
  const path = join(folder, 'faults.jsonl');
  const journal = openEventJournal(path);
  journal.close();
  journal.write({ time: new Date(0).toISOString(), id: '00000000000000aa', fault: 'sample', target: 'x', state: 'planned' });
  expect(await readFile(path, 'utf8')).toBe('');
});

it('has a JSON schema that names every member, and that the guide shows', async () => {
  const page = await readFile(join(import.meta.dirname, '../../../../docs/guide/fault-journal.md'), 'utf8');
  expect(JSON.parse(/```json\n([\s\S]*?)```/.exec(page)?.[1] ?? '')).toEqual(journalJsonSchema());
  expect(journalJsonSchema()).toMatchObject({ type: 'object', required: ['time', 'id', 'fault', 'target', 'state'], properties: { findings: { type: 'array' }, error: { type: 'object' } } });
});
