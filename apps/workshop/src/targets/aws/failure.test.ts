import { describe, expect, it } from 'vitest';
import { PodscopeError } from '@podscope/core';
import { awsErrorName, awsFailure, awsFailureCode, isAwsError, isGone, isRefusedForNow } from './failure.ts';
import { withoutSecrets } from './withoutSecrets.ts';

/** As the SDK makes them: the service's code is the name. */
function sdkError(name: string, message = 'as the service says'): Error {
  return Object.assign(new Error(message), { name, $fault: 'client', $metadata: { httpStatusCode: 400 } });
}

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const TOKEN = `IQoJb3JpZ2luX2VjE${'aB3/'.repeat(60)}==`;

describe('awsFailure', () => {
  it.each([
    ['CredentialsProviderError', 'AWS_NO_CREDENTIALS'], ['ExpiredTokenException', 'AWS_SESSION_EXPIRED'], ['ExpiredToken', 'AWS_SESSION_EXPIRED'], ['RequestExpired', 'AWS_SESSION_EXPIRED'],
    ['InvalidClientTokenId', 'AWS_CREDENTIALS_REFUSED'], ['SignatureDoesNotMatch', 'AWS_CREDENTIALS_REFUSED'], ['AuthFailure', 'AWS_CREDENTIALS_REFUSED'],
    ['UnauthorizedOperation', 'AWS_DENIED'], ['AccessDeniedException', 'AWS_DENIED'], ['OptInRequired', 'AWS_REGION_OFF'],
    ['VpcLimitExceeded', 'AWS_QUOTA'], ['AddressLimitExceeded', 'AWS_QUOTA'], ['ServiceQuotaExceededException', 'AWS_QUOTA'], ['ResourceLimitExceededException', 'AWS_QUOTA'], ['LimitExceededException', 'AWS_QUOTA'],
    ['RequestLimitExceeded', 'AWS_THROTTLED'], ['ThrottlingException', 'AWS_THROTTLED'], ['Throttling', 'AWS_THROTTLED'],
    ['DependencyViolation', 'AWS_IN_USE'], ['ResourceInUseException', 'AWS_IN_USE'], ['DeleteConflict', 'AWS_IN_USE'], ['TooManyUpdates', 'AWS_IN_USE'], ['OperationAbortedException', 'AWS_IN_USE'], ['EntityTemporarilyUnmodifiable', 'AWS_IN_USE'],
    ['ResourceAlreadyExistsException', 'AWS_NAME_TAKEN'], ['AlreadyExistsException', 'AWS_NAME_TAKEN'], ['EntityAlreadyExists', 'AWS_NAME_TAKEN'], ['InvalidGroup.Duplicate', 'AWS_NAME_TAKEN'],
    ['InvalidVpcID.NotFound', 'AWS_NOT_FOUND'], ['ResourceNotFoundException', 'AWS_NOT_FOUND'], ['NoSuchEntity', 'AWS_NOT_FOUND'], ['NatGatewayNotFound', 'AWS_NOT_FOUND'], ['LoadBalancerNotFoundException', 'AWS_NOT_FOUND'], ['StateMachineDoesNotExist', 'AWS_NOT_FOUND'], ['ParameterNotFound', 'AWS_NOT_FOUND'],
    ['ValidationException', 'AWS_REFUSED'],
  ])('knows %s', (name, code) => {
    const failure = awsFailure(sdkError(name), 'The stack podscope-network in eu-central-1');
    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(/^The stack podscope-network in eu-central-1: .+\.$/u);
    expect(failure.hint).toBeTruthy();
  });

  it('names the right that is missing, on what, and where all of them are', () => {
    const said = 'User: arn:aws:sts::123456789012:assumed-role/presenter/ana is not authorized to perform: ';
    const hint = (name: string, message: string): string | undefined => awsFailure(sdkError(name, message), 'The cluster').hint;
    expect(hint('AccessDeniedException', `${said}eks:DescribeCluster on resource: arn:aws:eks:eu-central-1:123456789012:cluster/podscope`)).toBe('Ask for eks:DescribeCluster on arn:aws:eks:eu-central-1:123456789012:cluster/podscope: "podscope up --target aws --policy" prints all rights that are needed.');
    expect(hint('UnauthorizedOperation', `You are not authorized to perform this operation. ${said}ec2:DescribeVpcs because no identity-based policy allows the ec2:DescribeVpcs action`)).toMatch(/^Ask for ec2:DescribeVpcs: /u);
    expect(hint('AccessDenied', `${said}iam:CreateRole on resource: arn:aws:iam::123456789012:role/x with an explicit deny in a permissions boundary`)).toMatch(/^A policy denies iam:CreateRole on arn:aws:iam::123456789012:role\/x, /u);
    expect(hint('UnauthorizedOperation', 'You are not authorized to perform this operation. Encoded authorization failure message: abc')).toContain('up --target aws --policy');
  });

  it('tells a missing stack from another bad request', () => {
    expect(isGone(sdkError('ValidationError', 'Stack with id podscope-network does not exist'))).toBe(true);
    expect(isGone(sdkError('ValidationError', 'No updates are to be performed.'))).toBe(false);
  });

  it('tells a session that has ended from no credentials at all', () => {
    expect(awsFailureCode(sdkError('CredentialsProviderError', 'The SSO session associated with this profile has expired.'))).toBe('AWS_SESSION_EXPIRED');
  });

  it('tells a region or a network that is not there, also for several addresses', () => {
    expect(awsFailureCode(Object.assign(new Error('getaddrinfo ENOTFOUND ec2.xx-nowhere-1.amazonaws.com'), { code: 'ENOTFOUND' }))).toBe('AWS_UNREACHABLE');
    expect(awsFailureCode(new AggregateError([Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })]))).toBe('AWS_UNREACHABLE');
  });

  it('lets errors of ours through, and calls an abort an interruption', () => {
    const own = new PodscopeError('AWS_QUOTA', 'x');
    expect(awsFailure(own, 'title')).toBe(own);
    expect(awsFailure(Object.assign(new Error('Request aborted'), { name: 'AbortError' }), 'The cluster').code).toBe('INTERRUPTED');
  });

  it('knows what is refused for a while only', () => {
    expect(['DependencyViolation', 'ThrottlingException', 'ResourceInUseException', 'InternalFailure'].map((name) => isRefusedForNow(sdkError(name)))).toEqual([true, true, true, true]);
    expect(['AccessDenied', 'ExpiredToken', 'ValidationException'].map((name) => isRefusedForNow(sdkError(name)))).toEqual([false, false, false]);
  });

  it('compares names with and without their ending', () => {
    expect(isAwsError(sdkError('ResourceInUseException'), 'ResourceInUse')).toBe(true);
    expect(isAwsError(sdkError('Throttling'), 'ThrottlingException')).toBe(true);
    expect(isAwsError(new TypeError('x'), 'TypeError')).toBe(false);
    expect(awsErrorName(sdkError('DependencyViolation'))).toBe('DependencyViolation');
  });

  it('shows nothing of a credential, nor does its cause', () => {
    const quoting = [
      sdkError('SignatureDoesNotMatch', `The Canonical String should have been 'POST / x-amz-security-token:${TOKEN}'`),
      sdkError('CredentialsProviderError', `Command failed: vault read aws ${SECRET}`),
      sdkError('ValidationException', `Bad request: Authorization=AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20261130/eu-central-1/eks/aws4_request, SignedHeaders=host, Signature=abcdef0123`),
      sdkError('InternalFailure', `{"AccessKeyId":"ASIAIOSFODNN7EXAMPLE","SecretAccessKey":"${SECRET}","SessionToken":"${TOKEN}"}`),
      sdkError('InternalFailure', `it was ${SECRET} with ${TOKEN}`),
    ].map((error) => awsFailure(error, 'The caller'));
    const shown = quoting.map((error) => `${JSON.stringify(error)} ${String(error.stack)} ${String(error.cause)}`).join('\n');
    for (const secret of [SECRET, TOKEN, TOKEN.slice(20, 80), 'AKIAIOSFODNN7EXAMPLE', 'ASIAIOSFODNN7EXAMPLE', 'abcdef0123']) expect(shown).not.toContain(secret);
  });
});

it('leaves names, ARNs and hashes as they are', () => {
  const text = 'arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1v/50dc6c495c0c9188 da39a3ee5e6b4b0d3255bfef95601890afd80709 podscope-workshop-cluster';
  expect(withoutSecrets(text)).toBe(text);
});
