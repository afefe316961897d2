import { CreateLogGroupCommand, DeleteLogGroupCommand, DeleteResourcePolicyCommand, PutResourcePolicyCommand, PutRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs';
import { PodscopeError } from '@podscope/core';
import type { AwsClients } from '../clients.ts';
import { awsFailure, isAwsError, isGone } from '../failure.ts';
import { arnParts } from './arns.ts';
import { abortedBy, type DomainCall, type DomainWish } from './wish.ts';

/** Kinds of logs of a domain that are kept, and how their group's name ends. Slow logs are left out: nothing is slow until a threshold is set. */
const KINDS = { ES_APPLICATION_LOGS: 'application', AUDIT_LOGS: 'audit' } as const;

/** As long as an event and the days of looking back. */
const RETENTION_DAYS = 7;

/** A group of CloudWatch Logs that a domain writes to. */
export interface DomainLogGroup {
  readonly type: keyof typeof KINDS;
  readonly name: string;
  readonly arn: string;
}

/** What the logs of a domain need. */
export interface DomainLogs {
  readonly groups: readonly DomainLogGroup[];
  /** Of CloudWatch Logs, which has ten for an account and region, and no tags for them. */
  readonly policyName: string;
  readonly policy: string;
}

/** The beginning of the names of a domain's log groups. */
export const logGroupPrefix = (domain: string): string => `/aws/OpenSearchService/domains/${domain}/`;
/** The name of the resource policy that lets a domain write. */
export const logPolicyName = (domain: string): string => `${domain}-logs`;

/**
 * The groups, and the policy that lets the service write to them, for this domain only.
 * https://docs.aws.amazon.com/opensearch-service/latest/developerguide/createdomain-configure-slow-logs.html
 */
export function domainLogs({ names: { domain }, region, access: { master } }: Pick<DomainWish, 'names' | 'region' | 'access'>): DomainLogs {
  const { partition, account } = arnParts(master);
  const groups = (Object.keys(KINDS) as (keyof typeof KINDS)[]).map((type) => {
    const name = `${logGroupPrefix(domain)}${KINDS[type]}`;
    return { type, name, arn: `arn:${partition}:logs:${region}:${account}:log-group:${name}` };
  });
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'es.amazonaws.com' },
    Action: ['logs:PutLogEvents', 'logs:CreateLogStream'],
    Resource: groups.map(({ arn }) => `${arn}:*`),
    Condition: { StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': `arn:${partition}:es:${region}:${account}:domain/${domain}` } },
  };
  return { groups, policyName: logPolicyName(domain), policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) };
}

/** Something that is about to be made beside the domain itself. */
export interface MadeBesideDomain {
  readonly kind: 'log-group' | 'log-policy' | 'domain';
  readonly name: string;
}

/** What making takes. */
export interface MakeOptions extends DomainCall {
  /** Told before each create, and waited for: what it throws ends it before anything more is made. */
  readonly beforeCreate?: ((what: MadeBesideDomain) => Promise<void>) | undefined;
}

/** Makes groups and policy; what is there already is kept, with its retention set. @throws PodscopeError AWS_QUOTA, AWS_* */
export async function makeDomainLogs({ logs, region }: Pick<AwsClients, 'logs' | 'region'>, wish: DomainWish, { signal, beforeCreate }: MakeOptions = {}): Promise<void> {
  const { groups, policyName, policy } = domainLogs(wish);
  for (const { name } of groups) {
    await beforeCreate?.({ kind: 'log-group', name });
    try {
      await logs.send(new CreateLogGroupCommand({ logGroupName: name, tags: { ...wish.tags } }), abortedBy(signal)).catch((error: unknown) => {
        if (!isAwsError(error, 'ResourceAlreadyExists')) throw error;
      });
      await logs.send(new PutRetentionPolicyCommand({ logGroupName: name, retentionInDays: RETENTION_DAYS }), abortedBy(signal));
    } catch (error) {
      throw awsFailure(error, `The log group ${name} in ${region}`);
    }
  }
  await beforeCreate?.({ kind: 'log-policy', name: policyName });
  try {
    await logs.send(new PutResourcePolicyCommand({ policyName, policyDocument: policy }), abortedBy(signal));
  } catch (error) {
    if (isAwsError(error, 'LimitExceeded')) {
      throw new PodscopeError('AWS_QUOTA', `The log policy ${policyName} in ${region}: this account has as many resource policies of CloudWatch Logs there as it may have, which are ten.`, {
        hint: `No quota raises that. Delete one that nobody uses ("aws logs describe-resource-policies --region ${region}"), or give another --region; then run the same command again.`,
      });
    }
    throw awsFailure(error, `The log policy ${policyName} in ${region}`);
  }
}

/** Removes groups and policy, whether or not they are there. Only after the domain: it would write on. @throws PodscopeError AWS_* */
export async function deleteDomainLogs({ logs, region }: Pick<AwsClients, 'logs' | 'region'>, domain: string, { signal }: DomainCall = {}): Promise<void> {
  const options = abortedBy(signal);
  const tasks: readonly (readonly [string, () => Promise<unknown>])[] = [
    [`log policy ${logPolicyName(domain)}`, () => logs.send(new DeleteResourcePolicyCommand({ policyName: logPolicyName(domain) }), options)],
    ...Object.values(KINDS).map((end) => [`log group ${logGroupPrefix(domain)}${end}`, () => logs.send(new DeleteLogGroupCommand({ logGroupName: `${logGroupPrefix(domain)}${end}` }), options)] as const),
  ];
  for (const [title, remove] of tasks) {
    try {
      await remove();
    } catch (error) {
      if (!isGone(error)) throw awsFailure(error, `The ${title} in ${region}`);
    }
  }
}
