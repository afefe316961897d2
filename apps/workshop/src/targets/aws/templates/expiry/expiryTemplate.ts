import type { AwsSettings } from '../../settings.ts';
import { LAST_ROLE, templateNames } from '../names.ts';
import { arnHere, policyDocument, trustService } from '../policies.ts';
import { eventTags, tagList } from '../tags.ts';
import { ref, type Template } from '../template.ts';
import { budget } from './budget.ts';
import { expiryDefinition } from './definition.ts';
import { runRights } from './runRights.ts';
import type { Pauses } from './statesLanguage.ts';
import { stackRights } from './stackRights.ts';

/** How often the account tries to delete an event that is over. */
export const EXPIRY_RATE = 'rate(30 minutes)';

/**
 * The stack that is made first: it deletes the event when its time is over, whether or not anybody is left to do it. A schedule starts a
 * state machine every half hour from then on. Its history is its log: one in CloudWatch Logs would need a policy that AWS makes for the
 * whole account and leaves there.
 *
 * The machine deletes stacks with a role that CloudFormation takes, this stack at last. That role is the one thing that can't be deleted
 * like that: a role has to lose its policies before it goes, and with them the right to delete itself. So its policy is a resource of its
 * own, which goes last since all others are made after it, and the role is left, without any right. `down` deletes it.
 */
export function expiryTemplate(settings: AwsSettings, expiresAt: Date, pauses?: Pauses): Template {
  const tags = eventTags(settings, expiresAt);
  const names = templateNames(settings);
  const first = ['DeletePolicy'];
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `Podscope, event ${settings.event}: deletes it from ${expiresAt.toISOString()} on`,
    Resources: {
      DeleteRole: {
        Type: 'AWS::IAM::Role',
        DeletionPolicy: 'RetainExceptOnCreate',
        UpdateReplacePolicy: 'Delete',
        Properties: { RoleName: names.role(LAST_ROLE), Description: `Deletes the stacks of the event ${settings.event} of Podscope`, AssumeRolePolicyDocument: trustService('cloudformation.amazonaws.com'), Tags: tagList(tags) },
      },
      DeletePolicy: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'delete', PolicyDocument: stackRights(settings), Roles: [ref('DeleteRole')] } },
      RunRole: {
        Type: 'AWS::IAM::Role',
        DependsOn: first,
        Properties: { RoleName: names.role('expiry'), AssumeRolePolicyDocument: trustService('states.amazonaws.com'), Policies: [{ PolicyName: 'run', PolicyDocument: runRights(settings) }], Tags: tagList(tags) },
      },
      StateMachine: {
        Type: 'AWS::StepFunctions::StateMachine',
        DependsOn: first,
        Properties: {
          StateMachineName: names.stateMachine,
          StateMachineType: 'STANDARD',
          RoleArn: { 'Fn::GetAtt': ['RunRole', 'Arn'] },
          DefinitionString: { 'Fn::Sub': JSON.stringify(expiryDefinition(settings, pauses)) },
          Tags: tagList(tags),
        },
      },
      ScheduleRole: {
        Type: 'AWS::IAM::Role',
        DependsOn: first,
        Properties: {
          RoleName: names.role('expiry-schedule'),
          AssumeRolePolicyDocument: trustService('scheduler.amazonaws.com'),
          Policies: [{ PolicyName: 'start', PolicyDocument: policyDocument({ Effect: 'Allow', Action: ['states:StartExecution'], Resource: arnHere('states', `stateMachine:${names.stateMachine}`) }) }],
          Tags: tagList(tags),
        },
      },
      ScheduleGroup: { Type: 'AWS::Scheduler::ScheduleGroup', DependsOn: first, Properties: { Name: names.scheduleGroup, Tags: tagList(tags) } },
      Schedule: {
        Type: 'AWS::Scheduler::Schedule',
        DependsOn: first,
        Properties: {
          Name: names.schedule,
          GroupName: ref('ScheduleGroup'),
          Description: `Deletes the event ${settings.event} of Podscope`,
          ScheduleExpression: EXPIRY_RATE,
          StartDate: expiresAt.toISOString(),
          FlexibleTimeWindow: { Mode: 'OFF' },
          State: 'ENABLED',
          Target: { Arn: ref('StateMachine'), RoleArn: { 'Fn::GetAtt': ['ScheduleRole', 'Arn'] }, Input: '{}', RetryPolicy: { MaximumEventAgeInSeconds: 1500, MaximumRetryAttempts: 10 } },
        },
      },
      ...(settings.budget === undefined ? {} : { Budget: budget(settings, settings.budget, tags, first) }),
    },
    Outputs: {
      StateMachineArn: { Description: 'What deletes the event', Value: ref('StateMachine') },
      ScheduleName: { Description: 'What starts it', Value: names.schedule },
      ScheduleGroupName: { Description: 'The group of that schedule', Value: ref('ScheduleGroup') },
      DeleteRoleName: { Description: 'What is left of this stack when it deletes itself', Value: ref('DeleteRole') },
    },
  };
}
