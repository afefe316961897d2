import { writeFileSync } from 'node:fs';
import { date, defineFields, keyword } from '@podscope/core';
import { bundle, checkSavedObjects, dashboard, dataView, defineVisualization, row, toNdjson, vegaSearch } from '@podscope/saved-objects';
import { parse, View } from 'vega';

const heatStrip = defineVisualization({
  id: 'heat-strip',
  description: 'A cell for each value and interval, the darker the more documents.',
  fields: { time: 'date', name: 'keyword' },
  options: {
    top: { type: 'number', whole: true, least: 1, most: 50, default: 8 },
    scheme: { type: 'choice', choices: ['blues', 'oranges', 'viridis'], default: 'blues' },
  },
  toVega: ({ view, fields, options }) => ({
    data: [
      {
        name: 'answer',
        url: vegaSearch(view, {
          aggs: { names: { terms: { field: fields.name, size: options.top }, aggs: { times: { date_histogram: { field: fields.time, interval: { '%autointerval%': 60 } } } } } },
        }),
        transform: [{ type: 'filter', expr: 'datum.aggregations' }],
      },
      {
        name: 'cells',
        source: 'answer',
        transform: [
          { type: 'flatten', fields: ['aggregations.names.buckets'], as: ['name'] },
          { type: 'flatten', fields: ['name.times.buckets'], as: ['time'] },
        ],
      },
    ],
    scales: [
      { name: 'x', type: 'band', range: 'width', domain: { data: 'cells', field: 'time.key', sort: true } },
      { name: 'y', type: 'band', range: 'height', padding: 0.1, domain: { data: 'cells', field: 'name.key' } },
      { name: 'color', type: 'linear', range: { scheme: options.scheme }, domain: { data: 'cells', field: 'time.doc_count' } },
    ],
    axes: [{ orient: 'left', scale: 'y', domain: false, ticks: false }],
    marks: [
      {
        type: 'rect',
        from: { data: 'cells' },
        encode: {
          update: {
            x: { scale: 'x', field: 'time.key' },
            width: { scale: 'x', band: 1 },
            y: { scale: 'y', field: 'name.key' },
            height: { scale: 'y', band: 1 },
            fill: { scale: 'color', field: 'time.doc_count' },
          },
        },
      },
    ],
  }),
  sample: () => ({
    answer: { aggregations: { names: { buckets: ['/', '/guestbook', '/about'].map((key, n) => ({ key, times: { buckets: Array.from({ length: 40 }, (_, t) => ({ key: t, doc_count: Math.round(20 + 18 * Math.sin(t / (4 + n))) })) } })) } } },
  }),
});

const web = dataView('apache-*', { fields: defineFields({ '@timestamp': date(), 'url.path': keyword() }) });
const pages = heatStrip('pages', 'Pages over time', web, { fields: { time: '@timestamp', name: 'url.path' }, options: { scheme: 'viridis' } });
const made = bundle(dashboard('pages-page', 'Pages', [row(pages)]));
const target = 'opensearch-dashboards@2';
process.stdout.write(toNdjson(made, { target }));

const svg = await heatStrip.preview({ draw: (spec) => new View(parse(spec), { renderer: 'none' }).toSVG() });
writeFileSync('preview.svg', svg);

// What the compiler finds in TypeScript is an error here, with its place.
let why = '';
try {
  heatStrip('wrong', 'Wrong', web, { fields: { time: 'url.path', name: 'url.path' } });
} catch (error) {
  why = error.message;
}
console.log(why);

const cells = svg.match(/<path/g)?.length ?? 0;
const right = cells >= 120 && why.includes('fields.time is "url.path"') && checkSavedObjects(made.objects, { target }).length === 0;
process.exitCode = right ? 0 : 1;
