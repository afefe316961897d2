import { tagList } from '../tags.ts';
import { type TemplateResource, type Value } from '../template.ts';

/** Leads nowhere. A group without a rule for the way out gets one from EC2 that lets everything out. */
const NOTHING_OUT = [{ IpProtocol: 'icmp', FromPort: 252, ToPort: 86, CidrIp: '255.255.255.255/32', Description: 'Nothing goes out' }] as const;

/**
 * What nodes have beside EKS's own group, by which control plane and nodes reach each other: it lets nobody in, and says who they are to
 * the domain and the endpoints. Without the tag `kubernetes.io/cluster/…`: of the groups of a node, just one may have it.
 */
export function nodeSecurityGroup(vpcId: Value, cluster: string, tags: Readonly<Record<string, string>>): TemplateResource {
  return {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: {
      VpcId: vpcId,
      GroupDescription: `Nodes of ${cluster}`,
      SecurityGroupEgress: [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0', Description: 'Images, AWS and the domain' }],
      Tags: tagList(tags, `${cluster}-nodes`),
    },
  };
}

/** Lets nodes in by HTTPS, and nobody else; nothing goes out. */
export function securityGroupForNodes(vpcId: Value, nodes: readonly Value[], what: string, name: string, tags: Readonly<Record<string, string>>): TemplateResource {
  return {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: {
      VpcId: vpcId,
      GroupDescription: what,
      SecurityGroupIngress: nodes.map((group) => ({ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, SourceSecurityGroupId: group, Description: 'HTTPS from the nodes' })),
      SecurityGroupEgress: NOTHING_OUT,
      Tags: tagList(tags, name),
    },
  };
}
