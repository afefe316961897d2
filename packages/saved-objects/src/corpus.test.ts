import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataViewFrom, markdown, type SavedObject, visualizationFrom, type VisualizationSpec } from './index.ts';

const root = join(process.env['PODSCOPE_CORPUS'] ?? '/nowhere', 'golden/osd-2.8.0');
const here = existsSync(root);

function read<T>(...path: readonly string[]): T {
  return JSON.parse(readFileSync(join(root, ...path), 'utf8')) as T;
}

interface VisState {
  readonly type: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly aggs: readonly { readonly type: string; readonly schema: string; readonly params: object }[];
}

function stateOf(object: SavedObject): VisState {
  return JSON.parse(String(object.attributes['visState'])) as VisState;
}

/** Metrics first, and without the ids that only say in which order somebody clicked. */
function aggregationsOf({ aggs }: VisState): readonly object[] {
  const plain = aggs.map(({ type, schema, params }) => ({ type, schema, params }));
  return [...plain.filter(({ schema }) => schema === 'metric'), ...plain.filter(({ schema }) => schema !== 'metric')];
}

const time = { kind: 'dateHistogram', field: 'timestamp' } as const;
const count = { kind: 'count' } as const;

/** The same visualizations that were made for the corpus by hand, as far as this library has their options. */
const own: Readonly<Record<string, Pick<VisualizationSpec, 'kind' | 'metric' | 'bucket' | 'split'>>> = {
  'own-horizontal': { kind: 'horizontalBar', metric: count, bucket: { kind: 'terms', field: 'host.keyword', size: 10 } },
  'own-table': {
    kind: 'table',
    metric: [count, { kind: 'avg', field: 'bytes' }],
    bucket: { kind: 'terms', field: 'host.keyword', size: 5 },
    split: { kind: 'terms', field: 'response.keyword', size: 3 },
  },
  'own-pie': {
    kind: 'pie',
    metric: count,
    bucket: { kind: 'terms', field: 'machine.os.keyword', size: 4 },
    split: { kind: 'terms', field: 'response.keyword', size: 3 },
  },
  'own-filters': { kind: 'metric', metric: count, split: { kind: 'filters', filters: { ok: 'response:200', errors: 'response >= 400' } } },
  'own-histo-num': { kind: 'verticalBar', metric: count, bucket: { kind: 'histogram', field: 'bytes', interval: 2000 } },
};

describe.runIf(here)(here ? 'what OpenSearch Dashboards 2.8.0 stores' : 'what OpenSearch Dashboards 2.8.0 stores (not run: PODSCOPE_CORPUS names no folder with golden)', () => {
  const patterns = here ? read<readonly SavedObject[]>('index-patterns.json') : [];
  const views = patterns.map((object) => dataViewFrom(object));
  const logs = views.find(({ pattern }) => pattern.endsWith('logs'));

  it.each(Object.keys(own))('%s: the same aggregations, and no parameter less', (name) => {
    const stored = stateOf(read<SavedObject>('visualization', name, 'saved-object.json'));
    const spec = own[name] as (typeof own)[string];
    const object = visualizationFrom({ ...spec, id: name, title: name, pattern: logs?.pattern ?? '' }, views);
    const made = stateOf(object);
    expect(made.type).toBe(stored.type);
    expect(aggregationsOf(made)).toEqual(aggregationsOf(stored));
    expect(Object.keys(made.params)).toEqual(expect.arrayContaining(Object.keys(stored.params)));
    expect(object.references.map(({ type, id }) => `${type}:${id}`)).toEqual([`index-pattern:${logs?.id}`]);
  });

  it.each(['own-line', 'own-histogram'])('%s: the same date histogram', (name) => {
    const stored = stateOf(read<SavedObject>('visualization', name, 'saved-object.json'));
    const kind = name === 'own-line' ? 'line' : 'verticalBar';
    const made = stateOf(visualizationFrom({ id: name, title: name, kind, pattern: logs?.pattern ?? '', metric: count, bucket: time }, views));
    expect(made.aggs[1]?.params).toEqual(stored.aggs[1]?.params);
    expect(made.type).toBe(stored.type);
  });

  it('every object carries the attributes and the version of its type', () => {
    const stored = read<SavedObject>('visualization', 'ecommerce-markdown', 'saved-object.json');
    const made = markdown('text', 'Text', 'x').object;
    expect(Object.keys(made.attributes).sort()).toEqual(Object.keys(stored.attributes).sort());
    expect(Object.keys(stateOf(made).params)).toEqual(expect.arrayContaining(Object.keys(stateOf(stored).params)));
    expect(made.migrationVersion).toEqual(stored.migrationVersion);
    for (const [index, view] of views.entries()) {
      expect(view.object.migrationVersion).toEqual(patterns[index]?.migrationVersion);
      const listed = JSON.parse(String(patterns[index]?.attributes['fields'])) as readonly { readonly name: string; readonly esTypes?: readonly string[] }[];
      const again = JSON.parse(String(view.object.attributes['fields'])) as readonly { readonly name: string }[];
      const known = listed.filter(({ esTypes }) => ['keyword', 'date', 'long', 'ip'].includes(esTypes?.[0] ?? ''));
      for (const field of known) expect(again.find(({ name }) => name === field.name)).toEqual(field);
      expect(known.length).toBeGreaterThan(10);
    }
  });
});
