import { App } from 'cdk8s';
import { fromSecret, basicAuth, type Engine, kinesisFirehose, noAuth, openSearch, sigV4, type OpenSearchDestination } from '@podscope/log-shippers';
import { imageReference } from '@podscope/log-shippers/kubernetes';
import { Pipeline, type Pattern } from '@podscope/log-shippers/pipelines';
import { PodscopeError } from '@podscope/core';
import { type Component, componentsOf } from './components.ts';
import { GuestbookChart, type GuestbookOptions, WEB_LOG_FOLDER } from './guestbook/index.ts';

/** What the manifests of a cluster are made from. */
export interface ManifestOptions {
  readonly pattern: Pattern;
  readonly endpoint: string;
  readonly engine: Engine;
  /** A Secret with the keys `username` and `password`; a region to sign requests for; neither: no authentication. */
  readonly auth: { readonly secret?: string | undefined; readonly awsRegion?: string | undefined; readonly awsRole?: string | undefined };
  /** Secret with the key `ca.crt`: the authority of the endpoint's certificate, in each namespace that writes. */
  readonly caSecret?: string | undefined;
  /** Delivery stream of Amazon Data Firehose, in the region of `auth`. */
  readonly firehose?: string | undefined;
  readonly kubernetesVersion: string;
  readonly imageMirror?: string | undefined;
  /** Of volumes. @default the cluster's default class */
  readonly storageClass?: string | undefined;
  readonly namespaces: { readonly logging: string; readonly agents: string; readonly guestbook: string };
  readonly guestbook: 'none' | NonNullable<GuestbookOptions['variant']>;
  readonly guestbookImage?: string | undefined;
}

/** Where that certificate is in the containers. */
const CA_FILE = '/etc/podscope-trust/ca.crt';

/** The region is what requests are signed for; beside a server of one's own it is the delivery stream's only. */
function destinationOf({ endpoint, engine, auth, caSecret, firehose }: ManifestOptions): OpenSearchDestination<'amazon-opensearch-service'> {
  const { secret } = auth;
  const isAmazon = engine === 'amazon-opensearch-service' || engine === 'opensearch-serverless';
  const awsRegion = isAmazon || firehose === undefined ? auth.awsRegion : undefined;
  if (secret !== undefined && awsRegion !== undefined) {
    throw new PodscopeError('CLI_USAGE', 'Requests can be signed for AWS or carry a user and password, not both.', { hint: 'Leave out --auth-secret or --aws-region.' });
  }
  if (engine === 'opensearch-serverless' && awsRegion === undefined) {
    throw new PodscopeError('CLI_USAGE', 'OpenSearch Serverless takes signed requests only.', { hint: 'Add --aws-region.' });
  }
  if (auth.awsRole !== undefined && auth.awsRegion === undefined) throw new PodscopeError('CLI_USAGE', 'A role in AWS is for requests that are signed.', { hint: 'Add --aws-region.' });
  if (awsRegion !== undefined && !isAmazon) {
    throw new PodscopeError('CLI_USAGE', `${engine} does not know requests signed for AWS.`, { hint: 'Add --engine amazon-opensearch-service (or opensearch-serverless), or leave out --aws-region.' });
  }
  const by = awsRegion !== undefined ? sigV4(awsRegion) : secret === undefined ? noAuth : basicAuth(fromSecret(secret, 'username'), fromSecret(secret, 'password'));
  // Whether the engine goes with what the pattern runs is asked of the compatibility data when the pipeline is planned.
  return openSearch({ engine: engine as 'amazon-opensearch-service', endpoint, auth: by, ...(caSecret === undefined ? {} : { tls: { caFile: CA_FILE } }) });
}

/** @throws PodscopeError CLI_USAGE */
function firehoseOf({ firehose, auth: { awsRegion } }: ManifestOptions) {
  if (firehose === undefined) return undefined;
  if (awsRegion === undefined) throw new PodscopeError('CLI_USAGE', 'A delivery stream is in a region.', { hint: 'Add --aws-region.' });
  return kinesisFirehose({ region: awsRegion, deliveryStream: firehose });
}

/**
 * The guestbook and its shippers, one component a chart. The same options give the same bytes.
 *
 * @throws PodscopeError CLI_USAGE, SHIPPER_INCOMPATIBLE, SHIPPER_BAD_VALUE, SHIPPER_BAD_NAME, SHIPPER_SECRET_IN_PLAIN_TEXT
 */
export function synthManifests(options: ManifestOptions): readonly Component[] {
  const { namespaces, imageMirror } = options;
  if (options.guestbook !== 'none' && namespaces.guestbook === namespaces.logging) {
    throw new PodscopeError('CLI_USAGE', `The guestbook and its shippers can’t both make the namespace ${JSON.stringify(namespaces.logging)}.`, { hint: 'Give --namespace and --guestbook-namespace different names.' });
  }
  const app = new App();
  const firehose = firehoseOf(options);
  const isOurs = options.guestbook === 'podscope';
  const pipeline = new Pipeline<Pattern>(app, {
    pattern: options.pattern,
    destination: destinationOf(options) as never,
    ...(firehose === undefined ? {} : { firehose }),
    namespaces: { logging: namespaces.logging, agents: namespaces.agents, application: namespaces.guestbook },
    kubernetesVersion: options.kubernetesVersion as `1.${number}`,
    files: { webLogs: WEB_LOG_FOLDER },
    ...(options.auth.awsRole === undefined ? {} : { roleArn: options.auth.awsRole }),
    ...(options.caSecret === undefined ? {} : { trust: { secret: options.caSecret } }),
    ...(imageMirror === undefined ? {} : { imageMirror }),
    ...(options.storageClass === undefined ? {} : { workload: (name: string) => (name === 'fluentd' ? { buffer: { storageClassName: options.storageClass as string } } : {}) }),
    legs: {
      // The PHP image writes no file for a sidecar to read, and where there is no guestbook there are no pods for one.
      ...(!isOurs && options.pattern === 'ant332' ? { apache: { agent: 'fluent-bit', processor: 'fluentd', placement: 'daemonset' } as const } : {}),
      ...(options.guestbook === 'none' ? { redis: { agent: 'none' } as const } : {}),
    },
  });
  if (options.guestbook === 'none') return componentsOf(pipeline.charts);
  const guestbook = new GuestbookChart(app, 'guestbook', {
    namespace: namespaces.guestbook,
    variant: options.guestbook,
    ...(options.guestbookImage === undefined ? {} : { image: imageReference('guestbook', options.guestbookImage).image }),
    ...(imageMirror === undefined ? {} : { redisImage: `${imageMirror.replace(/\/+$/, '')}/library/redis:7` }),
    ...(options.auth.awsRole !== undefined && pipeline.plan.sidecars.some((each) => each.in === 'redis' && each.destination.kind !== 'forward') ? { redisRoleArn: options.auth.awsRole } : {}),
    webLogFile: isOurs && pipeline.hasSidecar('web'),
    withSidecar: (template, place) => pipeline.addSidecar(place, template),
    shippersTo: pipeline.plan.sidecars.some(({ destination }) => destination.kind !== 'forward') ? 'anywhere' : pipeline.plan.sidecars.length > 0 ? [namespaces.logging] : [],
  });
  return componentsOf([...pipeline.charts, guestbook]);
}
