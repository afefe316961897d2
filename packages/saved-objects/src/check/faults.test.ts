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
  it('is read, and has every rule but those of the whole file’s size, of Kibana 8, and of ids that cannot say it', () => {
    expect(problems).toEqual([]);
    const elsewhere = ['too-large', 'too-many-objects', 'region-layer', 'data-source-id'];
    expect([...new Set(ids.map(faultOf))].filter((fault) => fault !== 'right' && fault !== 'logs').sort()).toEqual(Object.keys(RULES).filter((rule) => !elsewhere.includes(rule)).sort());
  });

  it.each(ids.map((id) => [id.slice(0, 60), id] as const))('%s', (_, id) => {
    const found = findings.filter(({ object }) => object?.id === id).map(({ rule }) => rule);
    const fault = faultOf(id);
    if (fault === 'right' || fault === 'logs' || id === 'circular-reference--other') expect(found).toEqual([]);
    else expect(found).toEqual([fault]);
  });

  it('has ids of two UUIDs, which OpenSearch Dashboards takes with data sources only', () => {
    const id = 'e0c9e490-bdd7-11ee-b216-d78a57002330_ff959d40-b880-11e8-a6d9-e546fe2bba5f';
    const found = (target: 'opensearch-dashboards@3' | 'kibana@8', as: string) => checkSavedObjects(objects.slice(0, 1).map(({ object }) => ({ ...object, id: as })), { target }).map(({ rule }) => rule);
    expect([found('opensearch-dashboards@3', id), found('kibana@8', id), found('opensearch-dashboards@3', 'my_own_id')]).toEqual([['data-source-id'], [], []]);
  });

  it('says of each where it is, what is wrong, and what to do, in a line each', () => {
    for (const { place, what, fix, path } of findings) {
      expect(place).toMatchObject({ file: 'faults.ndjson', line: expect.any(Number) as number });
      expect(path).toBeTruthy();
      for (const line of [what, fix]) expect(line).toMatch(/^[^\n]{3,400}$/u);
    }
  });
});
