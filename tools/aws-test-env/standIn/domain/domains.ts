import { randomUUID } from 'node:crypto';
import { DescribeSubnetsCommand } from '@aws-sdk/client-ec2';
import { GetRoleCommand } from '@aws-sdk/client-iam';
import { DeleteDomainCommand, DescribeDomainCommand, ListDomainNamesCommand } from '@aws-sdk/client-opensearch';
import { AwsRefusal, type WireAnswer } from '../../front/answer.ts';
import type { AwsRequest } from '../../front/request.ts';
import type { Handler } from '../../front/server.ts';
import { fitting, isFields, type Fields, type Value } from '../../models/schema.ts';
import { serviceOf } from '../../models/services.ts';
import type { StandInContext } from '../context.ts';
import { createCountdown } from '../countdown.ts';
import { makeInterfaces, removeInterfaces, vpcOf } from '../network.ts';
import { ENGINE_VERSIONS, INSTANCE_TYPES, targetsOf } from './offered.ts';

/** Domains: moto makes them; this gives them time, stages, network interfaces, dry runs and upgrades. */
export interface Domains {
  readonly handlers: Readonly<Record<string, Handler>>;
  clear(): void;
}

/** A change under way. */
interface Change {
  readonly id: string;
  readonly what: 'Creating' | 'Modifying' | 'UpgradingEngineVersion' | 'Deleting';
  readonly began: Date;
  readonly properties: readonly string[];
}

/** The stages of a blue/green deployment: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-configuration-changes.html. */
const STAGES = ['Validation', 'Creating a new environment', 'Provisioning new nodes', 'Traffic routing', 'Copying shards', 'Terminating nodes', 'Deleting older resources'] as const;

const ROLE = 'AWSServiceRoleForAmazonOpenSearchService';

const text = (value: Value): string => (typeof value === 'string' ? value : '');
const interfaceText = (domain: string): string => `ES ${domain}`;

export function createDomains({ moto, forward, faults, polls }: StandInContext): Domains {
  const working = createCountdown((key) => faults.isStuck('domain', nameOf(key)));
  const changes = new Map<string, Change>();
  const endings = new Map<string, Promise<void>>();
  const versions = new Map<string, string>();
  const dryRuns = new Map<string, Fields>();
  const upgrades = new Map<string, Fields[]>();
  const keyOf = (region: string, name: string): string => `${region}/${name}`;

  function begin(region: string, name: string, what: Change['what'], properties: readonly string[] = []): Change {
    const change = { id: randomUUID(), what, began: new Date(), properties };
    changes.set(keyOf(region, name), change);
    working.start(keyOf(region, name), polls.domain);
    return change;
  }

  async function end(region: string, name: string): Promise<void> {
    const { ec2, opensearch } = moto(region);
    await opensearch.send(new DeleteDomainCommand({ DomainName: name }));
    await removeInterfaces(ec2, interfaceText(name));
    changes.delete(keyOf(region, name));
    versions.delete(keyOf(region, name));
  }

  /** Counts a look; a deletion that was looked at often enough is carried out. */
  async function look(region: string, name: string): Promise<void> {
    const key = keyOf(region, name);
    const on = working.tick(key);
    if (on || changes.get(key)?.what !== 'Deleting') return;
    // Two may look at the same moment.
    const ending = endings.get(key) ?? end(region, name).finally(() => endings.delete(key));
    endings.set(key, ending);
    await ending;
  }

  /** What moto says of a domain, with what it lacks. */
  async function complete(region: string, name: string, status: Fields): Promise<Fields> {
    const key = keyOf(region, name);
    const change = changes.get(key);
    const on = working.isOn(key);
    const isNew = change?.what === 'Creating' && on;
    const options = status['VPCOptions'];
    const engine = versions.get(key);
    const { Endpoint: _, Endpoints: __, ...rest } = await fitted('DescribeDomain', 'DomainStatus', status);
    return {
      ...rest,
      ...(isNew ? {} : endpointOf(region, name, status)),
      ...(isFields(options) ? { VPCOptions: await vpcOptions(region, options) } : {}),
      ...(engine === undefined ? {} : { EngineVersion: engine }),
      Created: !isNew,
      Processing: on,
      Deleted: change?.what === 'Deleting',
      UpgradeProcessing: on && change?.what === 'UpgradingEngineVersion',
      DomainProcessingStatus: on && change !== undefined ? change.what : 'Active',
      ...(change === undefined ? {} : { ChangeProgressDetails: { ChangeId: change.id, ConfigChangeStatus: on ? 'ApplyingChanges' : 'Completed', StartTime: change.began.getTime() / 1000 } }),
    };
  }

  async function vpcOptions(region: string, options: Fields): Promise<Fields> {
    const subnets = (Array.isArray(options['SubnetIds']) ? options['SubnetIds'] : []) as readonly string[];
    const { Subnets = [] } = await moto(region).ec2.send(new DescribeSubnetsCommand({ SubnetIds: [...subnets] }));
    return { ...options, VPCId: Subnets[0]?.VpcId, AvailabilityZones: [...new Set(Subnets.map((each) => each.AvailabilityZone))] };
  }

  /** Whether the change of a domain makes new nodes, as the service decides it. */
  const isBlueGreen = (input: Fields): boolean => ['ClusterConfig', 'EBSOptions', 'VPCOptions', 'EncryptionAtRestOptions', 'NodeToNodeEncryptionOptions', 'AdvancedSecurityOptions'].some((each) => input[each] !== undefined);

  async function mustExist(region: string, name: string): Promise<Fields> {
    const { DomainNames = [] } = await moto(region).opensearch.send(new ListDomainNamesCommand({}));
    if (!DomainNames.some((each) => each.DomainName === name)) throw new AwsRefusal('ResourceNotFoundException', `Domain not found: ${name}`);
    const { DomainStatus } = await moto(region).opensearch.send(new DescribeDomainCommand({ DomainName: name })).catch((error: unknown) => {
      throw error instanceof Error && error.name === 'ResourceNotFoundException' ? new AwsRefusal(error.name, error.message) : error;
    });
    return DomainStatus as unknown as Fields;
  }

  function mustRest(region: string, name: string): void {
    if (working.isOn(keyOf(region, name))) throw new AwsRefusal('ValidationException', 'A change/update is in progress. Please wait for it to complete before requesting another change.');
  }

  /** Hands a request to moto and completes the domain in its answer. */
  async function answered(request: AwsRequest, name: string, member: 'DomainStatus'): Promise<Fields | WireAnswer> {
    const answer = await forward(request);
    if (answer.status >= 400) return answer;
    const { [member]: status } = JSON.parse(answer.body.toString()) as { readonly DomainStatus: Fields };
    return { [member]: await complete(request.region, name, status) };
  }

  async function create(request: AwsRequest): Promise<Fields | WireAnswer> {
    const { region, input } = request;
    const name = text(input['DomainName']);
    if (!/^[a-z][a-z0-9-]{2,27}$/.test(name)) throw new AwsRefusal('ValidationException', `Value '${name}' at 'domainName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-z][a-z0-9\\-]+ and have length between 3 and 28`);
    const { DomainNames = [] } = await moto(region).opensearch.send(new ListDomainNamesCommand({}));
    if (DomainNames.some((each) => each.DomainName === name)) throw new AwsRefusal('ResourceAlreadyExistsException', `The Elasticsearch/OpenSearch domain already exists: ${name}`);
    const engine = text(input['EngineVersion']);
    if (engine !== '' && !ENGINE_VERSIONS.includes(engine)) throw new AwsRefusal('ValidationException', `Invalid engine version: ${engine}`);
    const options = input['VPCOptions'];
    const config = isFields(input['ClusterConfig']) ? input['ClusterConfig'] : {};
    const count = Number(config['InstanceCount'] ?? 1);
    if (isFields(options)) {
      // The text is the service's own: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/slr-aos.html.
      const role = await moto(region).iam.send(new GetRoleCommand({ RoleName: ROLE })).catch(() => undefined);
      if (role === undefined) throw new AwsRefusal('ValidationException', 'Before you can proceed, you must enable a service-linked role to give Amazon OpenSearch Service permissions to access your VPC.');
      const subnets = (options['SubnetIds'] ?? []) as readonly string[];
      const zones = isFields(config['ZoneAwarenessConfig']) ? Number(config['ZoneAwarenessConfig']['AvailabilityZoneCount'] ?? 2) : 2;
      const wanted = config['ZoneAwarenessEnabled'] === true ? zones : 1;
      if (subnets.length !== wanted) throw new AwsRefusal('ValidationException', wanted === 1 ? 'You must specify exactly one subnet.' : `You must specify exactly ${wanted} subnets because you've set zone count to ${wanted}.`);
      await vpcOf(moto(region).ec2, subnets[0] ?? '');
    }
    const answer = await forward(request);
    if (answer.status >= 400) return answer;
    if (isFields(options)) {
      const subnets = (options['SubnetIds'] ?? []) as readonly string[];
      const each = Array.from({ length: count }, (_, index) => subnets[index % subnets.length] ?? '');
      await makeInterfaces(moto(region).ec2, { subnets: each, groups: (options['SecurityGroupIds'] ?? []) as readonly string[], description: interfaceText(name) });
    }
    begin(region, name, 'Creating');
    const { DomainStatus } = JSON.parse(answer.body.toString()) as { readonly DomainStatus: Fields };
    return { DomainStatus: await complete(region, name, DomainStatus) };
  }

  async function update(request: AwsRequest): Promise<Fields | WireAnswer | undefined> {
    const { region, input } = request;
    const name = text(input['DomainName']);
    await mustExist(region, name);
    mustRest(region, name);
    const deployment = isBlueGreen(input) ? 'Blue/Green' : 'DynamicUpdate';
    const properties = Object.keys(input).filter((each) => !['DomainName', 'DryRun', 'DryRunMode'].includes(each));
    if (input['DryRun'] === true) {
      const id = randomUUID();
      const results: Fields = { DeploymentType: deployment, Message: `This change will require a ${deployment === 'Blue/Green' ? 'blue/green deployment' : 'dynamic update'}.` };
      dryRuns.set(id, results);
      const { DomainConfig } = await config(request, name);
      return { DomainConfig, DryRunResults: results, DryRunProgressStatus: { DryRunId: id, DryRunStatus: 'succeeded', CreationDate: new Date().toISOString(), UpdateDate: new Date().toISOString() } };
    }
    const answer = await forward(request);
    if (answer.status >= 400) return answer;
    const change = begin(region, name, 'Modifying', properties);
    const { DomainConfig } = JSON.parse(answer.body.toString()) as { readonly DomainConfig: Fields };
    return { DomainConfig: { ...withStatus(await fitted('DescribeDomainConfig', 'DomainConfig', DomainConfig), 'Processing'), ChangeProgressDetails: { ChangeId: change.id, ConfigChangeStatus: 'Pending' } } };
  }

  async function config(request: AwsRequest, name: string): Promise<{ readonly DomainConfig: Fields }> {
    const answer = await forward({ ...request, method: 'GET', url: `/2021-01-01/opensearch/domain/${name}/config`, body: Buffer.alloc(0) });
    const { DomainConfig } = JSON.parse(answer.body.toString()) as { readonly DomainConfig: Fields };
    return { DomainConfig: withStatus(await fitted('DescribeDomainConfig', 'DomainConfig', DomainConfig), working.isOn(keyOf(request.region, name)) ? 'Processing' : 'Active') };
  }

  const handlers: Record<string, Handler> = {
    'es:CreateDomain': create,
    'es:DescribeDomain': async (request) => {
      const name = text(request.input['DomainName']);
      await look(request.region, name);
      return answered(request, name, 'DomainStatus');
    },
    'es:DescribeDomains': async (request) => {
      const names = (request.input['DomainNames'] ?? []) as readonly string[];
      for (const name of names) await look(request.region, name);
      const answer = await forward(request);
      if (answer.status >= 400) return answer;
      const { DomainStatusList } = JSON.parse(answer.body.toString()) as { readonly DomainStatusList: readonly Fields[] };
      return { DomainStatusList: await Promise.all(DomainStatusList.map((each) => complete(request.region, text(each['DomainName']), each))) };
    },
    'es:DescribeDomainConfig': async (request) => {
      await mustExist(request.region, text(request.input['DomainName']));
      return config(request, text(request.input['DomainName']));
    },
    'es:ListDomainNames': async ({ region }) => {
      for (const [key, { what }] of [...changes]) if (what === 'Deleting' && key.startsWith(`${region}/`)) await look(region, nameOf(key));
      return undefined;
    },
    'es:UpdateDomainConfig': update,
    'es:DeleteDomain': async ({ region, input }) => {
      const name = text(input['DomainName']);
      const status = await mustExist(region, name);
      if (changes.get(keyOf(region, name))?.what !== 'Deleting') begin(region, name, 'Deleting');
      return { DomainStatus: await complete(region, name, status) };
    },
    'es:DescribeDomainChangeProgress': async ({ region, input }) => {
      const name = text(input['DomainName']);
      await look(region, name);
      await mustExist(region, name);
      const change = changes.get(keyOf(region, name));
      if (change === undefined) return { ChangeProgressStatus: { Status: 'COMPLETED', TotalNumberOfStages: 0, PendingProperties: [], CompletedProperties: [], ChangeProgressStages: [] } };
      const on = working.isOn(keyOf(region, name));
      const at = on ? Math.min(STAGES.length - 1, Math.floor(working.done(keyOf(region, name)) * STAGES.length)) : STAGES.length;
      return {
        ChangeProgressStatus: {
          ChangeId: change.id,
          StartTime: change.began,
          Status: on ? 'PROCESSING' : 'COMPLETED',
          PendingProperties: on ? change.properties : [],
          CompletedProperties: on ? [] : change.properties,
          TotalNumberOfStages: STAGES.length,
          ChangeProgressStages: STAGES.slice(0, at + 1).map((stage, index) => ({ Name: stage, Status: index < at ? 'COMPLETED' : 'IN_PROGRESS', Description: stage, LastUpdated: new Date() })),
          LastUpdatedTime: new Date(),
          ConfigChangeStatus: on ? 'ApplyingChanges' : 'Completed',
          InitiatedBy: 'CUSTOMER',
        },
      };
    },
    'es:DescribeDryRunProgress': async ({ region, input }) => {
      await mustExist(region, text(input['DomainName']));
      const id = text(input['DryRunId']) || ([...dryRuns.keys()].at(-1) ?? '');
      const results = dryRuns.get(id);
      if (results === undefined) throw new AwsRefusal('ResourceNotFoundException', `No dry run ${id}`);
      return { DryRunProgressStatus: { DryRunId: id, DryRunStatus: 'succeeded', CreationDate: new Date().toISOString(), UpdateDate: new Date().toISOString() }, DryRunResults: results };
    },
    'es:GetCompatibleVersions': async ({ region, input }) => {
      const name = text(input['DomainName']);
      if (name === '') return { CompatibleVersions: ENGINE_VERSIONS.map((SourceVersion) => ({ SourceVersion, TargetVersions: targetsOf(SourceVersion) })) };
      const status = await mustExist(region, name);
      const SourceVersion = versions.get(keyOf(region, name)) ?? text(status['EngineVersion']);
      return { CompatibleVersions: [{ SourceVersion, TargetVersions: targetsOf(SourceVersion) }] };
    },
    'es:UpgradeDomain': async ({ region, input }) => {
      const name = text(input['DomainName']);
      const status = await mustExist(region, name);
      mustRest(region, name);
      const from = versions.get(keyOf(region, name)) ?? text(status['EngineVersion']);
      const to = text(input['TargetVersion']);
      if (!targetsOf(from).includes(to)) throw new AwsRefusal('ValidationException', `The upgrade from ${from} to ${to} is not supported`);
      const check = input['PerformCheckOnly'] === true;
      upgrades.set(keyOf(region, name), [...(upgrades.get(keyOf(region, name)) ?? []), { UpgradeName: `Upgrade from ${from} to ${to}`, StartTimestamp: new Date(), UpgradeStatus: 'SUCCEEDED', StepsList: [{ UpgradeStep: 'PRE_UPGRADE_CHECK', UpgradeStepStatus: 'SUCCEEDED', Issues: [], ProgressPercent: 100 }] }]);
      if (check) return { DomainName: name, TargetVersion: to, PerformCheckOnly: true, UpgradeId: randomUUID() };
      versions.set(keyOf(region, name), to);
      const change = begin(region, name, 'UpgradingEngineVersion', ['EngineVersion']);
      return { DomainName: name, TargetVersion: to, PerformCheckOnly: false, UpgradeId: change.id, ChangeProgressDetails: { ChangeId: change.id } };
    },
    'es:GetUpgradeStatus': async ({ region, input }) => {
      const name = text(input['DomainName']);
      await look(region, name);
      await mustExist(region, name);
      const last = upgrades.get(keyOf(region, name))?.at(-1);
      if (last === undefined) throw new AwsRefusal('ResourceNotFoundException', `No upgrade found for the domain ${name}`);
      const on = working.isOn(keyOf(region, name)) && changes.get(keyOf(region, name))?.what === 'UpgradingEngineVersion';
      return { UpgradeStep: 'UPGRADE', StepStatus: on ? 'IN_PROGRESS' : 'SUCCEEDED', UpgradeName: text(last['UpgradeName']) };
    },
    'es:GetUpgradeHistory': async ({ region, input }) => ({ UpgradeHistories: upgrades.get(keyOf(region, text(input['DomainName']))) ?? [] }),
    'es:ListVersions': async () => ({ Versions: ENGINE_VERSIONS }),
    'es:ListInstanceTypeDetails': async ({ region }) => ({
      InstanceTypeDetails: INSTANCE_TYPES.map((InstanceType) => ({ InstanceType, EncryptionEnabled: true, CognitoEnabled: true, AppLogsEnabled: true, AdvancedSecurityEnabled: true, WarmEnabled: !InstanceType.startsWith('t'), InstanceRole: ['Data', 'Master'], AvailabilityZones: ['a', 'b', 'c'].map((zone) => `${region}${zone}`) })),
    }),
    'es:DescribeInstanceTypeLimits': async ({ input }) => {
      const type = text(input['InstanceType']);
      if (!INSTANCE_TYPES.includes(type)) throw new AwsRefusal('InvalidTypeException', `Invalid instance type: ${type}`);
      return { LimitsByRole: { data: { StorageTypes: [{ StorageTypeName: 'ebs', StorageSubTypeName: 'gp3', StorageTypeLimits: [{ LimitName: 'MinimumVolumeSize', LimitValues: ['10'] }, { LimitName: 'MaximumVolumeSize', LimitValues: [type.startsWith('t3.small') ? '100' : type.startsWith('t3') ? '200' : '1024'] }] }], InstanceLimits: { InstanceCountLimits: { MinimumInstanceCount: 1, MaximumInstanceCount: 20 } }, AdditionalLimits: [] } } };
    },
    'es:ListPackagesForDomain': async () => ({ DomainPackageDetailsList: [] }),
  };

  return {
    handlers,
    clear() {
      working.clear();
      changes.clear();
      versions.clear();
      dryRuns.clear();
      upgrades.clear();
    },
  };
}

const nameOf = (key: string): string => key.split('/')[1] ?? '';

function endpointOf(region: string, name: string, status: Fields): Fields {
  if (!isFields(status['VPCOptions'])) return { Endpoint: `search-${name}-stand1n.${region}.es.amazonaws.com` };
  return { Endpoints: { vpc: `vpc-${name}-stand1n.${region}.es.amazonaws.com` } };
}

/** What moto says, in the shape of the SDK. */
async function fitted(action: string, member: string, value: Fields): Promise<Fields> {
  const operation = (await serviceOf('es'))?.operations.get(action);
  const found = operation === undefined ? value : fitting(operation.output.getMemberSchema(member), value);
  return isFields(found) ? found : {};
}

/** Each part of a configuration with its status, which moto leaves out of most. */
function withStatus(config: Fields, State: string): Fields {
  const now = new Date();
  return Object.fromEntries(
    Object.entries(config).map(([name, part]) => [name, isFields(part) && part['Status'] === undefined && part['Options'] !== undefined && name !== 'AutoTuneOptions' ? { ...part, Status: { CreationDate: now, UpdateDate: now, UpdateVersion: 1, State, PendingDeletion: false } } : part]),
  );
}
