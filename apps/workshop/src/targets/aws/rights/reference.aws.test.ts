import { beforeAll, describe, expect, it } from 'vitest';
import { authorizationReference, type AuthorizationReference } from '../../../../../../tools/aws-test-env/authorization/reference.ts';
import { cfnLint } from '../../../../../../tools/aws-test-env/cfnLint.ts';
import { matches } from '../../../../../../tools/aws-test-env/front/rights/evaluate.ts';
import { templateMatrix } from '../templates/testing/matrix.ts';
import { iamPolicies, type PolicyDocument, type PolicyStatement } from './policies.ts';
import { STACK_TYPES } from './stackTypes.ts';
import { rightsMatrix } from './testing/matrix.ts';

let reference: AuthorizationReference;
beforeAll(async () => {
  reference = await authorizationReference();
});

const matrix = rightsMatrix();
const statements: readonly PolicyStatement[] = matrix.flatMap(({ settings }) => iamPolicies(settings)).flatMap(({ document }) => document.Statement);

describe('what CloudFormation needs', () => {
  it('has a row for each type of any template, and for no other', () => {
    expect(Object.keys(STACK_TYPES).toSorted()).toEqual([...new Set(templateMatrix().flatMap(({ template }) => Object.values(template.Resources).map(({ Type }) => Type)))].toSorted());
  });

  it.each(Object.keys(STACK_TYPES))('is what the schema of %s names, less what no template has', (type) => {
    const { actions, unused = {} } = STACK_TYPES[type] as (typeof STACK_TYPES)[string];
    expect([...actions, ...Object.keys(unused)].toSorted()).toEqual(reference.handlerActionsOf(type));
    expect(actions.filter((action) => unused[action] !== undefined)).toEqual([]);
  });
});

/** The part of an ARN by which a kind of resource is known: `cluster/` of `arn:${Partition}:eks:${Region}:${Account}:cluster/`. */
const beginning = (arn: string): string => arn.split(':').slice(5).join(':');
/** Whether a pattern of a policy may be one of a kind: `cluster/podscope`, `*\/*`. */
const mayBe = (pattern: string, begin: string): boolean => beginning(pattern).startsWith(begin) || matches(beginning(pattern), `${begin}x`) || matches(beginning(pattern), `${begin}x/y`);

describe('the Service Authorization Reference', () => {
  it('knows each action', () => {
    const unknown = statements.flatMap(({ Action }) => Action).filter((action) => reference.resourcesOf(action) === undefined);
    expect([...new Set(unknown)]).toEqual([]);
  });

  it('knows no resource for what is allowed on *', () => {
    const narrower = statements.filter(({ Resource }) => Resource.includes('*')).flatMap(({ Action }) => Action).filter((action) => (reference.resourcesOf(action) ?? []).length > 0);
    expect([...new Set(narrower)]).toEqual([]);
  });

  it('knows a resource of each action for what is allowed on some', () => {
    const never: string[] = [];
    for (const { Sid, Action, Resource } of statements) {
      if (Resource.includes('*')) continue;
      for (const action of Action) {
        const [service = ''] = action.split(':');
        const kinds = (reference.resourcesOf(action) ?? []).flatMap((kind) => reference.arnsOf(service, kind));
        if (!Resource.some((pattern) => pattern.split(':')[2] === service && kinds.some((arn) => mayBe(pattern, beginning(arn))))) never.push(`${Sid}: ${action}`);
      }
    }
    expect([...new Set(never)]).toEqual([]);
  });

  it('knows the tags that conditions ask for, on one of the resources of each action', () => {
    const never: string[] = [];
    for (const { Sid, Action, Condition = {} } of statements) {
      const tags = Object.values(Condition).flatMap((keys) => Object.keys(keys)).filter((key) => /^aws:(?:Resource|Request)Tag\//u.test(key)).map((key) => key.replace(/\/.*$/u, '/${TagKey}'));
      for (const action of Action) {
        const [service = ''] = action.split(':');
        const known = (reference.resourcesOf(action) ?? []).flatMap((kind) => reference.conditionKeysOf(service, kind));
        never.push(...tags.filter((tag) => !known.includes(tag)).map((tag) => `${Sid}: ${action} ${tag}`));
      }
    }
    expect([...new Set(never)]).toEqual([]);
  });
});

it('passes cfn-lint, which reads policies', async () => {
  const documents = matrix.flatMap(({ settings }) => iamPolicies(settings)).map(({ document }) => document);
  const template = (policies: readonly PolicyDocument[]) => ({ AWSTemplateFormatVersion: '2010-09-09', Resources: Object.fromEntries(policies.map((PolicyDocument, index) => [`Policy${index}`, { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument } }])) });
  expect(await cfnLint(template(documents))).toEqual([]);
  const wrong: PolicyDocument = { Version: '2012-10-17', Statement: [{ Sid: 'Wrong', Effect: 'Allow', Action: ['eks:DescribeEverything'], Resource: ['*'] }] };
  expect((await cfnLint(template([wrong]))).map(({ message }) => message).join()).toContain('describeeverything');
});
