import { date, defineFields, long, short } from '@podscope/core';
import { avg, bundle, count, dashboard, dataView, dateHistogram, line, row, terms, toNdjson } from '@podscope/saved-objects';

const web = dataView('apache-*', { fields: defineFields({ '@timestamp': date(), status: short(), bytes: long() }) });
const x = dateHistogram('@timestamp');
const requests = line('requests', 'Requests by status', web, { x, y: count(), split: terms('status') });
const size = line('size', 'Average size', web, { x, y: avg('bytes') });

console.log(toNdjson(bundle(dashboard('web', 'Web', [row(requests, size)])), { target: 'opensearch-dashboards@2' }));
