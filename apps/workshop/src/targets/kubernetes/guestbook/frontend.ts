import { k8s } from 'cdk8s-plus-33';
import type { Construct } from 'constructs';
import type { Guestbook } from './options.ts';
import { labelsOf, resources, restrictedContainer, restrictedPod } from './pods.ts';
import { redisHosts, type WithSidecar } from './redis.ts';

/** The user `node` of Node's official images. */
const NODE_UID = 1000;
/** Where the web server writes its log in CRI format when a sidecar reads it. */
export const WEB_LOG_FOLDER = '/var/log/guestbook';
/** In kubelet's place for a container's id, which the pod itself can't know. */
const NO_CONTAINER_ID = '0'.repeat(64);

function podscopeContainer(options: Guestbook, writesFile: boolean): k8s.Container {
  return {
    name: 'frontend',
    image: options.image,
    args: [...redisHosts(options).flatMap((host) => ['--redis', host]), '--port', '8080', '--name', '$(POD_NAME)', ...(options.adminPort === undefined ? [] : ['--admin-port', String(options.adminPort)]), ...(writesFile ? ['--log-file', `${WEB_LOG_FOLDER}/$(POD_NAME)_$(POD_NAMESPACE)_frontend-${NO_CONTAINER_ID}.log`] : [])],
    env: (['POD_NAME', 'POD_NAMESPACE'] as const).map((name) => ({ name, valueFrom: { fieldRef: { fieldPath: name === 'POD_NAME' ? 'metadata.name' : 'metadata.namespace' } } })),
    ports: [{ name: 'http', containerPort: 8080 }],
    readinessProbe: { httpGet: { path: '/healthz', port: k8s.IntOrString.fromString('http') }, periodSeconds: 5 },
    livenessProbe: { httpGet: { path: '/healthz', port: k8s.IntOrString.fromString('http') }, periodSeconds: 20, failureThreshold: 6 },
    resources: resources('50m', '96Mi', '256Mi'),
    securityContext: restrictedContainer,
  };
}

/** As the sample has it: port 80 as root. */
function phpContainer({ image }: Guestbook): k8s.Container {
  return {
    name: 'frontend',
    image,
    env: [{ name: 'GET_HOSTS_FROM', value: 'dns' }],
    ports: [{ name: 'http', containerPort: 80 }],
    readinessProbe: { httpGet: { path: '/', port: k8s.IntOrString.fromString('http') }, periodSeconds: 5 },
    resources: resources('50m', '96Mi', '256Mi'),
  };
}

/** The web pods and their Service. `writesFile`: their log also goes where a sidecar reads it. */
export function addFrontend(scope: Construct, options: Guestbook, writesFile: boolean, withSidecar: WithSidecar): void {
  const labels = labelsOf('frontend');
  const metadata = { name: 'frontend', namespace: options.namespace, labels };
  const isPhp = options.variant === 'php';
  const pod: k8s.PodSpec = {
    automountServiceAccountToken: false,
    ...(isPhp ? { nodeSelector: { 'kubernetes.io/arch': 'amd64' } } : { securityContext: restrictedPod(NODE_UID) }),
    ...(options.imagePullSecret === undefined ? {} : { imagePullSecrets: [{ name: options.imagePullSecret }] }),
    containers: [isPhp ? phpContainer(options) : podscopeContainer(options, writesFile)],
  };
  new k8s.KubeService(scope, 'frontend-service', { metadata, spec: { selector: { app: 'frontend' }, ports: [{ name: 'http', port: 80, targetPort: k8s.IntOrString.fromString('http') }] } });
  new k8s.KubeDeployment(scope, 'frontend', {
    metadata,
    spec: {
      replicas: options.webPods,
      selector: { matchLabels: { app: 'frontend' } },
      template: withSidecar({ metadata: { labels }, spec: pod }, 'web'),
    },
  });
  if (!isPhp) return;
  // The names that are written into the PHP image.
  for (const [name, app] of [['redis-leader', 'redis-primary'], ['redis-follower', 'redis-replica']] as const) {
    new k8s.KubeService(scope, name, { metadata: { name, namespace: options.namespace, labels }, spec: { selector: { app }, ports: [{ port: 6379 }] } });
  }
}
