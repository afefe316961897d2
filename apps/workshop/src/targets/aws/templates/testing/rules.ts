import { TAGS } from '../../names.ts';
import { templateText, type Properties, type Template, type TemplateResource, type Value } from '../template.ts';
import { policyBreaches } from './policyRules.ts';

/** How a type takes tags. */
type Tagged = 'Tags' | 'ResourceTags' | 'never';

interface Rule {
  readonly tags: Tagged;
  readonly breaches?: (properties: Properties) => readonly string[];
}

const EVERYBODY = /\/0$/;
/** Of `TemplateBody`, see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MOST_BYTES = 51_200;
const MOST_INLINE_POLICY = 10_240;

const fields = (value: Value | undefined): Properties => (typeof value === 'object' && !Array.isArray(value) ? (value as Properties) : {});
const list = (value: Value | undefined): readonly Properties[] => (Array.isArray(value) ? value.map((each: Value) => fields(each)) : []);
const breach = (broken: boolean, text: string): readonly string[] => (broken ? [text] : []);

/** What is asked of each type. One that isn't here is a breach itself: whoever adds it says what is safe. */
const RULES: Readonly<Record<string, Rule>> = {
  'AWS::Budgets::Budget': { tags: 'ResourceTags' },
  'AWS::EC2::EIP': { tags: 'Tags' },
  'AWS::EC2::FlowLog': { tags: 'Tags', breaches: ({ TrafficType }) => breach(TrafficType !== 'ALL', 'doesn’t record all traffic') },
  'AWS::EC2::InternetGateway': { tags: 'Tags' },
  'AWS::EC2::LaunchTemplate': { tags: 'never', breaches: launchTemplate },
  'AWS::EC2::NatGateway': { tags: 'Tags' },
  'AWS::EC2::Route': { tags: 'never' },
  'AWS::EC2::RouteTable': { tags: 'Tags' },
  'AWS::EC2::SecurityGroup': { tags: 'Tags', breaches: securityGroup },
  'AWS::EC2::Subnet': { tags: 'Tags', breaches: ({ MapPublicIpOnLaunch }) => breach(MapPublicIpOnLaunch !== false, 'gives public addresses') },
  'AWS::EC2::SubnetRouteTableAssociation': { tags: 'never' },
  'AWS::EC2::VPC': { tags: 'Tags' },
  'AWS::EC2::VPCEndpoint': { tags: 'Tags', breaches: ({ VpcEndpointType, PrivateDnsEnabled }) => breach(VpcEndpointType === 'Interface' && PrivateDnsEnabled !== true, 'isn’t found by the service’s own name') },
  'AWS::EC2::VPCGatewayAttachment': { tags: 'never' },
  'AWS::EKS::AccessEntry': { tags: 'Tags' },
  'AWS::EKS::Addon': { tags: 'Tags', breaches: addon },
  'AWS::EKS::Cluster': { tags: 'Tags', breaches: cluster },
  'AWS::EKS::Nodegroup': { tags: 'Tags', breaches: ({ LaunchTemplate, RemoteAccess }) => [...breach(LaunchTemplate === undefined, 'has no launch template of ours'), ...breach(RemoteAccess !== undefined, 'opens SSH')] },
  'AWS::EKS::PodIdentityAssociation': { tags: 'Tags' },
  'AWS::IAM::OIDCProvider': { tags: 'Tags', breaches: ({ ClientIdList }) => breach(JSON.stringify(ClientIdList) !== '["sts.amazonaws.com"]', 'takes tokens that are meant for others than STS') },
  'AWS::IAM::Policy': { tags: 'never' },
  'AWS::IAM::Role': { tags: 'Tags' },
  'AWS::Logs::LogGroup': { tags: 'Tags', breaches: ({ RetentionInDays }) => breach(typeof RetentionInDays !== 'number', 'keeps logs for ever') },
  'AWS::Scheduler::Schedule': { tags: 'never', breaches: ({ State }) => breach(State !== 'ENABLED', 'is off') },
  'AWS::Scheduler::ScheduleGroup': { tags: 'Tags' },
  'AWS::StepFunctions::StateMachine': { tags: 'Tags' },
};

/** What is wrong with a template, by what has to hold for all of them; empty for a good one. */
export function templateBreaches(template: Template): readonly string[] {
  return [
    ...breach(Object.keys(template.Resources).length === 0, 'there is nothing in it'),
    ...breach(Buffer.byteLength(templateText(template)) > MOST_BYTES, `is longer than ${MOST_BYTES} bytes`),
    ...Object.entries(template.Resources).flatMap(([id, resource]) => resourceBreaches(resource).map((text) => `${id}: ${text}`)),
  ];
}

function resourceBreaches({ Type, Properties = {} }: TemplateResource): readonly string[] {
  const rule = RULES[Type];
  if (rule === undefined) return [`nobody said what is safe for ${Type}`];
  return [...(rule.tags === 'never' ? [] : untagged(Properties[rule.tags])), ...(rule.breaches?.(Properties) ?? []), ...policyBreaches(Properties), ...inlineSize(Properties)];
}

function untagged(tags: Value | undefined): readonly string[] {
  const keys = Array.isArray(tags) ? list(tags).map(({ Key }) => Key) : Object.keys(fields(tags));
  return Object.values(TAGS).filter((key) => !keys.includes(key)).map((key) => `lacks the tag ${key}`);
}

const EXPIRES = `lacks the tag ${TAGS.expires}`;

function inlineSize({ Policies, PolicyDocument }: Properties): readonly string[] {
  const sizes = [...list(Policies).map((each) => JSON.stringify(each['PolicyDocument'])), ...(PolicyDocument === undefined ? [] : [JSON.stringify(PolicyDocument)])].map(({ length }) => length);
  return breach(sizes.reduce((sum, size) => sum + size, 0) > MOST_INLINE_POLICY, `has more than ${MOST_INLINE_POLICY} characters of policies`);
}

function securityGroup({ SecurityGroupIngress, SecurityGroupEgress }: Properties): readonly string[] {
  const ingress = list(SecurityGroupIngress);
  return [
    ...ingress.flatMap(({ CidrIp, CidrIpv6, FromPort, ToPort, IpProtocol }) => [
      ...breach([CidrIp, CidrIpv6].some((cidr) => cidr !== undefined && (typeof cidr !== 'string' || EVERYBODY.test(cidr))), 'lets everybody in'),
      ...breach(IpProtocol !== 'tcp' || FromPort !== 443 || ToPort !== 443, 'lets in what is not HTTPS'),
    ]),
    ...breach(SecurityGroupEgress === undefined, 'has EC2’s own rule for the way out'),
  ];
}

function launchTemplate({ LaunchTemplateData, TagSpecifications }: Properties): readonly string[] {
  const data = fields(LaunchTemplateData);
  const disks = list(data['BlockDeviceMappings']).map(({ Ebs }) => fields(Ebs));
  const { HttpTokens, HttpPutResponseHopLimit } = fields(data['MetadataOptions']);
  const made = list(data['TagSpecifications']);
  return [
    ...breach(HttpTokens !== 'required', 'allows IMDSv1'),
    ...breach(HttpPutResponseHopLimit !== 1, 'lets pods reach the role of their node'),
    ...breach(disks.length === 0 || disks.some(({ Encrypted }) => Encrypted !== true), 'has disks that aren’t encrypted'),
    ...breach(data['KeyName'] !== undefined, 'has an SSH key'),
    ...breach(fields(list(data['NetworkInterfaces'])[0])['AssociatePublicIpAddress'] === true, 'gives nodes public addresses'),
    ...['instance', 'volume', 'network-interface'].flatMap((type) => {
      const lacking = untagged(made.find(({ ResourceType }) => ResourceType === type)?.['Tags']);
      // They get it when they are there: in here, a longer event would replace every node.
      return [...breach(!lacking.includes(EXPIRES), `its ${type} has an end that may change`), ...lacking.filter((text) => text !== EXPIRES).map((text) => `its ${type} ${text}`)];
    }),
    ...untagged(list(TagSpecifications)[0]?.['Tags']),
  ];
}

function addon({ AddonName, ConfigurationValues = '{}' }: Properties): readonly string[] {
  const told = fields(JSON.parse(String(ConfigurationValues)) as Value);
  if (AddonName === 'vpc-cni') return breach(told['enableNetworkPolicy'] !== 'true', 'keeps no network policy');
  return AddonName === 'aws-ebs-csi-driver' ? untagged(fields(told['controller'])['extraVolumeTags'] ?? {}).map((text) => text.replace(/^lacks/u, 'its volumes lack')) : [];
}

function cluster({ ResourcesVpcConfig, Logging, AccessConfig }: Properties): readonly string[] {
  const { EndpointPublicAccess, EndpointPrivateAccess, PublicAccessCidrs } = fields(ResourcesVpcConfig);
  const logs = list(fields(fields(Logging)['ClusterLogging'])['EnabledTypes']).map(({ Type }) => Type);
  const cidrs = Array.isArray(PublicAccessCidrs) ? (PublicAccessCidrs as readonly Value[]) : [];
  return [
    ...breach(EndpointPublicAccess !== false && (cidrs.length === 0 || cidrs.some((cidr) => typeof cidr !== 'string' || EVERYBODY.test(cidr))), 'has an API that everybody reaches'),
    ...breach(EndpointPrivateAccess !== true, 'has nodes that reach its API from outside'),
    ...['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'].filter((type) => !logs.includes(type)).map((type) => `doesn’t log ${type}`),
    ...breach(fields(AccessConfig)['AuthenticationMode'] !== 'API', 'can be opened by the ConfigMap aws-auth'),
  ];
}
