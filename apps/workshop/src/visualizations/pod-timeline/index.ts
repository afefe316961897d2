import { defineVisualization, vegaSearch } from '@podscope/saved-objects';
import { ANSWERED, CLOCK, literal, pageRange } from '../vegaParts.ts';
import { samplePods } from './sample.ts';

/** A bar for each pod, from when it was first seen to when it was last seen, coloured by its phase. */
export const podTimeline = defineVisualization({
  id: 'pod-timeline',
  description: 'A bar for each pod, coloured by its phase: which pods waited, for how long, and which took their place.',
  fields: { time: 'date', pod: 'keyword', phase: 'keyword' },
  options: {
    pods: { type: 'number', whole: true, least: 1, most: 200, default: 60, description: 'How many pods at most: those that were seen first.' },
    legend: { type: 'boolean', default: true },
  },
  sample: samplePods,
  toVega: ({ view, fields: { time, pod, phase }, options }) => ({
    data: [
      {
        name: 'answer',
        url: vegaSearch(view, {
          aggs: {
            range: pageRange(time),
            pods: {
              terms: { field: pod, size: options.pods, order: { first: 'asc' } },
              aggs: {
                first: { min: { field: time } },
                // A pod goes through each phase once at most, so its first and last sample are the phase.
                phases: { terms: { field: phase, size: 5 }, aggs: { from: { min: { field: time } }, to: { max: { field: time } } } },
              },
            },
          },
        }),
        transform: [ANSWERED],
      },
      { name: 'range', source: 'answer', transform: [{ type: 'flatten', fields: ['aggregations.range.buckets'], as: ['bucket'] }] },
      {
        name: 'segments',
        source: 'answer',
        transform: [
          { type: 'flatten', fields: ['aggregations.pods.buckets'], as: ['pod'] },
          { type: 'flatten', fields: ['pod.phases.buckets'], as: ['phase'] },
          { type: 'formula', as: 'name', expr: 'datum.pod.key' },
          { type: 'formula', as: 'state', expr: 'lower(datum.phase.key)' },
          { type: 'formula', as: 'from', expr: 'datum.phase.from.value' },
          { type: 'formula', as: 'first', expr: 'datum.pod.first.value' },
          { type: 'window', groupby: ['name'], sort: { field: 'from' }, ops: ['lead'], fields: ['from'], as: ['next'] },
          { type: 'formula', as: 'to', expr: 'isValid(datum.next) ? datum.next : datum.phase.to.value' },
          { type: 'formula', as: 'seconds', expr: '(datum.to - datum.from) / 1000' },
        ],
      },
    ],
    signals: [
      {
        name: 'chosen',
        on: [{ events: '@segment:click', update: `opensearchDashboardsAddFilter({match_phrase: {${literal(pod)}: datum.name}}, ${literal(view.pattern)})` }],
      },
    ],
    scales: [
      { name: 'x', type: 'time', range: 'width', domain: { data: 'range', fields: ['bucket.from', 'bucket.to'] } },
      { name: 'y', type: 'band', range: 'height', padding: 0.25, domain: { data: 'segments', field: 'name', sort: { op: 'min', field: 'first' } } },
      {
        name: 'color',
        type: 'ordinal',
        domain: ['pending', 'running', 'succeeded', 'failed', 'unknown'],
        range: ['#D6BF57', '#54B399', '#6092C0', '#E7664C', '#98A2B3'],
      },
    ],
    axes: [
      { orient: 'bottom', scale: 'x', grid: true, tickCount: 8, format: CLOCK, labelOverlap: true, zindex: 0 },
      { orient: 'left', scale: 'y', domain: false, ticks: false, labelLimit: 190, labelPadding: 6, labelOverlap: true },
    ],
    ...(options.legend ? { legends: [{ fill: 'color', orient: 'top', direction: 'horizontal', symbolType: 'square' }] } : {}),
    marks: [
      {
        name: 'segment',
        type: 'rect',
        from: { data: 'segments' },
        encode: {
          update: {
            x: { scale: 'x', field: 'from' },
            // A phase of a single sample is still to be seen.
            x2: { signal: "max(scale('x', datum.to), scale('x', datum.from) + 3)" },
            yc: { scale: 'y', field: 'name', band: 0.5 },
            height: { signal: "clamp(bandwidth('y'), 1, 24)" },
            cornerRadius: { value: 2 },
            cursor: { value: 'pointer' },
            fill: { scale: 'color', field: 'state' },
            fillOpacity: { value: 1 },
            tooltip: {
              signal: "{'Pod': datum.name, 'Phase': datum.state, 'From': timeFormat(datum.from, '%H:%M:%S'), 'To': timeFormat(datum.to, '%H:%M:%S'), 'Seconds': format(datum.seconds, ',.0f')}",
            },
          },
          hover: { fillOpacity: { value: 0.75 } },
        },
      },
    ],
  }),
});
