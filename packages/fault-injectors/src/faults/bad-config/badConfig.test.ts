import { describe, expect, it } from 'vitest';
import { podWith } from '../../kubernetes/objects/fixtures/kubelets.ts';
import { restrictedWorkload } from '../../kubernetes/objects/fixtures/restricted.ts';
import { touchesBetween, pathText } from '../../kubernetes/objects/touches.ts';
import type { Workload } from '../../kubernetes/objects/workloads.ts';
import { badConfig, startedWithIt, withWrongConfig, withWrongKey } from './index.ts';

const workload = restrictedWorkload('shop', 'web') as unknown as Workload;
const given = { namespace: 'shop', workload: 'web', container: undefined, env: undefined, configMap: undefined, key: undefined, value: 'wrong' };
const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { host: 'a', port: '1' } };

describe('bad-config', () => {
  it('changes one variable of one container', () => {
    const touches = touchesBetween(workload, withWrongConfig(workload, { ...given, container: 'helper', env: 'COLOUR' }));
    expect(touches.map(({ path, before, after }) => [pathText(path), before, after])).toEqual([['spec.template.spec.containers[helper].env[COLOUR].value', 'blue', 'wrong']]);
  });

  it('leaves an empty value out, as the server does', () => {
    const touches = touchesBetween(workload, withWrongConfig(workload, { ...given, container: 'helper', env: 'COLOUR', value: '' }));
    expect(touches.map(({ path, before, after }) => [pathText(path), before, after])).toEqual([['spec.template.spec.containers[helper].env[COLOUR].value', 'blue', undefined]]);
  });

  it('changes one key of a ConfigMap, and starts the pods anew', () => {
    expect(withWrongKey(map, { ...given, configMap: 'settings', key: 'host' })).toEqual({ ...map, data: { host: 'wrong', port: '1' } });
    const touches = touchesBetween(workload, withWrongConfig(workload, { ...given, configMap: 'settings', key: 'host' }));
    expect(touches.map(({ path }) => pathText(path))).toEqual(['spec.template.metadata.annotations["podscope.dev/restarted-for"]']);
  });

  it('is unfit where there is no such setting, or none that can be changed', () => {
    expect(() => withWrongConfig(workload, { ...given, env: 'NONE' })).toThrow(expect.objectContaining({ code: 'FAULT_TARGET_UNFIT', hint: expect.stringContaining('FIRST, COLOUR, LAST') }));
    expect(() => withWrongKey(map, { ...given, configMap: 'settings', key: 'none' })).toThrow(expect.objectContaining({ code: 'FAULT_TARGET_UNFIT' }));
    expect(() => withWrongKey({ ...map, immutable: true }, { ...given, configMap: 'settings', key: 'host' })).toThrow(expect.objectContaining({ code: 'FAULT_TARGET_UNFIT' }));
  });

  it('is there when a container was started with it', () => {
    expect(startedWithIt(podWith({}), 'web')).toBe('container web was started with it');
    expect(startedWithIt(podWith({ state: { waiting: { reason: 'CrashLoopBackOff' } }, lastState: { terminated: { exitCode: 1 } } }), 'web')).toBe('container web was started with it and ended');
    expect(startedWithIt(podWith({ state: { waiting: { reason: 'ContainerCreating' } } }), 'web')).toBeUndefined();
  });

  it.each([{}, { env: 'A', configMap: 'settings', key: 'host' }, { configMap: 'settings' }, { key: 'host' }, { env: 'A', key: 'host' }])('refuses %j', (wrong) => {
    expect(() => badConfig.from({ namespace: 'shop', workload: 'web', ...wrong })).toThrow(expect.objectContaining({ code: 'FAULT_BAD_PARAMETERS' }));
  });
});
