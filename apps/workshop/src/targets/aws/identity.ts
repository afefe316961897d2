import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { AwsClients } from './clients.ts';
import { PodscopeError } from '@podscope/core';
import { principalOf } from './domain/arns.ts';
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
export async function callerIdentity(clients: Pick<AwsClients, 'sts' | 'stsOfFirstRegion' | 'iam' | 'region'>, signal: AbortSignal): Promise<CallerIdentity> {
  try {
    const { Account: account = '', Arn: arn = '' } = await clients.sts.send(new GetCallerIdentityCommand({}), { abortSignal: signal });
    return { account, principal: await principalOf(clients, arn, { signal }), name: (arn.split('/').at(-1) ?? '').replaceAll(/[^\p{L}\p{Z}\p{N}_.:/=+\-@]/gu, '-').slice(0, 128) || account };
  } catch (error) {
    if (awsFailureCode(error) === 'AWS_CREDENTIALS_REFUSED' && (await isKnownElsewhere(clients, signal))) {
      throw new PodscopeError('AWS_REGION_OFF', `The region ${clients.region} does not know credentials that other regions do: it is not enabled in this account.`, { hint: 'Enable it (account settings, AWS Regions), which takes minutes; or give another --region. If it is enabled, sign in anew by a regional endpoint of STS.' });
    }
    throw awsFailure(error, `Who asks, in ${clients.region}`);
  }
}

/**
 * Whether a region that is always on takes the credentials: one that is off calls every key an invalid one.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_enable-regions.html
 */
async function isKnownElsewhere({ stsOfFirstRegion, region }: Pick<AwsClients, 'stsOfFirstRegion' | 'region'>, signal: AbortSignal): Promise<boolean> {
  // Of another partition, whose regions are all on.
  if (/^(?:cn|us-gov|us-iso\w*|eu-isoe|eusc)-/u.test(region)) return false;
  return stsOfFirstRegion.send(new GetCallerIdentityCommand({}), { abortSignal: signal }).then(
    () => true,
    () => false,
  );
}
