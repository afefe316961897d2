import { describe, expect, it } from 'vitest';
import { planDomainChange } from './change.ts';
import type { DomainState } from './observe.ts';

const state = { name: 'podscope', arn: 'arn:aws:es:eu-central-1:123456789012:domain/podscope', phase: 'active', count: 2, type: 't3.medium.search', diskGiB: 20, engineVersion: 'OpenSearch_2.19', subnetIds: ['a', 'b'] } as unknown as DomainState;

describe('a change of a domain', () => {
  it('is none where it is that already', () => {
    expect(planDomainChange(state, { size: { count: 2, type: 't3.medium.search', diskGiB: 20 } })).toBeUndefined();
    expect(planDomainChange(state, {})).toBeUndefined();
  });

  it('asks for what differs, and for nothing else', () => {
    const larger = planDomainChange(state, { size: { count: 2, type: 't3.medium.search', diskGiB: 40 } });
    expect(larger).toEqual({ domain: 'podscope', lines: ['40 GiB a node instead of 20'], request: { DomainName: 'podscope', EBSOptions: { EBSEnabled: true, VolumeType: 'gp3', VolumeSize: 40 } } });
    const more = planDomainChange(state, { size: { count: 4, type: 'r6g.large.search', diskGiB: 20 } });
    expect(more?.lines).toEqual(['4 nodes instead of 2', 'r6g.large.search instead of t3.medium.search']);
    expect(more?.request.ClusterConfig).toMatchObject({ InstanceCount: 4, InstanceType: 'r6g.large.search', ZoneAwarenessConfig: { AvailabilityZoneCount: 2 } });
    expect(more?.request).not.toHaveProperty('EBSOptions');
  });

  it('gives up volumes for nodes that store on their own disks', () => {
    const change = planDomainChange(state, { size: { count: 2, type: 'r6gd.large.search', diskGiB: 20 } });
    expect(change?.request.EBSOptions).toEqual({ EBSEnabled: false });
    expect(planDomainChange({ ...state, type: 'r6gd.large.search', diskGiB: 0 }, { size: { count: 2, type: 'r6gd.large.search', diskGiB: 20 } })).toBeUndefined();
  });

  it('is refused where the service would refuse it after a while', () => {
    expect(() => planDomainChange(state, { size: { count: 2, type: 't3.medium.search', diskGiB: 10 } })).toThrow(expect.objectContaining({ code: 'AWS_DOMAIN_INVALID' }));
    expect(() => planDomainChange(state, { size: { count: 3, type: 't3.medium.search', diskGiB: 20 } })).toThrow(expect.objectContaining({ code: 'AWS_DOMAIN_INVALID' }));
  });

  it('sets who may ask, anew', () => {
    const change = planDomainChange(state, { access: { master: 'arn:aws:iam::123456789012:role/maker', shippers: [], presenters: [] } });
    expect(change?.request.AccessPolicies).toContain('"arn:aws:iam::123456789012:role/maker"');
  });
});
