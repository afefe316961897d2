import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { requireAnnotations, requireLabels, requireSubdomain, requireWorkloadName } from '../objects/names.ts';
import { hasNativeSidecars, minorOf } from './kubernetesVersion.ts';
import { type Cpu, type Memory, requireCpu, requireMemory, resourceRequirements, type Resources } from './resources.ts';

const badValue = expect.objectContaining({ code: 'SHIPPER_BAD_VALUE' });
const badName = expect.objectContaining({ code: 'SHIPPER_BAD_NAME' });

describe('resources', () => {
  it('have the units of Kubernetes', () => {
    expect((['500m', 0.5, '2', 1] as const).map((cpu) => requireCpu('cpu', cpu))).toEqual([0.5, 0.5, 2, 1]);
    expect((['64Mi', '1Gi', '100M', '5k', 1000] as const).map((memory) => requireMemory('memory', memory))).toEqual([64 * 1024 ** 2, 1024 ** 3, 1e8, 5000, 1000]);
    expectTypeOf<'64MB'>().not.toExtend<Memory>();
    expectTypeOf<'64Mi'>().toExtend<Memory>();
    expectTypeOf<'500M'>().not.toExtend<Cpu>();
  });

  it.each([['64MB', '64Mi'], ['64 Mi', '64Mi'], ['1g', '1Gi'], ['5K', '5Ki'], ['64m', '64Mi'], ['lots', '64Mi'], ['-1Gi', '64Mi'], ['0', '64Mi'], ['', '64Mi'], ['1e3', '64Mi'], ['NaN', '64Mi']])('refuse %j, and say %s', (memory, meant) => {
    expect(() => requireMemory('x.resources', memory as Memory)).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_VALUE', hint: expect.stringContaining(meant) }));
  });

  it.each(['1 core', '500M', '0', '-1', '', '1.5.2', 'm', Number.NaN, Number.POSITIVE_INFINITY, -1])('refuse %j as CPU', (cpu) => {
    expect(() => requireCpu('x', cpu as Cpu)).toThrow(badValue);
  });

  it('have no limit below the request, whatever is given', () => {
    const memory = fc.integer({ min: 1, max: 4096 }).map((size): Memory => `${size}Mi`);
    const cpu = fc.integer({ min: 1, max: 4000 }).map((size): Cpu => `${size}m`);
    const given = fc.record({ cpu: fc.record({ request: cpu, limit: cpu }, { requiredKeys: [] }), memory: fc.record({ request: memory, limit: memory }, { requiredKeys: [] }) }, { requiredKeys: [] });
    const defaults: Resources = { cpu: { request: '100m' }, memory: { request: '256Mi', limit: '512Mi' } };
    fc.assert(
      fc.property(given as fc.Arbitrary<Resources>, (resources) => {
        const contradicts = (low: number | undefined, high: number | undefined): boolean => low !== undefined && high !== undefined && low > high;
        const of = (amount: Memory | undefined): number | undefined => (amount === undefined ? undefined : requireMemory('', amount));
        const cores = (amount: Cpu | undefined): number | undefined => (amount === undefined ? undefined : requireCpu('', amount));
        if (contradicts(of(resources.memory?.request), of(resources.memory?.limit)) || contradicts(cores(resources.cpu?.request), cores(resources.cpu?.limit))) {
          expect(() => resourceRequirements('x', resources, defaults)).toThrow(badValue);
          return;
        }
        const { requests, limits } = resourceRequirements('x', resources, defaults);
        expect(of(requests?.['memory']?.value as Memory)).toBeLessThanOrEqual(of(limits?.['memory']?.value as Memory) ?? 0);
        if (limits?.['cpu'] !== undefined) expect(cores(requests?.['cpu']?.value as Cpu)).toBeLessThanOrEqual(cores(limits['cpu'].value as Cpu) ?? 0);
        if (resources.memory?.limit !== undefined) expect(limits?.['memory']?.value).toBe(resources.memory.limit);
        if (resources.memory?.request !== undefined) expect(requests?.['memory']?.value).toBe(resources.memory.request);
      }),
    );
  });
});

describe('names', () => {
  it.each(['Fluent_Bit', 'fluent bit', '-a', 'a-', 'a.b', '', 'ä', 'a'.repeat(64), 'a'.repeat(46), 'a\n'])('of workloads are not %j', (name) => {
    expect(() => requireWorkloadName('x', name)).toThrow(badName);
  });

  it('leave room for what Kubernetes appends', () => {
    expect(requireWorkloadName('x', 'a'.repeat(45))).toHaveLength(45);
  });

  it('of Secrets may have dots, and end with nothing else', () => {
    expect(requireSubdomain('x', 'a.b-c')).toBe('a.b-c');
    for (const name of ['a..b', '.a', 'a.', 'A', 'a_b', 'a'.repeat(254), '']) expect(() => requireSubdomain('x', name)).toThrow(badName);
  });

  it('of labels have a prefix or none, and short values', () => {
    expect(requireLabels('x', { team: 'Obs_1', 'example.com/tier': '' })).toEqual({ team: 'Obs_1', 'example.com/tier': '' });
    for (const labels of [{ 'a b': 'c' }, { a: 'b c' }, { a: '-b' }, { a: 'b'.repeat(64) }, { 'a/b/c': 'd' }, { '/a': 'b' }, { 'A.com/a': 'b' }, { ['a'.repeat(64)]: 'b' }, { '': 'a' }]) expect(() => requireLabels('x', labels as Record<string, string>)).toThrow(badName);
    expect(requireAnnotations('x', { a: 'any text: at all\n' })).toEqual({ a: 'any text: at all\n' });
    expect(() => requireAnnotations('x', { 'a b': '' })).toThrow(badName);
  });
});

describe('a version of Kubernetes', () => {
  it('has native sidecars from 1.29', () => {
    expect(['1.28', '1.29', '1.33', 'v1.35.4'].map(hasNativeSidecars)).toEqual([false, true, true, true]);
  });

  it.each(['1.24', '1', '2.0', 'latest', '', '1.x', '1.1000'])('is not %j', (version) => {
    expect(() => minorOf(version)).toThrow(badValue);
  });
});
