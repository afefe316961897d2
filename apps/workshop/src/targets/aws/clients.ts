import { BudgetsClient } from '@aws-sdk/client-budgets';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { EC2Client } from '@aws-sdk/client-ec2';
import { EKSClient } from '@aws-sdk/client-eks';
import { ElasticLoadBalancingClient } from '@aws-sdk/client-elastic-load-balancing';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAMClient } from '@aws-sdk/client-iam';
import { OpenSearchClient } from '@aws-sdk/client-opensearch';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { PodscopeError } from '@podscope/core';
import { awsFailureCode } from './failure.ts';

/** Gives credentials, renewed before they end. */
export type AwsCredentials = ReturnType<typeof fromNodeProviderChain>;

/** One client of each service, all of one region, with the same credentials. `close` ends their connections. */
export interface AwsClients extends Disposable {
  readonly region: string;
  readonly credentials: AwsCredentials;
  /** The same of another region, with connections of its own. */
  elsewhere(region: string): AwsClients;
  readonly budgets: BudgetsClient;
  readonly cloudFormation: CloudFormationClient;
  readonly ec2: EC2Client;
  readonly eks: EKSClient;
  readonly elb: ElasticLoadBalancingClient;
  readonly elbV2: ElasticLoadBalancingV2Client;
  readonly iam: IAMClient;
  readonly logs: CloudWatchLogsClient;
  readonly opensearch: OpenSearchClient;
  readonly scheduler: SchedulerClient;
  readonly serviceQuotas: ServiceQuotasClient;
  readonly sfn: SFNClient;
  readonly ssm: SSMClient;
  readonly sts: STSClient;
  readonly tagging: ResourceGroupsTaggingAPIClient;
}

/** What {@link awsClients} takes. */
export interface AwsClientOptions {
  readonly region: string;
  /** @default what the SDK finds: environment, shared files, SSO, a role of this machine */
  readonly credentials?: AwsCredentials;
  /** See {@link sharedCredentials}. */
  readonly profile?: string | undefined;
  /** Instead of the services' own addresses, in tests; `AWS_ENDPOINT_URL` does the same. */
  readonly endpoint?: string;
  /** Tries for one request, the first included; pauses grow in between. @default 8 */
  readonly maxAttempts?: number;
}

/**
 * What the SDK finds on this machine: environment, shared files, SSO, a role of the machine.
 *
 * @param profile That AWS_PROFILE names, for the message where it gives none: the SDK goes on to the other places, and says only that none has one.
 */
export function sharedCredentials(region: string, profile?: string): AwsCredentials {
  const found = fromNodeProviderChain({ clientConfig: { region } });
  if (profile === undefined) return found;
  return async (properties) => {
    try {
      return await found(properties);
    } catch (error) {
      if (awsFailureCode(error) !== 'AWS_NO_CREDENTIALS') throw error;
      throw new PodscopeError('AWS_NO_CREDENTIALS', `The profile ${profile}, which AWS_PROFILE names, gives no credentials of AWS.`, { hint: `See that it is in the files of AWS and complete ("aws configure list --profile ${profile}"), or sign in with it ("aws sso login --profile ${profile}").` });
    }
  };
}

/** Makes the clients; no request is sent. */
export function awsClients({ region, endpoint, maxAttempts = 8, profile, credentials = sharedCredentials(region, profile) }: AwsClientOptions): AwsClients {
  const config = { region, credentials, maxAttempts, retryMode: 'adaptive', ...(endpoint === undefined ? {} : { endpoint }) };
  const clients = {
    budgets: new BudgetsClient(config),
    cloudFormation: new CloudFormationClient(config),
    ec2: new EC2Client(config),
    eks: new EKSClient(config),
    elb: new ElasticLoadBalancingClient(config),
    elbV2: new ElasticLoadBalancingV2Client(config),
    iam: new IAMClient(config),
    logs: new CloudWatchLogsClient(config),
    opensearch: new OpenSearchClient(config),
    scheduler: new SchedulerClient(config),
    serviceQuotas: new ServiceQuotasClient(config),
    sfn: new SFNClient(config),
    ssm: new SSMClient(config),
    sts: new STSClient(config),
    tagging: new ResourceGroupsTaggingAPIClient(config),
  };
  return {
    ...clients,
    region,
    credentials,
    elsewhere: (other) => awsClients({ region: other, credentials, maxAttempts, ...(endpoint === undefined ? {} : { endpoint }) }),
    [Symbol.dispose]() {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}

/**
 * The moment by the clock of AWS. The SDK takes it from its answers where this machine's is five minutes off or more; before the first
 * answer, it is this machine's. An expiry that is armed by a wrong clock would come at once, or days late.
 */
export function awsNow({ sts }: Pick<AwsClients, 'sts'>): Date {
  return new Date(Date.now() + sts.config.systemClockOffset);
}
