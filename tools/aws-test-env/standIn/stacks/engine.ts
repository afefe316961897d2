import { CreateStackCommand, DeleteStackCommand, DescribeStackResourcesCommand, DescribeStacksCommand, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import type { AwsClients } from '../../../../apps/workshop/src/targets/aws/clients.ts';
import { AwsRefusal } from '../../front/answer.ts';
import type { Faults } from '../../front/faults.ts';
import { isFields, type Fields, type Value } from '../../models/schema.ts';
import { removeRemains } from './remains.ts';
import type { ResourceMaker, ResourceScope } from './resources.ts';
import { note, type Stack, type StackResource } from './stack.ts';
import { referencesIn, resolve, withZones, type Made, type StackTemplate, type TemplateResource } from './template.ts';

/** What the engine works with. */
export interface EngineOptions {
  readonly cloudFormation: AwsClients['cloudFormation'];
  readonly ec2: AwsClients['ec2'];
  readonly makers: Readonly<Record<string, ResourceMaker>>;
  readonly faults: Faults;
}

const OUTPUT = 'PodscopeStandIn';

/** Thrown when a resource can't be made or deleted. */
export class ResourceFailure extends Error {
  readonly resource: TemplateResource;

  constructor(resource: TemplateResource, reason: string) {
    super(reason);
    this.resource = resource;
  }
}

/**
 * Makes the resources of a stack, or makes them what a changed template says. Moto makes those that it has, in a stack of its own with
 * the same name; where one of the stand-in's is due, that stack gets an output with its properties, resolved by moto, and goes on, with
 * the values of what was made in the place of references to it.
 */
export async function makeResources(stack: Stack, options: EngineOptions): Promise<void> {
  const { makers, faults } = options;
  const { template } = stack;
  const own = template.resources.filter(({ type }) => makers[type] !== undefined);
  const rest = template.resources.filter(({ type }) => makers[type] === undefined);
  const before = stack.resources.filter(({ made }) => made !== undefined);
  const made = new Map(before.flatMap((each): [string, Made][] => (each.made === undefined ? [] : [[each.logicalId, each.made]])));
  const ready = new Set<string>();
  const progress = { stack, rest, made, ready, started: stack.resources.length > 0 };
  const verb = progress.started ? 'UPDATE' : 'CREATE';

  for (const resource of rest) {
    const reason = stack.resources.some(({ logicalId }) => logicalId === resource.logicalId) ? undefined : faults.stackReason(resource, false);
    if (reason !== undefined) throw new ResourceFailure(resource, reason);
  }
  const grow = (): void => {
    for (const resource of rest) if (!ready.has(resource.logicalId) && needsOf(resource, template, makers).every((id) => made.has(id))) ready.add(resource.logicalId);
  };
  const kept = own.filter(({ logicalId }) => made.has(logicalId));
  if (kept.length > 0) {
    grow();
    const outputs = await push(progress, options, { asked: kept, last: false });
    for (const resource of kept) await change(stack, resource, { options, properties: propertiesIn(outputs, resource) });
  }
  while (own.some(({ logicalId }) => !made.has(logicalId))) {
    grow();
    const due = own.filter(({ logicalId, body }) => !made.has(logicalId) && [...referencesIn(body)].every((id) => made.has(id) || ready.has(id) || !template.resources.some((each) => each.logicalId === id)));
    if (due.length === 0) throw new AwsRefusal('ValidationError', `Circular dependency between resources: [${own.filter(({ logicalId }) => !made.has(logicalId)).map(({ logicalId }) => logicalId).join(', ')}]`);
    const outputs = await push(progress, options, { asked: due, last: false });
    for (const resource of due) {
      const properties = propertiesIn(outputs, resource);
      const result = await makeOne(resource, { maker: makers[resource.type], properties, scope: scopeOf(stack, resource), faults });
      made.set(resource.logicalId, result);
      stack.resources = [...stack.resources, { ...resource, physicalId: result.ref, properties, made: result, status: 'CREATE_COMPLETE', at: new Date() }];
      note(stack, { ...resource, physicalId: result.ref }, 'CREATE_COMPLETE');
    }
  }
  for (const { logicalId } of rest) ready.add(logicalId);
  const outputs = await push(progress, options, { asked: [], last: true });
  for (const resource of [...before].reverse()) if (resource.made !== undefined && !own.some(({ logicalId }) => logicalId === resource.logicalId)) await removeOne(stack, resource, options);
  for (const resource of stack.resources) if (!template.resources.some(({ logicalId }) => logicalId === resource.logicalId)) drop(stack, resource);
  if (verb === 'UPDATE') stack.resources = stack.resources.map((each) => (each.status === 'CREATE_COMPLETE' ? { ...each, status: 'UPDATE_COMPLETE' } : each));
  stack.outputs = Object.entries(template.outputs).flatMap(([key, each]) => {
    const value = outputs[key];
    if (value === undefined || !isFields(each)) return [];
    const exported = isFields(each['Export']) ? each['Export']['Name'] : undefined;
    return [{ key, value, description: typeof each['Description'] === 'string' ? each['Description'] : undefined, exportName: typeof exported === 'string' ? exported : undefined }];
  });
}

interface Progress {
  readonly stack: Stack;
  readonly rest: readonly TemplateResource[];
  readonly made: ReadonlyMap<string, Made>;
  readonly ready: ReadonlySet<string>;
  started: boolean;
}

/** Lets moto make what is ready; the outputs of its stack. */
async function push(progress: Progress, { cloudFormation }: EngineOptions, { asked, last }: { readonly asked: readonly TemplateResource[]; readonly last: boolean }): Promise<Readonly<Record<string, string>>> {
  const { stack, rest, made, ready } = progress;
  const body = motoTemplate(stack.template, { resources: rest.filter(({ logicalId }) => ready.has(logicalId)), asked, made, outputs: last });
  const input = { StackName: stack.name, TemplateBody: JSON.stringify(withZones(body, stack.region)), Parameters: stack.parameters.map(({ ParameterKey, ParameterValue }) => ({ ParameterKey: String(ParameterKey), ParameterValue: String(ParameterValue) })), Tags: Object.entries(stack.tags).map(([Key, Value]) => ({ Key, Value })) };
  if (progress.started) {
    await cloudFormation.send(new UpdateStackCommand(input)).catch((error: unknown) => {
      if (!(error instanceof Error && error.message.includes('No updates are to be performed'))) throw error;
    });
  } else await cloudFormation.send(new CreateStackCommand(input));
  progress.started = true;
  await adopt(stack, rest, cloudFormation);
  const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName: stack.name }));
  return Object.fromEntries((Stacks[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
}

const propertiesIn = (outputs: Readonly<Record<string, string>>, { logicalId }: TemplateResource): Fields => JSON.parse(outputs[`${OUTPUT}${logicalId}`] ?? '{}') as Fields;

const scopeOf = ({ region, tags, name }: Stack, { logicalId }: TemplateResource): ResourceScope => ({ region, tags, stackName: name, logicalId });

/** Makes a resource of the stand-in what its properties say by now. */
async function change(stack: Stack, resource: TemplateResource, { options: { makers }, properties }: { readonly options: EngineOptions; readonly properties: Fields }): Promise<void> {
  const before = stack.resources.find(({ logicalId }) => logicalId === resource.logicalId);
  if (before?.made === undefined || JSON.stringify(before.properties) === JSON.stringify(properties)) return;
  const maker = makers[resource.type];
  if (maker?.update === undefined) throw new ResourceFailure(resource, `The stand-in of tools/aws-test-env does not change a ${resource.type}.`);
  try {
    await maker.update(properties, before.made, scopeOf(stack, resource));
  } catch (error) {
    throw new ResourceFailure(resource, error instanceof Error ? error.message : String(error));
  }
  stack.resources = stack.resources.map((each) => (each === before ? { ...each, properties, status: 'UPDATE_COMPLETE', at: new Date() } : each));
  note(stack, before, 'UPDATE_COMPLETE');
}

async function makeOne(resource: TemplateResource, { maker, properties, scope, faults }: { readonly maker: ResourceMaker | undefined; readonly properties: Fields; readonly scope: ResourceScope; readonly faults: Faults }): Promise<Made> {
  const reason = faults.stackReason(resource, false);
  if (reason !== undefined) throw new ResourceFailure(resource, reason);
  if (maker === undefined) throw new Error(`The stand-in makes no ${resource.type}.`);
  try {
    return await maker.make(properties, scope);
  } catch (error) {
    throw new ResourceFailure(resource, error instanceof Error ? error.message : String(error));
  }
}

/** The stand-in's resources that one of moto's needs, itself or by another of moto's. */
function needsOf(resource: TemplateResource, template: StackTemplate, makers: EngineOptions['makers'], seen = new Set<string>()): readonly string[] {
  if (seen.has(resource.logicalId)) return [];
  seen.add(resource.logicalId);
  return [...referencesIn(resource.body)].flatMap((id) => {
    const other = template.resources.find((each) => each.logicalId === id);
    if (other === undefined) return [];
    return makers[other.type] !== undefined ? [id] : needsOf(other, template, makers, seen);
  });
}

interface Part {
  readonly resources: readonly TemplateResource[];
  readonly asked: readonly TemplateResource[];
  readonly made: ReadonlyMap<string, Made>;
  readonly outputs: boolean;
}

function motoTemplate({ body, outputs }: StackTemplate, { resources, asked, made, outputs: withOutputs }: Part): Fields {
  const questions = asked.map(({ logicalId, body: each }): [string, Value] => [`${OUTPUT}${logicalId}`, { Value: { 'Fn::ToJsonString': resolve(each['Properties'] ?? {}, made) } }]);
  return {
    ...body,
    Resources: Object.fromEntries(resources.map(({ logicalId, body: each }) => [logicalId, kept(resolve(each, made))])),
    Outputs: Object.fromEntries([...questions, ...(withOutputs ? Object.entries(outputs).map(([name, each]): [string, Value] => [name, resolve(each, made)]) : [])]),
  };
}

/** Moto keeps what says Retain, and knows of no other word for it. It keeps it when a creation is rolled back as well. */
function kept(resource: Value): Value {
  return isFields(resource) && resource['DeletionPolicy'] === 'RetainExceptOnCreate' ? { ...resource, DeletionPolicy: 'Retain' } : resource;
}

/** Takes what moto made into the stack. */
async function adopt(stack: Stack, rest: readonly TemplateResource[], cloudFormation: EngineOptions['cloudFormation']): Promise<void> {
  const { StackResources = [] } = await cloudFormation.send(new DescribeStackResourcesCommand({ StackName: stack.name }));
  const known = new Set(stack.resources.map(({ logicalId }) => logicalId));
  for (const { LogicalResourceId = '', PhysicalResourceId = '' } of StackResources) {
    const resource = rest.find(({ logicalId }) => logicalId === LogicalResourceId);
    if (resource === undefined || known.has(LogicalResourceId)) continue;
    const properties = resource.body['Properties'];
    const adopted: StackResource = { ...resource, physicalId: PhysicalResourceId, properties: isFields(properties) ? properties : {}, made: undefined, status: 'CREATE_COMPLETE', at: new Date() };
    stack.resources = [...stack.resources, adopted];
    note(stack, adopted, 'CREATE_COMPLETE');
  }
}

/**
 * Deletes the resources of a stack: the stand-in's first, in the opposite order of their making, then moto's stack, unless `beforeMoto`
 * refuses that.
 */
export async function removeResources(stack: Stack, { cloudFormation, ec2, makers, faults }: EngineOptions, beforeMoto: () => Promise<void> = async () => {}): Promise<void> {
  for (const resource of [...stack.resources].reverse()) {
    const reason = faults.stackReason(resource, true);
    if (reason !== undefined) throw new ResourceFailure(resource, reason);
    if (resource.made !== undefined) await removeOne(stack, resource, { makers });
  }
  await beforeMoto();
  const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName: stack.name })).catch(() => ({ Stacks: [] }));
  if (Stacks.length > 0) {
    await cloudFormation.send(new DeleteStackCommand({ StackName: stack.name })).catch(async () => {
      // Moto takes a route table for deleted that it could not delete, and then can't delete the VPC.
      await removeRemains(stack.resources.filter(({ type }) => type !== 'AWS::EC2::VPC'), ec2);
      await cloudFormation.send(new DeleteStackCommand({ StackName: stack.name }));
    });
  }
  await removeRemains(stack.resources, ec2);
  for (const resource of [...stack.resources]) drop(stack, resource);
}

/** Deletes one of the stand-in's. Deleted by hand before: CloudFormation takes that for done. */
async function removeOne(stack: Stack, resource: StackResource, { makers }: Pick<EngineOptions, 'makers'>): Promise<void> {
  if (resource.made === undefined) return;
  await makers[resource.type]?.remove(resource.properties, resource.made, scopeOf(stack, resource)).catch((error: unknown) => {
    if (error instanceof Error && /NotFound|NoSuchEntity/.test(error.name)) return;
    throw new ResourceFailure(resource, error instanceof Error ? error.message : String(error));
  });
  drop(stack, resource);
}

function drop(stack: Stack, resource: StackResource): void {
  note(stack, resource, 'DELETE_COMPLETE');
  stack.resources = stack.resources.filter((each) => each !== resource);
}
