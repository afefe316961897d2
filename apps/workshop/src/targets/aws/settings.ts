import { BlockList } from 'node:net';
import { z } from 'zod';

const name = z.string().regex(/^[a-z][a-z0-9-]{1,17}[a-z0-9]$/, 'three to nineteen of a-z, 0-9 and -, a letter first');

/** Ranges that lead nowhere in the internet, for which EKS refuses a cluster: https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html */
const PRIVATE = new BlockList();
for (const [net, bits] of [['10.0.0.0', 8], ['172.16.0.0', 12], ['192.168.0.0', 16], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16]] as const) PRIVATE.addSubnet(net, bits);
const isPrivate = (cidr: string): boolean => PRIVATE.check(cidr.split('/')[0] ?? '');

const whole = z.int('a whole number');

/** What is to be made in an account. Every field has a default, so that `podscope up --target aws` needs none. */
export const awsSettings = z.strictObject({
  /** Names everything that is made; two events of one account have different ones. The domain's name has 28 characters at most, of which this is a part. */
  event: name.default('podscope'),
  /** Who answers for it: the value of the tag `podscope:owner`. */
  owner: z.string().min(1).max(128).regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u, 'letters, digits, spaces and _.:/=+-@').optional(),
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'such as eu-central-1').default('eu-central-1'),
  zones: z.union([z.literal(2), z.literal(3)]).default(2),
  /** How private subnets reach out: through a NAT gateway, or to the services of AWS only, through VPC endpoints. */
  egress: z.enum(['nat', 'endpoints']).default('nat'),
  /** Records who spoke to whom in the network, in CloudWatch Logs. */
  flowLogs: z.boolean().default(false),
  /** Who reaches the cluster's API from outside of its network, such as `203.0.113.7/32`. @default the address of the one who makes it */
  apiCidrs: z.array(z.cidrv4('a range of IPv4, such as 203.0.113.7/32').refine((cidr) => !cidr.endsWith('/0'), 'not everybody; name a range, such as 203.0.113.7/32').refine((cidr) => !isPrivate(cidr), 'an address in the internet, such as 203.0.113.7/32; private ones reach the API inside of its network only')).optional(),
  nodes: z.strictObject({ count: whole.min(1).max(100).default(4), type: z.string().default('t3.medium'), diskGiB: whole.min(20).max(1_000).default(20) }).prefault({}),
  /** Of the cluster, such as `1.35`. */
  kubernetesVersion: z.string().regex(/^1\.\d\d$/).default('1.35'),
  domain: z
    .strictObject({ engineVersion: z.string().default('OpenSearch_2.19'), count: whole.min(1).max(10).default(2), type: z.string().default('t3.medium.search'), diskGiB: whole.min(10).max(3_000).default(20) })
    .prefault({}),
  /** After so many hours everything is deleted by the account itself. */
  hours: z.number().min(1).max(24 * 14).default(8),
  /** Of AWS Budgets: told when the costs of this event pass it. */
  budget: z.strictObject({ usd: z.number().positive(), email: z.email() }).optional(),
  /** Roles or users that may use the cluster and the domain beside the one who makes them. */
  presenters: z.array(z.string().regex(/^arn:aws[\w-]*:iam::\d{12}:(role|user)\/.+$/, 'the ARN of a role or user')).default([]),
  /** Names of a cluster and of a domain that are there already: then they are used, and never deleted. */
  existingCluster: z.string().optional(),
  existingDomain: z.string().optional(),
});

/** Settings as they are given. */
export type AwsSettingsInput = z.input<typeof awsSettings>;
/** Settings with all defaults in place. */
export type AwsSettings = z.output<typeof awsSettings>;
