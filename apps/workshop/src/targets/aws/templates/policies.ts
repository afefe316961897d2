import { sub, type Properties, type Value } from './template.ts';

/** One statement of a policy. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: Value;
  readonly Action: readonly string[];
  readonly Resource?: Value;
  readonly Condition?: Properties;
}

/** A policy of these statements. */
export function policyDocument(...statements: readonly Statement[]): Properties {
  return { Version: '2012-10-17', Statement: statements.map((statement) => ({ ...statement })) };
}

/** Lets a service of AWS take a role, on behalf of this account only (the confused deputy: the same service of another account may not). */
export function trustService(service: `${string}.amazonaws.com`, condition: Properties = { StringEquals: { 'aws:SourceAccount': sub('${AWS::AccountId}') } }): Properties {
  return policyDocument({ Effect: 'Allow', Principal: { Service: service }, Action: ['sts:AssumeRole'], Condition: condition });
}

/**
 * Lets pods of one cluster take a role, by EKS Pod Identity, which tags the session with the cluster it comes from.
 * See https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
 */
export function trustPodsOf(cluster: string): Properties {
  return policyDocument({
    Effect: 'Allow',
    Principal: { Service: 'pods.eks.amazonaws.com' },
    Action: ['sts:AssumeRole', 'sts:TagSession'],
    Condition: { StringEquals: { 'aws:SourceAccount': sub('${AWS::AccountId}'), 'aws:RequestTag/eks-cluster-name': cluster } },
  });
}

/** The ARN of a policy that AWS keeps. */
export function managedPolicy(name: string): Value {
  return sub(`arn:\${AWS::Partition}:iam::aws:policy/${name}`);
}

/** The ARN of something in this account and region, such as `cluster/podscope` of `eks`. */
export function arnHere(service: string, resource: string): Value {
  return sub(`arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`);
}
