import { expect, it } from 'vitest';
import { awsSettings, type AwsSettingsInput } from '../settings.ts';
import { allocatableOf, roomCheck } from './room.ts';

/** As EC2 tells of it. */
const info = (vcpus: number, mib: number, interfaces: number, addresses: number) => ({ VCpuInfo: { DefaultVCpus: vcpus }, MemoryInfo: { SizeInMiB: mib }, NetworkInfo: { MaximumNetworkInterfaces: interfaces, Ipv4AddressesPerInterface: addresses } });
const MEDIUM = info(2, 4096, 3, 6);
const SMALL = info(2, 2048, 3, 4);
const check = (type: ReturnType<typeof info>, nodes: AwsSettingsInput['nodes'] = {}) => {
  const allocatable = allocatableOf(type);
  if (allocatable === undefined) throw new Error('not told');
  return roomCheck(awsSettings.parse({ nodes }), allocatable, {});
};

it('knows what a node leaves to pods, as EKS counts it', () => {
  // https://github.com/awslabs/amazon-eks-ami, eni-max-pods: t3.medium 17, t3.small 11.
  expect(allocatableOf(MEDIUM)).toMatchObject({ pods: 17, cpu: expect.closeTo(1.93, 5) as number });
  expect(allocatableOf(SMALL)?.pods).toBe(11);
  expect(allocatableOf({ VCpuInfo: { DefaultVCpus: 2 } })).toBeUndefined();
});

it('finds room on the nodes of the defaults', () => {
  expect(check(MEDIUM)).toMatchObject({ id: 'node-room', verdict: 'ok' });
});

it.each([['one node', MEDIUM, { count: 1 }], ['nodes that are too small', SMALL, { type: 't3.small' }]] as const)('finds none on %s, before they are made', (_, type, nodes) => {
  expect(check(type, nodes)).toMatchObject({ verdict: 'failed', details: expect.arrayContaining([expect.stringContaining('logstash')]) as string[], todo: expect.stringContaining('--node-type') as string });
});
