import { isFields, type Fields, type Value } from '../../models/schema.ts';
import type { AwsRequest } from '../request.ts';

/** A right that a request needs, before the tags of its resource are known. */
export interface NeededRight {
  readonly action: string;
  readonly resource: string;
  /** Tags in the request itself. */
  readonly requestTags?: Readonly<Record<string, string>>;
}

type Call = Pick<AwsRequest, 'service' | 'region' | 'action' | 'input'>;

interface Place {
  readonly account: string;
  readonly region: string;
  readonly input: Fields;
}

/** The resources that a call names. */
type Resources = (place: Place) => readonly string[];

const text = (value: Value): string => (typeof value === 'string' ? value : '');
const texts = (value: Value): readonly string[] => (Array.isArray(value) ? value.map((each: Value) => text(each)) : []);
/** Members of a list of the query protocols: `Name.1`, `Name.member.1`. */
const numbered = (input: Fields, name: string): readonly string[] => Object.entries(input).flatMap(([key, value]) => (new RegExp(`^${name}\\.(?:member\\.)?\\d+$`, 'u').test(key) ? [text(value)] : []));

const arn = ({ account, region }: Place, service: string, resource: string): string => `arn:aws:${service}:${region}:${account}:${resource}`;
const nothing: Resources = () => ['*'];
const stack: Resources = (place) => [text(place.input['StackName'])].map((name) => (name.startsWith('arn:') ? name : arn(place, 'cloudformation', `stack/${name}/0`)));
const parameter = (name: string) => (place: Place): string => arn(place, 'ssm', `parameter${text(place.input[name])}`);
const domain: Resources = (place) => [arn(place, 'es', `domain/${text(place.input['DomainName'])}`)];
const logGroup: Resources = (place) => [arn(place, 'logs', `log-group:${text(place.input['logGroupName'])}`)];
const role: Resources = ({ account, input }) => [`arn:aws:iam::${account}:role/${text(input['RoleName'])}`];
const ec2 = (kind: string, member: string): Resources => (place) => [...numbered(place.input, member), ...(place.input[member] === undefined ? [] : [text(place.input[member])])].map((id) => arn(place, 'ec2', `${kind}/${id}`));

/** Kinds of what has such ids. */
const KINDS: Readonly<Record<string, string>> = { i: 'instance', vol: 'volume', eni: 'network-interface' };

/**
 * By service and action: what the action knows as its resource, after the Service Authorization Reference
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/). What is not here is a fault of whoever calls it.
 */
const RESOURCES: Readonly<Record<string, Resources>> = {
  ...of('cloudformation', stack, 'CreateStack', 'UpdateStack', 'DeleteStack', 'DescribeStacks', 'DescribeStackEvents'),
  ...of('budgets', ({ account, input }) => [`arn:aws:budgets::${account}:budget/${text(input['BudgetName'])}`], 'DescribeBudget'),
  ...of('cloudformation', nothing, 'ListStacks'),
  ...of('ec2', ec2('security-group', 'GroupId'), 'DeleteSecurityGroup', 'RevokeSecurityGroupEgress', 'RevokeSecurityGroupIngress'),
  ...of('ec2', (place) => numbered(place.input, 'ResourceId').map((id) => arn(place, 'ec2', `${KINDS[id.split('-')[0] ?? ''] ?? 'unknown'}/${id}`)), 'CreateTags'),
  ...of('ec2', ec2('network-interface', 'NetworkInterfaceId'), 'DeleteNetworkInterface'),
  ...of('ec2', ec2('volume', 'VolumeId'), 'DeleteVolume'),
  ...of('ec2', ec2('vpc-endpoint', 'VpcEndpointId'), 'DeleteVpcEndpoints'),
  ...of('eks', (place) => [arn(place, 'eks', `cluster/${text(place.input['name'])}`)], 'DescribeCluster'),
  ...of('eks', (place) => [arn(place, 'eks', `cluster/${text(place.input['clusterName'])}`)], 'ListNodegroups'),
  ...of('eks', (place) => [arn(place, 'eks', `nodegroup/${text(place.input['clusterName'])}/${text(place.input['nodegroupName'])}/0`)], 'DescribeNodegroup'),
  ...of('eks', (place) => [arn(place, 'eks', `podidentityassociation/${text(place.input['clusterName'])}/${text(place.input['associationId'])}`)], 'DescribePodIdentityAssociation'),
  ...of('eks', nothing, 'DescribeAddonVersions', 'DescribeClusterVersions', 'ListClusters'),
  ...of('elasticloadbalancing', (place) => [text(place.input['LoadBalancerArn']) || arn(place, 'elasticloadbalancing', `loadbalancer/${text(place.input['LoadBalancerName'])}`)], 'DeleteLoadBalancer'),
  ...of('elasticloadbalancing', ({ input }) => [text(input['TargetGroupArn'])], 'DeleteTargetGroup'),
  ...of('elasticloadbalancing', nothing, 'DescribeLoadBalancers', 'DescribeTargetGroups'),
  ...of('es', domain, 'CreateDomain', 'DeleteDomain', 'DescribeDomain', 'DescribeDomainChangeProgress', 'DescribeDryRunProgress', 'GetCompatibleVersions', 'GetUpgradeHistory', 'GetUpgradeStatus', 'UpdateDomainConfig', 'UpgradeDomain'),
  ...of('es', ({ input }) => [text(input['ARN'])], 'AddTags', 'ListTags'),
  ...of('es', nothing, 'DescribeInstanceTypeLimits', 'ListDomainNames', 'ListInstanceTypeDetails', 'ListVersions'),
  ...of('iam', role, 'GetRole', 'DeleteRole', 'DeleteRolePolicy', 'DetachRolePolicy', 'ListAttachedRolePolicies', 'ListRolePolicies', 'UpdateAssumeRolePolicy'),
  ...of('iam', ({ input }) => [text(input['OpenIDConnectProviderArn'])], 'GetOpenIDConnectProvider'),
  ...of('iam', nothing, 'ListOpenIDConnectProviders'),
  ...of('logs', logGroup, 'CreateLogGroup', 'DeleteLogGroup', 'PutRetentionPolicy'),
  ...of('logs', nothing, 'DescribeLogGroups', 'DescribeResourcePolicies', 'PutResourcePolicy', 'DeleteResourcePolicy'),
  ...of('scheduler', (place) => [arn(place, 'scheduler', `schedule-group/${text(place.input['Name'])}`)], 'GetScheduleGroup'),
  ...of('servicequotas', (place) => [arn(place, 'servicequotas', `${text(place.input['ServiceCode'])}/${text(place.input['QuotaCode'])}`)], 'GetServiceQuota'),
  ...of('servicequotas', nothing, 'GetAWSDefaultServiceQuota'),
  ...of('ssm', (place) => [parameter('Name')(place)], 'PutParameter'),
  ...of('ssm', (place) => [parameter('ResourceId')(place)], 'AddTagsToResource'),
  ...of('ssm', (place) => [parameter('Path')(place)], 'GetParametersByPath'),
  ...of('ssm', (place) => texts(place.input['Names']).map((name) => arn(place, 'ssm', `parameter${name}`)), 'DeleteParameters'),
  ...of('states', ({ input }) => [text(input['stateMachineArn']) || text(input['executionArn'])], 'DescribeStateMachine', 'ListExecutions', 'StopExecution'),
  ...of('tag', nothing, 'GetResources'),
};

/** Actions that a call needs beside its own, when it brings tags. */
const TAGGING: Readonly<Record<string, string>> = { 'cloudformation:CreateStack': 'cloudformation:TagResource', 'cloudformation:UpdateStack': 'cloudformation:TagResource', 'es:CreateDomain': 'es:AddTags', 'logs:CreateLogGroup': 'logs:TagResource', 'ssm:PutParameter': 'ssm:AddTagsToResource' };
/** "No permissions are required", says the API's page, and no policy can take it away. */
const OF_EVERYBODY = new Set(['sts:GetCallerIdentity']);
/** Where requests are signed for another name than that of the actions. */
const PREFIXES: Readonly<Record<string, string>> = { tagging: 'tag' };

/** Where an action of IAM has another name than the call. */
const NAMES: Readonly<Record<string, string>> = { 'budgets:DescribeBudget': 'budgets:ViewBudget' };

function of(service: string, resources: Resources, ...actions: readonly string[]): Readonly<Record<string, Resources>> {
  return Object.fromEntries(actions.map((action) => [`${service}:${action}`, resources]));
}

/**
 * The rights that a call needs, by the names of IAM; none for what everybody may.
 *
 * @throws Error for a call of which nobody has said what it needs
 */
export function neededRights({ service, region, action: name, input }: Call, account: string): readonly NeededRight[] {
  const action = `${PREFIXES[service] ?? service}:${name}`;
  if (OF_EVERYBODY.has(action)) return [];
  const resources = RESOURCES[action] ?? (/^ec2:Describe/u.test(action) ? nothing : undefined);
  if (resources === undefined) throw new Error(`Nobody said which rights ${action} needs: tools/aws-test-env/front/rights/askedRights.ts.`);
  const named = resources({ account, region, input });
  const requestTags = tagsIn(input);
  const tagging = Object.keys(requestTags).length > 0 ? TAGGING[action] : undefined;
  return [NAMES[action] ?? action, ...(tagging === undefined ? [] : [tagging])].flatMap((each) => named.map((resource) => ({ action: each, resource, requestTags })));
}

/** Tags in a request: a map, a list of keys and values, or flat. */
function tagsIn(input: Fields): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [name, value] of Object.entries(input)) {
    if (/^(?:tags|Tags|TagList)$/u.test(name)) {
      if (isFields(value)) for (const [key, each] of Object.entries(value)) found[key] = text(each);
      if (Array.isArray(value)) for (const each of value as readonly Value[]) if (isFields(each)) found[text(each['Key'])] = text(each['Value']);
    }
    const flat = /^Tags?\.(?:member\.)?(\d+)\.Key$/u.exec(name);
    if (flat !== null) found[text(value)] = text(input[name.replace(/Key$/u, 'Value')]);
  }
  return found;
}
