import { synthTarget } from '../../kubernetes/target.ts';
import type { TargetOptions } from '../../kubernetes/options.ts';
import { awsTargetOptions } from './options.ts';

/** A service account whose pods sign requests. */
export interface ShipperAccount {
  readonly namespace: string;
  readonly name: string;
}

const ROLE_ANNOTATION = 'eks.amazonaws.com/role-arn';

/**
 * The service accounts of an event that need the shippers' role, as the manifests have them: for the role's trust policy.
 * They get it by IRSA: Logstash's image and Fluentd's plugin don't take EKS Pod Identity (docs/guide/shippers-on-kubernetes.md).
 */
export function irsaAccounts(pattern: TargetOptions['pattern'] = 'workshop', namespaces?: TargetOptions['namespaces']): readonly ShipperAccount[] {
  const options = awsTargetOptions(
    { event: 'podscope', region: 'eu-central-1', egress: 'nat' },
    { endpoint: 'https://vpc-podscope.eu-central-1.es.amazonaws.com', shipperRole: 'arn:aws:iam::123456789012:role/podscope' },
    { pattern, ...(namespaces === undefined ? {} : { namespaces }) },
  );
  return synthTarget(options, '1.35').objects
    .filter(({ kind, metadata }) => kind === 'ServiceAccount' && ROLE_ANNOTATION in ((metadata as { readonly annotations?: Readonly<Record<string, string>> }).annotations ?? {}))
    .map(({ metadata }) => ({ namespace: metadata.namespace ?? '', name: metadata.name }));
}
