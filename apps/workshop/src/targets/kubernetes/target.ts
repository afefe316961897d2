import { App, type Chart } from 'cdk8s';
import { type Component, componentsOf, type KubernetesObject } from './components.ts';
import { synthManifests } from './manifests.ts';
import { OpenSearchChart } from './opensearch/builtIn.ts';
import { DashboardsChart } from './opensearch/dashboards.ts';
import { OperatorChart } from './opensearch/operator.ts';
import { AUTHORITY_SECRET, endpointOf, hasAuthority, isSecured, SHIPPER_SECRET, signedBy, type TargetOptions } from './options.ts';
import { EbsChart } from './storage/ebsClass.ts';

/** Everything that is to be on a cluster but the Secrets, whose values no manifest has. */
export interface TargetManifests {
  /** OpenSearch and OpenSearch Dashboards first. */
  readonly components: readonly Component[];
  readonly objects: readonly KubernetesObject[];
  /** The objects of OpenSearch: what has to be well before anybody ships to it. */
  readonly opensearch: readonly KubernetesObject[];
  /** The namespaces of pods that want the credentials of shippers. */
  readonly shipping: readonly string[];
  /** The namespaces of pods that want the authority of the server's certificate. */
  readonly trusting: readonly string[];
}

/**
 * The manifests of a target: the guestbook and its shippers as `podscope manifests synth` writes them, with OpenSearch and OpenSearch
 * Dashboards. The same options give the same objects.
 *
 * @param kubernetesVersion The server's, such as `1.33`.
 * @throws PodscopeError as {@link synthManifests}
 */
export function synthTarget(options: TargetOptions, kubernetesVersion: string): TargetManifests {
  const { namespaces, opensearch, imageMirror, storageClass } = options;
  const signed = signedBy(opensearch);
  const shippers = synthManifests({
    pattern: options.pattern,
    endpoint: endpointOf(options),
    engine: opensearch.how === 'url' ? opensearch.engine : `opensearch@${opensearch.major}`,
    auth: signed === undefined ? { secret: isSecured(opensearch) ? SHIPPER_SECRET : undefined } : { awsRegion: signed.region, awsRole: signed.shipperRole },
    caSecret: hasAuthority(opensearch) ? AUTHORITY_SECRET : undefined,
    kubernetesVersion,
    imageMirror,
    storageClass,
    namespaces,
    guestbook: options.guestbook,
    guestbookImage: options.guestbookImage,
  });
  const servers = componentsOf(serverCharts(options));
  const objects = [...servers, ...shippers].flatMap((component) => component.objects);
  return {
    components: [...servers, ...shippers],
    objects,
    opensearch: opensearch.how === 'url' ? [] : servers.flatMap((component) => component.objects),
    shipping: isSecured(opensearch) ? namespacesNaming(objects, SHIPPER_SECRET) : [],
    trusting: hasAuthority(opensearch) ? namespacesNaming(objects, AUTHORITY_SECRET) : [],
  };

  function serverCharts(all: TargetOptions): readonly Chart[] {
    const app = new App();
    const dashboards = (): readonly Chart[] => (all.dashboards ? [new DashboardsChart(app, 'opensearch-dashboards', all)] : []);
    const storage = all.ebs === undefined ? [] : [new EbsChart(app, 'storage', all.ebs)];
    // A domain has Dashboards of its own.
    if (signed !== undefined) return storage;
    if (opensearch.how === 'url') return [...storage, ...dashboards()];
    if (opensearch.how === 'operator') return [new OperatorChart(app, 'opensearch', { namespaces, opensearch, imageMirror, storageClass, dashboards: all.dashboards })];
    return [new OpenSearchChart(app, 'opensearch', { namespaces, opensearch, imageMirror, storageClass }), ...dashboards()];
  }
}

/** The namespaces of the objects that name a Secret, as the value of some field. */
function namespacesNaming(objects: readonly KubernetesObject[], secret: string): readonly string[] {
  const names = (value: unknown): boolean => value === secret || (typeof value === 'object' && value !== null && Object.values(value).some(names));
  return [...new Set(objects.filter(names).map(({ metadata }) => metadata.namespace ?? ''))].filter((name) => name !== '').toSorted();
}
