import type { AwsClients } from './clients.ts';
import { type AwsNames, awsNames } from './names.ts';
import type { AwsParts, Pauses } from './parts.ts';
import type { SweepNames } from './sweep/left.ts';
import { LAST_ROLE, templateNames } from './templates/names.ts';
import { logPolicyName } from './domain/logs.ts';

/** What `up`, `down` and `status` are all told. */
export interface AwsPlace {
  readonly clients: AwsClients;
  readonly event: string;
  readonly runDir: string;
  readonly parts: AwsParts;
  readonly signal: AbortSignal;
  /** @default as AWS takes its time */
  readonly pauses?: Pauses;
}

/** The names of an event, as the sweep takes them. */
export function sweepNames(event: string, region: string): SweepNames {
  const names: AwsNames = awsNames({ event });
  const made = templateNames({ event, region });
  return { logs: { prefixes: [made.logGroups.event, made.logGroups.domain], ofCluster: made.logGroups.cluster, policies: [logPolicyName(names.domain)] }, roles: [made.role(LAST_ROLE)] };
}
