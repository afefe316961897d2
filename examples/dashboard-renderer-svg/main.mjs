import { writeFileSync } from 'node:fs';
import { date, defineFields, short } from '@podscope/core';
import { renderPanel, requestsFor } from '@podscope/dashboard-renderer';
import { renderToSvg } from '@podscope/dashboard-renderer/svg';
import { bundle, count, dashboard, dataView, dateHistogram, row, terms, verticalBar } from '@podscope/saved-objects';

const web = dataView('apache-*', { fields: defineFields({ '@timestamp': date(), status: short() }) });
const bars = verticalBar('requests', 'Requests by status', web, { x: dateHistogram('@timestamp'), y: count(), split: terms('status') });
const { objects } = bundle(dashboard('web', 'Web', [row(bars)]));

const timeRange = { from: '2026-01-01T00:00:00Z', to: '2026-01-01T00:15:00Z' };
const [request] = requestsFor(objects, 'web', { timeRange });
console.log(JSON.stringify(request, null, 2));

// What a server answers to that search.
const minute = (n) => Date.parse(timeRange.from) + n * 60_000;
const series = (amounts) => ({ buckets: amounts.map((doc_count, n) => ({ key: minute(n), doc_count })) });
const response = {
  hits: { total: { value: 74 } },
  aggregations: { 2: { buckets: [{ key: 200, doc_count: 60, 3: series([20, 22, 18]) }, { key: 404, doc_count: 14, 3: series([1, 2, 11]) }] } },
};

const result = renderPanel(bars.object, response, { theme: 'light', timeRange, objects });
const svg = renderToSvg(result, { width: 640, height: 320 });
writeFileSync('requests.svg', svg);
console.log(`requests.svg has ${svg.length} characters; a click on its second bar keeps`, result.kind === 'chart' && result.filterFor(0, 2));

if (result.kind !== 'chart' || !svg.includes('404')) process.exitCode = 1;
