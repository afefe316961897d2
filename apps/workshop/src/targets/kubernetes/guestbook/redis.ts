import { k8s } from 'cdk8s-plus-33';
import type { Construct } from 'constructs';
import type { Guestbook } from './options.ts';
import { labelsOf, MAY_BREAK, resources, restrictedContainer, restrictedPod } from './pods.ts';

/** The user of Debian's and the official image's Redis. */
const REDIS_UID = 999;
/** Of the Redis pods, where a shipper in them needs a role. */
const REDIS_ACCOUNT = 'redis';
/** As the embedded target's Redis: saved at the end only, since a fork would blur what fragmentation shows. */
const COMMON_ARGS = ['--dir', '/data', '--save', '', '--appendonly', 'no', '--protected-mode', 'no', '--repl-diskless-sync-delay', '0', '--shutdown-on-sigterm', 'save'];

export const redisHosts = ({ readReplicas }: Guestbook): readonly string[] => [
  'redis-primary-0.redis-primary:6379',
  ...Array.from({ length: readReplicas }, (_, index) => `redis-replica-${index}.redis-replica:6379`),
];

/** Puts shippers into the pods of an application; the pod's own containers stay first. */
export type WithSidecar = (template: k8s.PodTemplateSpec, app: 'redis' | 'web') => k8s.PodTemplateSpec;

/** The account of the Redis pods, as a role in AWS. */
export function addRedisAccount(scope: Construct, { namespace }: Guestbook, roleArn: string): void {
  new k8s.KubeServiceAccount(scope, 'redis-account', { metadata: { name: REDIS_ACCOUNT, namespace, labels: labelsOf('redis'), annotations: { 'eks.amazonaws.com/role-arn': roleArn } }, automountServiceAccountToken: false });
}

/** The primary or the read replicas: a StatefulSet, so that each has a name, and its Service. */
export function addRedis(scope: Construct, options: Guestbook, role: 'primary' | 'replica', withSidecar: WithSidecar): void {
  const name = `redis-${role}`;
  const labels = labelsOf(name);
  const metadata = { name, namespace: options.namespace, labels: { ...labels, ...MAY_BREAK } };
  const follows = role === 'primary' ? [] : ['--replicaof', 'redis-primary-0.redis-primary', '6379'];
  const data = { name: 'data', mountPath: '/data' };
  const probe = { exec: { command: ['redis-cli', '-h', '127.0.0.1', 'ping'] }, periodSeconds: 10, timeoutSeconds: 5 };
  const pod: k8s.PodSpec = {
    automountServiceAccountToken: false,
    ...(options.redisRoleArn === undefined ? {} : { serviceAccountName: REDIS_ACCOUNT }),
    securityContext: restrictedPod(REDIS_UID),
    terminationGracePeriodSeconds: 30,
    ...(options.imagePullSecret === undefined ? {} : { imagePullSecrets: [{ name: options.imagePullSecret }] }),
    containers: [
      {
        name: 'redis',
        image: options.redisImage,
        command: ['redis-server'],
        args: [...COMMON_ARGS, ...follows],
        ports: [{ name: 'redis', containerPort: 6379 }],
        readinessProbe: probe,
        livenessProbe: { ...probe, periodSeconds: 20, failureThreshold: 6 },
        resources: resources('50m', '128Mi', '512Mi'),
        securityContext: restrictedContainer,
        volumeMounts: [data],
      },
    ],
    volumes: [{ name: data.name, emptyDir: { sizeLimit: k8s.Quantity.fromString('1Gi') } }],
  };
  new k8s.KubeService(scope, `${name}-service`, { metadata, spec: { clusterIp: 'None', publishNotReadyAddresses: true, selector: { app: name }, ports: [{ name: 'redis', port: 6379, targetPort: k8s.IntOrString.fromString('redis') }] } });
  new k8s.KubeStatefulSet(scope, name, {
    metadata,
    spec: {
      serviceName: name,
      replicas: role === 'primary' ? 1 : options.readReplicas,
      podManagementPolicy: 'Parallel',
      selector: { matchLabels: { app: name } },
      template: withSidecar({ metadata: { labels }, spec: pod }, 'redis'),
    },
  });
}
