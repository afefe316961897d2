import { describe, expect, it } from 'vitest';
import { defineIndexSetup } from '../define.ts';
import type { IndexChange, IndexPlan } from '../model.ts';
import { exitCodeOf } from './exit.ts';
import { observing } from './fixtures/observing.ts';
import { formatPlan } from './format.ts';
import { markTemplate } from './ownership.ts';
import { planIndices } from './plan.ts';

const base = { template: { settings: { refresh_interval: '1s' } } };
const setup = defineIndexSetup({
  componentTemplates: { base },
  ingestPipelines: { levels: { processors: [] } },
  indexTemplates: { web: { index_patterns: ['web-*'], composed_of: ['base'], data_stream: {} } },
  dataStreams: ['web-shop'],
});
const planOf = (...changes: readonly Partial<IndexChange>[]): IndexPlan => ({
  owner: 'podscope',
  notes: [],
  streams: {},
  changes: changes.map((change) => ({ kind: 'ingest-pipeline', name: 'x', action: 'update', reason: 'differs', risk: 'safe', touches: [], ...change })),
});

describe('formatPlan', () => {
  it('prints a line a change and the sums', () => {
    const plan = planIndices(observing({ componentTemplates: { base: markTemplate(base) } }), setup);
    const lines = [
      '= component-template  base      is as desired',
      '+ ingest-pipeline     levels    does not exist',
      '+ index-template      web       does not exist',
      '+ data-stream         web-shop  does not exist',
      '3 to create, 0 to update, 1 unchanged',
      '',
    ];
    expect(formatPlan(plan)).toBe(lines.join('\n'));
    expect(formatPlan(plan, { unchanged: false })).toBe(lines.slice(1).join('\n'));
  });

  it('puts each difference on a line, with its sign, and says what is touched', () => {
    const differences = [
      { path: 'a.new', before: undefined, after: 1 },
      { path: 'a.gone', before: 'x', after: undefined },
      { path: 'a.other', before: '1s', after: '5s' },
    ];
    expect(formatPlan(planOf({ differences, touches: ['one', 'two'], risk: 'careful' }))).toBe(
      [
        '~ ingest-pipeline     x  3 differences  [careful; touches one, two]',
        '      + a.new: 1',
        '      - a.gone: "x"',
        '      ~ a.other: "1s" → "5s"',
        '0 to create, 1 to update, 0 unchanged',
        '',
      ].join('\n'),
    );
  });

  it('gives what is long lines of its own', () => {
    const text = formatPlan(planOf({ action: 'rollover', reason: `only a new index takes all of it: ${'one, '.repeat(20)}two`, touches: Array.from({ length: 11 }, (_, at) => `.ds-web-00000${at}`), risk: 'careful' }));
    expect(text.split('\n').slice(0, 3)).toEqual([
      '> ingest-pipeline     x  rolls over  [careful]',
      `      only a new index takes all of it: ${'one, '.repeat(20)}two`,
      '      touches .ds-web-000000, .ds-web-000001, .ds-web-000002, .ds-web-000003, .ds-web-000004, .ds-web-000005, .ds-web-000006, .ds-web-000007 and 3 more',
    ]);
  });

  it('says why a change is made before or after its like', () => {
    expect(formatPlan(planOf({ differences: [{ path: 'priority', before: 1, after: 0 }], phase: 'last', reason: 'gets its own priority' }))).toContain('x  gets its own priority\n');
  });

  it('counts what is destructive', () => {
    expect(formatPlan(planOf({ action: 'delete', risk: 'destructive' }))).toContain('1 to delete, 0 unchanged, 1 destructive\n');
  });

  it('gives every action its own sum', () => {
    const text = formatPlan({ ...planOf({ action: 'delete' }, { action: 'rollover' }, { action: 'put-mapping' }, { action: 'attach-policy' }, { action: 'reindex' }), notes: ['no data streams here'] });
    expect(text).toContain('* no data streams here\n');
    expect(text).toContain('0 to create, 0 to update, 1 to delete, 1 to roll over, 1 to change in place, 1 to attach, 1 to reindex, 0 unchanged\n');
  });

  it('has colours on request only', () => {
    const plan = planOf({ action: 'create' }, { action: 'delete', risk: 'destructive' });
    expect(formatPlan(plan)).not.toContain('\u001b');
    expect(formatPlan(plan, { colour: true })).toContain('\u001b[32m+ ingest-pipeline');
    expect(formatPlan(plan, { colour: true })).toContain('\u001b[31mdestructive\u001b[39m');
  });

  it('lets no control or invisible character through', () => {
    const text = formatPlan(planOf({ reason: 'a\u001b[31m\u202eb', name: 'n\u0007', touches: ['t\u001b'], differences: [{ path: 'p\u001b', before: undefined, after: 'v\u202e' }] }));
    expect(text).not.toMatch(/[\u001b\u202e\u0007]/u);
  });
});

describe('exitCodeOf', () => {
  it('tells nothing to do, changes and errors apart', () => {
    expect(exitCodeOf(planOf({ action: 'none' }))).toBe(0);
    expect(exitCodeOf(planOf({ action: 'none' }, { action: 'reindex' }))).toBe(2);
    expect(exitCodeOf(new Error('gone'))).toBe(1);
  });
});
