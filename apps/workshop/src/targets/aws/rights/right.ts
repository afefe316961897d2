import type { AwsSettings } from '../settings.ts';
import { awsNames } from '../names.ts';
import { templateNames } from '../templates/names.ts';

/** Conditions of a statement: operator, key, values. */
export type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** Rights that go together: the same resources under the same conditions. */
export interface Right {
  /** Letters and digits; the statement's `Sid`. */
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition?: Condition;
  /** What they are for; of resources `*`, why they can't be fewer. */
  readonly why: string;
}

/** What the names in a right are made of. */
export interface RightsNames {
  readonly event: string;
  /** Of the event's cluster, domain, stacks and roles. */
  readonly prefix: string;
  /** The cluster that is used: the event's own, or the one that is there. */
  readonly cluster: string;
  readonly domain: string;
  /** An ARN of the region, in whichever account the policy is attached. */
  arn(service: string, resource: string): string;
  /** An ARN of a service that has no regions. */
  globalArn(service: string, resource: string): string;
  role(id: Parameters<ReturnType<typeof templateNames>['role']>[0] | '*'): string;
  readonly templates: ReturnType<typeof templateNames>;
}

/** Regions of AWS China and of GovCloud are partitions of their own. */
const partitionOf = (region: string): string => (region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws');

/**
 * Names and ARNs of an event. The account is left open: who asks for a policy has no credentials, and one that is attached to a role
 * reaches nothing of another account that does not let it in itself.
 */
export function rightsNames(settings: Pick<AwsSettings, 'event' | 'region' | 'existingCluster' | 'existingDomain'>): RightsNames {
  const { event, region, existingCluster, existingDomain } = settings;
  const names = awsNames(settings);
  const templates = templateNames(settings);
  const partition = partitionOf(region);
  const globalArn = (service: string, resource: string): string => `arn:${partition}:${service}::*:${resource}`;
  return {
    event,
    prefix: names.cluster,
    cluster: existingCluster ?? names.cluster,
    domain: existingDomain ?? names.domain,
    arn: (service, resource) => `arn:${partition}:${service}:${region}:*:${resource}`,
    globalArn,
    role: (id) => globalArn('iam', `role/${id === '*' ? `${names.cluster}-${region}-*` : templates.role(id)}`),
    templates,
  };
}
