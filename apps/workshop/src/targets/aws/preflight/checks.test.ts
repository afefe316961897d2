import { describe, expect, it } from 'vitest';
import { awsSettings, type AwsSettingsInput } from '../settings.ts';
import { accountChecks } from './checks.ts';
import type { AccountState } from './observe.ts';

const fit: AccountState = {
  caller: { account: '123456789012', principal: 'arn:aws:iam::123456789012:role/presenter', name: 'ana' },
  region: { is: 'known', value: 'opt-in-not-required' },
  names: [{ kind: 'stack', name: 'podscope-network', is: 'free' }],
  quotas: [{ is: 'known', title: 'VPCs', value: { id: 'vpcs', title: 'VPCs', service: 'vpc', code: 'L-F678F1CE', limit: 5, used: 4, needed: 1 } }],
  zones: ['eu-central-1a', 'eu-central-1b'],
  kubernetes: { is: 'known', value: [{ version: '1.35', status: 'STANDARD_SUPPORT' }, { version: '1.29', status: 'EXTENDED_SUPPORT' }] },
  engines: { is: 'known', value: ['OpenSearch_2.19'] },
  domainType: { is: 'known', value: { details: { EncryptionEnabled: true, AdvancedSecurityEnabled: true }, maxDiskGiB: 20 } },
  serviceRole: { is: 'known', value: true },
  existingDomain: undefined,
};
const bad = (state: Partial<AccountState>, settings: AwsSettingsInput = {}) => accountChecks(awsSettings.parse(settings), { ...fit, ...state }).filter(({ verdict }) => verdict !== 'ok');

describe('the checks of an account', () => {
  it('take what just fits', () => {
    expect(bad({})).toEqual([]);
  });

  it('say what to do about each thing that does not', () => {
    const cases: readonly (readonly [id: string, state: Partial<AccountState>, settings?: AwsSettingsInput])[] = [
      ['identity', { caller: { ...fit.caller, principal: 'arn:aws:iam::123456789012:root' } }],
      ['region', { region: { is: 'known', value: 'not-opted-in' } }],
      ['names', { names: [{ kind: 'cluster', name: 'podscope', is: 'taken' }] }],
      ['quota-vpcs', { quotas: [{ is: 'known', title: 'VPCs', value: { id: 'vpcs', title: 'VPCs', service: 'vpc', code: 'L-F678F1CE', limit: 5, used: 5, needed: 1 } }] }],
      ['kubernetes-version', {}, { kubernetesVersion: '1.29' }],
      ['engine-version', { engines: { is: 'known', value: ['OpenSearch_2.19', 'Elasticsearch_7.10'] } }, { domain: { engineVersion: 'Elasticsearch_7.10' } }],
      ['domain-type', { domainType: { is: 'known', value: { details: { EncryptionEnabled: false }, maxDiskGiB: undefined } } }],
      ['domain-type', {}, { domain: { diskGiB: 21 } }],
      ['service-role', { serviceRole: { is: 'known', value: false } }],
      ['existing-domain', { existingDomain: 'none' }, { existingCluster: 'theirs', existingDomain: 'theirs' }],
    ];
    for (const [id, state, settings] of cases) expect(bad(state, settings)).toEqual([expect.objectContaining({ id, verdict: 'failed', todo: expect.stringMatching(/\S/u) as string })]);
  });

  it('warn of what may not be asked', () => {
    const denied = { is: 'denied' } as const;
    const warned = bad({ region: denied, quotas: [{ ...denied, title: 'VPCs' }], kubernetes: denied, engines: denied, domainType: denied, serviceRole: denied });
    expect(warned.map(({ verdict }) => verdict)).toEqual(Array.from({ length: 6 }, () => 'warning'));
    for (const { todo } of warned) expect(todo).toMatch(/^Give it \w+:\w+/u);
    // Where the service says which of several it was, that one.
    expect(bad({ quotas: [{ ...denied, action: 'eks:ListClusters', title: 'Clusters of EKS' }] })).toEqual([expect.objectContaining({ todo: 'Give it eks:ListClusters, or see for yourself.' })]);
  });

  it('take a domain that is there only as secure as one that is made', () => {
    const domain = { name: 'theirs', arn: '', phase: 'active', host: 'h', engineVersion: 'OpenSearch_2.19', count: 2, type: 't3.medium.search', diskGiB: 20, vpcId: 'vpc-1', subnetIds: [], securityGroupIds: [], fineGrained: true, encrypted: true, httpsOnly: true, changeId: undefined } as const;
    const settings = { existingCluster: 'theirs', existingDomain: 'theirs' };
    expect(bad({ existingDomain: domain }, settings)).toEqual([]);
    for (const lacks of [{ fineGrained: false }, { encrypted: false }, { httpsOnly: false }, { vpcId: undefined }, { phase: 'deleting' as const }, { engineVersion: 'Elasticsearch_7.10' }, { engineVersion: 'OpenSearch_1.3' }]) expect(bad({ existingDomain: { ...domain, ...lacks } }, settings)).toEqual([expect.objectContaining({ id: 'existing-domain', verdict: 'failed' })]);
    expect(bad({ existingDomain: { ...domain, phase: 'modifying' } }, settings)).toEqual([expect.objectContaining({ verdict: 'warning' })]);
  });
});
