import { CreateRoleCommand, GetRoleCommand } from '@aws-sdk/client-iam';
import { AwsRefusal } from '../front/answer.ts';
import type { Handler } from '../front/server.ts';
import type { AwsClients } from '../../../apps/workshop/src/targets/aws/clients.ts';
import type { StandInContext } from './context.ts';

/** The names that the services give their roles; moto makes up others. */
const NAMES: Readonly<Record<string, string>> = {
  'opensearchservice.amazonaws.com': 'AWSServiceRoleForAmazonOpenSearchService',
  'es.amazonaws.com': 'AWSServiceRoleForAmazonElasticsearchService',
  'eks.amazonaws.com': 'AWSServiceRoleForAmazonEKS',
  'eks-nodegroup.amazonaws.com': 'AWSServiceRoleForAmazonEKSNodegroup',
  'elasticloadbalancing.amazonaws.com': 'AWSServiceRoleForElasticLoadBalancing',
  'autoscaling.amazonaws.com': 'AWSServiceRoleForAutoScaling',
};

/** Makes the role of a service, as `CreateServiceLinkedRole` does. */
export async function makeServiceLinkedRole(iam: AwsClients['iam'], service: string): Promise<{ readonly name: string; readonly arn: string }> {
  const name = NAMES[service];
  if (name === undefined) throw new AwsRefusal('InvalidInput', `Service role name for ${service} is not known to the stand-in.`);
  if ((await iam.send(new GetRoleCommand({ RoleName: name })).catch(() => undefined)) !== undefined) throw new AwsRefusal('InvalidInput', `Service role name ${name} has been taken in this account, please try a different suffix.`);
  const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }] };
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: name, Path: `/aws-service-role/${service}/`, AssumeRolePolicyDocument: JSON.stringify(trust) }));
  return { name, arn: Role?.Arn ?? '' };
}

export function serviceLinkedRoleHandlers({ moto }: StandInContext): Readonly<Record<string, Handler>> {
  return {
    'iam:CreateServiceLinkedRole': async ({ region, input }) => {
      const service = String(input['AWSServiceName']);
      const { name, arn } = await makeServiceLinkedRole(moto(region).iam, service);
      return { Role: { Path: `/aws-service-role/${service}/`, RoleName: name, RoleId: 'AROASTANDIN0000000000', Arn: arn, CreateDate: new Date() } };
    },
  };
}
