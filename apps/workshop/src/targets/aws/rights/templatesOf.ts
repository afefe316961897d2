import type { AwsSettings } from '../settings.ts';
import { clusterTemplate } from '../templates/cluster/clusterTemplate.ts';
import { expiryTemplate } from '../templates/expiry/expiryTemplate.ts';
import { networkTemplate } from '../templates/network/networkTemplate.ts';
import type { NetworkOutputs } from '../templates/outputs.ts';
import type { Template, Value } from '../templates/template.ts';

/** In the place of what is only known when it is made: rights go by types and names. */
const CREATOR = 'arn:aws:iam::123456789012:role/maker';
const NETWORK: NetworkOutputs = { vpcId: 'vpc', privateSubnetIds: ['subnet'], publicSubnetIds: [], nodeSecurityGroupId: 'sg', shipperRoleArn: CREATOR, presenterRoleArn: CREATOR };

/** The templates of an event, as `up` would make them with these settings. */
export function templatesOf(settings: AwsSettings): readonly Template[] {
  const existing = settings.existingCluster === undefined ? {} : { existing: { vpcId: 'vpc', privateSubnetIds: ['subnet'], nodeSecurityGroupIds: ['sg'] as const } };
  const at = new Date(0);
  return [
    networkTemplate(settings, at, { creator: CREATOR, ...existing }),
    // Of a cluster that is there IAM may not know the issuer.
    clusterTemplate(settings, at, NETWORK, { creator: CREATOR, apiCidrs: [], shipperAccounts: [], ...(settings.existingCluster === undefined ? {} : { unknownIssuer: 'https://issuer' }) }),
    expiryTemplate(settings, at),
  ];
}

/** The types of resources in them. */
export function typesOf(templates: readonly Template[]): readonly string[] {
  return [...new Set(templates.flatMap(({ Resources }) => Object.values(Resources).map(({ Type }) => Type)))].toSorted();
}

/** The policies of AWS that their roles get, such as `AmazonEKSClusterPolicy`. */
export function managedPoliciesOf(templates: readonly Template[]): readonly string[] {
  const arns = templates.flatMap(({ Resources }) => Object.values(Resources).flatMap(({ Properties }) => (Properties?.['ManagedPolicyArns'] ?? []) as readonly Value[]));
  return [...new Set(arns.map((arn) => /:policy\/([^"]+)/u.exec(JSON.stringify(arn))?.[1] ?? ''))].toSorted();
}
