import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineFields, keyword, long, mappingOf, short, text } from '@podscope/core';
import type { SavedObject } from '@podscope/dashboard-renderer';
import type { PlannedMapping } from '@podscope/index-manager';
import { toNdjson } from '@podscope/saved-objects';
import { describe, expect, it } from 'vitest';
import { workshopBundle, workshopObjects } from '../dashboards/index.ts';
import { brokenPanels } from './brokenPanels.ts';
import { readObjectsFile } from './objectsFile.ts';
import { catalogues } from './setup.ts';

const jsonOf = (fields: Parameters<typeof defineFields>[0]) => mappingOf(defineFields(fields)) as unknown as PlannedMapping['before'];

/** A change of one catalogue, as a plan has it. */
function changed(family: keyof typeof catalogues, changes: Parameters<typeof defineFields>[0], without: readonly string[] = []): PlannedMapping {
  const after = Object.fromEntries(Object.entries({ ...catalogues[family], ...changes }).filter(([name]) => !without.includes(name)));
  return { name: `podscope-${family}`, patterns: [`${family}-*`], before: jsonOf(catalogues[family]), after: jsonOf(after) };
}

const shown = (...mappings: readonly PlannedMapping[]) => brokenPanels(workshopObjects, mappings).panels.map(({ dashboard, panel, field }) => `${dashboard} / ${panel}: ${field}`);

describe('brokenPanels', () => {
  it('finds nothing where nothing changes, or only what panels can take', () => {
    expect(brokenPanels(workshopObjects, [])).toEqual({ panels: [], unread: [] });
    expect(shown(changed('redis', {}), changed('redis', { 'redis.connected_clients': short(), added: keyword() }))).toEqual([]);
  });

  it('finds averages over what becomes a keyword, on every dashboard that has the panel', () => {
    expect(brokenPanels(workshopObjects, [changed('redis', { 'redis.instantaneous_ops_per_sec': keyword() })]).panels).toEqual(
      ['Overview', 'Redis'].map((dashboard) => ({
        dashboard,
        panel: 'Operations in a second',
        field: 'redis.instantaneous_ops_per_sec',
        why: 'avg cannot use "redis.instantaneous_ops_per_sec" of "podscope-redis": it is of type keyword.',
      })),
    );
  });

  it('finds terms over what becomes text, and everything that used a field that goes', () => {
    expect(shown(changed('redis', { 'redis.role': text() }))).toEqual(['Redis / Instances: redis.role']);
    expect(shown(changed('redis', {}, ['redis.role']))).toEqual(['Redis / Replication lag: redis.role', 'Redis / Instances: redis.role']);
  });

  it('finds queries whose values do not fit', () => {
    const [first] = brokenPanels(workshopObjects, [changed('redis', { 'redis.role': long() })]).panels;
    expect(first).toEqual({ dashboard: 'Redis', panel: 'Replication lag', field: 'redis.role', why: 'its query searches "redis.role" for "slave", which is no long.' });
  });

  it('looks only at data views that the template has to do with', () => {
    expect(shown({ ...changed('redis', {}, ['redis.role']), patterns: ['other-*'] })).toEqual([]);
    expect(shown({ ...changed('redis', {}, ['redis.keys']), patterns: ['redis-podscope'] })).toEqual(['Redis / Keys: redis.keys']);
  });

  it('finds what a time range, filters, and visualizations of a saved search stand on; names what it cannot look into', () => {
    const source = (part: object) => ({ searchSourceJSON: JSON.stringify(part) });
    const view = { type: 'index-pattern', id: 'p', attributes: { title: 'apache-*, -old-*', timeFieldName: '@timestamp' }, references: [] };
    const search = { type: 'search', id: 's', attributes: { title: 'Slow', columns: [], sort: [], kibanaSavedObjectMeta: source({ query: { query: 'event.duration_us:>1000', language: 'lucene' } }) }, references: [{ name: 'i', type: 'index-pattern', id: 'p' }] };
    const chart = {
      type: 'visualization', id: 'v',
      attributes: { title: 'Of slow ones', visState: JSON.stringify({ type: 'pie', aggs: [{ type: 'count', params: {} }] }), kibanaSavedObjectMeta: source({ filter: [{ meta: { key: 'url.path' } }, { meta: { key: 'source.ip', disabled: true } }] }) },
      references: [{ name: 's', type: 'search', id: 's' }],
    };
    const vega = { type: 'visualization', id: 'vega', attributes: { title: 'Vega', visState: JSON.stringify({ type: 'vega', aggs: [] }) }, references: [] };
    const broken = { type: 'dashboard', id: 'd', attributes: { title: 'Old', panelsJSON: JSON.stringify([{ panelIndex: '1', id: 'v', type: 'visualization' }]) }, references: [] };
    const objects: readonly SavedObject[] = [view, search, chart, vega, broken];
    const { panels, unread } = brokenPanels(objects, [changed('apache', { '@timestamp': keyword(), 'event.duration_us': keyword() }, ['url.path', 'source.ip'])]);
    expect(panels.map(({ dashboard, panel, field }) => `${dashboard} / ${panel}: ${field}`).sort()).toEqual([
      'null / Of slow ones: @timestamp',
      'null / Of slow ones: event.duration_us',
      'null / Of slow ones: url.path',
      'null / Slow: @timestamp',
      'null / Slow: event.duration_us',
    ]);
    expect(unread).toEqual([
      { object: 'dashboard d', why: 'Panel 1 of dashboard "d" has no reference.' },
      { object: 'visualization vega', why: "fields of the kind vega can't be seen from outside" },
    ]);
  });
});

describe('readObjectsFile', () => {
  it('reads an export, and says which line of another file is none', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'podscope-objects-'));
    try {
      const file = join(folder, 'export.ndjson');
      await writeFile(file, toNdjson(workshopBundle, { target: 'opensearch-dashboards@2' }));
      expect((await readObjectsFile(file)).map(({ id }) => id)).toEqual(workshopObjects.map(({ id }) => id));
      for (const [content, says] of [['{"type":"x"}\n', 'line 1 is no saved object'], ['\n{', 'line 2 is no JSON'], ['7', 'line 1 is no JSON object']] as const) {
        await writeFile(file, content);
        await expect(readObjectsFile(file)).rejects.toMatchObject({ code: 'OBJECT_FILE_INVALID', message: expect.stringContaining(says) as unknown });
      }
      await expect(readObjectsFile(join(folder, 'none'))).rejects.toMatchObject({ message: expect.stringContaining('there is no such file') as unknown });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
