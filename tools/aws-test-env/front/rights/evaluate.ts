/** A policy as IAM takes it, as far as it is evaluated here. */
export interface EvaluatedPolicy {
  readonly Statement: readonly EvaluatedStatement[];
}

export interface EvaluatedStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** One right that a request needs. */
export interface AskedRight {
  /** Such as `eks:DescribeCluster`. */
  readonly action: string;
  /** An ARN, or `*` where the action knows no resource. */
  readonly resource: string;
  /** Values of condition keys; a key that isn't here is not in the request. */
  readonly context: Readonly<Record<string, string>>;
}

/** `denied` by a statement, or not allowed by any. */
export type Decision = 'allowed' | 'denied' | 'unallowed';

const list = (value: string | readonly string[]): readonly string[] => (typeof value === 'string' ? [value] : value);

/** Matches a text of IAM: `*` is any characters, `?` is one. */
export function matches(pattern: string, text: string): boolean {
  const source = pattern.replaceAll(/[.+^$(){}|[\]\\]/gu, '\\$&').replaceAll('*', '.*').replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'su').test(text);
}

/** ARNs are compared part by part, so that a `*` does not reach over a colon; what comes after the fifth is one part. */
function arnMatches(pattern: string, arn: string): boolean {
  const parts = (text: string): readonly string[] => {
    const [a = '', b = '', c = '', d = '', e = '', ...rest] = text.split(':');
    return [a, b, c, d, e, rest.join(':')];
  };
  const given = parts(arn);
  return parts(pattern).every((part, index) => matches(part, given[index] ?? ''));
}

type Compare = (pattern: string, value: string) => boolean;
/** Those that the policies of this repository have; another one is a fault of whoever uses it here. */
const OPERATORS: Readonly<Record<string, Compare>> = { StringEquals: (pattern, value) => pattern === value, StringLike: matches, ArnEquals: arnMatches, ArnLike: arnMatches };

/**
 * What IAM decides of identity-based policies alone, without boundaries, sessions, policies of resources or of the organisation.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 *
 * @throws Error for an operator that it does not know: nothing is taken for granted
 */
export function evaluate(policies: readonly EvaluatedPolicy[], asked: AskedRight): Decision {
  const fitting = policies.flatMap(({ Statement }) => Statement).filter((statement) => fits(statement, asked));
  if (fitting.some(({ Effect }) => Effect === 'Deny')) return 'denied';
  return fitting.length > 0 ? 'allowed' : 'unallowed';
}

function fits({ Action, Resource, Condition = {} }: EvaluatedStatement, { action, resource, context }: AskedRight): boolean {
  return (
    list(Action).some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase())) &&
    list(Resource).some((pattern) => pattern === '*' || (resource !== '*' && arnMatches(pattern, resource))) &&
    Object.entries(Condition).every(([operator, keys]) => {
      const compare = OPERATORS[operator];
      if (compare === undefined) throw new Error(`The evaluator of policies does not know ${operator}.`);
      return Object.entries(keys).every(([key, patterns]) => {
        const value = context[key];
        return value !== undefined && list(patterns).some((pattern) => compare(pattern, value));
      });
    })
  );
}
