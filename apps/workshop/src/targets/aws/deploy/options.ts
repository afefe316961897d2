import { PodscopeError } from '@podscope/core';
import type { Engine } from '@podscope/log-shippers';
import type { TargetOptions } from '../../kubernetes/options.ts';
import { TAGS } from '../names.ts';
import type { AwsSettings } from '../settings.ts';

/** What is known of an event's account once cluster and domain are there. */
export interface DeployPlace {
  /** The domain as pods of its VPC reach it: `https://vpc-….es.amazonaws.com`. */
  readonly endpoint: string;
  /** The ARN of the role that signs for shippers, by IRSA. */
  readonly shipperRole: string;
}

/** What may be chosen of what runs in the cluster. */
export type DeployChoice = Partial<Pick<TargetOptions, 'pattern' | 'guestbook' | 'guestbookImage' | 'imageMirror' | 'namespaces'>>;

const NAMESPACES: TargetOptions['namespaces'] = { logging: 'logging', agents: 'node-agents', guestbook: 'guestbook', opensearch: 'opensearch' };
const ENGINE: Engine = 'amazon-opensearch-service';

/**
 * What the Kubernetes target is told for an event: the domain as a server that is there, asked with signatures of AWS, its own
 * Dashboards, and volumes of EBS.
 *
 * @throws PodscopeError CLI_USAGE
 */
export function awsTargetOptions(settings: Pick<AwsSettings, 'event' | 'region' | 'egress'>, { endpoint, shipperRole }: DeployPlace, choice: DeployChoice = {}): TargetOptions {
  if (settings.egress === 'endpoints' && choice.imageMirror === undefined) throw mirrorWanted();
  const url = new URL(endpoint.includes('://') ? endpoint : `https://${endpoint}`);
  return {
    namespaces: choice.namespaces ?? NAMESPACES,
    pattern: choice.pattern ?? 'workshop',
    opensearch: { how: 'url', url: url.origin, urlFromHere: undefined, engine: ENGINE, secured: false, hasAuthority: false, signed: { region: settings.region, shipperRole } },
    dashboards: true,
    guestbook: choice.guestbook ?? 'podscope',
    guestbookImage: choice.guestbookImage,
    imageMirror: choice.imageMirror,
    storageClass: EBS_CLASS,
    ebs: { name: EBS_CLASS, tags: { [TAGS.event]: settings.event } },
  };
}

/** Nodes without a way out have their images of a registry that they reach. */
export function mirrorWanted(): PodscopeError<'CLI_USAGE'> {
  return new PodscopeError('CLI_USAGE', 'Nodes that reach the services of AWS only (--egress endpoints) pull no image of a public registry.', { hint: 'Give --image-mirror with a registry of ECR that has them, or --egress nat. "podscope manifests synth" names the images.' });
}

/** The class of volumes that is made for an event: EKS has had no default one since Kubernetes 1.30. */
export const EBS_CLASS = 'podscope-gp3';
