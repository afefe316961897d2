import type { AwsSettings } from '../settings.ts';
import { awsNames } from '../names.ts';

/** What each role of an event is for. */
export const ROLES = ['cluster', 'nodes', 'cni', 'ebs-csi', 'shippers', 'presenters', 'flow-logs', 'expiry-schedule', 'expiry', 'expiry-delete'] as const;
export type RoleId = (typeof ROLES)[number];

/** The one role that its own stack can't delete. */
export const LAST_ROLE: RoleId = 'expiry-delete';

/** Names of what templates make and others look for. A role's has the region in it, since roles are of a whole account. */
export interface TemplateNames {
  role(id: RoleId): string;
  readonly stateMachine: string;
  readonly scheduleGroup: string;
  readonly schedule: string;
  readonly budget: string;
  readonly nodeGroup: string;
  /** Prefixes of the names of log groups that an event may have. */
  readonly logGroups: readonly [cluster: string, event: string, domain: string];
  /** Where control plane logs go: the name is EKS's own choice. */
  readonly clusterLogs: string;
  readonly flowLogs: string;
}

export function templateNames(settings: Pick<AwsSettings, 'event' | 'region'>): TemplateNames {
  const { cluster: prefix, domain } = awsNames(settings);
  return {
    role: (id) => `${prefix}-${settings.region}-${id}`,
    stateMachine: `${prefix}-expiry`,
    scheduleGroup: `${prefix}-expiry`,
    schedule: `${prefix}-expiry`,
    budget: `${prefix}-${settings.region}`,
    nodeGroup: `${prefix}-nodes`,
    logGroups: [`/aws/eks/${prefix}/`, `/podscope/${settings.event}/`, `/aws/OpenSearchService/domains/${domain}/`],
    clusterLogs: `/aws/eks/${prefix}/cluster`,
    flowLogs: `/podscope/${settings.event}/flow`,
  };
}
