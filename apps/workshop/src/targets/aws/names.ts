import type { AwsSettings } from './settings.ts';

/** Keys of the tags that everything carries which is made for an event. */
export const TAGS = { event: 'podscope:event', owner: 'podscope:owner', expires: 'podscope:expires' } as const;

/** The stacks of an event, in the order in which they are made. */
export const STACKS = ['expiry', 'network', 'cluster'] as const;
export type StackId = (typeof STACKS)[number];

/** Names of what an event has in an account. All begin alike, so that rights can be narrowed to them. */
export interface AwsNames {
  readonly event: string;
  stack(id: StackId): string;
  readonly cluster: string;
  readonly domain: string;
  /** A path of SSM parameters; the ledger is below it. */
  readonly ledger: string;
}

/** @param event Three to nineteen characters, so that a domain's name (28 at most) is never cut, see {@link AwsSettings}. */
export function awsNames({ event }: Pick<AwsSettings, 'event'>): AwsNames {
  const prefix = event === 'podscope' ? event : `podscope-${event}`;
  return { event, stack: (id) => `${prefix}-${id}`, cluster: prefix, domain: prefix, ledger: `/podscope/${event}/ledger` };
}
