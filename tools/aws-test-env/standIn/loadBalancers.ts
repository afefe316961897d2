import { DescribeLoadBalancersCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { errorCode } from '../front/server.ts';
import type { Handler } from '../front/server.ts';
import { interfaceText } from '../plants.ts';
import type { StandInContext } from './context.ts';
import { removeInterfaces } from './network.ts';

/** With a load balancer its network interfaces go, which moto has not made. */
export function loadBalancerHandlers({ moto, forward }: StandInContext): Readonly<Record<string, Handler>> {
  return {
    'elasticloadbalancing:DeleteLoadBalancer': async (request) => {
      const { ec2, elbV2 } = moto(request.region);
      const arn = request.input['LoadBalancerArn'];
      const found = typeof arn === 'string' ? await elbV2.send(new DescribeLoadBalancersCommand({ LoadBalancerArns: [arn] })).catch(() => undefined) : undefined;
      const answer = await forward(request);
      if (errorCode(answer) !== undefined) return answer;
      if (typeof arn !== 'string') await removeInterfaces(ec2, interfaceText('classic', String(request.input['LoadBalancerName'])));
      for (const { LoadBalancerName = '' } of found?.LoadBalancers ?? []) for (const kind of ['network', 'application'] as const) await removeInterfaces(ec2, interfaceText(kind, LoadBalancerName));
      return answer;
    },
  };
}
