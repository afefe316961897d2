import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-33';
import type { Construct } from 'constructs';
import { imageReference } from '@podscope/log-shippers/kubernetes';
import { stringify } from 'yaml';
import { labelsOf, resources, restrictedPod } from '../guestbook/pods.ts';
import { AUTHORITY_SECRET, DASHBOARDS, endpointOf, hasAuthority, isSecured, type TargetOptions } from '../options.ts';
import { addOpenSearchNamespace, imageContainer, OPENSEARCH_UID } from './builtIn.ts';

const HOME = '/usr/share/opensearch-dashboards';
const AUTHORITY_FOLDER = '/etc/podscope-trust';

/** The major version of Dashboards that goes with a server: Dashboards refuses one of another (OpenSearch docs, "Compatibility"). */
export function dashboardsMajor({ opensearch }: Pick<TargetOptions, 'opensearch'>): 2 | 3 {
  if (opensearch.how !== 'url') return opensearch.major;
  return opensearch.engine === 'opensearch@3' ? 3 : 2;
}

/** `opensearch_dashboards.yml`; the user and the password come by environment. */
function settingsOf(options: TargetOptions): Readonly<Record<string, unknown>> {
  return {
    'server.host': '0.0.0.0',
    'server.name': 'podscope',
    'opensearch.hosts': [endpointOf(options)],
    ...(hasAuthority(options.opensearch) ? { 'opensearch.ssl.certificateAuthorities': [`${AUTHORITY_FOLDER}/ca.crt`], 'opensearch.ssl.verificationMode': 'full' } : {}),
    ...(isSecured(options.opensearch)
      ? {
          'opensearch.requestHeadersAllowlist': ['authorization', 'securitytenant'],
          // One place for saved objects: what is imported is what everybody sees.
          'opensearch_security.multitenancy.enabled': false,
          // It is reached through a forwarded port of the loopback address, over HTTP.
          'opensearch_security.cookie.secure': false,
        }
      : {}),
  };
}

/** OpenSearch Dashboards, where this target makes it itself. */
export class DashboardsChart extends Chart {
  constructor(scope: Construct, id: string, options: TargetOptions) {
    super(scope, id, { disableResourceNameHashes: true });
    const { namespaces, opensearch, imageMirror } = options;
    const labels = labelsOf(DASHBOARDS);
    const metadata = { name: DASHBOARDS, namespace: namespaces.opensearch, labels };
    const secured = isSecured(opensearch);
    const { image, imagePullPolicy } = imageReference(`opensearch-dashboards@${dashboardsMajor(options)}`, imageMirror === undefined ? undefined : { registry: imageMirror });
    // Otherwise the server's chart makes it.
    if (opensearch.how === 'url') addOpenSearchNamespace(this, namespaces.opensearch, 'restricted');
    const settings = stringify(settingsOf(options), { lineWidth: 0 });
    const port = k8s.IntOrString.fromString('http');
    new k8s.KubeServiceAccount(this, 'account', { metadata, automountServiceAccountToken: false });
    new k8s.KubeConfigMap(this, 'config', { metadata: { ...metadata, name: `${DASHBOARDS}-config` }, data: { 'opensearch_dashboards.yml': settings } });
    new k8s.KubeService(this, 'service', { metadata, spec: { selector: { app: DASHBOARDS }, ports: [{ name: 'http', port: 5601, targetPort: port }] } });
    const credential = (name: string, key: string): k8s.EnvVar => ({ name, valueFrom: { secretKeyRef: { name: DASHBOARDS, key } } });
    new k8s.KubeDeployment(this, 'dashboards', {
      metadata,
      spec: {
        replicas: 1,
        selector: { matchLabels: { app: DASHBOARDS } },
        template: {
          metadata: { labels },
          spec: {
            serviceAccountName: DASHBOARDS,
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            securityContext: restrictedPod(OPENSEARCH_UID),
            containers: [
              {
                name: 'dashboards',
                image,
                imagePullPolicy,
                // The entrypoint makes an option of each variable that is called like a setting.
                env: secured ? [credential('OPENSEARCH_USERNAME', 'username'), credential('OPENSEARCH_PASSWORD', 'password')] : [{ name: 'DISABLE_SECURITY_DASHBOARDS_PLUGIN', value: 'true' }],
                ports: [{ name: 'http', containerPort: 5601 }],
                startupProbe: { tcpSocket: { port }, periodSeconds: 5, failureThreshold: 60 },
                // It listens, and answers 503, before it is ready; the page of the login is the one that wants no login.
                readinessProbe: { httpGet: { path: secured ? '/app/login' : '/api/status', port }, periodSeconds: 10, timeoutSeconds: 5 },
                livenessProbe: { tcpSocket: { port }, periodSeconds: 20, failureThreshold: 6 },
                resources: resources('100m', '512Mi', '1Gi'),
                securityContext: imageContainer,
                volumeMounts: [
                  { name: 'config', mountPath: `${HOME}/config/opensearch_dashboards.yml`, subPath: 'opensearch_dashboards.yml', readOnly: true },
                  { name: 'data', mountPath: `${HOME}/data` },
                  ...(hasAuthority(opensearch) ? [{ name: 'trust', mountPath: AUTHORITY_FOLDER, readOnly: true }] : []),
                ],
              },
            ],
            volumes: [
              { name: 'config', configMap: { name: `${DASHBOARDS}-config` } },
              { name: 'data', emptyDir: { sizeLimit: k8s.Quantity.fromString('256Mi') } },
              ...(hasAuthority(opensearch) ? [{ name: 'trust', secret: { secretName: AUTHORITY_SECRET, defaultMode: 0o440 } }] : []),
            ],
          },
        },
      },
    });
  }
}
