import { CreateSecurityGroupCommand, CreateSubnetCommand, CreateVpcCommand, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type StartedAws, startAws } from '../../../../../../tools/aws-test-env/start.ts';
import type { EksCluster } from '../cluster/observe.ts';
import { networkOf } from './existing.ts';

let aws: StartedAws;
beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws?.stop());

it('lets nodes of an existing cluster into the domain that have groups of their own instead of the cluster’s', async () => {
  using clients = aws.clients();
  const { ec2 } = clients;
  const vpcId = (await ec2.send(new CreateVpcCommand({ CidrBlock: '10.7.0.0/16' }))).Vpc?.VpcId ?? '';
  const subnet = (await ec2.send(new CreateSubnetCommand({ VpcId: vpcId, CidrBlock: '10.7.1.0/24' }))).Subnet?.SubnetId ?? '';
  const group = async (name: string): Promise<string> => (await ec2.send(new CreateSecurityGroupCommand({ VpcId: vpcId, GroupName: name, Description: name }))).GroupId ?? '';
  const [own, nodes, other] = [await group('cluster'), await group('nodes'), await group('other')];
  const run = (groups: string[], cluster: string) =>
    ec2.send(new RunInstancesCommand({ ImageId: 'ami-12c6146b', InstanceType: 't3.medium', MinCount: 1, MaxCount: 1, SubnetId: subnet, SecurityGroupIds: groups, TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: `kubernetes.io/cluster/${cluster}`, Value: 'owned' }] }] }));
  await run([own, other], 'theirs');
  await run([other], 'another');
  const cluster = { name: 'theirs', status: 'ACTIVE', vpcId, securityGroupId: own, subnetIds: [subnet] } as unknown as EksCluster;
  expect(await networkOf(clients, cluster, new AbortController().signal)).toEqual({ vpcId, privateSubnetIds: [subnet], nodeSecurityGroupIds: [own] });
  await run([nodes], 'theirs');
  expect((await networkOf(clients, cluster, new AbortController().signal)).nodeSecurityGroupIds).toEqual([own, nodes]);
});
