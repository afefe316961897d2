import type { AwsSettings } from '../settings.ts';
import { ownRights } from './ownRights.ts';
import { type Condition, type Right, rightsNames } from './right.ts';
import { stackRights } from './stackRights.ts';

/** A statement as IAM takes it. */
export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Condition;
}

/** A policy as IAM takes it. */
export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly PolicyStatement[];
}

/** One policy to make and attach. */
export interface IamPolicy {
  /** Such as `podscope-reinvent-calls`. */
  readonly name: string;
  /** `calls`: what podscope asks itself. `stacks`: what CloudFormation does for it with the caller's rights. */
  readonly part: 'calls' | 'stacks';
  readonly document: PolicyDocument;
  /** What each statement is for, by its `Sid`. */
  readonly reasons: Readonly<Record<string, string>>;
  /** Characters without white space, as IAM counts them. */
  readonly characters: number;
}

/** Of a managed policy, white space aside: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const MOST_CHARACTERS = 6_144;

/** Size of a policy as IAM counts it. */
export function policySize(document: PolicyDocument): number {
  return JSON.stringify(document).replaceAll(/\s/gu, '').length;
}

/**
 * The policies for whoever runs `up`, `status`, `down`, `open` and `kubeconfig` of an event with these settings: as few as IAM's size allows,
 * first the calls of podscope itself. Asks nobody.
 */
export function iamPolicies(settings: AwsSettings): readonly IamPolicy[] {
  const { prefix } = rightsNames(settings);
  return [...policiesOf('calls', ownRights(settings), prefix), ...policiesOf('stacks', stackRights(settings), prefix)];
}

function policiesOf(part: IamPolicy['part'], rights: readonly Right[], prefix: string): readonly IamPolicy[] {
  const parts: PolicyStatement[][] = [[]];
  for (const statement of rights.map(statementOf)) {
    const last = parts.at(-1) as PolicyStatement[];
    if (last.length > 0 && policySize(documentOf([...last, statement])) > MOST_CHARACTERS) parts.push([statement]);
    else last.push(statement);
  }
  return parts.map((statements, index) => {
    const document = documentOf(statements);
    const reasons = Object.fromEntries(rights.filter(({ sid }) => statements.some(({ Sid }) => Sid === sid)).map(({ sid, why }) => [sid, why]));
    return { name: `${prefix}-${part}${parts.length === 1 ? '' : `-${index + 1}`}`, part, document, reasons, characters: policySize(document) };
  });
}

const WIDTH = 150;

/** A policy as text: a statement over a few lines, its actions and resources side by side. */
export function policyText({ Version, Statement }: PolicyDocument): string {
  const statements = Statement.map((statement) => {
    const members = Object.entries(statement).map(([key, value]) => `      ${JSON.stringify(key)}: ${Array.isArray(value) ? listText(value as readonly string[]) : spaced(value)}`);
    return `    {\n${members.join(',\n')}\n    }`;
  });
  return `{\n  "Version": ${JSON.stringify(Version)},\n  "Statement": [\n${statements.join(',\n')}\n  ]\n}\n`;
}

/** On one line, with a space after what separates. */
const spaced = (value: unknown): string => JSON.stringify(value, undefined, 1).replaceAll(/\n\s*/gu, ' ');

function listText(values: readonly string[]): string {
  const lines: string[] = [];
  for (const value of values.map((each) => JSON.stringify(each))) {
    const last = lines.at(-1);
    if (last === undefined || last.length + value.length > WIDTH) lines.push(value);
    else lines[lines.length - 1] = `${last}, ${value}`;
  }
  // Its name stands before it on the same line.
  return lines.length === 1 && String(lines[0]).length <= WIDTH - 10 ? `[${lines[0]}]` : `[\n        ${lines.join(',\n        ')}\n      ]`;
}

const documentOf = (statements: readonly PolicyStatement[]): PolicyDocument => ({ Version: '2012-10-17', Statement: statements });

function statementOf({ sid, actions, resources, condition }: Right): PolicyStatement {
  return { Sid: sid, Effect: 'Allow', Action: actions.toSorted(), Resource: resources, ...(condition === undefined ? {} : { Condition: condition }) };
}
