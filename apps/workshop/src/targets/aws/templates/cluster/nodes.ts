import type { AwsSettings } from '../../settings.ts';
import { awsNames, TAGS } from '../../names.ts';
import type { NetworkOutputs } from '../outputs.ts';
import { tagList } from '../tags.ts';
import { att, ref, type TemplateResource, type Value } from '../template.ts';
import { templateNames } from '../names.ts';

/** Images of nodes: Amazon Linux 2023, by processor. */
const AMIS = { arm64: 'AL2023_ARM_64_STANDARD', x86_64: 'AL2023_x86_64_STANDARD' } as const;

/** `a1`, and every family with a `g` after its generation (`t4g`, `m7gd`, `im4gn`, but not `g4dn`), has processors of Arm. */
export function isArm(instanceType: string): boolean {
  return /^(a1|[a-z]+\d+[a-z]*g[a-z]*)\./.test(instanceType);
}

/**
 * How nodes start: IMDSv2 only, and one hop, so that pods can't reach the role of their node; encrypted disks. The groups of a node are
 * EKS's own, by which the control plane reaches it, and the one that the domain lets in: a template with groups replaces EKS's.
 */
export function launchTemplate(settings: AwsSettings, tags: Readonly<Record<string, string>>, network: NetworkOutputs): TemplateResource {
  const { cluster } = awsNames(settings);
  // Without the end: another one would be another version of this template, and EKS would replace every node in the middle of an event.
  // What runs is told its end afterwards, see `tagNodes`.
  const list: Value = tagList(Object.fromEntries(Object.entries(tags).filter(([key]) => key !== TAGS.expires)), `${cluster}-node`);
  return {
    Type: 'AWS::EC2::LaunchTemplate',
    Properties: {
      LaunchTemplateName: templateNames(settings).nodeGroup,
      LaunchTemplateData: {
        MetadataOptions: { HttpTokens: 'required', HttpEndpoint: 'enabled', HttpPutResponseHopLimit: 1 },
        Monitoring: { Enabled: false },
        SecurityGroupIds: [att('Cluster', 'ClusterSecurityGroupId'), network.nodeSecurityGroupId],
        BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: settings.nodes.diskGiB, VolumeType: 'gp3', Encrypted: true, DeleteOnTermination: true } }],
        TagSpecifications: ['instance', 'volume', 'network-interface'].map((ResourceType) => ({ ResourceType, Tags: list })),
      },
      TagSpecifications: [{ ResourceType: 'launch-template', Tags: tagList(tags, `${cluster}-node`) }],
    },
  };
}

/**
 * The workers. They are made after the add-ons that give a node its network, without which it never gets ready. Their type is in the name:
 * another type is another group, which is made before the old one goes, and CloudFormation replaces nothing that keeps a name of ours.
 */
export function nodeGroup(settings: AwsSettings, tags: Readonly<Record<string, string>>, network: NetworkOutputs, after: readonly string[]): TemplateResource {
  const { count, type } = settings.nodes;
  return {
    Type: 'AWS::EKS::Nodegroup',
    DependsOn: after,
    Properties: {
      ClusterName: ref('Cluster'),
      NodegroupName: `${templateNames(settings).nodeGroup}-${type.replaceAll('.', '-')}`,
      NodeRole: network.nodeRoleArn ?? '',
      Subnets: network.privateSubnetIds,
      AmiType: AMIS[isArm(type) ? 'arm64' : 'x86_64'],
      CapacityType: 'ON_DEMAND',
      InstanceTypes: [type],
      ScalingConfig: { MinSize: 1, DesiredSize: count, MaxSize: count },
      UpdateConfig: { MaxUnavailable: 1 },
      LaunchTemplate: { Id: ref('LaunchTemplate'), Version: att('LaunchTemplate', 'LatestVersionNumber') },
      Labels: { 'podscope/event': settings.event },
      Tags: tags,
    },
  };
}
