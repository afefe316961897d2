import type { AwsSettings } from '../../settings.ts';
import { awsNames, TAGS } from '../../names.ts';
import { LAST_ROLE, templateNames } from '../names.ts';
import type { Properties } from '../template.ts';
import { startOf, sweepStates, type States, type Sweep } from './find.ts';
import { awsCall, type Comparison, type Pauses, type State, type StateMachine } from './statesLanguage.ts';
import { leftoverSweeps, loadBalancerSweeps, logGroupSweep, parameterSweeps } from './sweeps.ts';

/** Pauses as the real machine has them: one run is at most a dozen rounds. */
export const PAUSES: Pauses = { round: 120, retry: 5, run: 25 * 60 };

const here = (service: string, resource: string): string => `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`;
const present = (Variable: string): Comparison => ({ Variable, IsPresent: true });

/**
 * What deletes an event when its time is over: rounds of looking and deleting, until a round finds nothing. Load balancers, domain and
 * cluster come first; when domain and cluster are gone, what Kubernetes left in the network, and the network; then logs, the ledger, and
 * the stack that the machine itself is part of. What AWS refuses is tried again in the next round, or in the next run.
 *
 * Something of another event, or of none, that has one of our names is not touched: cluster, domain and stacks are asked for their tags.
 * The text has `${AWS::…}` in it, for CloudFormation to fill in.
 */
export function expiryDefinition(settings: AwsSettings, pauses: Pauses = PAUSES): StateMachine {
  const names = awsNames(settings);
  const { logGroups, domainLogPolicy } = templateNames(settings);
  const ownCluster = settings.existingCluster === undefined;
  const ownDomain = settings.existingDomain === undefined;
  const balancers = ownCluster ? loadBalancerSweeps(settings) : [];
  const leftovers = ownCluster ? [...leftoverSweeps(settings), logGroupSweep('clusterLogs', logGroups.cluster), logGroupSweep('insightLogs', logGroups.insights)] : [];
  const domainLogs = ownDomain ? [logGroupSweep('domainLogs', logGroups.domain)] : [];
  const last = [logGroupSweep('eventLogs', logGroups.event), ...parameterSweeps(settings)];
  const blank = Object.fromEntries([...balancers, ...leftovers, ...domainLogs, ...last].map(({ list }) => [list, { Found: [] }]));

  const afterBalancers = ownDomain ? 'FindDomain' : 'FindClusterStack';
  return {
    Comment: `Deletes the event ${settings.event} of Podscope`,
    TimeoutSeconds: pauses.run,
    StartAt: 'Round',
    States: {
      Round: { Type: 'Pass', Result: { ...blank, domain: {}, clusterStack: {}, networkStack: {}, foreignCluster: !ownCluster }, Next: ownCluster ? 'FindCluster' : afterBalancers },
      ...(ownCluster ? clusterStates(names.cluster, settings.event, firstOf(balancers), afterBalancers) : {}),
      ...chain(balancers, afterBalancers, pauses),
      ...(ownDomain ? domainStates(names.domain, settings.event, pauses) : {}),
      ...stackStates('ClusterStack', names.stack('cluster'), settings, 'ClusterAndDomainGone'),
      ClusterAndDomainGone: { Type: 'Choice', Choices: [{ Or: [present('$.domain.Ours'), present('$.clusterStack.Ours')], Next: 'Pause' }], Default: ownCluster ? 'MaySweep' : 'FindNetworkStack' },
      ...(ownCluster ? { MaySweep: { Type: 'Choice', Choices: [{ Variable: '$.foreignCluster', BooleanEquals: true, Next: 'FindNetworkStack' }], Default: firstOf(leftovers) } } satisfies States : {}),
      ...chain(leftovers, 'FindNetworkStack', pauses),
      ...stackStates('NetworkStack', names.stack('network'), settings, 'NetworkGone'),
      NetworkGone: { Type: 'Choice', Choices: [{ ...present('$.networkStack.Ours'), Next: 'Pause' }], Default: ownDomain ? 'MaySweepDomainLogs' : firstOf(last) },
      ...(ownDomain
        ? ({
            // Tags were looked up of a domain that is there: by now, of somebody else's.
            MaySweepDomainLogs: { Type: 'Choice', Choices: [{ ...present('$.domain.Tagged'), Next: firstOf(last) }], Default: 'RemoveDomainLogPolicy' },
            RemoveDomainLogPolicy: attempt('cloudwatchlogs', 'deleteResourcePolicy', { PolicyName: domainLogPolicy }, firstOf(domainLogs)),
          } satisfies States)
        : {}),
      ...chain(domainLogs, firstOf(last), pauses),
      ...chain(last, 'FoundNothing', pauses),
      FoundNothing: { Type: 'Choice', Choices: [{ Or: Object.keys(blank).map((list) => present(`$.${list}.Found[0]`)), Next: 'Pause' }], Default: 'RemoveItself' },
      Pause: { Type: 'Wait', Seconds: pauses.round, Next: 'Round' },
      RemoveItself: { ...deleteStack(names.stack('expiry'), settings), End: true },
      CouldNotLook: { Type: 'Fail', Error: 'Podscope.CouldNotLook', CausePath: '$.error.Cause' },
    },
  };
}

const firstOf = ([first]: readonly Sweep[]): string => (first === undefined ? '' : startOf(first));

function chain(sweeps: readonly Sweep[], next: string, pauses: Pauses): States {
  return Object.assign({}, ...sweeps.map((sweep, index) => sweepStates(sweep, sweeps[index + 1] === undefined ? next : firstOf(sweeps.slice(index + 1)), pauses))) as States;
}

/** A call whose refusal is no reason to stop. */
function attempt(service: string, action: string, Parameters: Extract<State, { Type: 'Task' }>['Parameters'], Next: string): State {
  return { Type: 'Task', Resource: awsCall(service, action), Parameters, ResultPath: null, Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: null, Next }], Next };
}

/** Is there a cluster of this name, and is it the event's? */
function clusterStates(cluster: string, event: string, sweep: string, otherwise: string): States {
  const tag = `$.cluster.Tags['${TAGS.event}']`;
  return {
    FindCluster: {
      Type: 'Task',
      Resource: awsCall('eks', 'describeCluster'),
      Parameters: { Name: cluster },
      ResultSelector: { 'Tags.$': '$.Cluster.Tags' },
      ResultPath: '$.cluster',
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'NoCluster' }],
      Next: 'WhoseCluster',
    },
    NoCluster: { Type: 'Choice', Choices: [{ Variable: '$.error.Cause', StringMatches: '*No cluster found*', Next: sweep }], Default: 'CouldNotLook' },
    WhoseCluster: { Type: 'Choice', Choices: [{ And: [present(tag), { Variable: tag, StringEquals: event }], Next: sweep }], Default: 'ForeignCluster' },
    ForeignCluster: { Type: 'Pass', Result: true, ResultPath: '$.foreignCluster', Next: otherwise },
  };
}

/** Is there a domain of this name, and is it the event's? Then it is deleted; the list has it until it is gone. */
function domainStates(domain: string, event: string, { retry }: Pauses): States {
  const Retry = [{ ErrorEquals: ['States.TaskFailed'], IntervalSeconds: retry, MaxAttempts: 3, BackoffRate: 2 }];
  return {
    FindDomain: {
      Type: 'Task',
      Resource: awsCall('opensearch', 'listDomainNames'),
      Parameters: {},
      ResultSelector: { 'There.$': `States.ArrayContains($.DomainNames[*].DomainName, '${domain}')` },
      ResultPath: '$.domain',
      Retry,
      Next: 'IsThereADomain',
    },
    IsThereADomain: { Type: 'Choice', Choices: [{ Variable: '$.domain.There', BooleanEquals: true, Next: 'FindDomainTags' }], Default: 'FindClusterStack' },
    FindDomainTags: {
      Type: 'Task',
      Resource: awsCall('opensearch', 'listTags'),
      Parameters: { ARN: here('es', `domain/${domain}`) },
      ResultSelector: ofEvent('$.TagList', event),
      ResultPath: '$.domain',
      Retry,
      Next: 'WhoseDomain',
    },
    WhoseDomain: isOfEvent('$.domain', 'OurDomain', 'FindClusterStack'),
    OurDomain: { Type: 'Pass', Result: true, ResultPath: '$.domain.Ours', Next: 'RemoveDomain' },
    RemoveDomain: attempt('opensearch', 'deleteDomain', { DomainName: domain }, 'FindClusterStack'),
  };
}

/** Looks a list of tags through. JSONPath can't say that key and value are of one tag: the rights of the machine do, which end at the event's tag. */
function ofEvent(tags: string, event: string): Properties {
  return { 'Tagged.$': `States.ArrayContains(${tags}[*].Key, '${TAGS.event}')`, 'Named.$': `States.ArrayContains(${tags}[*].Value, '${event}')` };
}

function isOfEvent(place: string, Next: string, Default: string): State {
  return { Type: 'Choice', Choices: [{ And: [{ Variable: `${place}.Tagged`, BooleanEquals: true }, { Variable: `${place}.Named`, BooleanEquals: true }], Next }], Default };
}

/** Is there a stack of this name, and is it the event's? Then it is deleted, again if it was before: its rest may be deleted now. */
function stackStates(title: 'ClusterStack' | 'NetworkStack', stack: string, settings: AwsSettings, next: string): States {
  const place = title === 'ClusterStack' ? '$.clusterStack' : '$.networkStack';
  return {
    [`Find${title}`]: {
      Type: 'Task',
      Resource: awsCall('cloudformation', 'describeStacks'),
      Parameters: { StackName: stack },
      ResultSelector: ofEvent('$.Stacks[0].Tags', settings.event),
      ResultPath: place,
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: `No${title}` }],
      Next: `Whose${title}`,
    },
    [`No${title}`]: { Type: 'Choice', Choices: [{ Variable: '$.error.Cause', StringMatches: '*does not exist*', Next: next }], Default: 'CouldNotLook' },
    [`Whose${title}`]: isOfEvent(place, `Our${title}`, next),
    [`Our${title}`]: { Type: 'Pass', Result: true, ResultPath: `${place}.Ours`, Next: `Remove${title}` },
    [`Remove${title}`]: { ...deleteStack(stack, settings), Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: null, Next: next }], Next: next },
  };
}

function deleteStack(stack: string, settings: AwsSettings) {
  return {
    Type: 'Task',
    Resource: awsCall('cloudformation', 'deleteStack'),
    Parameters: { StackName: stack, RoleARN: `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/${templateNames(settings).role(LAST_ROLE)}` },
    ResultPath: null,
  } as const;
}
