import { DescribeInstancesCommand, DescribeTagsCommand, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type StartedAws, startAws } from '../../../../../../tools/aws-test-env/start.ts';
import { tagNodes } from './tagNodes.ts';

let aws: StartedAws;
beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws?.stop());

it('tells nodes, their volumes and interfaces when the event ends, as often as that changes, and those of no other event', async () => {
  using clients = aws.clients();
  const { ec2 } = clients;
  const run = (event: string) => ec2.send(new RunInstancesCommand({ ImageId: 'ami-12c6146b', InstanceType: 't3.medium', MinCount: 2, MaxCount: 2, TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'podscope:event', Value: event }] }] }));
  const [{ Instances: ours = [] }] = [await run('reinvent'), await run('another')];
  const { signal } = new AbortController();
  const tags = (expires: string) => ({ 'podscope:event': 'reinvent', 'podscope:owner': 'me', 'podscope:expires': expires });
  await tagNodes(clients, 'reinvent', tags('2026-12-01T16:00:00.000Z'), signal);
  const tagged = await tagNodes(clients, 'reinvent', tags('2026-12-01T20:00:00.000Z'), signal);
  const { Tags: told = [] } = await ec2.send(new DescribeTagsCommand({ Filters: [{ Name: 'key', Values: ['podscope:expires'] }] }));
  expect([told.length, new Set(told.map(({ Value }) => Value))]).toEqual([tagged, new Set(['2026-12-01T20:00:00.000Z'])]);
  const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: ours.flatMap(({ InstanceId: id }) => id ?? []) }));
  const parts = Reservations.flatMap(({ Instances = [] }) => Instances).flatMap(({ InstanceId, BlockDeviceMappings = [], NetworkInterfaces = [] }) => [InstanceId, ...BlockDeviceMappings.map(({ Ebs }) => Ebs?.VolumeId), ...NetworkInterfaces.map(({ NetworkInterfaceId }) => NetworkInterfaceId)]);
  expect(new Set(told.map(({ ResourceId }) => ResourceId))).toEqual(new Set(parts));
  expect(parts.length).toBeGreaterThan(4);
  expect(await tagNodes(clients, 'nobody', tags('x'), signal)).toBe(0);
});
