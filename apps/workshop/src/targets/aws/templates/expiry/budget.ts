import type { AwsSettings } from '../../settings.ts';
import { TAGS } from '../../names.ts';
import { templateNames } from '../names.ts';
import { tagList } from '../tags.ts';
import type { TemplateResource } from '../template.ts';

/**
 * Tells by mail when what the event costs in a month passes the sum, or is expected to. AWS counts by the tag of the event, which it does
 * once that tag is active as a cost allocation tag in the account that pays; its figures are up to a day old. So it is an alarm for
 * what was forgotten, no brake: that is the expiry. https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-best-practices.html
 */
export function budget(settings: AwsSettings, { usd, email }: NonNullable<AwsSettings['budget']>, tags: Readonly<Record<string, string>>, after: readonly string[]): TemplateResource {
  const notice = (NotificationType: string) => ({
    Notification: { NotificationType, ComparisonOperator: 'GREATER_THAN', Threshold: 100, ThresholdType: 'PERCENTAGE' },
    Subscribers: [{ SubscriptionType: 'EMAIL', Address: email }],
  });
  return {
    Type: 'AWS::Budgets::Budget',
    DependsOn: after,
    Properties: {
      Budget: {
        BudgetName: templateNames(settings).budget,
        BudgetType: 'COST',
        TimeUnit: 'MONTHLY',
        BudgetLimit: { Amount: usd, Unit: 'USD' },
        CostFilters: { TagKeyValue: [`user:${TAGS.event}$${settings.event}`] },
      },
      NotificationsWithSubscribers: [notice('ACTUAL'), notice('FORECASTED')],
      ResourceTags: tagList(tags),
    },
  };
}
