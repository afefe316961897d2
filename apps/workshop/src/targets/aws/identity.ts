import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { AwsClients } from './clients.ts';
import { principalOf } from './domain/arns.ts';
import { PodscopeError } from '@podscope/core';
import { awsFailure, awsFailureCode } from './failure.ts';

/** Who asks AWS. */
export interface CallerIdentity {
  readonly account: string;
  /** The role or user behind the session. */
  readonly principal: string;
  /** The user's or the session's own name, as a tag may have it. */
  readonly name: string;
}

/** @throws PodscopeError AWS_NO_CREDENTIALS, AWS_SESSION_EXPIRED, AWS_REGION_OFF, AWS_UNREACHABLE, AWS_… */
export async function callerIdentity(clients: Pick<AwsClients, 'sts' | 'iam' | 'region' | 'elsewhere'>, signal: AbortSignal): Promise<CallerIdentity> {
  try {
    const { Account: account = '', Arn: arn = '' } = await clients.sts.send(new GetCallerIdentityCommand({}), { abortSignal: signal });
    return { account, principal: await principalOf(clients, arn, { signal }), name: (arn.split('/').at(-1) ?? '').replaceAll(/[^\p{L}\p{Z}\p{N}_.:/=+\-@]/gu, '-').slice(0, 128) || account };
  } catch (error) {
    if (awsFailureCode(error) === 'AWS_CREDENTIALS_REFUSED') await requireRegionOn(clients, signal);
    throw awsFailure(error, `Who asks, in ${clients.region}`);
  }
}

/**
 * A region that is off refuses credentials as if there were none such, and so does one that is on when a session is of the global endpoint
 * of STS. Where the first region of the partition, which can't be switched off, takes them, they are not what is wrong.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_enable-regions.html
 *
 * @throws PodscopeError AWS_REGION_OFF
 */
async function requireRegionOn({ region, elsewhere }: Pick<AwsClients, 'region' | 'elsewhere'>, signal: AbortSignal): Promise<void> {
  const first = firstRegion(region);
  if (first === region) return;
  using clients = elsewhere(first);
  const isTaken = await clients.sts.send(new GetCallerIdentityCommand({}), { abortSignal: signal }).then(() => true, () => false);
  signal.throwIfAborted();
  if (!isTaken) return;
  throw new PodscopeError('AWS_REGION_OFF', `The region ${region} does not take these credentials, and ${first} does: it is not enabled in this account.`, {
    hint: 'Enable it (account settings, AWS Regions), which takes minutes; or give another --region. If it is enabled, the session is of the global endpoint of STS: sign in again with AWS_STS_REGIONAL_ENDPOINTS=regional.',
  });
}

const firstRegion = (region: string): string => (region.startsWith('cn-') ? 'cn-north-1' : region.startsWith('us-gov-') ? 'us-gov-west-1' : 'us-east-1');
