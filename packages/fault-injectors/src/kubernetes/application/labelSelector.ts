import { PodscopeError } from '@podscope/core';

/** A selector as objects have it. */
export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly { readonly key: string; readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist'; readonly values?: readonly string[] }[];
}

type Expression = NonNullable<LabelSelector['matchExpressions']>[number];

const SET = /^(?<key>[\w./-]+)\s+(?<operator>in|notin)\s+\((?<values>[^()]*)\)$/;
const EQUAL = /^(?<key>[\w./-]+)\s*(?<operator>==?|!=)\s*(?<value>[\w.-]*)$/;
const THERE = /^(?<not>!)?\s*(?<key>[\w./-]+)$/;

/**
 * A selector in kubectl's notation (`app in (a,b),tier=web`) as objects have it.
 *
 * @throws PodscopeError FAULT_BAD_PARAMETERS
 */
export function parseSelector(text: string): LabelSelector {
  return { matchExpressions: text.split(/,(?![^()]*\))/).map((part) => parsePart(part.trim())) };
}

function parsePart(part: string): Expression {
  const set = SET.exec(part)?.groups;
  if (set) return { key: set['key'] ?? '', operator: set['operator'] === 'in' ? 'In' : 'NotIn', values: (set['values'] ?? '').split(',').map((value) => value.trim()) };
  const equal = EQUAL.exec(part)?.groups;
  if (equal) return { key: equal['key'] ?? '', operator: equal['operator'] === '!=' ? 'NotIn' : 'In', values: [equal['value'] ?? ''] };
  const there = THERE.exec(part)?.groups;
  if (there) return { key: there['key'] ?? '', operator: there['not'] === undefined ? 'Exists' : 'DoesNotExist' };
  throw new PodscopeError('FAULT_BAD_PARAMETERS', `${JSON.stringify(part)} is no label selector.`, { hint: 'For example app=frontend, or app in (redis-primary,redis-replica).' });
}

/** Whether labels are meant. An empty selector means everything. */
export function isSelected(labels: Readonly<Record<string, string>>, { matchLabels = {}, matchExpressions = [] }: LabelSelector): boolean {
  return Object.entries(matchLabels).every(([key, value]) => labels[key] === value) && matchExpressions.every((each) => holds(labels, each));
}

function holds(labels: Readonly<Record<string, string>>, { key, operator, values = [] }: Expression): boolean {
  const value = labels[key];
  switch (operator) {
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
  }
}
