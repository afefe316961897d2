import type { AwsSettings } from '../../settings.ts';
import { awsNames } from '../../names.ts';
import { templateNames, type RoleId } from '../names.ts';
import { arnHere, managedPolicy, policyDocument, trustPodsOf, trustService } from '../policies.ts';
import { tagList } from '../tags.ts';
import type { Properties, TemplateResource } from '../template.ts';

/** The roles of a cluster that is made: control plane, nodes, and the two add-ons that call AWS. */
export function clusterRoles(settings: AwsSettings, tags: Readonly<Record<string, string>>): Readonly<Record<string, TemplateResource>> {
  const { cluster } = awsNames(settings);
  const role = roleMaker(settings, tags);
  return {
    ClusterRole: role('cluster', { AssumeRolePolicyDocument: trustService('eks.amazonaws.com'), ManagedPolicyArns: [managedPolicy('AmazonEKSClusterPolicy')] }),
    // Nodes join and pull images. What pods may do, their own roles say: pods can't reach the nodes' (see the launch template).
    NodeRole: role('nodes', {
      AssumeRolePolicyDocument: policyDocument({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: ['sts:AssumeRole'] }),
      ManagedPolicyArns: [managedPolicy('AmazonEKSWorkerNodePolicy'), managedPolicy('AmazonEC2ContainerRegistryPullOnly')],
    }),
    CniRole: role('cni', { AssumeRolePolicyDocument: trustPodsOf(cluster), ManagedPolicyArns: [managedPolicy('AmazonEKS_CNI_Policy')] }),
    EbsCsiRole: role('ebs-csi', { AssumeRolePolicyDocument: trustPodsOf(cluster), ManagedPolicyArns: [managedPolicy('service-role/AmazonEBSCSIDriverPolicy')] }),
  };
}

/**
 * The roles that reach the domain. What each may do there is for its security plugin to say, which maps them; IAM lets them send requests
 * to this domain, and shippers only those by which one writes.
 */
export function domainRoles(settings: AwsSettings, tags: Readonly<Record<string, string>>, creator: string): Readonly<Record<string, TemplateResource>> {
  const names = awsNames(settings);
  const role = roleMaker(settings, tags);
  const domain = arnHere('es', `domain/${settings.existingDomain ?? names.domain}/*`);
  return {
    ShipperRole: role('shippers', {
      AssumeRolePolicyDocument: trustPodsOf(settings.existingCluster ?? names.cluster),
      Policies: [
        { PolicyName: 'write', PolicyDocument: policyDocument({ Effect: 'Allow', Action: ['es:ESHttpGet', 'es:ESHttpHead', 'es:ESHttpPost', 'es:ESHttpPut'], Resource: domain }) },
      ],
    }),
    PresenterRole: role('presenters', {
      AssumeRolePolicyDocument: policyDocument({ Effect: 'Allow', Principal: { AWS: [...new Set([creator, ...settings.presenters])] }, Action: ['sts:AssumeRole'] }),
      Policies: [
        {
          PolicyName: 'domain',
          PolicyDocument: policyDocument({
            Effect: 'Allow',
            Action: ['es:ESHttpDelete', 'es:ESHttpGet', 'es:ESHttpHead', 'es:ESHttpPatch', 'es:ESHttpPost', 'es:ESHttpPut'],
            Resource: domain,
          }),
        },
      ],
    }),
  };
}

function roleMaker(settings: AwsSettings, tags: Readonly<Record<string, string>>) {
  const names = templateNames(settings);
  return (id: RoleId, properties: Properties): TemplateResource => ({ Type: 'AWS::IAM::Role', Properties: { RoleName: names.role(id), ...properties, Tags: tagList(tags) } });
}
