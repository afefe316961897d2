import { count, dashboard, dateHistogram, markdown, panel, row, search, terms, verticalBar } from '@podscope/saved-objects';
import { correlationStrip } from '../visualizations/correlation-strip/index.ts';
import { apache, filebeat, metricbeat } from './dataViews.ts';
import { requestsByStatus, webTotals } from './guestbookWeb.ts';
import { eventsByReason, podsByPhase } from './kubernetes.ts';
import { operations } from './redis.ts';
import { cpu } from './system.ts';

const about = markdown(
  'overview-about',
  'Reading this page',
  [
    '**Logs and metrics on one time axis.** Look for the moment at which several charts change together.',
    '',
    'Click a bar, a point or a row to keep only what belongs to it.',
  ].join('\n'),
);

const logLines = verticalBar('overview-log-lines', 'Log lines of nodes and other containers', filebeat, {
  x: dateHistogram('@timestamp'),
  y: count({ label: 'Lines' }),
  split: terms('log.level', { size: 6 }),
});

const failuresAndCpu = correlationStrip('overview-failures-and-cpu', 'Failing requests above processor time', apache, {
  fields: { time: '@timestamp' },
  views: { metric: { view: metricbeat, fields: { time: '@timestamp', value: 'system.cpu.total.norm.pct' } } },
  options: {
    lines: 'event.dataset:access',
    trouble: 'http.response.status_code:[400 TO *]',
    troubleTitle: 'Failing requests',
    metricTitle: 'Processor',
    metricFilter: 'metricset.name:cpu',
    metricFormat: '.0%',
  },
  description: 'Requests that failed, above the share of processor time in use, on one time axis, with their correlation.',
});

/** The newest log lines of nodes, the supervisor and other containers. */
export const filebeatLines = search('overview-log', 'Node and container log', filebeat, {
  columns: ['host.name', 'kubernetes.pod.name', 'log.level', 'message'],
});

/** Logs and metrics of all parts, one under the other on one time axis. */
export const overview = dashboard(
  'overview',
  'Overview',
  [
    row(panel(about, { width: 16 }), webTotals),
    row(panel(requestsByStatus, { height: 10 })),
    row(panel(failuresAndCpu, { height: 13 })),
    row(panel(podsByPhase, { height: 10 })),
    row(panel(operations, { height: 10 })),
    row(panel(cpu, { height: 10 })),
    row(panel(eventsByReason, { height: 10 })),
    row(panel(logLines, { height: 10 })),
    row(filebeatLines),
  ],
  { timeFrom: 'now-15m', refresh: 10, description: 'Logs and metrics of all parts on one time axis.' },
);
