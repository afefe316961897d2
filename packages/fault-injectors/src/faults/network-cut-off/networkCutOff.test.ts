import { describe, expect, it } from 'vitest';
import { selects } from '../../kubernetes/objects/workloads.ts';
import { networkCutOff } from './index.ts';
import { type NetworkPolicy, ownLabel, policiesFor, without } from './policies.ts';

const policy = (name: string, spec: NetworkPolicy['spec']): NetworkPolicy => ({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name }, spec });
const web = { app: 'web', tier: 'front' };

describe('network-cut-off', () => {
  const denyAll = policy('deny-all', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  const dns = policy('dns', { podSelector: {}, policyTypes: ['Egress'], egress: [{}] });
  const webIn = policy('web-in', { podSelector: { matchLabels: { app: 'web' } }, ingress: [{}] });
  const other = policy('other', { podSelector: { matchLabels: { app: 'store' } }, ingress: [{}] });
  const mixed = policy('mixed', { podSelector: {}, policyTypes: ['Ingress', 'Egress'], ingress: [{}], egress: [{}] });

  it('finds the policies that let something through, since a further one that denies would change nothing', () => {
    const all = [denyAll, dns, webIn, other];
    expect(policiesFor(all, web, 'both').map(({ metadata }) => metadata.name)).toEqual(['dns', 'web-in']);
    expect(policiesFor(all, web, 'ingress').map(({ metadata }) => metadata.name)).toEqual(['web-in']);
    expect(policiesFor(all, web, 'egress').map(({ metadata }) => metadata.name)).toEqual(['dns']);
    expect(policiesFor([mixed], web, 'both')).toEqual([mixed]);
    expect(() => policiesFor([mixed], web, 'ingress')).toThrow(expect.objectContaining({ code: 'FAULT_TARGET_UNFIT' }));
  });

  it('takes these pods out of a policy and leaves all others in it', () => {
    const label = ownLabel({ matchLabels: { app: 'web' } }, web, [{ app: 'store', tier: 'front' }, {}]);
    expect(label).toEqual(['app', 'web']);
    const { spec } = without(dns, label) as NetworkPolicy;
    expect([web, { app: 'store' }, {}].map((labels) => selects(spec.podSelector ?? {}, labels as Record<string, string>))).toEqual([false, true, true]);
  });

  it('is unfit where no label tells the pods from others', () => {
    expect(() => ownLabel({ matchLabels: { app: 'web' } }, { app: 'web' }, [{ app: 'web', track: 'canary' }])).toThrow(expect.objectContaining({ code: 'FAULT_TARGET_UNFIT' }));
  });

  it.each([{ direction: 'sideways' }, { port: 0 }])('refuses %j', (wrong) => {
    expect(() => networkCutOff.from({ namespace: 'shop', workload: 'web', ...wrong })).toThrow(expect.objectContaining({ code: 'FAULT_BAD_PARAMETERS' }));
  });
});
