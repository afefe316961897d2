import { findField } from '@podscope/core';
import { layoutOf, renderPanel, requestsFor } from '@podscope/dashboard-renderer';
import { toNdjson } from '@podscope/saved-objects';
import { describe, expect, it } from 'vitest';
import { dashboardIds, workshopBundle, workshopDataViews, workshopObjects } from './index.ts';

/** The fields that a query names, wherever they stand in it. */
function fieldsIn(clause: unknown): readonly string[] {
  if (Array.isArray(clause)) return clause.flatMap(fieldsIn);
  if (typeof clause !== 'object' || clause === null) return [];
  return Object.entries(clause).flatMap(([name, inner]) => {
    if (['match', 'match_phrase', 'range'].includes(name)) return Object.keys(inner as object);
    return name === 'field' && typeof inner === 'string' ? [inner] : fieldsIn(inner);
  });
}

describe('the workshop’s saved objects', () => {
  it('have the five data views under their patterns and the five dashboards', () => {
    const ids = (type: string): readonly string[] => workshopObjects.filter((object) => object.type === type).map(({ id }) => id);
    expect(ids('index-pattern')).toEqual(['apache-*', 'filebeat-*', 'kubernetes-*', 'metricbeat-*', 'redis-*']);
    expect([...ids('dashboard')].sort()).toEqual([...dashboardIds].sort());
    expect(new Set(workshopObjects.map(({ type, id }) => `${type}:${id}`)).size).toBe(workshopObjects.length);
    expect(Object.values(workshopDataViews).map(({ id, pattern }) => id === pattern)).toEqual([true, true, true, true, true]);
  });

  it('are all on a dashboard, and every panel’s title is its own on it', () => {
    const layouts = dashboardIds.map((id) => layoutOf(workshopObjects, id));
    const used = new Set(layouts.flatMap(({ panels }) => panels.map(({ object }) => object.id)));
    const placeable = workshopObjects.filter(({ type }) => type === 'visualization' || type === 'search');
    expect(placeable.map(({ id }) => id).filter((id) => !used.has(id))).toEqual([]);
    for (const { panels } of layouts) expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length);
  });

  it.each(dashboardIds)('%s begins 15 minutes ago, refreshes every 10 s and fits the grid', (id) => {
    const { timeRange, refreshMs, panels } = layoutOf(workshopObjects, id);
    expect({ timeRange, refreshMs }).toEqual({ timeRange: { from: 'now-15m', to: 'now' }, refreshMs: 10_000 });
    const taken = new Set<string>();
    for (const { grid } of panels) {
      expect(grid.x + grid.w).toBeLessThanOrEqual(48);
      for (let x = grid.x; x < grid.x + grid.w; x++) {
        for (let y = grid.y; y < grid.y + grid.h; y++) {
          expect(taken.has(`${x},${y}`)).toBe(false);
          taken.add(`${x},${y}`);
        }
      }
    }
  });

  it.each(dashboardIds)('%s asks one search a panel, and draws nothing from nothing', (id) => {
    const timeRange = { from: 'now-15m', to: 'now' };
    const requests = requestsFor(workshopObjects, id, { timeRange, filters: [{ field: 'kubernetes.pod.name', value: 'p' }], query: 'not x' });
    const reading = layoutOf(workshopObjects, id).panels.filter(({ object }) => object.references.length > 0);
    expect(requests.map(({ panelId }) => panelId)).toEqual(reading.map(({ panelId }) => panelId));
    for (const { object } of reading) {
      const result = renderPanel(object, { hits: { total: 0, hits: [] }, aggregations: {} }, { theme: 'dark', timeRange, objects: workshopObjects });
      expect(['empty', 'metric']).toContain(result.kind);
    }
  });

  it('name only fields of the catalogue, in filters too', () => {
    const named = dashboardIds.flatMap((id) =>
      requestsFor(workshopObjects, id, { timeRange: { from: 'now-15m', to: 'now' } }).flatMap(({ index, body }) => fieldsIn([body['query'], body['aggs']]).map((field) => ({ index, field }))),
    );
    const unknown = named.filter(({ index, field }) => {
      const view = Object.values(workshopDataViews).find(({ pattern }) => pattern === index);
      return !view || !findField(view.fields, field);
    });
    expect(named).toContainEqual({ index: 'apache-*', field: 'event.dataset' });
    expect(unknown).toEqual([]);
  });

  it.each<[(typeof dashboardIds)[number], readonly string[]]>([
    ['guestbook-web', ['http.response.status_code', 'url.path', 'event.duration_us']],
    ['redis', ['redis.used_memory', 'redis.used_memory_rss', 'redis.mem_fragmentation_ratio', 'redis.connected_clients', 'redis.instantaneous_ops_per_sec', 'redis.replication_lag_bytes']],
    ['kubernetes', ['kubernetes.pod.status.phase', 'kubernetes.deployment.replicas.desired', 'kubernetes.deployment.replicas.available', 'kubernetes.deployment.replicas.unavailable', 'kubernetes.event.reason']],
    ['system', ['system.cpu.user.norm.pct', 'system.memory.actual.used.bytes', 'system.load.1', 'system.filesystem.used.pct']],
  ])('%s shows what it is for, over time', (id, wanted) => {
    const overTime = requestsFor(workshopObjects, id, { timeRange: { from: 'now-15m', to: 'now' } }).filter(({ body }) => JSON.stringify(body['aggs'] ?? {}).includes('"date_histogram"'));
    const shown = new Set(overTime.flatMap(({ body }) => fieldsIn([body['query'], body['aggs']])));
    expect(wanted.filter((field) => !shown.has(field))).toEqual([]);
  });

  it('put logs and metrics of the overview on one time axis', () => {
    const { panels } = layoutOf(workshopObjects, 'overview');
    const overTime = requestsFor(workshopObjects, 'overview', { timeRange: { from: 'now-15m', to: 'now' } }).filter(({ body }) => JSON.stringify(body['aggs'] ?? {}).includes('"date_histogram"'));
    expect([...new Set(overTime.map(({ index }) => index))].sort()).toEqual(['apache-*', 'filebeat-*', 'kubernetes-*', 'metricbeat-*', 'redis-*']);
    const grids = overTime.map(({ panelId }) => panels.find((panel) => panel.panelId === panelId)?.grid);
    expect(new Set(grids.map((grid) => `${grid?.x} ${grid?.w}`))).toEqual(new Set(['0 48']));
    const intervals = overTime.map(({ body }) => /"(?:fixed|calendar)_interval":"([^"]+)"/.exec(JSON.stringify(body['aggs']))?.[1]);
    expect(new Set(intervals)).toEqual(new Set(['30s']));
  });

  it('make one NDJSON file, always the same', () => {
    const text = toNdjson(workshopBundle, { target: 'opensearch-dashboards@2' });
    expect(text.trimEnd().split('\n')).toHaveLength(workshopObjects.length + 1);
    expect(text).toBe(toNdjson(workshopBundle, { target: 'opensearch-dashboards@2' }));
  });
});
