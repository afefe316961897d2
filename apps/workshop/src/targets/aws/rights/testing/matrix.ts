import { type AwsSettings, awsSettings, type AwsSettingsInput } from '../../settings.ts';

const SETTINGS: Readonly<Record<string, AwsSettingsInput>> = {
  defaults: {},
  'everything, the longest name': { event: 'abcdefghijklmnopqrs', region: 'ap-southeast-1', zones: 3, flowLogs: true, budget: { usd: 40, email: 'presenter@example.com' } },
  'endpoints, everything, the longest name': { event: 'abcdefghijklmnopqrs', region: 'ap-southeast-1', egress: 'endpoints', flowLogs: true, budget: { usd: 40, email: 'presenter@example.com' } },
  'a cluster that is there': { event: 'guest', existingCluster: 'theirs' },
  'a cluster and a domain that are there': { event: 'guest', existingCluster: 'theirs', existingDomain: 'theirs-too' },
  GovCloud: { region: 'us-gov-west-1' },
};

/** Settings by which rights differ, by a title. */
export function rightsMatrix(): readonly { readonly title: string; readonly settings: AwsSettings }[] {
  return Object.entries(SETTINGS).map(([title, input]) => ({ title, settings: awsSettings.parse(input) }));
}
