import { describe, expect, it } from 'vitest';
import { awsNames, STACKS } from '../names.ts';
import { awsSettings, type AwsSettingsInput } from '../settings.ts';
import { clusterTemplate } from './cluster/clusterTemplate.ts';
import { isArm } from './cluster/nodes.ts';
import { ROLES, templateNames } from './names.ts';
import { clusterOutputs, expiryOutputs, networkOutputs } from './outputs.ts';
import { templateBreaches } from './testing/rules.ts';
import { EXPIRES, NETWORK, templateMatrix } from './testing/matrix.ts';
import type { Template } from './template.ts';

const matrix = templateMatrix();
const named = (title: string): Template => {
  const found = matrix.find((each) => each.title === title);
  if (found === undefined) throw new Error(`There is no ${title}.`);
  return found.template;
};

describe('templates', () => {
  it.each(matrix)('keep the rules: $title', ({ template }) => {
    expect(templateBreaches(template)).toEqual([]);
  });

  /** Puts a value at a path into a copy of a template; undefined takes it out. */
  function planted(title: string, path: readonly (string | number)[], value: unknown): Template {
    const copy = structuredClone(named(title)) as unknown as Record<string, unknown>;
    let place = copy;
    for (const step of path.slice(0, -1)) {
      expect(place, path.join('.')).toHaveProperty([step]);
      place = place[step] as Record<string, unknown>;
    }
    const last = path.at(-1) ?? '';
    if (value === undefined) Reflect.deleteProperty(place, last);
    else place[last] = value;
    return copy as unknown as Template;
  }
  const bad: readonly (readonly [string, string, readonly (string | number)[], unknown])[] = [
    ['DomainSecurityGroup: lets everybody in', 'network: defaults', ['Resources', 'DomainSecurityGroup', 'Properties', 'SecurityGroupIngress', 0, 'CidrIp'], '0.0.0.0/0'],
    ['DomainSecurityGroup: lets everybody in', 'network: defaults', ['Resources', 'DomainSecurityGroup', 'Properties', 'SecurityGroupIngress', 0, 'CidrIpv6'], '::/0'],
    ['DomainSecurityGroup: lets in what is not HTTPS', 'network: defaults', ['Resources', 'DomainSecurityGroup', 'Properties', 'SecurityGroupIngress', 0, 'ToPort'], 9200],
    ['DomainSecurityGroup: has EC2’s own rule for the way out', 'network: defaults', ['Resources', 'DomainSecurityGroup', 'Properties', 'SecurityGroupEgress'], undefined],
    ['PrivateSubnet1: gives public addresses', 'network: defaults', ['Resources', 'PrivateSubnet1', 'Properties', 'MapPublicIpOnLaunch'], true],
    ['Vpc: lacks the tag podscope:event', 'network: defaults', ['Resources', 'Vpc', 'Properties', 'Tags'], []],
    ['ClusterLogGroup: keeps logs for ever', 'network: defaults', ['Resources', 'ClusterLogGroup', 'Properties', 'RetentionInDays'], undefined],
    ['Rule: nobody said what is safe for AWS::EC2::SecurityGroupIngress', 'network: defaults', ['Resources', 'Rule'], { Type: 'AWS::EC2::SecurityGroupIngress' }],
    ['ShipperRole: a policy allows *', 'network: defaults', ['Resources', 'ShipperRole', 'Properties', 'Policies', 0, 'PolicyDocument', 'Statement', 0, 'Action'], ['*']],
    ['ShipperRole: a policy allows es:*', 'network: defaults', ['Resources', 'ShipperRole', 'Properties', 'Policies', 0, 'PolicyDocument', 'Statement', 0, 'Action'], 'es:*'],
    ['ShipperRole: a policy allows es:ESHttpPost on *', 'network: defaults', ['Resources', 'ShipperRole', 'Properties', 'Policies', 0, 'PolicyDocument', 'Statement', 0, 'Resource'], '*'],
    ['ShipperRole: a policy says what it does not mean', 'network: defaults', ['Resources', 'ShipperRole', 'Properties', 'Policies', 0, 'PolicyDocument', 'Statement', 0, 'NotAction'], ['iam:*']],
    ['PresenterRole: a policy trusts everybody', 'network: defaults', ['Resources', 'PresenterRole', 'Properties', 'AssumeRolePolicyDocument', 'Statement', 0, 'Principal'], { AWS: '*' }],
    ['ClusterRole: a policy trusts eks.amazonaws.com on behalf of any account', 'network: defaults', ['Resources', 'ClusterRole', 'Properties', 'AssumeRolePolicyDocument', 'Statement', 0, 'Condition'], undefined],
    ['FlowLog: doesn’t record all traffic', 'network: three zones, everything asked for', ['Resources', 'FlowLog', 'Properties', 'TrafficType'], 'REJECT'],
    ['Cluster: has an API that everybody reaches', 'cluster: defaults', ['Resources', 'Cluster', 'Properties', 'ResourcesVpcConfig', 'PublicAccessCidrs'], undefined],
    ['Cluster: has an API that everybody reaches', 'cluster: defaults', ['Resources', 'Cluster', 'Properties', 'ResourcesVpcConfig', 'PublicAccessCidrs'], ['0.0.0.0/0']],
    ['Cluster: doesn’t log audit', 'cluster: defaults', ['Resources', 'Cluster', 'Properties', 'Logging', 'ClusterLogging', 'EnabledTypes', 1], { Type: 'api' }],
    ['Cluster: can be opened by the ConfigMap aws-auth', 'cluster: defaults', ['Resources', 'Cluster', 'Properties', 'AccessConfig', 'AuthenticationMode'], 'API_AND_CONFIG_MAP'],
    ['LaunchTemplate: allows IMDSv1', 'cluster: defaults', ['Resources', 'LaunchTemplate', 'Properties', 'LaunchTemplateData', 'MetadataOptions', 'HttpTokens'], 'optional'],
    ['LaunchTemplate: lets pods reach the role of their node', 'cluster: defaults', ['Resources', 'LaunchTemplate', 'Properties', 'LaunchTemplateData', 'MetadataOptions', 'HttpPutResponseHopLimit'], 2],
    ['LaunchTemplate: has disks that aren’t encrypted', 'cluster: defaults', ['Resources', 'LaunchTemplate', 'Properties', 'LaunchTemplateData', 'BlockDeviceMappings', 0, 'Ebs', 'Encrypted'], false],
    ['LaunchTemplate: has an SSH key', 'cluster: defaults', ['Resources', 'LaunchTemplate', 'Properties', 'LaunchTemplateData', 'KeyName'], 'mine'],
    ['LaunchTemplate: its volume lacks the tag podscope:event', 'cluster: defaults', ['Resources', 'LaunchTemplate', 'Properties', 'LaunchTemplateData', 'TagSpecifications', 1, 'Tags'], []],
    ['VpcCniAddon: keeps no network policy', 'cluster: defaults', ['Resources', 'VpcCniAddon', 'Properties', 'ConfigurationValues'], undefined],
    ['AwsEbsCsiDriverAddon: its volumes lack the tag podscope:event', 'cluster: defaults', ['Resources', 'AwsEbsCsiDriverAddon', 'Properties', 'ConfigurationValues'], '{"controller":{}}'],
    ['LaunchTemplate: its instance has an end that may change', 'cluster: defaults', ['Resources', 'LaunchTemplate', 'Properties', 'LaunchTemplateData', 'TagSpecifications', 0, 'Tags'], [{ Key: 'podscope:expires', Value: 'x' }]],
    ['NodeGroup: opens SSH', 'cluster: defaults', ['Resources', 'NodeGroup', 'Properties', 'RemoteAccess'], { Ec2SshKey: 'mine' }],
    ['NodeGroup: has no launch template of ours', 'cluster: defaults', ['Resources', 'NodeGroup', 'Properties', 'LaunchTemplate'], undefined],
    ['DeletePolicy: a policy allows ec2:DeleteVpc on *', 'expiry: defaults', ['Resources', 'DeletePolicy', 'Properties', 'PolicyDocument', 'Statement', 1], { Effect: 'Allow', Action: ['ec2:DeleteVpc'], Resource: '*' }],
    ['Schedule: is off', 'expiry: defaults', ['Resources', 'Schedule', 'Properties', 'State'], 'DISABLED'],
    ['is longer than 51200 bytes', 'expiry: defaults', ['Description'], 'x'.repeat(51_200)],
    ['there is nothing in it', 'cluster: existing cluster', ['Resources'], {}],
  ];
  it.each(bad)('breaks a rule where it should: %s', (expected, title, path, value) => {
    expect(templateBreaches(planted(title, path, value))).toContain(expected);
  });

  it('puts public subnets and a NAT gateway there, or endpoints, but not both', () => {
    const types = (title: string): ReadonlySet<string> => new Set(Object.values(named(title).Resources).map(({ Type }) => Type));
    expect(types('network: defaults').has('AWS::EC2::NatGateway')).toBe(true);
    expect(types('network: endpoints, Arm').has('AWS::EC2::NatGateway')).toBe(false);
    expect(types('network: endpoints, Arm').has('AWS::EC2::InternetGateway')).toBe(false);
    const interfaces = (title: string) => Object.values(named(title).Resources).filter(({ Properties }) => Properties?.['VpcEndpointType'] === 'Interface').length;
    expect([interfaces('network: defaults'), interfaces('network: endpoints, Arm')]).toEqual([0, 8]);
  });

  it('makes add-ons of the network before the nodes, and the others after them', () => {
    const resources = named('cluster: defaults').Resources;
    expect(resources['NodeGroup']?.DependsOn).toEqual(['EksPodIdentityAgentAddon', 'VpcCniAddon', 'KubeProxyAddon']);
    expect(resources['VpcCniAddon']?.DependsOn).toEqual(['EksPodIdentityAgentAddon']);
    expect([resources['CorednsAddon']?.DependsOn, resources['AwsEbsCsiDriverAddon']?.DependsOn]).toEqual([['NodeGroup'], ['NodeGroup']]);
  });

  it('gives the shippers of an existing cluster their role, and makes nothing else there', () => {
    expect(Object.values(named('cluster: existing cluster').Resources).map(({ Type, Properties }) => [Type, Properties?.['ClusterName']])).toEqual([
      ['AWS::EKS::PodIdentityAssociation', 'theirs'],
      ['AWS::EKS::PodIdentityAssociation', 'theirs'],
    ]);
    expect(Object.keys(named('network: existing cluster').Resources)).toEqual(['DomainSecurityGroup', 'ShipperRole', 'PresenterRole']);
    expect(Object.keys(named('network: existing cluster and domain').Resources)).toEqual(['ShipperRole', 'PresenterRole']);
  });

  it('lets IAM take the tokens of the cluster’s accounts, of an existing one where it does not yet', () => {
    const urls = (title: string): readonly unknown[] => Object.values(named(title).Resources).filter(({ Type }) => Type === 'AWS::IAM::OIDCProvider').map(({ Properties }) => Properties?.['Url']);
    expect(urls('cluster: defaults')).toEqual([{ 'Fn::GetAtt': ['Cluster', 'OpenIdConnectIssuerUrl'] }]);
    expect(urls('cluster: existing cluster')).toEqual([]);
    expect(urls('cluster: existing, of an issuer that IAM does not know')).toEqual(['https://oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF']);
  });

  it('lets the one who makes it in, and every presenter', () => {
    const entries = Object.values(named('cluster: three zones, everything asked for').Resources).filter(({ Type }) => Type === 'AWS::EKS::AccessEntry');
    expect(entries.map(({ Properties }) => Properties?.['PrincipalArn'])).toEqual(['arn:aws:iam::123456789012:role/maker', 'arn:aws:iam::123456789012:role/team/presenter', 'arn:aws:iam::123456789012:user/second']);
    const root = named('cluster: private, made by root').Resources;
    expect(Object.values(root).some(({ Type }) => Type === 'AWS::EKS::AccessEntry')).toBe(false);
    expect(root['Cluster']?.Properties).toMatchObject({ AccessConfig: { BootstrapClusterCreatorAdminPermissions: true }, ResourcesVpcConfig: { EndpointPublicAccess: false } });
  });

  it('keeps the id of who is let in, whoever is left out: EKS refuses a second entry of one principal', () => {
    const ids = (input: AwsSettingsInput, creator: string): Readonly<Record<string, unknown>> =>
      Object.fromEntries(Object.entries(clusterTemplate(awsSettings.parse(input), EXPIRES, NETWORK, { creator, apiCidrs: [], shipperAccounts: [] }).Resources).filter(([, { Type }]) => Type === 'AWS::EKS::AccessEntry').map(([id, { Properties }]) => [Properties?.['PrincipalArn'], id]));
    const [maker, first, second] = ['maker', 'first', 'second'].map((name) => `arn:aws:iam::123456789012:role/${name}`) as [string, string, string];
    const all = ids({ presenters: [first, second] }, maker);
    expect(Object.keys(all)).toEqual([maker, first, second]);
    expect(all).toMatchObject(ids({ presenters: [second] }, maker));
    expect(all).toMatchObject(ids({ presenters: [second, first] }, maker));
  });

  it('names another group where the type of nodes is another, which CloudFormation replaces the group for', () => {
    const name = (nodes: AwsSettingsInput['nodes']): unknown => clusterTemplate(awsSettings.parse({ nodes, event: 'abcdefghijklmnopqrs' }), EXPIRES, NETWORK, { creator: 'arn:aws:iam::123456789012:role/maker', apiCidrs: [], shipperAccounts: [] }).Resources['NodeGroup']?.Properties?.['NodegroupName'];
    expect([name({ type: 't3.medium', count: 9 }), name({ type: 'm7g.large' })]).toEqual(['podscope-abcdefghijklmnopqrs-nodes-t3-medium', 'podscope-abcdefghijklmnopqrs-nodes-m7g-large']);
    expect(String(name({ type: 'c7i-flex.16xlarge' })).length).toBeLessThanOrEqual(63);
  });

  it('leaves nodes as they are when an event is made longer: another version of their template would replace each of them', () => {
    const data = (expires: Date): unknown => clusterTemplate(awsSettings.parse({}), expires, NETWORK, { creator: 'arn:aws:iam::123456789012:role/maker', apiCidrs: [], shipperAccounts: [] }).Resources['LaunchTemplate']?.Properties?.['LaunchTemplateData'];
    expect(data(new Date(EXPIRES.getTime() + 3_600_000))).toEqual(data(EXPIRES));
  });

  it('lets the network keep policies, and the driver of volumes tag them', () => {
    const resources = named('cluster: three zones, everything asked for').Resources;
    const told = (id: string): unknown => JSON.parse(String(resources[id]?.Properties?.['ConfigurationValues']));
    expect(told('VpcCniAddon')).toEqual({ enableNetworkPolicy: 'true' });
    expect(told('AwsEbsCsiDriverAddon')).toEqual({ controller: { extraVolumeTags: { 'podscope:event': 'podscope', 'podscope:owner': 'A. Presenter', 'podscope:expires': '2026-12-01T16:00:00.000Z' } } });
  });

  it('tells what the readers of outputs ask for', () => {
    const told = (title: string) => Object.keys(named(title).Outputs).map((OutputKey) => ({ OutputKey, OutputValue: `${OutputKey}-1,${OutputKey}-2` }));
    expect(networkOutputs('n', told('network: defaults'))).toMatchObject({ privateSubnetIds: ['PrivateSubnetIds-1', 'PrivateSubnetIds-2'], publicSubnetIds: ['PublicSubnetIds-1', 'PublicSubnetIds-2'], ebsCsiRoleArn: 'EbsCsiRoleArn-1,EbsCsiRoleArn-2' });
    expect(networkOutputs('n', told('network: existing cluster and domain'))).not.toHaveProperty('domainSecurityGroupId');
    expect(networkOutputs('n', told('network: endpoints, Arm')).publicSubnetIds).toEqual([]);
    expect(Object.values(clusterOutputs('c', told('cluster: defaults')))).toHaveLength(7);
    expect(Object.values(expiryOutputs('e', told('expiry: defaults')))).toHaveLength(4);
    expect(() => clusterOutputs('podscope-cluster', [])).toThrow(expect.objectContaining({ code: 'AWS_STACK_OUTPUT_MISSING' }));
  });

  it('has names that AWS takes, and that differ between regions where an account has one of each', () => {
    const settings = awsSettings.parse({ event: 'abcdefghijklmnopqrs', region: 'ap-southeast-1' });
    const names = templateNames(settings);
    expect(ROLES.map((id) => names.role(id)).filter((name) => name.length > 64)).toEqual([]);
    expect(STACKS.map((id) => awsNames(settings).stack(id)).filter((name) => name.length > 128)).toEqual([]);
    expect([names.scheduleGroup, names.schedule].filter((name) => name.length > 64)).toEqual([]);
    expect(names.role('nodes')).not.toBe(templateNames({ ...settings, region: 'eu-west-1' }).role('nodes'));
  });

  it.each([
    ['t4g.medium', true], ['m7gd.large', true], ['im4gn.large', true], ['is4gen.large', true], ['g5g.xlarge', true], ['a1.medium', true],
    ['t3.medium', false], ['g4dn.xlarge', false], ['g6.xlarge', false], ['m7i.large', false], ['p5en.48xlarge', false],
  ])('knows the processor of %s', (type, arm) => {
    expect(isArm(type)).toBe(arm);
  });
});
