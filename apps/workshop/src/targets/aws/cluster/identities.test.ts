import { expect, it } from 'vitest';
import { podsTrust } from './identities.ts';

const cluster = { name: 'podscope', region: 'eu-central-1', arn: 'arn:aws-cn:eks:cn-north-1:123456789012:cluster/podscope', oidcIssuer: 'https://oidc.eks.eu-central-1.amazonaws.com/id/ABC' };

it('trusts these accounts of this cluster only, with tokens for STS only', () => {
  expect(podsTrust({ role: 'arn:aws:iam::123456789012:role/shippers', cluster, accounts: [{ namespace: 'logging', name: 'logstash' }, { namespace: 'logging', name: 'fluentd' }] }).Statement).toEqual([
    {
      Effect: 'Allow',
      Principal: { Federated: 'arn:aws-cn:iam::123456789012:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/ABC' },
      Action: ['sts:AssumeRoleWithWebIdentity'],
      Condition: {
        StringEquals: {
          'oidc.eks.eu-central-1.amazonaws.com/id/ABC:aud': 'sts.amazonaws.com',
          'oidc.eks.eu-central-1.amazonaws.com/id/ABC:sub': ['system:serviceaccount:logging:logstash', 'system:serviceaccount:logging:fluentd'],
        },
      },
    },
  ]);
});

it('is refused for a cluster without an issuer', () => {
  expect(() => podsTrust({ role: 'r', cluster: { ...cluster, oidcIssuer: undefined }, accounts: [] })).toThrow(expect.objectContaining({ code: 'AWS_CLUSTER_FAILED' }));
});
