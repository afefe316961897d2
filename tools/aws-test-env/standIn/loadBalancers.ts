import { DescribeLoadBalancersCommand as DescribeClassicCommand, DescribeTagsCommand } from '@aws-sdk/client-elastic-load-balancing';
import { DescribeLoadBalancersCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { isFields, type Fields, type Value } from '../models/schema.ts';
import { errorCode } from '../front/server.ts';
import type { Handler } from '../front/server.ts';
import { interfaceText } from '../plants.ts';
import type { StandInContext } from './context.ts';
import { createCountdown } from './countdown.ts';
import { removeInterfaces } from './network.ts';

const texts = (value: Value): readonly string[] => (Array.isArray(value) ? value.map(String) : []);
const fieldsOf = (value: Value): readonly Fields[] => (Array.isArray(value) ? value.filter(isFields) : []);

/** Load balancers, and the interfaces of those that were deleted. */
export interface LoadBalancers {
  readonly handlers: Readonly<Record<string, Handler>>;
  /** Somebody has looked: interfaces that were looked at often enough go. */
  look(region: string): Promise<void>;
  clear(): void;
}

/**
 * After a load balancer its network interfaces go, which moto has not made: not at once, and as long as they are there subnets and
 * security groups stay (https://repost.aws/knowledge-center/troubleshoot-dependency-error-delete-vpc). And a search for tags finds classic
 * load balancers, which moto's does not.
 */
export function createLoadBalancers({ account, moto, forward, polls }: StandInContext): LoadBalancers {
  const leaving = createCountdown(() => false);
  const keys = new Set<string>();
  function release(region: string, description: string): void {
    const key = `${region}|${description}`;
    keys.add(key);
    leaving.start(key, polls.interfaces);
  }
  async function look(region: string): Promise<void> {
    for (const key of [...keys]) {
      const [of, description = ''] = key.split('|');
      if (of !== region || leaving.tick(key)) continue;
      keys.delete(key);
      await removeInterfaces(moto(region).ec2, description);
    }
  }

  async function classicOnes(region: string, input: Fields): Promise<readonly Fields[]> {
    const types = texts(input['ResourceTypeFilters']);
    if (types.length > 0 && !types.some((type) => type === 'elasticloadbalancing' || type === 'elasticloadbalancing:loadbalancer')) return [];
    const { elb } = moto(region);
    const { LoadBalancerDescriptions = [] } = await elb.send(new DescribeClassicCommand({}));
    if (LoadBalancerDescriptions.length === 0) return [];
    const { TagDescriptions = [] } = await elb.send(new DescribeTagsCommand({ LoadBalancerNames: LoadBalancerDescriptions.map(({ LoadBalancerName = '' }) => LoadBalancerName) }));
    return TagDescriptions.filter(({ Tags = [] }) =>
      fieldsOf(input['TagFilters']).every((filter) => Tags.some(({ Key, Value }) => Key === filter['Key'] && (texts(filter['Values']).length === 0 || texts(filter['Values']).includes(Value ?? '')))),
    ).map(({ LoadBalancerName, Tags = [] }) => ({ ResourceARN: `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/${LoadBalancerName ?? ''}`, Tags: Tags.map(({ Key, Value }) => ({ Key, Value })) }));
  }
  const handlers: Record<string, Handler> = {
    'ec2:DescribeNetworkInterfaces': async ({ region }) => {
      await look(region);
      return undefined;
    },
    'tagging:GetResources': async (request) => {
      const answer = await forward(request);
      if (errorCode(answer) !== undefined) return answer;
      const found = JSON.parse(answer.body.toString()) as Fields;
      return { ...found, ResourceTagMappingList: [...fieldsOf(found['ResourceTagMappingList']), ...(await classicOnes(request.region, request.input))] };
    },
    'elasticloadbalancing:DeleteLoadBalancer': async (request) => {
      const { elbV2 } = moto(request.region);
      const arn = request.input['LoadBalancerArn'];
      const found = typeof arn === 'string' ? await elbV2.send(new DescribeLoadBalancersCommand({ LoadBalancerArns: [arn] })).catch(() => undefined) : undefined;
      const answer = await forward(request);
      if (errorCode(answer) !== undefined) return answer;
      if (typeof arn !== 'string') release(request.region, interfaceText('classic', String(request.input['LoadBalancerName'])));
      for (const { LoadBalancerName = '' } of found?.LoadBalancers ?? []) for (const kind of ['network', 'application'] as const) release(request.region, interfaceText(kind, LoadBalancerName));
      return answer;
    },
  };
  return {
    handlers,
    look,
    clear() {
      leaving.clear();
      keys.clear();
    },
  };
}
