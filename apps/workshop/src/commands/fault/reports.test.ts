import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ExperimentJournal } from '@podscope/fault-injectors/experiments';
import { wantedReports, writeReports } from './reports.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'podscope-reports-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const time = '2026-01-01T12:00:00.000Z';
const journal: ExperimentJournal = {
  version: 1,
  experiment: { version: 1, title: 'A storm', tags: [], variables: {}, abortWhen: [], limits: {}, method: [], checks: [] },
  target: { kind: 'kubernetes', id: 'a' },
  start: time,
  end: time,
  durationMs: 0,
  status: 'completed',
  passed: true,
  deviated: false,
  steadyState: { before: [], after: [] },
  activities: [],
  checks: [],
  leftOver: [],
  events: [],
};

it('knows a report by its name, and refuses one that says nothing', () => {
  expect(wantedReports({ report: ['a.html', 'b.MD'], junit: 'c' })).toEqual([{ file: 'a.html', format: 'html' }, { file: 'b.MD', format: 'markdown' }, { file: 'c', format: 'junit' }]);
  expect(() => wantedReports({ report: ['a.pdf'] })).toThrow(expect.objectContaining({ code: 'CLI_USAGE' }));
});

it('writes every report that can be written, and names the other', async () => {
  const [gone, xml] = [join(folder, 'gone', 'a.html'), join(folder, 'b.xml')];
  const written: string[] = [];
  await expect(writeReports(wantedReports({ report: [gone, xml] }), journal, (file) => void written.push(file))).rejects.toMatchObject({ code: 'DIRECTORY_UNUSABLE', message: expect.stringContaining(gone), hint: expect.stringContaining('Passed') });
  expect(written).toEqual([xml]);
  expect(await readFile(xml, 'utf8')).toContain('<testsuites name="A storm"');
});
