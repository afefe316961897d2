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
  readonly logGroups: { readonly cluster: string; readonly insights: string; readonly event: string; readonly domain: string };
  /** Where control plane logs go: the name is EKS's own choice. */
  readonly clusterLogs: string;
  readonly flowLogs: string;
  /** Of CloudWatch Logs: lets the domain write its logs. */
  readonly domainLogPolicy: string;
  /** The path of all parameters of the event; the ledger is below it. */
  readonly parameters: string;
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
    logGroups: { cluster: `/aws/eks/${prefix}/`, insights: `/aws/containerinsights/${prefix}/`, event: `/podscope/${settings.event}/`, domain: `/aws/OpenSearchService/domains/${domain}/` },
    clusterLogs: `/aws/eks/${prefix}/cluster`,
    flowLogs: `/podscope/${settings.event}/flow`,
    domainLogPolicy: `${domain}-logs`,
    parameters: `/podscope/${settings.event}`,
  };
}
