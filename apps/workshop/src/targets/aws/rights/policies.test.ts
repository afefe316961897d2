import { describe, expect, it } from 'vitest';
import { awsSettings } from '../settings.ts';
import { iamPolicies, MOST_CHARACTERS, policySize, policyText } from './policies.ts';
import { rightsMatrix } from './testing/matrix.ts';

const granted = (input: Parameters<typeof awsSettings.parse>[0]): readonly string[] => [...new Set(iamPolicies(awsSettings.parse(input)).flatMap(({ document }) => document.Statement).flatMap(({ Action }) => Action))].toSorted();

describe.each(rightsMatrix())('the policies for $title', ({ settings }) => {
  const policies = iamPolicies(settings);
  const statements = policies.flatMap(({ document }) => document.Statement);

  it('are no longer than IAM takes, and no more than are attached easily', () => {
    for (const { name, characters, document } of policies) {
      expect(characters, name).toBeLessThanOrEqual(MOST_CHARACTERS);
      expect(policySize(JSON.parse(JSON.stringify(document, undefined, 2)) as typeof document), name).toBe(characters);
      expect(name).toMatch(/^[\w+=,.@-]{1,128}$/u);
    }
    // A role takes ten, and an account may want some of them.
    expect(policies.length).toBeLessThanOrEqual(4);
  });

  it('are written as they are, with a reason for each statement', () => {
    for (const { document, reasons } of policies) {
      expect(JSON.parse(policyText(document))).toEqual(document);
      expect(Object.keys(reasons)).toEqual(document.Statement.map(({ Sid }) => Sid));
      expect(policyText(document).split('\n').filter((line) => line.length > 200 && !line.includes('"Condition"'))).toEqual([]);
    }
  });

  it('name each action in full, and each statement once', () => {
    expect(statements.flatMap(({ Action }) => Action).filter((action) => !/^[a-z0-9-]+:[A-Za-z0-9]+$/u.test(action))).toEqual([]);
    expect(new Set(policies.map(({ name }) => name)).size).toBe(policies.length);
    expect(new Set(statements.map(({ Sid }) => Sid)).size).toBe(statements.length);
  });

  it('change nothing without a name, a tag, or CloudFormation between', () => {
    const open = statements.filter(({ Resource, Condition }) => Condition === undefined && Resource.includes('*')).flatMap(({ Action }) => Action);
    // A policy of CloudWatch Logs has no ARN.
    expect(open.filter((action) => !/:(?:Describe|Get|List)/u.test(action))).toEqual(['logs:DeleteResourcePolicy', ...(settings.existingDomain === undefined ? ['logs:PutResourcePolicy'] : [])]);
    const anywhere = statements.filter(({ Condition, Resource }) => Condition === undefined && Resource.some((arn) => /:(?:\*|[a-z-]+)\/\*$/u.test(arn)));
    expect(anywhere.map(({ Sid }) => Sid).filter((sid) => !['WhoAsks', 'Quotas', 'BudgetView'].includes(sid))).toEqual([]);
  });

  it('pass a role only to the service that it is for', () => {
    for (const { Condition } of statements.filter(({ Action }) => Action.includes('iam:PassRole'))) expect(Condition).toEqual({ StringEquals: { 'iam:PassedToService': expect.anything() as unknown } });
    for (const { Condition } of statements.filter(({ Action }) => Action.includes('iam:CreateServiceLinkedRole'))) expect(Condition).toEqual({ StringEquals: { 'iam:AWSServiceName': expect.anything() as unknown } });
  });
});

it('grow with what is asked for', () => {
  const plain = granted({});
  const beyond = (input: Parameters<typeof awsSettings.parse>[0]): readonly string[] => granted(input).filter((action) => !plain.includes(action));
  expect(beyond({ budget: { usd: 1, email: 'a@example.com' } }).every((action) => /^b(?:udgets|illing):/u.test(action))).toBe(true);
  expect(beyond({ flowLogs: true })).toEqual(expect.arrayContaining(['ec2:CreateFlowLogs']));
  expect(beyond({ egress: 'endpoints' })).toEqual([]);
  const guest = granted({ event: 'guest', existingCluster: 'theirs', existingDomain: 'theirs-too' });
  expect(guest.filter((action) => /^(?:ec2:(?:CreateVpc|RunInstances|CreateSubnet)|eks:Create|es:(?:Create|Delete))/u.test(action))).toEqual([]);
});

it('name the partition of the region', () => {
  const arns = iamPolicies(awsSettings.parse({ region: 'us-gov-west-1' })).flatMap(({ document }) => document.Statement).flatMap(({ Resource }) => Resource).filter((arn) => arn !== '*');
  expect(arns.filter((arn) => !arn.startsWith('arn:aws-us-gov:'))).toEqual([]);
});
