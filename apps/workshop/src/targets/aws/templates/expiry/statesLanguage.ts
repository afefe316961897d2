import type { Properties, Value } from '../template.ts';

/** What a state does about an error of its task. */
interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly ResultPath?: string | null;
  readonly Next: string;
}

interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds: number;
  readonly MaxAttempts: number;
  readonly BackoffRate: number;
}

/** One test of a value. */
export type Comparison = { readonly Variable: string; readonly IsPresent?: boolean; readonly StringEquals?: string; readonly StringMatches?: string; readonly BooleanEquals?: boolean };
/** When to go where. */
export type ChoiceRule = (Comparison | { readonly And: readonly Comparison[] } | { readonly Or: readonly Comparison[] }) & { readonly Next: string };

/** What a state does next. */
export type Following = { readonly Next: string } | { readonly End: true };

/** States of the Amazon States Language, as far as the deleter of an event has them: https://states-language.net/spec.html, with JSONPath. */
export type State =
  | (Following & {
      readonly Type: 'Task';
      readonly Resource: Value;
      readonly Parameters: Properties;
      readonly ResultSelector?: Properties;
      readonly ResultPath?: string | null;
      readonly Retry?: readonly Retrier[];
      readonly Catch?: readonly Catcher[];
    })
  | (Following & { readonly Type: 'Map'; readonly ItemsPath: string; readonly MaxConcurrency: number; readonly ItemProcessor: StateMachine; readonly ResultPath: null })
  | (Following & { readonly Type: 'Pass'; readonly Result?: Value; readonly Parameters?: Properties; readonly ResultPath?: string })
  | (Following & { readonly Type: 'Wait'; readonly Seconds: number })
  | { readonly Type: 'Choice'; readonly Choices: readonly ChoiceRule[]; readonly Default: string }
  | { readonly Type: 'Fail'; readonly Error: string; readonly CausePath?: string; readonly Cause?: string }
  | { readonly Type: 'Succeed' };

/** States, and where they begin. */
export interface StateMachine {
  readonly Comment?: string;
  readonly TimeoutSeconds?: number;
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

/** How long a machine waits. */
export interface Pauses {
  /** Between two rounds, in seconds. */
  readonly round: number;
  /** Before a refused look is repeated the first time, in seconds. */
  readonly retry: number;
  /** So many seconds a run takes at most: it ends before the next one is due, half an hour after it. */
  readonly run: number;
}

/**
 * A task that calls AWS. Names of parameters begin with a capital, whatever the service's own spelling.
 * See https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
 */
export function awsCall(service: string, action: string): string {
  return `arn:\${AWS::Partition}:states:::aws-sdk:${service}:${action}`;
}
