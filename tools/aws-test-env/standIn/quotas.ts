import { AwsRefusal } from '../front/answer.ts';
import type { Handler } from '../front/server.ts';
import type { Fields } from '../models/schema.ts';

/** Quotas that preflight looks at, with the values of a new account; see https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html. */
const QUOTAS: readonly (readonly [service: string, code: string, name: string, value: number])[] = [
  ['ec2', 'L-1216C47A', 'Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances', 32],
  ['ec2', 'L-0263D0A3', 'EC2-VPC Elastic IPs', 5],
  ['vpc', 'L-F678F1CE', 'VPCs per Region', 5],
  ['vpc', 'L-FE5A380F', 'NAT gateways per Availability Zone', 5],
  ['vpc', 'L-A4707A72', 'Internet gateways per Region', 5],
  ['vpc', 'L-DF5E4CA3', 'Network interfaces per Region', 5000],
  ['eks', 'L-1194D53C', 'Clusters', 100],
  ['eks', 'L-6D54EA21', 'Managed node groups per cluster', 30],
  ['es', 'L-076D529E', 'Domains per Region', 100],
  ['es', 'L-6408ABDE', 'Instances per domain', 80],
];

/** Service quotas: moto has those of VPCs only. `set` makes one as low as a test wants it. */
export function createQuotas(): { readonly handlers: Readonly<Record<string, Handler>>; readonly set: (code: string, value: number) => void; readonly clear: () => void } {
  const changed = new Map<string, number>();
  const quota = (region: string, [ServiceCode, QuotaCode, QuotaName, value]: (typeof QUOTAS)[number], own: boolean): Fields => ({
    ServiceCode,
    QuotaCode,
    QuotaName,
    QuotaArn: `arn:aws:servicequotas:${region}:123456789012:${ServiceCode}/${QuotaCode}`,
    Value: own ? (changed.get(QuotaCode) ?? value) : value,
    Unit: 'None',
    Adjustable: true,
    GlobalQuota: false,
  });
  const find = (input: Fields): (typeof QUOTAS)[number] => {
    const found = QUOTAS.find(([service, code]) => service === input['ServiceCode'] && code === input['QuotaCode']);
    if (found === undefined) throw new AwsRefusal('NoSuchResourceException', 'The request failed because the specified service quota does not exist.');
    return found;
  };
  const of = (service: unknown): typeof QUOTAS => {
    const found = QUOTAS.filter(([each]) => each === service);
    if (found.length === 0) throw new AwsRefusal('NoSuchResourceException', 'The request failed because the specified service does not exist.');
    return found;
  };
  return {
    handlers: {
      'servicequotas:GetServiceQuota': async ({ region, input }) => ({ Quota: quota(region, find(input), true) }),
      'servicequotas:GetAWSDefaultServiceQuota': async ({ region, input }) => ({ Quota: quota(region, find(input), false) }),
      'servicequotas:ListServiceQuotas': async ({ region, input }) => ({ Quotas: of(input['ServiceCode']).map((each) => quota(region, each, true)) }),
      'servicequotas:ListAWSDefaultServiceQuotas': async ({ region, input }) => ({ Quotas: of(input['ServiceCode']).map((each) => quota(region, each, false)) }),
    },
    set: (code, value) => void changed.set(code, value),
    clear: () => changed.clear(),
  };
}
