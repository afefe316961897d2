import { expect, it } from 'vitest';
import { chooseShippers, usability } from './choose.ts';
import type { FoundProgram } from './find.ts';
import { EMBEDDED_SOURCES } from './sources.ts';

const fluentBit: FoundProgram = { program: 'fluent-bit', command: '/opt/fluent-bit', version: '5.1.1' };
const by = (plan: ReturnType<typeof chooseShippers>): Record<string, string> => Object.fromEntries(plan.shipping.map((each) => [each.source, each.by]));

it('leaves everything to the collector unless something else is wanted', () => {
  const plan = chooseShippers('built-in', [fluentBit], 'opensearch@2');
  expect(new Set(Object.values(by(plan)))).toEqual(new Set(['built-in']));
  expect(Object.keys(by(plan))).toEqual([...EMBEDDED_SOURCES]);
  expect(plan.programs).toEqual([]);
});

it('takes what is there and fits, and says why the rest stays', () => {
  const plan = chooseShippers('auto', [fluentBit], 'opensearch@2');
  expect(by(plan)).toMatchObject({ 'apache-logs': 'fluent-bit', 'container-logs': 'fluent-bit', 'node-logs': 'built-in', 'redis-info': 'built-in', 'system-metrics': 'built-in' });
  expect(plan.programs).toEqual([{ program: { ...fluentBit, supported: '5.1' }, sources: ['apache-logs', 'container-logs', 'kubernetes-events'] }]);
  for (const { by: who, why } of plan.shipping) if (who === 'built-in') expect(why).toMatch(/./);
});

it('gives each source to one shipper only, by the seed’s division of work', () => {
  const fluentd: FoundProgram = { program: 'fluentd', command: '/usr/bin/fluentd', version: '1.18.0' };
  expect(by(chooseShippers('auto', [fluentd, fluentBit], 'opensearch@2'))).toMatchObject({ 'apache-logs': 'fluent-bit', 'container-logs': 'fluent-bit' });
  expect(by(chooseShippers('auto', [fluentd], 'opensearch@3'))).toMatchObject({ 'apache-logs': 'fluentd' });
});

it('does not use a version that it cannot write for, or a program that does not run', () => {
  expect(usability({ program: 'fluent-bit', version: '1.9.3' }, 'apache-logs', 'opensearch@2')).toEqual({ why: expect.stringMatching(/1\.9\.3; configurations are made for .*5\.1/) });
  // 5.10 is not 5.1.
  expect(usability({ program: 'fluent-bit', version: '5.10.0' }, 'apache-logs', 'opensearch@2')).toHaveProperty('why');
  expect(usability({ program: 'fluentd', version: null }, 'apache-logs', 'opensearch@2')).toEqual({ why: 'fluentd does not tell its version' });
  expect(usability({ program: 'metricbeat', version: '7.17.0' }, 'system-metrics', 'opensearch@3')).toEqual({ why: expect.stringContaining('opensearch@3') });
  expect(usability({ program: 'filebeat', version: '7.12.1' }, 'system-metrics', 'opensearch@1')).toEqual({ why: expect.stringContaining('does not read') });
});

it('with "real" names what is missing and how to get it, but nothing that no version could do', () => {
  expect(() => chooseShippers('real', [], 'opensearch@2')).toThrow(expect.objectContaining({ code: 'SHIPPER_NOT_FOUND', message: expect.stringContaining('apache-logs (there is no fluent-bit'), hint: expect.stringMatching(/Fluent Bit: .*--shippers-bin/) }));
  expect(() => chooseShippers('real', [{ ...fluentBit, version: '1.0.0' }], 'opensearch@3')).toThrow(expect.objectContaining({ message: expect.stringContaining('fluent-bit is 1.0.0') }));
  // No Metricbeat writes to OpenSearch 3, so that none is asked for.
  expect(by(chooseShippers('real', [fluentBit], 'opensearch@3'))).toMatchObject({ 'apache-logs': 'fluent-bit', 'system-metrics': 'built-in' });
});
