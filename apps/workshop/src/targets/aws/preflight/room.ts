import { DescribeInstanceTypesCommand, type InstanceTypeInfo } from '@aws-sdk/client-ec2';
import type { AwsClients } from '../clients.ts';
import { awsTargetOptions, type DeployChoice } from '../deploy/options.ts';
import { isArm } from '../templates/cluster/nodes.ts';
import type { AwsCheck } from '../parts.ts';
import type { AwsSettings } from '../settings.ts';
import { capacityCheck } from '../../kubernetes/preflight/capacity.ts';
import type { ObservedNode } from '../../kubernetes/preflight/observe.ts';
import { podsOf } from '../../kubernetes/preflight/pods.ts';
import type { RightsObject } from '../../kubernetes/preflight/rights.ts';
import { synthTarget } from '../../kubernetes/target.ts';
import { ask } from './ask.ts';

const MIB = 2 ** 20;

/**
 * What a node of a type has for pods: less than the instance, by what the kubelet keeps, and no more pods than its interfaces have addresses.
 * awslabs/amazon-eks-ami, nodeadm/internal/kubelet (reserved CPU and memory, maximum of pods). A twentieth of the memory is the kernel's.
 *
 * @returns undefined where EC2 doesn't tell all that it takes
 */
export function allocatableOf({ VCpuInfo, MemoryInfo, NetworkInfo }: InstanceTypeInfo): ObservedNode['allocatable'] | undefined {
  const vcpus = VCpuInfo?.DefaultVCpus;
  const mib = MemoryInfo?.SizeInMiB;
  const { MaximumNetworkInterfaces: interfaces, Ipv4AddressesPerInterface: addresses } = NetworkInfo ?? {};
  if (vcpus === undefined || mib === undefined || interfaces === undefined || addresses === undefined) return undefined;
  const most = interfaces * (addresses - 1) + 2;
  const reserved = Array.from({ length: vcpus }, (_, index) => [0.06, 0.01, 0.005, 0.005][index] ?? 0.0025).reduce((sum, each) => sum + each, 0);
  return { cpu: vcpus - reserved, memory: (mib * 0.95 - (255 + 11 * most) - 100) * MIB, pods: most };
}

/** What the add-ons of EKS ask for: of each node for its network, proxy, volumes and identities, and once for names and volumes, which two nodes share. */
const ADDONS = { cpu: 0.18, memory: 120 * MIB, pods: 4 };
const ONCE = { cpu: 0.16, memory: 310 * MIB, pods: 2 };

/** Whether what is to be put on nodes that aren't there yet has room on them. Pure. */
export function roomCheck(settings: AwsSettings, allocatable: ObservedNode['allocatable'], choice: DeployChoice): AwsCheck {
  const { nodes: { count, type }, kubernetesVersion } = settings;
  const nodes = Array.from({ length: count }, (_, index): ObservedNode => {
    const also = index < 2 ? (count === 1 ? 2 : 1) : 0;
    return {
      name: `node ${index + 1}`, ready: true, tainted: false, architecture: isArm(type) ? 'arm64' : 'amd64', allocatable,
      taken: { cpu: ADDONS.cpu + also * ONCE.cpu, memory: ADDONS.memory + also * ONCE.memory, pods: ADDONS.pods + also * ONCE.pods },
    };
  });
  // Which domain and which role it is changes nothing of the pods.
  const options = awsTargetOptions(settings, { endpoint: 'domain.invalid', shipperRole: 'arn:aws:iam::000000000000:role/shippers' }, choice);
  const { verdict, found, details = [] } = capacityCheck(nodes, podsOf(synthTarget(options, kubernetesVersion).objects as unknown as readonly RightsObject[]));
  const base = { id: 'node-room', title: `Room on ${count} ${type}`, verdict, found };
  return verdict === 'ok' ? base : { ...base, details, todo: 'Give more --nodes, a larger --node-type, or a smaller --pattern.' };
}

/** Asks EC2 what the nodes will have; nothing where that isn't told, since the cluster is looked at again when it is there. @throws PodscopeError AWS_… */
export async function lookForRoom({ ec2, region }: Pick<AwsClients, 'ec2' | 'region'>, settings: AwsSettings, choice: DeployChoice, signal: AbortSignal): Promise<readonly AwsCheck[]> {
  if (settings.existingCluster !== undefined) return [];
  const { type } = settings.nodes;
  const asked = await ask(`The type ${type} in ${region}`, async () => (await ec2.send(new DescribeInstanceTypesCommand({ Filters: [{ Name: 'instance-type', Values: [type] }] }), { abortSignal: signal })).InstanceTypes?.[0]);
  const allocatable = asked.is === 'known' && asked.value !== undefined ? allocatableOf(asked.value) : undefined;
  return allocatable === undefined ? [] : [roomCheck(settings, allocatable, choice)];
}
