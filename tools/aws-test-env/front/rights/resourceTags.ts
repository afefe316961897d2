import { DescribeTagsCommand } from '@aws-sdk/client-ec2';
import { DescribeTagsCommand as DescribeClassicTagsCommand } from '@aws-sdk/client-elastic-load-balancing';
import { DescribeTagsCommand as DescribeBalancerTagsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { AwsClients } from '../../../../apps/workshop/src/targets/aws/clients.ts';

type Tags = readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[];

/** The tags of what is there, asked of moto itself; of other services than these, whose rights go by names, none. */
export async function resourceTags({ ec2, elb, elbV2 }: Pick<AwsClients, 'ec2' | 'elb' | 'elbV2'>, resource: string): Promise<Readonly<Record<string, string>>> {
  const [, , service, , , ...rest] = resource.split(':');
  const path = rest.join(':');
  const id = path.split('/').at(-1) ?? '';
  const asked = async (): Promise<Tags> => {
    if (service === 'ec2') return (await ec2.send(new DescribeTagsCommand({ Filters: [{ Name: 'resource-id', Values: [id] }] }))).Tags ?? [];
    if (service !== 'elasticloadbalancing') return [];
    if (/^loadbalancer\/[^/]+$/u.test(path)) return (await elb.send(new DescribeClassicTagsCommand({ LoadBalancerNames: [id] }))).TagDescriptions?.[0]?.Tags ?? [];
    return (await elbV2.send(new DescribeBalancerTagsCommand({ ResourceArns: [resource] }))).TagDescriptions?.[0]?.Tags ?? [];
  };
  // What is not there has none.
  const tags = await asked().catch((): Tags => []);
  return Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
}
