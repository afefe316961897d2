import type { AwsSettings } from '../../settings.ts';
import { awsNames } from '../../names.ts';
import { templateNames } from '../names.ts';
import { eventTags, tagList } from '../tags.ts';
import { att, commaSeparated, ref, type Template, type TemplateOutput, type TemplateResource, type Value } from '../template.ts';
import type { NetworkFacts } from './facts.ts';
import { flowLogs, LOG_DAYS } from './flowLogs.ts';
import { clusterRoles, domainRoles } from './roles.ts';
import { nodeSecurityGroup, securityGroupForNodes } from './securityGroups.ts';
import { networkPlan, type NetworkPlan } from './vpc.ts';

/**
 * The stack that cluster and domain stand on: network, security groups, roles, and the group of the control plane's logs, which EKS would
 * make itself and leave behind; it is here since records come late, and this stack is deleted when the cluster is long gone.
 * With an existing cluster there is only what reaches the domain.
 */
export function networkTemplate(settings: AwsSettings, expiresAt: Date, facts: NetworkFacts): Template {
  const tags = eventTags(settings, expiresAt);
  const { cluster, domain } = awsNames(settings);
  const { existing } = facts;
  const plan = existing === undefined ? networkPlan(settings, tags, facts) : undefined;
  const vpcId: Value = existing?.vpcId ?? ref('Vpc');
  const nodes: readonly [Value, ...Value[]] = existing?.nodeSecurityGroupIds ?? [ref('NodeSecurityGroup')];
  const ownDomain = settings.existingDomain === undefined;
  const resources: Readonly<Record<string, TemplateResource>> = {
    ...(plan === undefined ? {} : ownNetwork(settings, tags, plan)),
    ...(ownDomain ? { DomainSecurityGroup: securityGroupForNodes(vpcId, nodes, `Domain ${domain}`, `${domain}-domain`, tags) } : {}),
    ...domainRoles(settings, tags, facts.creator),
  };
  return { AWSTemplateFormatVersion: '2010-09-09', Description: `Podscope, event ${settings.event}: network and roles of ${cluster}`, Resources: resources, Outputs: outputs(plan, facts, vpcId, nodes[0], ownDomain) };
}

function ownNetwork(settings: AwsSettings, tags: Readonly<Record<string, string>>, plan: NetworkPlan): Readonly<Record<string, TemplateResource>> {
  const { cluster } = awsNames(settings);
  return {
    ...plan.resources,
    NodeSecurityGroup: nodeSecurityGroup(ref('Vpc'), cluster, tags),
    ...(settings.egress === 'endpoints' ? { EndpointSecurityGroup: securityGroupForNodes(ref('Vpc'), [ref('NodeSecurityGroup')], `Endpoints of ${cluster}`, `${cluster}-endpoints`, tags) } : {}),
    ...(settings.flowLogs ? flowLogs(settings, tags) : {}),
    ...clusterRoles(settings, tags),
    ClusterLogGroup: {
      Type: 'AWS::Logs::LogGroup',
      DeletionPolicy: 'Delete',
      UpdateReplacePolicy: 'Delete',
      Properties: { LogGroupName: templateNames(settings).clusterLogs, RetentionInDays: LOG_DAYS, Tags: tagList(tags) },
    },
  };
}

function outputs(plan: NetworkPlan | undefined, { existing }: NetworkFacts, vpcId: Value, nodes: Value, ownDomain: boolean): Readonly<Record<string, TemplateOutput>> {
  const output = (Description: string, Value: Value): TemplateOutput => ({ Description, Value });
  const privateSubnets = existing?.privateSubnetIds ?? (plan?.privateSubnets ?? []).map(ref);
  return {
    VpcId: output('The network', vpcId),
    PrivateSubnetIds: output('Subnets of nodes and domain, one a zone', commaSeparated(privateSubnets)),
    ...(plan === undefined || plan.publicSubnets.length === 0 ? {} : { PublicSubnetIds: output('Subnets of load balancers and the NAT gateway', commaSeparated(plan.publicSubnets.map(ref))) }),
    NodeSecurityGroupId: output('What nodes have beside the group of EKS', nodes),
    ...(ownDomain ? { DomainSecurityGroupId: output('Lets nodes reach the domain', ref('DomainSecurityGroup')) } : {}),
    ShipperRoleArn: output('What the shippers’ pods take', att('ShipperRole', 'Arn')),
    PresenterRoleArn: output('What presenters take to reach the domain', att('PresenterRole', 'Arn')),
    ...(plan === undefined
      ? {}
      : {
          ClusterRoleArn: output('Of the control plane', att('ClusterRole', 'Arn')),
          NodeRoleArn: output('Of the nodes', att('NodeRole', 'Arn')),
          CniRoleArn: output('Of the add-on vpc-cni', att('CniRole', 'Arn')),
          EbsCsiRoleArn: output('Of the add-on aws-ebs-csi-driver', att('EbsCsiRole', 'Arn')),
        }),
  };
}
