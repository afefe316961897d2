import { errorsOf, operationsOf, type ErrorShape, type Operation } from './schema.ts';

/** How a service writes its requests and answers. */
export type Protocol = 'query' | 'ec2' | 'json' | 'rest';

/** A service as the SDK models it. */
export interface Service {
  readonly protocol: Protocol;
  readonly operations: ReadonlyMap<string, Operation>;
  readonly errors: readonly ErrorShape[];
  /** Of the XML of its answers. */
  readonly namespace: string;
}

type Load = () => Promise<object>;

/** By the name that requests are signed for; load balancers of both kinds share one, and differ by the version of the API. */
const SERVICES: Readonly<Record<string, { readonly protocol: Protocol; readonly namespace?: string; readonly load: readonly Load[] }>> = {
  budgets: { protocol: 'json', load: [() => import('@aws-sdk/client-budgets')] },
  cloudformation: { protocol: 'query', namespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/', load: [() => import('@aws-sdk/client-cloudformation')] },
  ec2: { protocol: 'ec2', namespace: 'http://ec2.amazonaws.com/doc/2016-11-15/', load: [() => import('@aws-sdk/client-ec2')] },
  eks: { protocol: 'rest', load: [() => import('@aws-sdk/client-eks')] },
  elasticloadbalancing: { protocol: 'query', load: [() => import('@aws-sdk/client-elastic-load-balancing'), () => import('@aws-sdk/client-elastic-load-balancing-v2')] },
  es: { protocol: 'rest', load: [() => import('@aws-sdk/client-opensearch')] },
  iam: { protocol: 'query', namespace: 'https://iam.amazonaws.com/doc/2010-05-08/', load: [() => import('@aws-sdk/client-iam')] },
  logs: { protocol: 'json', load: [() => import('@aws-sdk/client-cloudwatch-logs')] },
  scheduler: { protocol: 'rest', load: [() => import('@aws-sdk/client-scheduler')] },
  servicequotas: { protocol: 'json', load: [() => import('@aws-sdk/client-service-quotas')] },
  ssm: { protocol: 'json', load: [() => import('@aws-sdk/client-ssm')] },
  states: { protocol: 'json', load: [() => import('@aws-sdk/client-sfn')] },
  sts: { protocol: 'query', namespace: 'https://sts.amazonaws.com/doc/2011-06-15/', load: [() => import('@aws-sdk/client-sts')] },
  tagging: { protocol: 'json', load: [() => import('@aws-sdk/client-resource-groups-tagging-api')] },
};

const loaded = new Map<string, Promise<Service>>();

/** The model of a service by its signing name; undefined for one that the target does not use. */
export async function serviceOf(signingName: string): Promise<Service | undefined> {
  const known = SERVICES[signingName];
  if (known === undefined) return undefined;
  const service = loaded.get(signingName) ?? load(known);
  loaded.set(signingName, service);
  return service;
}

async function load({ protocol, namespace = '', load: parts }: (typeof SERVICES)[string]): Promise<Service> {
  const exports = (await Promise.all(parts.map((each) => each()))).map((each) => each as Readonly<Record<string, unknown>>);
  return { protocol, namespace, operations: new Map(exports.flatMap((each) => [...operationsOf(each)])), errors: exports.flatMap(errorsOf) };
}
