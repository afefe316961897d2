import { defineVisualization, vegaSearch } from '@podscope/saved-objects';
import { ANSWERED, literal, pageRange } from '../vegaParts.ts';
import { sampleMap } from './sample.ts';

/** Where the columns stand, as shares of the width. */
const COLUMNS = { visitors: 0.07, web: 0.34, primary: 0.64, replica: 0.9 } as const;
const TITLES = { visitors: 'Visitors', web: 'Web instances', primary: 'Primary', replica: 'Replicas' } as const;

/** The rows of a column, at even distances below its title. */
const placed = (column: keyof typeof COLUMNS) => [
  { type: 'window', sort: { field: 'name' }, ops: ['row_number'], as: ['row'] },
  { type: 'joinaggregate', ops: ['count'], as: ['rows'] },
  { type: 'formula', as: 'x', expr: `width * ${COLUMNS[column]}` },
  { type: 'formula', as: 'y', expr: '24 + (height - 24) * (datum.row - 0.5) / datum.rows' },
];

/** A curve from one column to the next. */
const curve = [
  { type: 'formula', as: 'path', expr: "'M' + datum.sx + ',' + datum.sy + 'C' + (datum.sx + datum.x) / 2 + ',' + datum.sy + ' ' + (datum.sx + datum.x) / 2 + ',' + datum.y + ' ' + datum.x + ',' + datum.y" },
];
const from = (name: string, key: string) => [
  { type: 'lookup', from: name, key: 'key', fields: [key], values: ['x', 'y', 'name'], as: ['sx', 'sy', 'source'] },
  { type: 'filter', expr: 'isValid(datum.sx)' },
];

/** Who asks whom, and how much: visitors, web instances, the Redis primary and its replicas. */
export const serviceMap = defineVisualization({
  id: 'service-map',
  description: 'Who asks whom, and how much: visitors, web instances, the primary that they write to, and the replicas that follow it.',
  fields: { time: 'date', instance: 'keyword', method: 'keyword', status: 'number' },
  views: { store: { time: 'date', instance: 'keyword', role: 'keyword', offset: 'number', operations: 'number' } },
  options: {
    instances: { type: 'number', whole: true, least: 1, most: 100, default: 40, description: 'How many web instances at most: those with the most requests.' },
    write: { type: 'text', default: 'POST', description: 'The method of requests that write.' },
    primary: { type: 'text', default: 'master', description: 'What the role of a primary is called.' },
  },
  sample: sampleMap,
  toVega: ({ view, fields: { time, instance, method, status }, views: { store }, options }) => ({
    data: [
      {
        name: 'web',
        url: vegaSearch(view, {
          aggs: {
            range: pageRange(time),
            instances: {
              terms: { field: instance, size: options.instances },
              aggs: { writes: { filter: { term: { [method]: { value: options.write } } } }, errors: { filter: { range: { [status]: { gte: 500 } } } } },
            },
          },
        }),
        transform: [ANSWERED],
      },
      {
        name: 'stores',
        url: vegaSearch(store.view, {
          aggs: {
            instances: {
              terms: { field: store.fields.instance, size: 20 },
              aggs: {
                // After a failover an instance has had two roles: the last one counts.
                roles: { terms: { field: store.fields.role, size: 1, order: { last: 'desc' } }, aggs: { last: { max: { field: store.fields.time } } } },
                first: { min: { field: store.fields.offset } },
                last: { max: { field: store.fields.offset } },
                operations: { avg: { field: store.fields.operations } },
              },
            },
          },
        }),
        transform: [ANSWERED],
      },
      {
        name: 'visitors',
        source: 'web',
        transform: [
          { type: 'flatten', fields: ['aggregations.range.buckets'], as: ['bucket'] },
          { type: 'formula', as: 'name', expr: "'visitors'" },
          { type: 'formula', as: 'key', expr: '1' },
          { type: 'formula', as: 'seconds', expr: 'max((datum.bucket.to - datum.bucket.from) / 1000, 1)' },
          { type: 'formula', as: 'rate', expr: 'datum.bucket.doc_count / datum.seconds' },
          ...placed('visitors'),
        ],
      },
      {
        name: 'instances',
        source: 'web',
        transform: [
          { type: 'flatten', fields: ['aggregations.instances.buckets'], as: ['bucket'] },
          { type: 'formula', as: 'name', expr: 'datum.bucket.key' },
          { type: 'formula', as: 'key', expr: '1' },
          { type: 'lookup', from: 'visitors', key: 'key', fields: ['key'], values: ['seconds'] },
          { type: 'formula', as: 'rate', expr: 'datum.bucket.doc_count / datum.seconds' },
          { type: 'formula', as: 'writes', expr: 'datum.bucket.writes.doc_count / datum.seconds' },
          { type: 'formula', as: 'failing', expr: 'datum.bucket.doc_count > 0 ? datum.bucket.errors.doc_count / datum.bucket.doc_count : 0' },
          ...placed('web'),
        ],
      },
      {
        name: 'all',
        source: 'stores',
        transform: [
          { type: 'flatten', fields: ['aggregations.instances.buckets'], as: ['bucket'] },
          { type: 'flatten', fields: ['bucket.roles.buckets'], as: ['role'] },
          { type: 'formula', as: 'name', expr: 'datum.bucket.key' },
          { type: 'formula', as: 'key', expr: '1' },
          { type: 'formula', as: 'operations', expr: 'datum.bucket.operations.value' },
          { type: 'lookup', from: 'visitors', key: 'key', fields: ['key'], values: ['seconds'] },
          { type: 'formula', as: 'bytes', expr: '(datum.bucket.last.value - datum.bucket.first.value) / datum.seconds' },
        ],
      },
      { name: 'primaries', source: 'all', transform: [{ type: 'filter', expr: `datum.role.key == ${literal(options.primary)}` }, ...placed('primary')] },
      { name: 'replicas', source: 'all', transform: [{ type: 'filter', expr: `datum.role.key != ${literal(options.primary)}` }, ...placed('replica')] },
      { name: 'asked', source: 'instances', transform: [...from('visitors', 'key'), ...curve] },
      {
        name: 'written',
        source: 'instances',
        transform: [
          { type: 'lookup', from: 'primaries', key: 'key', fields: ['key'], values: ['x', 'y', 'name'], as: ['px', 'py', 'store'] },
          { type: 'filter', expr: 'isValid(datum.px) && datum.writes > 0' },
          { type: 'formula', as: 'path', expr: "'M' + datum.x + ',' + datum.y + 'C' + (datum.px + datum.x) / 2 + ',' + datum.y + ' ' + (datum.px + datum.x) / 2 + ',' + datum.py + ' ' + datum.px + ',' + datum.py" },
        ],
      },
      { name: 'followed', source: 'replicas', transform: [...from('primaries', 'key'), ...curve] },
      { name: 'titles', values: Object.entries(COLUMNS).map(([column, share]) => ({ share, title: TITLES[column as keyof typeof TITLES] })) },
    ],
    signals: [
      {
        name: 'chosen',
        on: [{ events: '@instance:click', update: `opensearchDashboardsAddFilter({match_phrase: {${literal(instance)}: datum.name}}, ${literal(view.pattern)})` }],
      },
    ],
    scales: [
      { name: 'requests', type: 'sqrt', range: [1, 9], domain: { data: 'asked', field: 'rate' } },
      { name: 'writes', type: 'sqrt', range: [1, 6], domain: { data: 'written', field: 'writes' } },
      { name: 'bytes', type: 'sqrt', range: [1, 6], domain: { data: 'followed', field: 'bytes' } },
      { name: 'failing', type: 'linear', clamp: true, domain: [0, 0.2], range: ['#54B399', '#E7664C'], interpolate: 'rgb' },
    ],
    marks: [
      edges('asked', 'requests', 'rate', '#6092C0', "datum.source + ' → ' + datum.name, 'Requests/s': format(datum.rate, ',.2f')"),
      edges('written', 'writes', 'writes', '#D6BF57', "datum.name + ' → ' + datum.store, 'Writes/s': format(datum.writes, ',.2f')"),
      edges('followed', 'bytes', 'bytes', '#9170B8', "datum.source + ' → ' + datum.name, 'Bytes/s replicated': format(datum.bytes, ',.0f')"),
      nodes('visitors', 'visitor', { value: '#6092C0' }, 260, "datum.name, 'Requests/s': format(datum.rate, ',.2f')"),
      nodes('instances', 'instance', { scale: 'failing', field: 'failing' }, 110, "datum.name, 'Requests/s': format(datum.rate, ',.2f'), 'Failing': format(datum.failing, '.1%')"),
      nodes('primaries', 'primary', { value: '#D36086' }, 220, "datum.name, 'Operations/s': format(datum.operations, ',.0f')"),
      nodes('replicas', 'replica', { value: '#CA8EAE' }, 160, "datum.name, 'Operations/s': format(datum.operations, ',.0f'), 'Bytes/s replicated': format(datum.bytes, ',.0f')"),
      labels('visitors', "format(datum.rate, ',.1f') + ' requests/s'"),
      labels('instances', 'datum.name'),
      labels('primaries', 'datum.name'),
      labels('replicas', 'datum.name'),
      {
        type: 'text',
        from: { data: 'titles' },
        style: 'guide-title',
        encode: { update: { x: { signal: 'width * datum.share' }, y: { value: 4 }, align: { value: 'center' }, baseline: { value: 'top' }, fontWeight: { value: 'bold' }, text: { field: 'title' } } },
      },
    ],
  }),
});

function edges(data: string, scale: string, field: string, color: string, tooltip: string) {
  return {
    type: 'path',
    from: { data },
    encode: {
      update: {
        path: { field: 'path' },
        stroke: { value: color },
        strokeOpacity: { value: 0.55 },
        strokeWidth: { scale, field },
        tooltip: { signal: `{title: ${tooltip}}` },
      },
      hover: { strokeOpacity: { value: 1 } },
    },
  };
}

function nodes(data: string, name: string, fill: Readonly<Record<string, string>>, size: number, tooltip: string) {
  return {
    type: 'symbol',
    name,
    from: { data },
    encode: { update: { x: { field: 'x' }, y: { field: 'y' }, size: { signal: `min(${size}, pow(height / datum.rows, 2))` }, fill, tooltip: { signal: `{title: ${tooltip}}` } } },
  };
}

/** Beside each node, away from the curves, as far as the rows leave room. */
function labels(data: string, text: string) {
  return {
    type: 'text',
    from: { data },
    interactive: false,
    encode: {
      update: {
        x: { field: 'x' },
        y: { signal: 'datum.y + (datum.row < (datum.rows + 1) / 2 ? -22 : 11)' },
        align: { value: 'center' },
        baseline: { value: 'top' },
        limit: { signal: 'width * 0.24' },
        opacity: { signal: '(height - 24) / datum.rows >= 34 ? 1 : 0' },
        text: { signal: text },
      },
    },
  };
}
