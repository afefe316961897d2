import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareRecording, unexplained } from './compare.ts';
import { DIFFERENCES } from './differences.ts';
import { readExport, readRecordings } from './recordings.ts';

const corpus = process.env['PODSCOPE_CORPUS'] ?? '/nowhere';
const root = join(corpus, 'golden/osd-2.8.0');
const here = existsSync(root);

describe.runIf(here)(here ? 'the requests of OpenSearch Dashboards 2.8.0' : 'the requests of OpenSearch Dashboards 2.8.0 (not run: PODSCOPE_CORPUS names no folder with golden)', () => {
  // A dashboard's saved search was not opened alone.
  const { objects, recordings } = here ? readRecordings(root, readExport(join(corpus, 'saved-objects/osd-2.8-sample-data/export.ndjson'))) : { objects: [], recordings: [] };
  const used = new Set<string>();
  let asked = 0;
  let beside = 0;

  it.each(recordings.map((recording) => [`${recording.kind} ${recording.name}`, recording] as const))('%s', async (_name, recording) => {
    const comparison = await compareRecording(recording, objects);
    expect(unexplained(comparison)).toEqual([]);
    for (const { rules } of comparison.searches) rules.forEach((rule) => used.add(rule));
    for (const { rule } of comparison.beside) if (rule !== undefined) used.add(rule);
    asked += comparison.searches.length;
    beside += comparison.beside.length;
  });

  it('would not hide a difference: another time range is one everywhere', async () => {
    for (const recording of recordings.filter(({ requests }) => requests.length > 0)) {
      expect(unexplained(await compareRecording({ ...recording, to: '2026-11-23T00:00:01.000Z' }, objects)), recording.name).not.toEqual([]);
    }
  });

  it('are all accounted for, and no rule is without use', () => {
    expect({ asked, beside, all: recordings.reduce((sum, { requests }) => sum + requests.length, 0) }).toEqual({ asked: 61, beside: 5, all: 66 });
    expect([...used].sort()).toEqual(DIFFERENCES.map(({ rule }) => rule).sort());
  });
});
