import { describe, expect, it } from 'vitest';
import { neededRights } from './askedRights.ts';
import { evaluate, type EvaluatedStatement, matches } from './evaluate.ts';

const allow = (statement: Partial<EvaluatedStatement>): EvaluatedStatement => ({ Effect: 'Allow', Action: '*', Resource: '*', ...statement });
const decide = (statements: readonly EvaluatedStatement[], action: string, resource = '*', context: Readonly<Record<string, string>> = {}) => evaluate([{ Statement: statements }], { action, resource, context });
const CLUSTER = 'arn:aws:eks:eu-central-1:123456789012:cluster/podscope';

describe('policies', () => {
  it('allow what a statement names, whatever its letters, and nothing else', () => {
    const some = [allow({ Action: ['eks:Describe*', 'ec2:DescribeVpcs'] })];
    expect(['eks:DescribeCluster', 'EKS:describecluster', 'ec2:DescribeVpcs', 'ec2:DescribeVpcAttribute', 'eks:ListClusters'].map((action) => decide(some, action))).toEqual(['allowed', 'allowed', 'allowed', 'unallowed', 'unallowed']);
    expect(decide([], 'eks:DescribeCluster')).toBe('unallowed');
  });

  it('deny before they allow', () => {
    expect(decide([allow({}), { Effect: 'Deny', Action: 'eks:*', Resource: CLUSTER }], 'eks:DeleteCluster', CLUSTER)).toBe('denied');
  });

  it('are compared with ARNs part by part', () => {
    const on = (Resource: string, resource = CLUSTER) => decide([allow({ Resource })], 'eks:DescribeCluster', resource);
    expect([CLUSTER, 'arn:aws:eks:*:*:cluster/pod*', 'arn:aws:eks:eu-central-1:*:cluster/?odscope'].map((each) => on(each))).toEqual(['allowed', 'allowed', 'allowed']);
    expect(['arn:aws:eks:eu-west-1:*:cluster/podscope', 'arn:aws:eks:*:cluster/podscope', `${CLUSTER}/more`].map((each) => on(each))).toEqual(['unallowed', 'unallowed', 'unallowed']);
    // An action without resources is asked for on all of them.
    expect(on(CLUSTER, '*')).toBe('unallowed');
  });

  it('ask for every key of a condition, and take any of its values', () => {
    const tagged = [allow({ Condition: { StringEquals: { 'aws:ResourceTag/podscope:event': ['a', 'b'] }, ArnLike: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/Amazon*' } } })];
    const context = { 'aws:ResourceTag/podscope:event': 'b', 'iam:PolicyARN': 'arn:aws:iam::aws:policy/AmazonEKSClusterPolicy' };
    expect(decide(tagged, 'x:Y', '*', context)).toBe('allowed');
    expect(decide(tagged, 'x:Y', '*', { ...context, 'aws:ResourceTag/podscope:event': 'c' })).toBe('unallowed');
    expect(decide(tagged, 'x:Y', '*', { 'aws:ResourceTag/podscope:event': 'b' })).toBe('unallowed');
    expect(() => decide([allow({ Condition: { NumericEquals: { a: '1' } } })], 'x:Y')).toThrow('NumericEquals');
  });

  it('take no other character for a wildcard', () => {
    expect([matches('a.c', 'abc'), matches('a*c', 'a/b/c'), matches('a?c', 'ac'), matches('(a', '(a')]).toEqual([false, true, false, true]);
  });
});

describe('calls', () => {
  const call = (service: string, action: string, input: Readonly<Record<string, string | readonly string[] | readonly { readonly Key: string; readonly Value: string }[]>>) => neededRights({ service, action, input, region: 'eu-central-1' }, '123456789012');

  it('need the right to tag where they bring tags', () => {
    expect(call('cloudformation', 'CreateStack', { StackName: 'a', 'Tags.member.1.Key': 'k', 'Tags.member.1.Value': 'v' }).map(({ action, requestTags }) => [action, requestTags])).toEqual([['cloudformation:CreateStack', { k: 'v' }], ['cloudformation:TagResource', { k: 'v' }]]);
    expect(call('es', 'CreateDomain', { DomainName: 'd', TagList: [{ Key: 'k', Value: 'v' }] }).map(({ action, resource }) => [action, resource])).toEqual([['es:CreateDomain', 'arn:aws:es:eu-central-1:123456789012:domain/d'], ['es:AddTags', 'arn:aws:es:eu-central-1:123456789012:domain/d']]);
    expect(call('es', 'CreateDomain', { DomainName: 'd' }).map(({ action }) => action)).toEqual(['es:CreateDomain']);
  });

  it('have the names of IAM, where those differ, and each resource that they name', () => {
    expect(call('tagging', 'GetResources', {})).toEqual([{ action: 'tag:GetResources', resource: '*', requestTags: {} }]);
    expect(call('ssm', 'DeleteParameters', { Names: ['/a', '/b'] }).map(({ resource }) => resource)).toEqual(['arn:aws:ssm:eu-central-1:123456789012:parameter/a', 'arn:aws:ssm:eu-central-1:123456789012:parameter/b']);
    expect(call('ec2', 'DeleteVpcEndpoints', { 'VpcEndpointId.1': 'vpce-1' }).map(({ resource }) => resource)).toEqual(['arn:aws:ec2:eu-central-1:123456789012:vpc-endpoint/vpce-1']);
    expect(call('budgets', 'DescribeBudget', { BudgetName: 'b' }).map(({ action, resource }) => [action, resource])).toEqual([['budgets:ViewBudget', 'arn:aws:budgets::123456789012:budget/b']]);
    expect(call('ec2', 'CreateTags', { 'ResourceId.1': 'vol-1', 'Tag.1.Key': 'k', 'Tag.1.Value': 'v' })).toEqual([{ action: 'ec2:CreateTags', resource: 'arn:aws:ec2:eu-central-1:123456789012:volume/vol-1', requestTags: { k: 'v' } }]);
    expect(call('sts', 'GetCallerIdentity', {})).toEqual([]);
  });

  it('that nobody has described are not taken for granted', () => {
    expect(() => call('iam', 'CreateUser', {})).toThrow('iam:CreateUser');
  });
});
