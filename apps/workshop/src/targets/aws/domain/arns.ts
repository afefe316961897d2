import { GetRoleCommand } from '@aws-sdk/client-iam';
import { PodscopeError } from '@podscope/core';
import type { AwsClients } from '../clients.ts';
import { awsFailure, awsFailureCode } from '../failure.ts';
import { abortedBy, type DomainCall } from './wish.ts';

/** The parts of an ARN that names are made of. */
export interface ArnParts {
  /** `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition: string;
  readonly account: string;
  /** Such as `role/service-role/name`. */
  readonly resource: string;
}

/** Takes an ARN apart. @throws PodscopeError AWS_DOMAIN_ACCESS for what is none */
export function arnParts(arn: string): ArnParts {
  const [, partition, account, resource] = /^arn:(aws[\w-]*):(?:iam|sts)::(\d{12}):(.+)$/u.exec(arn) ?? [];
  if (partition === undefined || account === undefined || resource === undefined) throw new PodscopeError('AWS_DOMAIN_ACCESS', `"${arn}" is not the ARN of a role or user.`, { hint: 'Such as arn:aws:iam::123456789012:role/presenter.' });
  return { partition, account, resource };
}

/** Roles of IAM Identity Center; their path has a region in it, or none. */
const OF_IDENTITY_CENTER = /^AWSReservedSSO_/u;

/**
 * The role or user behind an identity: STS names sessions (`assumed-role/name/session`), whose role has a path that is not in there; a
 * policy and the security plugin want the role.
 *
 * @param callerArn As `GetCallerIdentity` has it.
 * @throws PodscopeError AWS_DENIED for a role of IAM Identity Center that may not read itself: one without its path is nobody; AWS_*
 */
export async function principalOf({ iam }: Pick<AwsClients, 'iam'>, callerArn: string, { signal }: DomainCall = {}): Promise<string> {
  const { partition, account, resource } = arnParts(callerArn);
  const [kind, name] = resource.split('/');
  if (kind !== 'assumed-role' || name === undefined) return callerArn;
  try {
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: name }), abortedBy(signal));
    if (Role?.Arn !== undefined) return Role.Arn;
  } catch (error) {
    signal?.throwIfAborted();
    // Not everybody may read roles; without a path, which most have none of, the name is enough. What passes by itself is no answer.
    if (awsFailureCode(error) !== 'AWS_DENIED' || OF_IDENTITY_CENTER.test(name)) throw awsFailure(error, `The path of the role ${name}`);
  }
  return `arn:${partition}:iam::${account}:role/${name}`;
}

/** A role with its path and without it: the names of roles are unique whatever their paths are. */
export function spellings(arn: string): readonly string[] {
  const { partition, account, resource } = arnParts(arn);
  const name = resource.split('/').at(-1);
  return [...new Set([arn, `arn:${partition}:iam::${account}:${resource.split('/')[0]}/${name}`])];
}
