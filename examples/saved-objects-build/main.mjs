import { date, defineFields, keyword, long, short } from '@podscope/core';
import { avg, bundle, count, dashboard, dataView, dateHistogram, line, row, table, terms, toNdjson, visualizationFrom } from '@podscope/saved-objects';

const web = dataView('apache-*', {
  fields: defineFields({ '@timestamp': date(), 'url.path': keyword(), status: short(), bytes: long() }),
  formats: { bytes: 'bytes' },
});
const requests = line('requests', 'Requests by status', web, {
  x: dateHistogram('@timestamp'),
  y: count(),
  split: terms('status', { size: 5 }),
});
const urls = table('urls', 'Errors by URL', web, { rows: terms('url.path', { size: 20 }), y: [count(), avg('bytes')], filter: 'status >= 400' });
const board = dashboard('web', 'Web', [row(requests, urls)], { timeFrom: 'now-15m', refresh: 10 });

const ndjson = toNdjson(bundle(board), { target: 'opensearch-dashboards@2' });
process.stdout.write(ndjson);

let refusal;
try {
  visualizationFrom({ id: 'wrong', title: 'Wrong', kind: 'metric', pattern: 'apache-*', metric: { kind: 'avg', field: 'url.path' } }, [web]);
} catch (error) {
  refusal = error;
}
console.log(`Refused: ${refusal?.message} ${refusal?.hint}`);

if (ndjson.trimEnd().split('\n').length !== 5 || refusal?.code !== 'SAVED_OBJECT_FIELD_TYPE') process.exitCode = 1;
