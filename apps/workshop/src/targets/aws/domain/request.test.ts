import { describe, expect, it } from 'vitest';
import { domainLogs } from './logs.ts';
import { domainRequest, zonesFor } from './request.ts';
import { wishFor } from './wish.fixture.ts';

const size = (change: object) => wishFor({ size: { ...wishFor().size, ...change } });

describe('the request for a domain', () => {
  it('encrypts on disk and on every way, and has no user with a password', () => {
    const request = domainRequest(wishFor());
    expect(request).toMatchObject({
      EncryptionAtRestOptions: { Enabled: true },
      NodeToNodeEncryptionOptions: { Enabled: true },
      DomainEndpointOptions: { EnforceHTTPS: true, TLSSecurityPolicy: 'Policy-Min-TLS-1-2-PFS-2023-10' },
      AdvancedSecurityOptions: { Enabled: true, InternalUserDatabaseEnabled: false, MasterUserOptions: { MasterUserARN: 'arn:aws:iam::123456789012:role/admins/maker' } },
      VPCOptions: { SubnetIds: ['subnet-a', 'subnet-b'], SecurityGroupIds: ['sg-domain'] },
    });
    expect(JSON.stringify(request)).not.toMatch(/password/iu);
    expect(request.AdvancedSecurityOptions).not.toHaveProperty('AnonymousAuthEnabled');
  });

  it('lets in those it names, for requests to this domain, and nobody else', () => {
    const { Statement } = JSON.parse(domainRequest(wishFor()).AccessPolicies ?? '') as { readonly Statement: readonly unknown[] };
    expect(Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { AWS: ['arn:aws:iam::123456789012:role/admins/maker', 'arn:aws:iam::123456789012:role/podscope-shippers', 'arn:aws:iam::123456789012:role/presenter', 'arn:aws:iam::123456789012:user/carla'] },
        Action: 'es:ESHttp*',
        Resource: 'arn:aws:es:eu-central-1:123456789012:domain/podscope/*',
      },
    ]);
  });

  it('has its logs on, in groups that only this domain may write to', () => {
    const { groups, policy } = domainLogs(wishFor());
    const options = domainRequest(wishFor()).LogPublishingOptions ?? {};
    expect(Object.keys(options).sort()).toEqual(['AUDIT_LOGS', 'ES_APPLICATION_LOGS']);
    for (const { type, arn } of groups) expect(options[type]).toEqual({ Enabled: true, CloudWatchLogsLogGroupArn: arn });
    const { Statement: [statement] } = JSON.parse(policy) as { readonly Statement: readonly [{ readonly Resource: readonly string[]; readonly Principal: unknown; readonly Condition: unknown }] };
    expect(statement.Resource).toEqual(groups.map(({ arn }) => `${arn}:*`));
    expect(statement.Principal).toEqual({ Service: 'es.amazonaws.com' });
    expect(statement.Condition).toEqual({ StringEquals: { 'aws:SourceAccount': '123456789012' }, ArnLike: { 'aws:SourceArn': 'arn:aws:es:eu-central-1:123456789012:domain/podscope' } });
  });

  it('carries the tags, and follows the partition', () => {
    expect(domainRequest(wishFor()).TagList).toEqual([{ Key: 'podscope:event', Value: 'podscope' }, { Key: 'podscope:owner', Value: 'me' }, { Key: 'podscope:expires', Value: '2026-12-01T08:00:00Z' }]);
    const china = wishFor({ region: 'cn-north-1', access: { master: 'arn:aws-cn:iam::123456789012:role/maker', shippers: [], presenters: [] } });
    expect(domainRequest(china).AccessPolicies).toContain('arn:aws-cn:es:cn-north-1:123456789012:domain/podscope/*');
  });

  it.each([[1, 2, 1], [2, 2, 2], [3, 2, 1], [4, 2, 2], [2, 3, 2], [3, 3, 3], [5, 3, 3], [1, 3, 1], [2, 1, 1]])('puts %i nodes of %i zones into %i', (count, zones, used) => {
    expect(zonesFor(count, zones)).toBe(used);
    const subnetIds = ['a', 'b', 'c'].slice(0, zones);
    const request = domainRequest(wishFor({ size: { ...wishFor().size, count }, place: { subnetIds, securityGroupIds: ['sg'] } }));
    expect(request.VPCOptions?.SubnetIds).toEqual(subnetIds.slice(0, used));
    expect(request.ClusterConfig?.ZoneAwarenessConfig?.AvailabilityZoneCount).toBe(used === 1 ? undefined : used);
  });

  it.each([['t3.medium.search', true], ['r6g.large.search', true], ['or1.medium.search', true], ['c6g.large.search', true], ['r6gd.large.search', false], ['r7gd.xlarge.search', false], ['i3.large.search', false], ['i4i.xlarge.search', false], ['i8g.4xlarge.search', false], ['im4gn.large.search', false]])('gives volumes to nodes that take some: %s %s', (type, takes) => {
    expect(domainRequest(size({ type })).EBSOptions).toEqual(takes ? { EBSEnabled: true, VolumeType: 'gp3', VolumeSize: 20 } : { EBSEnabled: false });
  });

  it.each([
    ['a type of another service', size({ type: 't3.medium' })],
    ['a type that cannot encrypt', size({ type: 't2.small.search' })],
    ['an engine without fine-grained access control', size({ engineVersion: 'Elasticsearch_6.8' })],
    ['Elasticsearch, which has no data streams there', size({ engineVersion: 'Elasticsearch_7.10' })],
    ['an engine that is none', size({ engineVersion: '2.19' })],
    ['a name that is too long', wishFor({ names: { event: 'podscope', domain: 'podscope-with-a-name-too-long' } })],
    ['no subnet', wishFor({ place: { subnetIds: [], securityGroupIds: ['sg'] } })],
    ['a federated user', wishFor({ access: { ...wishFor().access, master: 'arn:aws:sts::123456789012:federated-user/carla' } })],
    ['the root user', wishFor({ access: { ...wishFor().access, master: 'arn:aws:iam::123456789012:root' } })],
  ])('is refused before anything is asked: %s', (_what, wish) => {
    expect(() => domainRequest(wish)).toThrow(expect.objectContaining({ code: 'AWS_DOMAIN_INVALID' }));
  });
});
