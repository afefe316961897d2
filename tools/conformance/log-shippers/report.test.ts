import { expect, it } from 'vitest';
import type { Delivery } from './delivery/delivery.ts';
import { exitCodeOf, formatReport, reportOf, type Row } from './report.ts';

const row = (more: Partial<Row>): Row => ({ program: 'fluent-bit', version: '5.1.1', config: 'a', accepted: true, ran: true, why: '', ...more });
const program = { name: 'fluent-bit', version: '5.1.1', path: '/opt/fluent-bit' };
const nothing = { unusable: [], deliveries: [], notDelivered: [] };
const delivery: Delivery = { pipeline: 'a → b', disturbance: 'undisturbed', programs: ['fluent-bit 5.1.1'], sent: 10, arrived: 10, lost: 0, doubled: 0, wrong: 0, atDisturbance: 5, seconds: 1, ok: true, known: '', notes: [] };

it('counts rows by what became of them', () => {
  const rows = [row({}), row({ accepted: false, ran: null, why: 'no' }), row({ ran: false, why: 'broke' }), row({ ran: null, why: 'not run: no kubelet' }), row({ program: 'fluentd', version: '', accepted: null, ran: null, why: 'fluentd was not found' })];
  expect(reportOf(rows, [program], nothing).summary).toEqual({
    configurations: 5, accepted: 3, refused: 1, ran: 1, failed: 1,
    notChecked: { 'fluentd was not found': 1 },
    notRun: { 'not run: no kubelet': 1 },
    programs: [{ program: 'fluent-bit', version: '5.1.1', path: '/opt/fluent-bit', accepted: 3, refused: 1, ran: 1, failed: 1 }],
    ...nothing,
  });
});

it('fails for what was refused, what did not run, and what was not delivered; not for what could not be tried', () => {
  const codeOf = (rows: readonly Row[], deliveries: readonly Delivery[] = []): number => exitCodeOf(reportOf(rows, [program], { ...nothing, deliveries }));
  expect(codeOf([row({}), row({ accepted: null, ran: null })], [delivery])).toBe(0);
  expect(codeOf([row({ accepted: false, ran: null })])).toBe(1);
  expect(codeOf([row({ ran: false })])).toBe(1);
  expect(codeOf([row({})], [delivery, { ...delivery, ok: false, lost: 1 }])).toBe(1);
  expect(codeOf([row({})], [{ ...delivery, ok: false, lost: 1, known: 'its exporter drops' }])).toBe(0);
});

it('prints what programs say without their control bytes', () => {
  const text = formatReport(reportOf([row({ accepted: false, ran: null, why: '\u001b[31mred\u202e' })], [program], { ...nothing, deliveries: [{ ...delivery, ok: false, lost: 2, notes: ['2 × lost: trace (r000007)'] }], notDelivered: [{ pipeline: 'c → d', why: 'fluentd was not found' }] }));
  expect(text).not.toMatch(/[\u001b\u202e]/);
  expect(text).toContain('NOT DELIVERED: a → b, undisturbed: 10 sent, 10 arrived, 2 lost');
  expect(text).toContain('2 × lost: trace (r000007)');
  expect(text).toContain('not delivered through c → d: fluentd was not found');
});
