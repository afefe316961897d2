import { isPodscopeError, PodscopeError } from '@podscope/core';
import { withoutSecrets } from './withoutSecrets.ts';

/** The codes that {@link awsFailure} gives; each has a page in docs/errors. */
export type AwsFailureCode = 'AWS_NO_CREDENTIALS' | 'AWS_SESSION_EXPIRED' | 'AWS_CREDENTIALS_REFUSED' | 'AWS_DENIED' | 'AWS_REGION_OFF' | 'AWS_UNREACHABLE' | 'AWS_QUOTA' | 'AWS_THROTTLED' | 'AWS_IN_USE' | 'AWS_NAME_TAKEN' | 'AWS_NOT_FOUND' | 'AWS_REFUSED';

interface Kind {
  readonly code: AwsFailureCode;
  readonly names: RegExp;
  /** What is said instead of the service's words, where those may quote a credential. */
  readonly words?: string;
  readonly hint: string;
}

/**
 * Names of errors, as the SDK gives them. The common ones of all services, and those of EC2, whose names differ:
 * https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
 * https://docs.aws.amazon.com/ec2/latest/devguide/errors-overview.html
 */
const KINDS: readonly Kind[] = [
  { code: 'AWS_NO_CREDENTIALS', names: /^(CredentialsProviderError|ProviderError|MissingAuthenticationToken(Exception)?)$/u, words: 'no credentials of AWS were found on this machine', hint: 'Sign in ("aws sso login", "aws configure"), or set AWS_PROFILE; where it is set, see that there is a profile of that name. Then run it again.' },
  { code: 'AWS_SESSION_EXPIRED', names: /^(ExpiredToken(Exception)?|RequestExpired|TokenProviderError|TokenRefreshRequired|UnauthorizedSSOTokenError)$/u, words: 'the session of AWS has ended', hint: 'Sign in again and run the same command: it goes on from where it was. What was made stays known; "podscope down --target aws" removes it.' },
  { code: 'AWS_CREDENTIALS_REFUSED', names: /^(InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch|InvalidSignatureException|IncompleteSignature(Exception)?|AuthFailure|InvalidAccessKeyId|NotAuthorized)$/u, words: 'AWS does not accept the credentials', hint: 'See that the key is active, that it belongs to this partition, and that this machine’s clock is right.' },
  { code: 'AWS_REGION_OFF', names: /^(OptInRequired|RegionDisabledException|SubscriptionRequiredException)$/u, hint: 'Enable the region, or sign up for the service, in the account’s settings; or give another --region.' },
  { code: 'AWS_DENIED', names: /^(AccessDenied(Exception)?|UnauthorizedOperation|UnauthorizedException|AuthorizationError(Exception)?|Forbidden(Exception)?|NotAuthorizedException)$/u, hint: 'Ask for the right to do that: "podscope up --target aws --policy" prints all that are needed.' },
  { code: 'AWS_THROTTLED', names: /^(Throttling(Exception)?|ThrottledException|RequestThrottled(Exception)?|TooManyRequestsException|RequestLimitExceeded|SlowDown|PriorRequestNotComplete|BandwidthLimitExceeded)$/u, hint: 'Others of this account ask a lot just now: run the same command again in a minute.' },
  { code: 'AWS_QUOTA', names: /(LimitExceeded(Exception|Fault)?|QuotaExceeded(Exception)?|InsufficientInstanceCapacity|InsufficientCapacity\w*|InsufficientFreeAddressesInSubnet)$/u, hint: 'Ask for a higher quota (Service Quotas), end what is not needed, or give smaller numbers.' },
  { code: 'AWS_IN_USE', names: /^(DependencyViolation|DeleteConflict(Exception)?|ResourceInUse(Exception)?|ResourceConflictException|ConflictException|OperationInProgress\w*|IncorrectState|VolumeInUse|InvalidIPAddress\.InUse|InvalidNetworkInterface\.InUse|InvalidGroup\.InUse|ConcurrentModification(Exception)?|TooManyUpdates(Exception)?|OperationAborted(Exception)?|EntityTemporarilyUnmodifiable(Exception)?)$/u, hint: 'It is still used, or being changed: run the same command again in a minute.' },
  { code: 'AWS_NAME_TAKEN', names: /(AlreadyExists(Exception)?|\.Duplicate|Duplicate\w*Exception|EntityAlreadyExists)$/u, hint: 'Another --event gives other names. What carries this name and is not of this event is not touched.' },
  { code: 'AWS_NOT_FOUND', names: /(NotFound(Exception|Fault)?|NoSuchEntity(Exception)?|NotFoundFault|DoesNotExist\w*|ParameterNotFound)$/u, hint: 'It is not there, or not any more.' },
];

const NETWORK = /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EPIPE|CERT_\w+|UNABLE_TO_\w+|SELF_SIGNED\w*|DEPTH_ZERO\w*|ERR_TLS\w*)$/u;

/** The name that AWS gave an error, such as `DependencyViolation`; undefined for one of another kind. */
export function awsErrorName(error: unknown): string | undefined {
  if (!(error instanceof Error) || isPodscopeError(error)) return undefined;
  return '$metadata' in error || '$fault' in error || KINDS.slice(0, 2).some(({ names }) => names.test(error.name)) ? error.name : undefined;
}

/** Whether AWS gave an error one of these names, with or without `Exception` at its end. */
export function isAwsError(error: unknown, ...names: readonly string[]): boolean {
  const bare = (name: string): string => name.replace(/Exception$/u, '');
  const found = awsErrorName(error);
  return found !== undefined && names.some((name) => bare(name) === bare(found));
}

/** What kind of failure an error of the SDK is. Some services give a missing object another name, and say so in words. */
export function awsFailureCode(error: unknown): AwsFailureCode {
  return kindOf(error)?.code ?? (isNetwork(error) ? 'AWS_UNREACHABLE' : 'AWS_REFUSED');
}

/** Whether something that is asked for, or is to be deleted, isn't there. */
export function isGone(error: unknown): boolean {
  return awsFailureCode(error) === 'AWS_NOT_FOUND';
}

/** Whether the same request may well be granted in a while: it depends on something that is just being deleted, or too much is asked. */
export function isRefusedForNow(error: unknown): boolean {
  return ['AWS_IN_USE', 'AWS_THROTTLED', 'AWS_UNREACHABLE'].includes(awsFailureCode(error)) || isAwsError(error, 'InternalFailure', 'InternalError', 'InternalServerError', 'InternalException', 'ServiceUnavailable', 'ServiceUnavailableException', 'ServerException');
}

/**
 * An error of the SDK as one of ours. Nothing of a credential is in it, nor in its cause: services quote signatures and tokens in some
 * of their messages, and programs that give credentials print what they like.
 *
 * @param title What was asked for, with its region: `The stack podscope-network in eu-central-1`
 * @returns errors of ours as they are
 */
export function awsFailure(error: unknown, title: string): PodscopeError {
  if (isPodscopeError(error)) return error;
  const name = error instanceof Error ? error.name : 'Error';
  if (name === 'AbortError') return new PodscopeError('INTERRUPTED', `${title}: interrupted.`, { hint: 'Run the same command again: it goes on from where it was.' });
  const kind = kindOf(error);
  const said = withoutSecrets(error instanceof Error ? error.message : String(error)).replace(/\s+/gu, ' ').trim();
  const cause = new Error(kind?.words === undefined ? `${name}: ${said}` : name);
  if (kind !== undefined) return new PodscopeError(kind.code, sentence(title, kind.words ?? said, name), { hint: kind.code === 'AWS_DENIED' ? hintForRight(said, kind.hint) : kind.hint, cause });
  if (isNetwork(error)) {
    return new PodscopeError('AWS_UNREACHABLE', sentence(title, `AWS cannot be reached (${said})`, name), { hint: 'See that there is such a region with this service, and that this machine reaches it: network, proxy, AWS_ENDPOINT_URL.', cause });
  }
  return new PodscopeError('AWS_REFUSED', sentence(title, said, name), { hint: 'Change what is refused, and run the same command again.', cause });
}

/** What is missing, as services name it in what they say: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
export function missingRight(said: string): { readonly action: string; readonly resource: string | undefined } | undefined {
  const [, action, resource] = /not authorized to perform: ([a-z0-9-]+:\w+)(?: on resource: (\S+))?/u.exec(said) ?? [];
  return action === undefined ? undefined : { action, resource: resource?.replace(/[.,;]+$/u, '') };
}

function hintForRight(said: string, otherwise: string): string {
  const right = missingRight(said);
  if (right === undefined) return otherwise;
  const where = right.resource === undefined || right.resource === '*' ? '' : ` on ${right.resource}`;
  return /explicit deny/u.test(said)
    ? `A policy denies ${right.action}${where}, whatever others allow: ask who looks after the account. "podscope up --target aws --policy" prints all rights that are needed.`
    : `Ask for ${right.action}${where}: "podscope up --target aws --policy" prints all rights that are needed.`;
}

function sentence(title: string, said: string, name: string): string {
  return `${title}: ${said === '' ? name : said.replace(/[.\s]+$/u, '')}.`;
}

function kindOf(error: unknown): Kind | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.name === 'CredentialsProviderError' && /expired|refresh|sso session/iu.test(error.message)) return KINDS[1];
  // CloudFormation has no error of its own for a stack that isn't there, Step Functions and SSM name theirs by kind.
  if (error.name === 'ValidationError' && /does not exist/u.test(error.message)) return KINDS.find(({ code }) => code === 'AWS_NOT_FOUND');
  return KINDS.find(({ names }) => names.test(error.name));
}

function isNetwork(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as Error & { readonly code?: unknown };
  return (typeof code === 'string' && NETWORK.test(code)) || error.name === 'TimeoutError' || (error instanceof AggregateError && error.errors.some(isNetwork));
}
