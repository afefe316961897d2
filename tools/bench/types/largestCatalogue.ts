import * as ecs from '@podscope/core/ecs';
import { area, averageBucket, avg, count, dashboard, dataView, dateHistogram, derivative, gauge, heatmap, histogram, horizontalBar, line, max, metric, percentiles, pie, row, search, sum, table, terms, timeSeries, topHits, uniqueCount, verticalBar } from '@podscope/saved-objects';

/** All of the Elastic Common Schema in one data view: the largest catalogue that anybody has. */
export const everything = dataView('logs-*', {
  fields: {
    ...ecs.agent, ...ecs.base, ...ecs.client, ...ecs.cloud, ...ecs.container, ...ecs.dataStream, ...ecs.destination, ...ecs.device, ...ecs.dll, ...ecs.dns, ...ecs.ecs, ...ecs.email, ...ecs.entity, ...ecs.error, ...ecs.event, ...ecs.faas, ...ecs.file, ...ecs.genAi, ...ecs.group, ...ecs.host, ...ecs.http, ...ecs.log, ...ecs.network, ...ecs.observer, ...ecs.orchestrator, ...ecs.organization, ...ecs.package, ...ecs.process, ...ecs.registry, ...ecs.related, ...ecs.rule, ...ecs.server, ...ecs.service, ...ecs.source, ...ecs.span, ...ecs.threat, ...ecs.tls, ...ecs.trace, ...ecs.transaction, ...ecs.url, ...ecs.user, ...ecs.userAgent, ...ecs.volume, ...ecs.vulnerability, 
  },
  formats: { 'source.bytes': 'bytes' },
});

const x = dateHistogram('@timestamp');

/** A dashboard that names fields of it in every way. */
export const board = dashboard('ecs', 'ECS', [
  row(
    metric('hosts', 'Hosts', everything, { y: uniqueCount('host.name') }),
    gauge('bytes', 'Bytes', everything, { y: max('http.response.bytes'), bounds: [0, 100] }),
    line('lines', 'Lines', everything, { x, y: [count(), avg('event.duration')], split: terms('http.response.status_code', { size: 5 }) }),
  ),
  row(
    area('areas', 'Areas', everything, { x, y: sum('source.bytes'), split: terms('source.geo.country_iso_code') }),
    verticalBar('bars', 'Bars', everything, { x: histogram('http.response.bytes', { interval: 1000 }), y: percentiles('event.duration') }),
    horizontalBar('paths', 'Paths', everything, { x: terms('url.path', { size: 20 }), y: count() }),
  ),
  row(
    pie('users', 'Users', everything, { slices: terms('user.name'), y: count() }),
    table('processes', 'Processes', everything, { rows: [terms('process.executable'), terms('host.os.name')], y: [count(), max('process.pid')] }),
    search('all', 'All', everything, { columns: ['@timestamp', 'host.name', 'message'] }),
  ),
  row(
    line('growth', 'Growth', everything, { x, y: [count(), derivative(avg('http.response.bytes'))], split: terms('url.path', { orderBy: avg('http.response.bytes') }) }),
    heatmap('heat', 'Heat', everything, { value: avg('event.duration'), x, y: terms('host.name') }),
    timeSeries('series', 'Series', everything, { series: { metric: derivative(avg('http.response.bytes')), split: terms('host.name') } }),
    table('averages', 'Averages', everything, { y: [averageBucket(count(), x), topHits('url.path')], rows: terms('host.name') }),
  ),
]);
