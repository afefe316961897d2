import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { AwsClients } from './clients.ts';
import { principalOf } from './domain/arns.ts';
import { awsFailure } from './failure.ts';

/** Who asks AWS. */
export interface CallerIdentity {
  readonly account: string;
  /** The role or user behind the session. */
  readonly principal: string;
  /** The user's or the session's own name, as a tag may have it. */
  readonly name: string;
}

/** @throws PodscopeError AWS_NO_CREDENTIALS, AWS_SESSION_EXPIRED, AWS_UNREACHABLE, AWS_… */
export async function callerIdentity(clients: Pick<AwsClients, 'sts' | 'iam' | 'region'>, signal: AbortSignal): Promise<CallerIdentity> {
  try {
    const { Account: account = '', Arn: arn = '' } = await clients.sts.send(new GetCallerIdentityCommand({}), { abortSignal: signal });
    return { account, principal: await principalOf(clients, arn, { signal }), name: (arn.split('/').at(-1) ?? '').replaceAll(/[^\p{L}\p{Z}\p{N}_.:/=+\-@]/gu, '-').slice(0, 128) || account };
  } catch (error) {
    throw awsFailure(error, `Who asks, in ${clients.region}`);
  }
}
