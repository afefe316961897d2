import { createHash } from 'node:crypto';
import type { AwsSettings } from '../../settings.ts';
import { awsNames } from '../../names.ts';
import type { NetworkOutputs } from '../outputs.ts';
import { eventTags, tagList } from '../tags.ts';
import { att, ref, sub, type Template, type TemplateResource, type Value } from '../template.ts';
import { ADDONS, type AddonName, type ClusterFacts } from './facts.ts';
import { launchTemplate, nodeGroup } from './nodes.ts';

/** What runs before a node can get ready. */
const BEFORE_NODES: readonly AddonName[] = ['eks-pod-identity-agent', 'vpc-cni', 'kube-proxy'];

/**
 * The cluster, its nodes, its add-ons and who may use it. With an existing cluster, only the identities of the shippers:
 * nothing where its OIDC provider is known, and then there is no stack to make.
 *
 * Choices: EKS encrypts everything in the API server's store with a key that AWS owns (since 1.28), so there is no key of ours, which
 * would cost and outlive the event by the week that a key's deletion takes. The API is open to its own network and, from outside, to the
 * given addresses only. All logs of the control plane are on. Access is by access entries, without the ConfigMap `aws-auth`.
 */
export function clusterTemplate(settings: AwsSettings, expiresAt: Date, network: NetworkOutputs, facts: ClusterFacts): Template {
  const tags = eventTags(settings, expiresAt);
  const { cluster } = awsNames(settings);
  const Description = `Podscope, event ${settings.event}: cluster ${settings.existingCluster ?? cluster}`;
  const identities = shipperIdentities(settings, tags, network, facts);
  if (settings.existingCluster !== undefined) return { AWSTemplateFormatVersion: '2010-09-09', Description, Resources: { ...(facts.unknownIssuer === undefined ? {} : oidcProvider(tags, facts.unknownIssuer)), ...identities }, Outputs: {} };
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description,
    Resources: {
      Cluster: controlPlane(settings, tags, network, facts),
      ...addons(tags, network, facts),
      LaunchTemplate: launchTemplate(settings, tags, network),
      NodeGroup: nodeGroup(settings, tags, network, BEFORE_NODES.map(addonId)),
      ...accessEntries(settings, tags, facts),
      ...oidcProvider(tags, att('Cluster', 'OpenIdConnectIssuerUrl')),
      ...identities,
    },
    Outputs: {
      ClusterName: { Description: 'Name of the cluster', Value: ref('Cluster') },
      ClusterArn: { Description: 'ARN of the cluster', Value: att('Cluster', 'Arn') },
      ClusterEndpoint: { Description: 'Address of its API', Value: att('Cluster', 'Endpoint') },
      ClusterAuthority: { Description: 'Authority of its API’s certificate', Value: att('Cluster', 'CertificateAuthorityData') },
      ClusterSecurityGroupId: { Description: 'The group that EKS made', Value: att('Cluster', 'ClusterSecurityGroupId') },
      OidcIssuer: { Description: 'Issuer of its service accounts’ tokens', Value: att('Cluster', 'OpenIdConnectIssuerUrl') },
      NodeGroupName: { Description: 'The workers', Value: att('NodeGroup', 'NodegroupName') },
    },
  };
}

function controlPlane(settings: AwsSettings, tags: Readonly<Record<string, string>>, network: NetworkOutputs, { creator, apiCidrs }: ClusterFacts): TemplateResource {
  return {
    Type: 'AWS::EKS::Cluster',
    Properties: {
      Name: awsNames(settings).cluster,
      Version: settings.kubernetesVersion,
      RoleArn: network.clusterRoleArn ?? '',
      AccessConfig: { AuthenticationMode: 'API', BootstrapClusterCreatorAdminPermissions: administrators(settings, creator).length === 0 },
      // The add-ons below take the place of those that EKS would put there without managing them.
      BootstrapSelfManagedAddons: false,
      ResourcesVpcConfig: {
        SubnetIds: network.privateSubnetIds,
        EndpointPrivateAccess: true,
        EndpointPublicAccess: apiCidrs.length > 0,
        ...(apiCidrs.length > 0 ? { PublicAccessCidrs: apiCidrs } : {}),
      },
      Logging: { ClusterLogging: { EnabledTypes: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'].map((Type) => ({ Type })) } },
      // Past its standard support a version would cost six times as much: EKS upgrades it instead.
      UpgradePolicy: { SupportType: 'STANDARD' },
      Tags: tagList(tags),
    },
  };
}

/** The logical id of an add-on. */
function addonId(name: AddonName): string {
  return `${name.split('-').map((part) => `${part.charAt(0).toUpperCase()}${part.slice(1)}`).join('')}Addon`;
}

/**
 * What add-ons are told, as their schemas have it (`DescribeAddonConfiguration`). The network keeps the policies of Kubernetes, which it
 * does not by itself: https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy-configure.html. Volumes carry the event's tags;
 * a class of storage can't do that alone, since nothing of one can be changed when an event is made longer.
 */
function configurations(tags: Readonly<Record<string, string>>): Partial<Record<AddonName, Readonly<Record<string, unknown>>>> {
  return { 'vpc-cni': { enableNetworkPolicy: 'true' }, 'aws-ebs-csi-driver': { controller: { extraVolumeTags: tags } } };
}

/** Each add-on comes after what it needs: the network after the agent that gives it its role, the rest after the nodes it runs on. */
function addons(tags: Readonly<Record<string, string>>, network: NetworkOutputs, { addonVersions = {} }: ClusterFacts): Readonly<Record<string, TemplateResource>> {
  const identity: Partial<Record<AddonName, { readonly RoleArn: string; readonly ServiceAccount: string }>> = {
    'vpc-cni': { RoleArn: network.cniRoleArn ?? '', ServiceAccount: 'aws-node' },
    'aws-ebs-csi-driver': { RoleArn: network.ebsCsiRoleArn ?? '', ServiceAccount: 'ebs-csi-controller-sa' },
  };
  const configured = configurations(tags);
  return Object.fromEntries(
    ADDONS.map((name): [string, TemplateResource] => {
      const configuration = configured[name];
      const role = identity[name];
      const version = addonVersions[name];
      const after = name === 'vpc-cni' ? [addonId('eks-pod-identity-agent')] : BEFORE_NODES.includes(name) ? [] : ['NodeGroup'];
      return [
        addonId(name),
        {
          Type: 'AWS::EKS::Addon',
          ...(after.length === 0 ? {} : { DependsOn: after }),
          Properties: {
            ClusterName: ref('Cluster'),
            AddonName: name,
            ResolveConflicts: 'OVERWRITE',
            ...(version === undefined ? {} : { AddonVersion: version }),
            ...(configuration === undefined ? {} : { ConfigurationValues: JSON.stringify(configuration) }),
            ...(role === undefined ? {} : { PodIdentityAssociations: [role] }),
            Tags: tagList(tags),
          },
        },
      ];
    }),
  );
}

/**
 * A logical id by what a resource is for. Counted ids would move when one is left out: CloudFormation makes the new resource under an id
 * before it removes the old one, and EKS refuses a second entry or association of the same principal or account.
 */
function idFor(kind: 'Access' | 'Shippers', what: string): string {
  return `${kind}${createHash('sha256').update(what).digest('hex').slice(0, 12)}`;
}

/** Who makes the event, and the presenters. The root user of an account can't have an entry: alone, it gets in as the one who makes the cluster. */
function administrators({ presenters }: AwsSettings, creator: string): readonly string[] {
  return [...new Set([creator, ...presenters])].filter((arn) => !arn.endsWith(':root'));
}

function accessEntries(settings: AwsSettings, tags: Readonly<Record<string, string>>, { creator }: ClusterFacts): Readonly<Record<string, TemplateResource>> {
  return Object.fromEntries(
    administrators(settings, creator).map((PrincipalArn) => [
      idFor('Access', PrincipalArn),
      {
        Type: 'AWS::EKS::AccessEntry',
        Properties: {
          ClusterName: ref('Cluster'),
          PrincipalArn,
          Type: 'STANDARD',
          AccessPolicies: [{ PolicyArn: sub('arn:${AWS::Partition}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy'), AccessScope: { Type: 'cluster' } }],
          Tags: tagList(tags),
        },
      } satisfies TemplateResource,
    ]),
  );
}

/** By it IAM takes the tokens of the cluster's service accounts (IRSA): Logstash and Fluentd know no other way to a role. */
function oidcProvider(tags: Readonly<Record<string, string>>, Url: Value): Readonly<Record<string, TemplateResource>> {
  return { OidcProvider: { Type: 'AWS::IAM::OIDCProvider', Properties: { Url, ClientIdList: ['sts.amazonaws.com'], Tags: tagList(tags) } } };
}

/** The role of the shippers, for each of their service accounts. It needs no annotation there. */
function shipperIdentities(settings: AwsSettings, tags: Readonly<Record<string, string>>, network: NetworkOutputs, { shipperAccounts }: ClusterFacts): Readonly<Record<string, TemplateResource>> {
  const { existingCluster } = settings;
  return Object.fromEntries(
    shipperAccounts.map(({ namespace, name }) => [
      idFor('Shippers', `${namespace}/${name}`),
      {
        Type: 'AWS::EKS::PodIdentityAssociation',
        ...(existingCluster === undefined ? { DependsOn: [addonId('eks-pod-identity-agent')] } : {}),
        Properties: { ClusterName: existingCluster ?? ref('Cluster'), Namespace: namespace, ServiceAccount: name, RoleArn: network.shipperRoleArn, Tags: tagList(tags) },
      } satisfies TemplateResource,
    ]),
  );
}
