import { expect, it } from 'vitest';
import { cfnLintAll } from './cfnLint.ts';
import { cluster, network } from './testing/stack.fixture.ts';

it('finds what is wrong in a template, and nothing in one that is right', async () => {
  const wrong = { ...network, Resources: { ...network.Resources, Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlok: '10.0.0.0/16' } } } };
  const dangling = { ...cluster, Outputs: { X: { Value: { Ref: 'Nobody' } } } };
  const { wrong: found = [], dangling: other = [], network: none } = await cfnLintAll({ wrong, dangling, network });
  expect(none).toEqual([]);
  expect(found).toContainEqual({ rule: 'E3002', level: 'Error', message: expect.stringContaining('CidrBlok'), path: 'Resources/Vpc/Properties/CidrBlok' });
  expect(other).toContainEqual({ rule: 'E6101', level: 'Error', message: expect.stringContaining('Nobody'), path: 'Outputs/X/Value/Ref' });
});
