import { resourcesOf } from './calls.ts';
import type { AwsRequest } from './request.ts';

/** Which calls a rule is about. */
export interface CallFault {
  /** The name that requests are signed for, such as `es`, `eks`, `cloudformation`; `*` is each. */
  readonly service: string;
  /** Such as `CreateDomain`; `*` is each. */
  readonly action: string;
  /** Only calls that name this resource. */
  readonly resource?: string;
  /** The first matching call that it acts on, counted from one. @default 1 */
  readonly nth?: number;
  /** How many matching calls from there on. @default 1 */
  readonly times?: number;
  /** The code that is answered, such as `ThrottlingException`, in the service's own form. */
  readonly error?: string;
  readonly message?: string;
  /** @default what the SDK's model says of the code */
  readonly status?: number;
  /** True lets the service do it first: done, but answered with the error, or not at all. */
  readonly after?: boolean;
  /** Ends the connection without an answer. */
  readonly cut?: boolean;
  /** Waits so long before anything is done. */
  readonly delayMs?: number;
}

/** What never comes to an end, as long as the rule is there. */
export interface StuckFault {
  readonly stuck: 'domain' | 'cluster' | 'stack';
  /** @default any */
  readonly name?: string;
}

/** A resource of a stack that can't be made: the stack is rolled back, as CloudFormation does it. */
export interface StackFault {
  /** A logical id, or a type such as `AWS::EKS::Nodegroup`. */
  readonly stackResource: string;
  readonly reason: string;
  /** Instead when the stack is deleted: it ends in DELETE_FAILED. */
  readonly onDelete?: boolean;
  /** @default 1 */
  readonly times?: number;
}

/** A rule of {@link Faults}. */
export type FaultRule = CallFault | StuckFault | StackFault;

/** A rule in place. */
export interface PlacedFault {
  /** How often it acted. */
  readonly hits: number;
  remove(): void;
}

/** The rules in place. */
export interface Faults {
  add(rule: FaultRule): PlacedFault;
  clear(): void;
  /** Rules that were placed and never acted, those that were removed included: a test that has one proves nothing by it. */
  idle(): readonly FaultRule[];
  /** The rule that acts on a call, if any; counts the call. */
  next(request: AwsRequest): CallFault | undefined;
  isStuck(what: StuckFault['stuck'], name: string): boolean;
  /** The reason for which a resource of a stack fails, if it does; counts it. */
  stackReason(resource: { readonly logicalId: string; readonly type: string }, onDelete: boolean): string | undefined;
}

interface Placed<Rule> {
  readonly rule: Rule;
  seen: number;
  hits: number;
}

/** Keeps rules; the first that was placed and fits acts. */
export function createFaults(): Faults {
  const calls: Placed<CallFault>[] = [];
  const stuck: Placed<StuckFault>[] = [];
  const stacks: Placed<StackFault>[] = [];
  let ever: Placed<FaultRule>[] = [];

  function place<Rule extends FaultRule>(list: Placed<Rule>[], rule: Rule): PlacedFault {
    const placed: Placed<Rule> = { rule, seen: 0, hits: 0 };
    list.push(placed);
    ever.push(placed);
    return {
      get hits() {
        return placed.hits;
      },
      remove() {
        const index = list.indexOf(placed);
        if (index >= 0) list.splice(index, 1);
      },
    };
  }

  return {
    add(rule) {
      if ('stuck' in rule) return place(stuck, rule);
      if ('stackResource' in rule) return place(stacks, rule);
      return place(calls, rule);
    },
    clear() {
      calls.length = 0;
      stuck.length = 0;
      stacks.length = 0;
      ever = [];
    },
    idle: () => ever.filter(({ hits }) => hits === 0).map(({ rule }) => rule),
    next(request) {
      let acting: CallFault | undefined;
      for (const placed of calls) {
        const { service, action, resource, nth = 1, times = 1 } = placed.rule;
        if ((service !== '*' && service !== request.service) || (action !== '*' && action !== request.action)) continue;
        if (resource !== undefined && !resourcesOf(request.input).includes(resource)) continue;
        placed.seen++;
        if (acting !== undefined || placed.seen < nth || placed.seen >= nth + times) continue;
        placed.hits++;
        acting = placed.rule;
      }
      return acting;
    },
    isStuck(what, name) {
      const found = stuck.find(({ rule }) => rule.stuck === what && (rule.name === undefined || rule.name === name));
      if (found !== undefined) found.hits++;
      return found !== undefined;
    },
    stackReason({ logicalId, type }, onDelete) {
      const found = stacks.find(({ rule, hits }) => (rule.stackResource === logicalId || rule.stackResource === type) && (rule.onDelete ?? false) === onDelete && hits < (rule.times ?? 1));
      if (found !== undefined) found.hits++;
      return found?.rule.reason;
    },
  };
}
