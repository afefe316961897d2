import { k8s } from 'cdk8s-plus-33';
import { Chart, type ChartProps } from 'cdk8s';
import type { Construct } from 'constructs';
import { addFrontend } from './frontend.ts';
import { addNetworkPolicies } from './network.ts';
import { MAY_BREAK } from './pods.ts';
import { guestbook, type GuestbookOptions } from './options.ts';
import { addRedis, addRedisAccount, type WithSidecar } from './redis.ts';

export { WEB_LOG_FOLDER } from './frontend.ts';
export { type GuestbookOptions, PHP_CANNOT } from './options.ts';
export type { WithSidecar } from './redis.ts';

/** Properties of {@link GuestbookChart}. */
export interface GuestbookChartProps extends GuestbookOptions, Pick<ChartProps, 'labels'> {
  /** Puts shippers into the pods. @default none */
  readonly withSidecar?: WithSidecar;
  /** The web pods write their log into a file, too, which a sidecar reads. @default false */
  readonly webLogFile?: boolean;
  /** The namespaces that those shippers send to; `anywhere` for an address outside of the cluster. @default none */
  readonly shippersTo?: readonly string[] | 'anywhere';
}

/** The guestbook on Kubernetes: web pods, a Redis primary and its read replicas, Services, and who may talk to whom. */
export class GuestbookChart extends Chart {
  constructor(scope: Construct, id: string, props: GuestbookChartProps = {}) {
    super(scope, id, { disableResourceNameHashes: true, ...(props.labels === undefined ? {} : { labels: props.labels }) });
    const options = guestbook(props);
    const level = options.variant === 'php' ? 'baseline' : 'restricted';
    new k8s.KubeNamespace(this, 'namespace', {
      metadata: {
        name: options.namespace,
        labels: { 'app.kubernetes.io/part-of': 'podscope', ...MAY_BREAK, 'pod-security.kubernetes.io/enforce': level, 'pod-security.kubernetes.io/enforce-version': 'latest' },
      },
    });
    const withSidecar: WithSidecar = props.withSidecar ?? ((template) => template);
    if (options.redisRoleArn !== undefined) addRedisAccount(this, options, options.redisRoleArn);
    addRedis(this, options, 'primary', withSidecar);
    addRedis(this, options, 'replica', withSidecar);
    addFrontend(this, options, props.webLogFile === true, withSidecar);
    addNetworkPolicies(this, options, props.shippersTo ?? []);
  }
}
