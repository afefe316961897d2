import { randomUUID } from 'node:crypto';
import { GetRoleCommand } from '@aws-sdk/client-iam';
import { AwsRefusal } from '../../front/answer.ts';
import type { AwsRequest } from '../../front/request.ts';
import type { Handler } from '../../front/server.ts';
import { isFields, type Fields } from '../../models/schema.ts';
import type { StandInContext } from '../context.ts';
import { createCountdown } from '../countdown.ts';
import { refuseWhileUsed } from './blockers.ts';
import { makeResources, removeResources, ResourceFailure, type EngineOptions } from './engine.ts';
import type { ResourceMaker } from './resources.ts';
import { itself, note, progressStatus, type Stack } from './stack.ts';
import { readTemplate } from './template.ts';

/** Stacks: told by the stand-in alone; their resources are made by moto and by {@link ResourceMaker}s. */
export interface Stacks {
  readonly handlers: Readonly<Record<string, Handler>>;
  /** Those that are not deleted, with their status. */
  list(region: string): readonly string[];
  clear(): void;
}

const ROLES = new Set(['AWS::IAM::Role', 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::InstanceProfile', 'AWS::IAM::User']);
const NAMES = ['RoleName', 'ManagedPolicyName', 'InstanceProfileName', 'UserName'];

/** @param look Told of each deletion: the interfaces of load balancers go while one tries */
export function createStacks({ moto, faults, polls, account, stackTypes }: StandInContext, makers: Readonly<Record<string, ResourceMaker>>, look: (region: string) => Promise<void>): Stacks {
  let stacks: Stack[] = [];
  const working = createCountdown((key) => faults.isStuck('stack', stacks.find(({ id }) => id === key)?.name ?? ''));
  const isKnown = (type: string): boolean => stackTypes.has(type) || makers[type] !== undefined;
  const engine = (region: string): EngineOptions => ({ cloudFormation: moto(region).cloudFormation, ec2: moto(region).ec2, makers, faults });

  const alive = (region: string): readonly Stack[] => stacks.filter((each) => each.region === region && (each.deleted === undefined || isMoving(each)));
  function find(region: string, nameOrId: string): Stack {
    const found = alive(region).find(({ name }) => name === nameOrId) ?? stacks.find(({ id }) => id === nameOrId);
    if (found === undefined) throw new AwsRefusal('ValidationError', `Stack with id ${nameOrId} does not exist`);
    return found;
  }
  /** What is under way in moto for a stack, by its id; the latest wish is the last. */
  const underWay = new Map<string, { readonly verbs: readonly string[]; readonly done: Promise<unknown> }>();
  /** One thing after the other: who asks for a deletion while the stack is being made gets it when moto is done. CloudFormation breaks off what it is at. */
  function inTurn<Result>({ id }: Stack, verb: 'CREATE' | 'UPDATE' | 'DELETE', work: () => Promise<Result>): Promise<Result> {
    const { verbs, done } = underWay.get(id) ?? { verbs: [], done: Promise.resolve() };
    const turn = done.then(work).finally(() => {
      const now = underWay.get(id);
      if (now !== undefined && now.verbs.length > 1) underWay.set(id, { ...now, verbs: now.verbs.slice(1) });
      else underWay.delete(id);
    });
    underWay.set(id, { verbs: [...verbs, verb], done: turn.catch(() => undefined) });
    return turn;
  }
  const isMoving = ({ id }: Stack): boolean => underWay.has(id) || working.isOn(id);
  const statusOf = (stack: Stack): string => {
    const verb = underWay.get(stack.id)?.verbs.at(-1);
    if (verb !== undefined) return `${verb}_IN_PROGRESS`;
    return working.isOn(stack.id) ? progressStatus(stack.status) : stack.status;
  };

  async function create({ region, input }: AwsRequest): Promise<Fields> {
    const name = String(input['StackName'] ?? '');
    if (!/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(name)) throw new AwsRefusal('ValidationError', `1 validation error detected: Value '${name}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`);
    if (alive(region).some((each) => each.name === name)) throw new AwsRefusal('AlreadyExistsException', `Stack [${name}] already exists`);
    const stack = build(region, name, input);
    stacks.push(stack);
    working.start(stack.id, polls.stack);
    note(stack, itself(stack), 'CREATE_IN_PROGRESS', 'User Initiated');
    for (const resource of stack.template.resources) note(stack, { ...resource, physicalId: '' }, 'CREATE_IN_PROGRESS');
    await inTurn(stack, 'CREATE', async () => {
      try {
        await makeResources(stack, engine(region));
        stack.status = 'CREATE_COMPLETE';
        note(stack, itself(stack), 'CREATE_COMPLETE');
      } catch (error) {
        await rollBack(stack, error, String(input['OnFailure'] ?? (input['DisableRollback'] === 'true' ? 'DO_NOTHING' : 'ROLLBACK')));
      }
    });
    return { StackId: stack.id };
  }

  function build(region: string, name: string, input: Fields): Stack {
    const text = String(input['TemplateBody'] ?? '');
    if (Buffer.byteLength(text) > 51_200) throw new AwsRefusal('ValidationError', `1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to 51200`);
    const template = readTemplate(text, isKnown);
    const capabilities = listOf(input, 'Capabilities').map(String);
    const named = template.resources.some(({ type, body }) => ROLES.has(type) && isFields(body['Properties']) && NAMES.some((each) => isFields(body['Properties']) && body['Properties'][each] !== undefined));
    const any = template.resources.some(({ type }) => ROLES.has(type));
    const lacks = named ? !capabilities.includes('CAPABILITY_NAMED_IAM') : any && !capabilities.some((each) => each.endsWith('IAM'));
    if (lacks) throw new AwsRefusal('InsufficientCapabilitiesException', `Requires capabilities : [${named ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM'}]`);
    return {
      id: `arn:aws:cloudformation:${region}:${account}:stack/${name}/${randomUUID()}`,
      name,
      region,
      template,
      templateText: text,
      parameters: structures(input, 'Parameters', ['ParameterKey', 'ParameterValue']),
      tags: Object.fromEntries(structures(input, 'Tags', ['Key', 'Value']).map(({ Key, Value }) => [String(Key), String(Value)])),
      capabilities,
      termination: input['EnableTerminationProtection'] === 'true',
      description: typeof template.body['Description'] === 'string' ? template.body['Description'] : undefined,
      created: new Date(),
      status: 'CREATE_COMPLETE',
      outputs: [],
      resources: [],
      events: [],
    };
  }

  async function rollBack(stack: Stack, error: unknown, onFailure: string): Promise<void> {
    if (error instanceof AwsRefusal && error.code === 'ValidationError') {
      stacks = stacks.filter((each) => each !== stack);
      await undo(stack);
      throw error;
    }
    const reason = error instanceof Error ? error.message : String(error);
    const failed = error instanceof ResourceFailure ? error.resource : { logicalId: 'moto', type: 'AWS::CloudFormation::Stack' };
    note(stack, { ...failed, physicalId: '' }, 'CREATE_FAILED', reason);
    stack.reason = `The following resource(s) failed to create: [${failed.logicalId}].`;
    if (onFailure === 'DO_NOTHING') {
      stack.status = 'CREATE_FAILED';
      note(stack, itself(stack), 'CREATE_FAILED', stack.reason);
      return;
    }
    note(stack, itself(stack), 'ROLLBACK_IN_PROGRESS', `${stack.reason} Rollback requested by user.`);
    await undo(stack);
    stack.status = 'ROLLBACK_COMPLETE';
    note(stack, itself(stack), 'ROLLBACK_COMPLETE');
  }

  /** Takes away what a stack has, also the half of it that moto did not get to the end of. */
  async function undo(stack: Stack): Promise<void> {
    await removeResources(stack, { ...engine(stack.region), faults: { ...faults, stackReason: () => undefined } });
  }

  async function remove(region: string, input: Fields): Promise<Fields> {
    const nameOrId = String(input['StackName'] ?? '');
    const stack = alive(region).find(({ name, id }) => name === nameOrId || id === nameOrId);
    // As the service does it: what is not there is deleted.
    if (stack === undefined || stack.deleted !== undefined) return {};
    const role = input['RoleARN'];
    if (typeof role === 'string') {
      const there = await moto(region).iam.send(new GetRoleCommand({ RoleName: role.split('/').at(-1) })).catch(() => undefined);
      if (there?.Role?.Arn !== role) throw new AwsRefusal('ValidationError', `Role ${role} is invalid or cannot be assumed`);
    }
    return inTurn(stack, 'DELETE', () => removeNow(region, stack));
  }

  async function removeNow(region: string, { id }: Stack): Promise<Fields> {
    // An update that it waited for has put another in its place.
    const stack = stacks.find((each) => each.id === id);
    if (stack === undefined || stack.deleted !== undefined) return {};
    if (stack.termination) throw new AwsRefusal('ValidationError', `Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`);
    if (/^UPDATE_.*IN_PROGRESS$/.test(statusOf(stack))) throw new AwsRefusal('ValidationError', `Stack [${stack.id}] cannot be deleted while in status ${statusOf(stack)}`);
    note(stack, itself(stack), 'DELETE_IN_PROGRESS', 'User Initiated');
    for (const resource of stack.resources) note(stack, resource, 'DELETE_IN_PROGRESS');
    working.start(stack.id, polls.stack);
    try {
      await removeResources(stack, engine(region), async () => {
        // As CloudFormation tries for a while.
        await look(region);
        await refuseWhileUsed(stack, moto(region).ec2);
      });
      stack.status = 'DELETE_COMPLETE';
      stack.reason = undefined;
      stack.deleted = new Date();
      note(stack, itself(stack), 'DELETE_COMPLETE');
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const failed = error instanceof ResourceFailure ? error.resource : { logicalId: 'moto', type: 'AWS::CloudFormation::Stack' };
      const physicalId = stack.resources.find(({ logicalId }) => logicalId === failed.logicalId)?.physicalId ?? '';
      note(stack, { ...failed, physicalId }, 'DELETE_FAILED', reason);
      stack.resources = stack.resources.map((each) => (each.logicalId === failed.logicalId ? { ...each, status: 'DELETE_FAILED', reason } : each));
      stack.status = 'DELETE_FAILED';
      stack.reason = `The following resource(s) failed to delete: [${failed.logicalId}]. `;
      note(stack, itself(stack), 'DELETE_FAILED', stack.reason);
    }
    return {};
  }

  async function update({ region, input }: AwsRequest): Promise<Fields> {
    const before = find(region, String(input['StackName'] ?? ''));
    if (isMoving(before) || before.status === 'ROLLBACK_COMPLETE' || before.status.startsWith('DELETE')) throw new AwsRefusal('ValidationError', `Stack:${before.id} is in ${statusOf(before)} state and can not be updated.`);
    const text = input['UsePreviousTemplate'] === 'true' ? before.templateText : String(input['TemplateBody'] ?? '');
    const wanted = build(region, before.name, { ...input, TemplateBody: text });
    const same = JSON.stringify(JSON.parse(text)) === JSON.stringify(JSON.parse(before.templateText)) && JSON.stringify(wanted.parameters) === JSON.stringify(before.parameters) && JSON.stringify(wanted.tags) === JSON.stringify(before.tags);
    if (same) throw new AwsRefusal('ValidationError', 'No updates are to be performed.');
    const stack: Stack = { ...wanted, id: before.id, created: before.created, updated: new Date(), resources: before.resources, events: before.events, status: 'UPDATE_COMPLETE' };
    stacks = stacks.map((each) => (each === before ? stack : each));
    working.start(stack.id, polls.stack);
    note(stack, itself(stack), 'UPDATE_IN_PROGRESS', 'User Initiated');
    await inTurn(stack, 'UPDATE', async () => {
      try {
        await makeResources(stack, engine(region));
        note(stack, itself(stack), 'UPDATE_COMPLETE');
      } catch (error) {
        // What was changed stays changed: the service takes it back.
        const failed = error instanceof ResourceFailure ? error.resource : { logicalId: stack.name, type: 'AWS::CloudFormation::Stack' };
        note(stack, { ...failed, physicalId: '' }, 'UPDATE_FAILED', error instanceof Error ? error.message : String(error));
        stack.status = 'UPDATE_ROLLBACK_COMPLETE';
        note(stack, itself(stack), 'UPDATE_ROLLBACK_COMPLETE');
      }
    });
    return { StackId: stack.id };
  }

  const described = (stack: Stack): Fields => ({
    StackId: stack.id,
    StackName: stack.name,
    ...(stack.description === undefined ? {} : { Description: stack.description }),
    CreationTime: stack.created,
    ...(stack.updated === undefined ? {} : { LastUpdatedTime: stack.updated }),
    ...(stack.deleted === undefined ? {} : { DeletionTime: stack.deleted }),
    StackStatus: statusOf(stack),
    ...(stack.reason === undefined || isMoving(stack) ? {} : { StackStatusReason: stack.reason }),
    DisableRollback: false,
    Capabilities: stack.capabilities,
    Parameters: stack.parameters,
    Outputs: isMoving(stack) ? [] : stack.outputs.map(({ key, value, description, exportName }) => ({ OutputKey: key, OutputValue: value, Description: description, ExportName: exportName })),
    Tags: Object.entries(stack.tags).map(([Key, Value]) => ({ Key, Value })),
    EnableTerminationProtection: stack.termination,
  });

  const ofRequest = ({ region, input }: AwsRequest): Stack => find(region, String(input['StackName'] ?? ''));
  const resourceOf = (stack: Stack, { logicalId, physicalId, type, status, reason, at }: Stack['resources'][number]): Fields => ({ StackName: stack.name, StackId: stack.id, LogicalResourceId: logicalId, PhysicalResourceId: physicalId, ResourceType: type, Timestamp: at, ResourceStatus: statusOf(stack) === 'CREATE_IN_PROGRESS' ? 'CREATE_IN_PROGRESS' : status, ...(reason === undefined ? {} : { ResourceStatusReason: reason }) });

  const handlers: Record<string, Handler> = {
    'cloudformation:CreateStack': create,
    'cloudformation:UpdateStack': update,
    'cloudformation:DeleteStack': ({ region, input }) => remove(region, input),
    'cloudformation:DescribeStacks': async ({ region, input }) => {
      const name = input['StackName'];
      const shown = typeof name === 'string' ? [find(region, name)] : alive(region);
      const answer = { Stacks: shown.map(described) };
      for (const each of shown) if (!underWay.has(each.id)) working.tick(each.id);
      return answer;
    },
    'cloudformation:ListStacks': async ({ region, input }) => {
      const wanted = listOf(input, 'StackStatusFilter').map(String);
      const shown = stacks.filter((each) => each.region === region && (wanted.length === 0 || wanted.includes(statusOf(each))));
      const answer = { StackSummaries: shown.map((each) => ({ StackId: each.id, StackName: each.name, CreationTime: each.created, StackStatus: statusOf(each), ...(each.deleted === undefined ? {} : { DeletionTime: each.deleted }) })) };
      for (const each of shown) if (!underWay.has(each.id)) working.tick(each.id);
      return answer;
    },
    'cloudformation:DescribeStackEvents': async (request) => {
      const stack = ofRequest(request);
      const on = isMoving(stack);
      const [last] = stack.events;
      // As long as it goes on, nobody knows how it ends.
      return { StackEvents: stack.events.filter((each) => !on || (each !== last && !(each['LogicalResourceId'] === stack.name && !String(each['ResourceStatus']).endsWith('IN_PROGRESS')))) };
    },
    'cloudformation:DescribeStackResources': async (request) => {
      const stack = ofRequest(request);
      const wanted = request.input['LogicalResourceId'];
      return { StackResources: stack.resources.filter(({ logicalId }) => wanted === undefined || logicalId === wanted).map((each) => resourceOf(stack, each)) };
    },
    'cloudformation:DescribeStackResource': async (request) => {
      const stack = ofRequest(request);
      const wanted = String(request.input['LogicalResourceId'] ?? '');
      const found = stack.resources.find(({ logicalId }) => logicalId === wanted);
      if (found === undefined) throw new AwsRefusal('ValidationError', `Resource ${wanted} does not exist for stack ${stack.name}`);
      const { Timestamp, ...rest } = resourceOf(stack, found);
      return { StackResourceDetail: { ...rest, LastUpdatedTimestamp: Timestamp } };
    },
    'cloudformation:ListStackResources': async (request) => {
      const stack = ofRequest(request);
      return {
        StackResourceSummaries: stack.resources.map((each) => {
          const { StackName: _, StackId: __, Timestamp, ...rest } = resourceOf(stack, each);
          return { ...rest, LastUpdatedTimestamp: Timestamp };
        }),
      };
    },
    'cloudformation:GetTemplate': async (request) => ({ TemplateBody: ofRequest(request).templateText, StagesAvailable: ['Original', 'Processed'] }),
  };

  return {
    handlers,
    list: (region) => alive(region).map((each) => `${each.name} (${statusOf(each)})`),
    clear() {
      stacks = [];
      underWay.clear();
      working.clear();
    },
  };
}

/** A list of a request of the query protocol. */
function listOf(input: Fields, name: string): readonly Fields[string][] {
  return Object.keys(input)
    .filter((key) => new RegExp(`^${name}\\.member\\.\\d+$`).test(key))
    .map((key) => input[key]);
}

function structures(input: Fields, name: string, members: readonly string[]): readonly Fields[] {
  const count = Object.keys(input).filter((key) => new RegExp(`^${name}\\.member\\.\\d+\\.${members[0] ?? ''}$`).test(key)).length;
  return Array.from({ length: count }, (_, index) => Object.fromEntries(members.map((member) => [member, input[`${name}.member.${index + 1}.${member}`]])));
}
