import { CreateVolumeCommand, DescribeTagsCommand, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type StartedAws, startAws } from '../../../../../../tools/aws-test-env/start.ts';
import { tagNodes } from './tagNodes.ts';

let aws: StartedAws;
beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws?.stop());

it('tells nodes and volumes when the event ends, as often as that changes, and those of no other event', async () => {
  using clients = aws.clients();
  const { ec2 } = clients;
  const of = (event: string) => [{ Key: 'podscope:event', Value: event }];
  const run = (event: string) => ec2.send(new RunInstancesCommand({ ImageId: 'ami-12c6146b', InstanceType: 't3.medium', MinCount: 2, MaxCount: 2, TagSpecifications: [{ ResourceType: 'instance', Tags: of(event) }] }));
  const { Instances: ours = [] } = await run('reinvent');
  await run('another');
  const { VolumeId: volume } = await ec2.send(new CreateVolumeCommand({ AvailabilityZone: `${aws.region}a`, Size: 1, TagSpecifications: [{ ResourceType: 'volume', Tags: of('reinvent') }] }));
  const { signal } = new AbortController();
  const tags = (expires: string) => ({ 'podscope:event': 'reinvent', 'podscope:owner': 'me', 'podscope:expires': expires });
  await tagNodes(clients, 'reinvent', tags('2026-12-01T16:00:00.000Z'), signal);
  expect(await tagNodes(clients, 'reinvent', tags('2026-12-01T20:00:00.000Z'), signal)).toBe(3);
  const { Tags: told = [] } = await ec2.send(new DescribeTagsCommand({ Filters: [{ Name: 'key', Values: ['podscope:expires'] }] }));
  expect(new Set(told.map(({ ResourceId, Value }) => `${ResourceId} ${Value}`))).toEqual(new Set([...ours.map(({ InstanceId: id }) => id), volume].map((id) => `${id} 2026-12-01T20:00:00.000Z`)));
  expect(await tagNodes(clients, 'nobody', tags('x'), signal)).toBe(0);
});
