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

/** The names of an event, as the sweep takes them. @param began ISO 8601, where it is known */
export function sweepNames(event: string, region: string, began?: string): SweepNames {
  const names: AwsNames = awsNames({ event });
  const { logGroups, role } = templateNames({ event, region });
  return {
    logs: { ofEvent: logGroups.event, ofCluster: [logGroups.cluster, logGroups.insights], ofDomain: logGroups.domain, policy: logPolicyName(names.domain), since: began === undefined ? undefined : new Date(began) },
    roles: [role(LAST_ROLE)],
  };
}
