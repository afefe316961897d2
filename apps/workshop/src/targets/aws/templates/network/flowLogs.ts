import type { AwsSettings } from '../../settings.ts';
import { templateNames } from '../names.ts';
import { arnHere, policyDocument, trustService } from '../policies.ts';
import { tagList } from '../tags.ts';
import { att, ref, type TemplateResource } from '../template.ts';

/** How long logs are kept, in days. They are deleted with the event; this is for what comes after. */
export const LOG_DAYS = 7;

/** Who spoke to whom in the network, in CloudWatch Logs. The role may not make the group: it would come back with records that are late. */
export function flowLogs(settings: AwsSettings, tags: Readonly<Record<string, string>>): Readonly<Record<string, TemplateResource>> {
  const names = templateNames(settings);
  return {
    FlowLogGroup: { Type: 'AWS::Logs::LogGroup', DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete', Properties: { LogGroupName: names.flowLogs, RetentionInDays: LOG_DAYS, Tags: tagList(tags) } },
    FlowLogRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: names.role('flow-logs'),
        AssumeRolePolicyDocument: trustService('vpc-flow-logs.amazonaws.com'),
        Policies: [
          {
            PolicyName: 'write',
            PolicyDocument: policyDocument({
              Effect: 'Allow',
              Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
              Resource: [arnHere('logs', `log-group:${names.flowLogs}`), arnHere('logs', `log-group:${names.flowLogs}:*`)],
            }),
          },
        ],
        Tags: tagList(tags),
      },
    },
    FlowLog: {
      Type: 'AWS::EC2::FlowLog',
      Properties: {
        ResourceType: 'VPC',
        ResourceId: ref('Vpc'),
        TrafficType: 'ALL',
        LogDestinationType: 'cloud-watch-logs',
        LogGroupName: ref('FlowLogGroup'),
        DeliverLogsPermissionArn: att('FlowLogRole', 'Arn'),
        Tags: tagList(tags),
      },
    },
  };
}
