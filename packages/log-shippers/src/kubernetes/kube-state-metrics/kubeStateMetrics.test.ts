import { App, Chart, Testing } from 'cdk8s';
import { expect, it } from 'vitest';
import type { Manifest } from '../testing/variants.ts';
import { KubeStateMetrics, type KubeStateMetricsProps } from './kubeStateMetrics.ts';

function synth(props: KubeStateMetricsProps): Manifest[] {
  const chart = new Chart(new App(), 'chart', { namespace: 'logging' });
  new KubeStateMetrics(chart, 'a', props);
  return Testing.synth(chart) as Manifest[];
}

const rules = (props: KubeStateMetricsProps): unknown => synth(props).find(({ kind }) => kind === 'ClusterRole')?.['rules'];

it('may list and watch what it tells of, and nothing else', () => {
  expect(rules({ stateOf: ['pods', 'deployments', 'pods', 'nodes'] })).toEqual([
    { apiGroups: [''], resources: ['nodes', 'pods'], verbs: ['list', 'watch'] },
    { apiGroups: ['apps'], resources: ['deployments'], verbs: ['list', 'watch'] },
  ]);
  expect(JSON.stringify(rules({}))).not.toMatch(/secrets|configmaps/);
});

it('refuses what would read secrets, what it does not know, and what 1.9 can no longer ask for', () => {
  // @ts-expect-error to watch Secrets is to read them
  expect(() => synth({ stateOf: ['secrets'] })).toThrow(expect.objectContaining({ hint: expect.stringContaining('read what is in them') }));
  // @ts-expect-error no such resource
  expect(() => synth({ stateOf: ['deployment'] })).toThrow(expect.objectContaining({ hint: 'Did you mean deployments?' }));
  expect(() => synth({ version: '1.9', stateOf: ['cronjobs'] })).toThrow(expect.objectContaining({ hint: expect.stringContaining('2.15') }));
  expect(() => synth({ stateOf: [] })).toThrow(expect.objectContaining({ code: 'SHIPPER_BAD_VALUE' }));
});

it('spells its arguments as its version does', () => {
  const args = (version: '1.9' | '2.15'): string => JSON.stringify(synth({ version }).find(({ kind }) => kind === 'Deployment'));
  expect(args('1.9')).toContain('--collectors=daemonsets,deployments');
  expect(args('2.15')).toContain('--resources=cronjobs,daemonsets');
});
