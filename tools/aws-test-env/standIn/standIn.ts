import type { AwsRequest } from '../front/request.ts';
import type { Handler } from '../front/server.ts';
import type { StandInContext } from './context.ts';
import { createDomains } from './domain/domains.ts';
import { createEksAccess, type EksAccess } from './eks/access.ts';
import { type ClusterEndpoint, createClusters, KUBERNETES_VERSIONS } from './eks/clusters.ts';
import { createLoadBalancers } from './loadBalancers.ts';
import { networkHandlers } from './network.ts';
import { createQuotas } from './quotas.ts';
import { serviceLinkedRoleHandlers } from './serviceLinkedRoles.ts';
import { resourceMakers } from './stacks/resources.ts';
import { createStacks, type Stacks } from './stacks/stacks.ts';

/** What stands in for AWS where moto has nothing, or is done at once where AWS takes its time. */
export interface StandIn {
  handler(request: AwsRequest): Handler | undefined;
  readonly access: EksAccess;
  readonly stacks: Stacks;
  /** Of Service Quotas, by code. */
  setQuota(code: string, value: number): void;
  setClusterEndpoint(endpoint: ClusterEndpoint): void;
  clear(): void;
}

export function createStandIn(context: StandInContext): StandIn {
  const access = createEksAccess(context, KUBERNETES_VERSIONS);
  const clusters = createClusters(context, access);
  const domains = createDomains(context);
  const quotas = createQuotas();
  const balancers = createLoadBalancers(context);
  const stacks = createStacks(context, resourceMakers(context, { clusters, access }), balancers.look);
  const handlers: Readonly<Record<string, Handler>> = { ...access.handlers, ...clusters.handlers, ...domains.handlers, ...quotas.handlers, ...stacks.handlers, ...networkHandlers(context), ...balancers.handlers, ...serviceLinkedRoleHandlers(context) };
  return {
    handler: ({ service, action }) => (Object.hasOwn(handlers, `${service}:${action}`) ? handlers[`${service}:${action}`] : undefined),
    access,
    stacks,
    setQuota: quotas.set,
    setClusterEndpoint: clusters.setEndpoint,
    clear() {
      for (const each of [access, clusters, domains, quotas, balancers, stacks]) each.clear();
    },
  };
}
