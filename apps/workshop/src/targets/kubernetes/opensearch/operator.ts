import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import { IMAGES } from '@podscope/log-shippers/kubernetes';
import { labelsOf } from '../guestbook/pods.ts';
import { OPENSEARCH } from '../options.ts';
import { addOpenSearchNamespace, imageContainer, OPENSEARCH_UID, type OpenSearchChartProps } from './builtIn.ts';

/** The API groups under which the operator's custom resource is served, the newer one first (docs/userguide/migration-guide.md of the operator). */
export const OPERATOR_APIS = ['opensearch.org/v1', 'opensearch.opster.io/v1'] as const;

/** The Secret with the administrator's `username` and `password`, which the operator takes the password from. */
export const OPERATOR_ADMIN_SECRET = 'opensearch-admin';
/** Of the pool of nodes: the StatefulSet is `opensearch-nodes`. */
export const OPERATOR_POOL = 'nodes';
/** The Secret with the authority that the operator made (opensearch-operator/pkg/reconcilers/tls.go). */
export const OPERATOR_AUTHORITY = `${OPENSEARCH}-ca`;

/** One custom resource, from which the OpenSearch operator makes server, certificates and Dashboards. Its fields: opensearch-operator/api/opensearch.org/v1/opensearch_types.go. */
export class OperatorChart extends Chart {
  constructor(scope: Construct, id: string, { namespaces, opensearch, imageMirror, storageClass, dashboards }: OpenSearchChartProps & { readonly dashboards: boolean }) {
    super(scope, id, { disableResourceNameHashes: true });
    const { tag, repository } = IMAGES[`opensearch@${opensearch.major}`];
    const mirror = (name: string): object => (imageMirror === undefined ? {} : { image: `${imageMirror.replace(/\/+$/u, '')}/${name}:${tag}` });
    const security = { podSecurityContext: { runAsNonRoot: true, runAsUser: OPENSEARCH_UID, runAsGroup: OPENSEARCH_UID, fsGroup: OPENSEARCH_UID, seccompProfile: { type: 'RuntimeDefault' } }, securityContext: imageContainer };
    addOpenSearchNamespace(this, namespaces.opensearch, 'baseline');
    const cluster = new ApiObject(this, 'cluster', {
      apiVersion: opensearch.operatorApi ?? OPERATOR_APIS[0],
      kind: 'OpenSearchCluster',
      metadata: { name: OPENSEARCH, namespace: namespaces.opensearch, labels: labelsOf(OPENSEARCH) },
    });
    cluster.addJsonPatch(JsonPatch.add('/spec', {
      general: {
        serviceName: OPENSEARCH,
        version: tag,
        httpPort: 9200,
        vendor: 'Opensearch',
        // Its init container would be privileged; the setting below makes it needless.
        setVMMaxMapCount: false,
        additionalConfig: { 'node.store.allow_mmap': 'false' },
        ...mirror(repository),
        ...security,
      },
      confMgmt: { smartScaler: true },
      dashboards: {
        enable: dashboards,
        replicas: 1,
        version: tag,
        additionalConfig: { 'opensearch_security.multitenancy.enabled': 'false' },
        resources: { requests: { cpu: '100m', memory: '512Mi' }, limits: { memory: '1Gi' } },
        ...mirror(IMAGES[`opensearch-dashboards@${opensearch.major}`].repository),
        ...security,
      },
      security: {
        tls: { transport: { generate: true, perNode: true }, http: { generate: true } },
        config: { adminCredentialsSecret: { name: OPERATOR_ADMIN_SECRET } },
      },
      nodePools: [
        {
          component: OPERATOR_POOL,
          replicas: opensearch.nodes,
          diskSize: opensearch.storage,
          jvm: '-Xmx512m -Xms512m',
          roles: ['cluster_manager', 'data', 'ingest'],
          resources: { requests: { cpu: '250m', memory: '1280Mi' }, limits: { memory: '2Gi' } },
          ...(storageClass === undefined ? {} : { persistence: { pvc: { accessModes: ['ReadWriteOnce'], storageClass } } }),
        },
      ],
    }));
  }
}
