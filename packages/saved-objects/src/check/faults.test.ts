import { readFileSync } from 'node:fs';
import { date, keyword, long, text } from '@podscope/core';
import { describe, expect, it } from 'vitest';
import { readSavedObjects } from '../read/readSavedObjects.ts';
import { checkSavedObjects } from './checkSavedObjects.ts';
import { RULES } from './finding.ts';

/** Each object is called after the fault that it has, with `--…` where there are several of it; those called "right" and "logs" have none. */
const { objects, problems } = readSavedObjects(readFileSync(new URL('fixtures/faults.ndjson', import.meta.url), 'utf8'), { file: 'faults.ndjson' });
const fields = { '@timestamp': date(), host: keyword(), bytes: long(), message: text() };
const findings = checkSavedObjects(objects, { target: 'opensearch-dashboards@2', fields: { logs: fields } });
const faultOf = (id: string): string => id.split('--')[0] ?? '';
const ids = [...new Set(objects.map(({ object }) => object.id))];

describe('a file with one of each fault', () => {
  it('is read, and has every rule but those of the whole file’s size, and of Kibana 8', () => {
    expect(problems).toEqual([]);
    const elsewhere = ['too-large', 'too-many-objects', 'region-layer'];
    expect([...new Set(ids.map(faultOf))].filter((fault) => fault !== 'right' && fault !== 'logs').sort()).toEqual(Object.keys(RULES).filter((rule) => !elsewhere.includes(rule)).sort());
  });

  it.each(ids.map((id) => [id.slice(0, 60), id] as const))('%s', (_, id) => {
    const found = findings.filter(({ object }) => object?.id === id).map(({ rule }) => rule);
    const fault = faultOf(id);
    if (fault === 'right' || fault === 'logs' || id === 'circular-reference--other') expect(found).toEqual([]);
    else expect(found).toEqual([fault]);
  });

  it('says of each where it is, what is wrong, and what to do, in a line each', () => {
    for (const { place, what, fix, path } of findings) {
      expect(place).toMatchObject({ file: 'faults.ndjson', line: expect.any(Number) as number });
      expect(path).toBeTruthy();
      for (const line of [what, fix]) expect(line).toMatch(/^[^\n]{3,400}$/u);
    }
  });
});
