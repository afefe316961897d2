import {
  area,
  avg,
  count,
  dashboard,
  dateHistogram,
  filters,
  horizontalBar,
  line,
  metric,
  panel,
  percentiles,
  row,
  search,
  table,
  terms,
  uniqueCount,
  verticalBar,
} from '@podscope/saved-objects';
import { serviceMap } from '../visualizations/service-map/index.ts';
import { apache, redis } from './dataViews.ts';

const access = 'event.dataset: "access"';
const notFound = 'event.dataset: "access" and http.response.status_code: 404';
const overTime = dateHistogram('@timestamp');

/** Requests by status class as numbers; also on the overview. */
export const webTotals = metric('web-totals', 'Requests by outcome', apache, {
  filter: access,
  y: count(),
  split: filters({
    '2xx': 'http.response.status_code >= 200 and http.response.status_code < 300',
    '3xx': 'http.response.status_code >= 300 and http.response.status_code < 400',
    '4xx': 'http.response.status_code >= 400 and http.response.status_code < 500',
    '5xx': 'http.response.status_code >= 500',
  }),
});

const webPods = metric('web-pods-and-clients', 'Pods and clients', apache, {
  filter: access,
  y: [uniqueCount('kubernetes.pod.name', { label: 'Pods that answered' }), uniqueCount('source.ip', { label: 'Client addresses' })],
});

/** Requests by status over time; also on the overview. */
export const requestsByStatus = verticalBar('web-requests-by-status', 'Requests by status', apache, {
  filter: access,
  x: overTime,
  y: count({ label: 'Requests' }),
  split: terms('http.response.status_code', { size: 10 }),
});

const topUrls = horizontalBar('web-top-urls', 'Top URLs', apache, {
  filter: access,
  x: terms('url.path', { size: 10 }),
  y: count({ label: 'Requests' }),
});

const notFoundByUrl = table('web-not-found-by-url', '404 by URL', apache, {
  filter: notFound,
  rows: terms('url.path', { size: 50, label: 'URL' }),
  y: [count({ label: 'Requests' }), uniqueCount('source.ip', { label: 'Clients' })],
});

const notFoundOverTime = area('web-not-found-over-time', '404 over time by URL', apache, {
  filter: notFound,
  x: overTime,
  y: count({ label: 'Requests' }),
  split: terms('url.path', { size: 8 }),
});

const latency = line('web-latency', 'Time to answer', apache, {
  filter: access,
  x: overTime,
  y: [avg('event.duration_us', { label: 'Average' }), percentiles('event.duration_us', { percents: [50, 95, 99], label: 'time' })],
  axisTitle: 'Time to answer',
});

const byPod = area('web-requests-by-pod', 'Requests by pod', apache, {
  filter: access,
  x: overTime,
  y: count({ label: 'Requests' }),
  split: terms('kubernetes.pod.name', { size: 12 }),
});

const byUserAgent = table('web-user-agents', 'Requests by user agent', apache, {
  filter: access,
  rows: terms('user_agent.original.keyword', { size: 20, label: 'User agent' }),
  y: count({ label: 'Requests' }),
});

const byClient = table('web-clients', 'Requests by client address', apache, {
  filter: access,
  rows: terms('source.ip', { size: 20, label: 'Client address' }),
  y: count({ label: 'Requests' }),
});

const services = serviceMap('web-service-map', 'Who asks whom', apache, {
  filter: 'not event.dataset: "error"',
  fields: { time: '@timestamp', instance: 'kubernetes.pod.name', method: 'http.request.method', status: 'http.response.status_code' },
  views: {
    store: {
      view: redis,
      fields: { time: '@timestamp', instance: 'redis.instance', role: 'redis.role', offset: 'redis.master_repl_offset', operations: 'redis.instantaneous_ops_per_sec' },
    },
  },
  description: 'Visitors, web instances, the Redis primary that they write to, and its replicas, joined by how much goes between them.',
});

/** The newest lines of the access and error logs. */
export const apacheLines = search('web-log-lines', 'Web log', apache, {
  columns: ['kubernetes.pod.name', 'http.response.status_code', 'url.path', 'message'],
});

/** What visitors ask of the web tier and what they get. */
export const guestbookWeb = dashboard(
  'guestbook-web',
  'Guestbook web',
  [
    row(webTotals, webPods),
    row(requestsByStatus, latency),
    row(panel(services, { height: 15 })),
    row(topUrls, notFoundByUrl),
    row(notFoundOverTime, byPod),
    row(byUserAgent, byClient),
    row(apacheLines),
  ],
  { timeFrom: 'now-15m', refresh: 10, description: 'What visitors ask of the web tier and what they get.' },
);
