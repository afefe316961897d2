import type { DomainWish } from './wish.ts';

/** A domain of two nodes in two zones, in the account 123456789012 unless moto's is wanted. */
export function wishFor(change: Partial<DomainWish> = {}, account = '123456789012'): DomainWish {
  return {
    names: { event: 'podscope', domain: 'podscope' },
    region: 'eu-central-1',
    size: { engineVersion: 'OpenSearch_2.19', count: 2, type: 't3.medium.search', diskGiB: 20 },
    place: { subnetIds: ['subnet-a', 'subnet-b'], securityGroupIds: ['sg-domain'] },
    access: {
      master: `arn:aws:iam::${account}:role/admins/maker`,
      shippers: [`arn:aws:iam::${account}:role/podscope-shippers`],
      presenters: [`arn:aws:iam::${account}:role/presenter`, `arn:aws:iam::${account}:user/carla`],
    },
    tags: { 'podscope:event': 'podscope', 'podscope:owner': 'me', 'podscope:expires': '2026-12-01T08:00:00Z' },
    ...change,
  };
}
