import { UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { PodscopeError } from '@podscope/core';
import type { AwsClients } from '../clients.ts';
import { awsFailure } from '../failure.ts';
import type { EksCluster } from './observe.ts';

/** Who may take on a role by IRSA. */
export interface PodsTrust {
  /** The ARN of the role. */
  readonly role: string;
  /** Of the cluster's service accounts; IAM must know it as an OIDC provider. */
  readonly cluster: Pick<EksCluster, 'name' | 'region' | 'arn' | 'oidcIssuer'>;
  readonly accounts: readonly { readonly namespace: string; readonly name: string }[];
}

/** The trust policy of a role, as far as it is looked at here. */
export interface TrustPolicy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly {
    readonly Effect: 'Allow';
    readonly Principal: { readonly Federated: string };
    readonly Action: readonly string[];
    readonly Condition: { readonly StringEquals: Readonly<Record<string, string | readonly string[]>> };
  }[];
}

/**
 * The trust policy by which only these service accounts, with tokens that are meant for STS, take on a role. Its keys have the issuer in
 * them, which is known only once there is a cluster, and which no CloudFormation function can put there.
 *
 * Source: docs.aws.amazon.com, EKS, "Assign IAM roles to Kubernetes service accounts".
 *
 * @throws PodscopeError AWS_CLUSTER_FAILED for a cluster without an issuer
 */
export function podsTrust({ cluster: { name, region, arn, oidcIssuer }, accounts }: PodsTrust): TrustPolicy {
  if (oidcIssuer === undefined) throw new PodscopeError('AWS_CLUSTER_FAILED', `The EKS cluster ${name} (${region}) has no OIDC issuer, so none of its pods gets a role by IRSA.`, { hint: 'Wait until it is ACTIVE: "podscope status --target aws" says so.' });
  const [, partition = 'aws', , , account = ''] = arn.split(':');
  const issuer = oidcIssuer.replace(/^https:\/\//u, '');
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: `arn:${partition}:iam::${account}:oidc-provider/${issuer}` },
        Action: ['sts:AssumeRoleWithWebIdentity'],
        Condition: { StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com', [`${issuer}:sub`]: accounts.map((each) => `system:serviceaccount:${each.namespace}:${each.name}`) } },
      },
    ],
  };
}

/**
 * Lets service accounts of a cluster take on a role, and nobody else. May be done again, also for another cluster.
 *
 * @throws PodscopeError AWS_CLUSTER_FAILED, AWS_…
 */
export async function trustPods({ iam, region }: Pick<AwsClients, 'iam' | 'region'>, trust: PodsTrust, signal?: AbortSignal): Promise<void> {
  const command = new UpdateAssumeRolePolicyCommand({ RoleName: trust.role.split('/').at(-1), PolicyDocument: JSON.stringify(podsTrust(trust)) });
  await iam.send(command, signal === undefined ? {} : { abortSignal: signal }).catch((error: unknown) => {
    throw awsFailure(error, `The trust policy of the role ${trust.role} (${region})`);
  });
}
