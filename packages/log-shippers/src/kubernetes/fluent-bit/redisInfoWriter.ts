import { k8s } from 'cdk8s-plus-33';
import type { ImageReference } from '../../images/imageReference.ts';
import { badValue } from '../../quantities/quantities.ts';
import type { SecretReference } from '../../secrets/secretReference.ts';
import { restrictedSecurity } from '../pod/container.ts';

/** How `INFO` gets into a file. */
export interface RedisInfoWriterOptions {
  readonly name: string;
  readonly path: string;
  readonly address: string;
  readonly volume: string;
  readonly image: ImageReference;
  /** Seconds. @default 10 */
  readonly periodSeconds?: number;
  readonly password?: SecretReference;
}

/** Bytes at which the file is moved aside. It is a shared emptyDir: two of these, and the shipper has read the older one long since. */
const ROTATE_AT = 4 * 1024 * 1024;
/** Uid of `redis` in the official image. */
const REDIS_USER = 999;

/**
 * A container that appends a Redis server's `INFO` to a file every few seconds: its lines without the empty ones between sections, and an
 * empty line at the end of each answer. What Redis does not answer is not written.
 */
export function redisInfoWriter(options: RedisInfoWriterOptions): k8s.Container {
  const [, host, port] = /^(.+):(\d+)$/.exec(options.address) ?? [];
  if (host === undefined || port === undefined) throw badValue('redisInfo.address', `${JSON.stringify(options.address)} is no address.`, '127.0.0.1:6379');
  const period = options.periodSeconds ?? 10;
  if (!Number.isInteger(period) || period < 1) throw badValue('redisInfoWriter.periodSeconds', `${period} is no whole number of seconds.`, '10');
  const script = [
    // A shell that is process 1 ends on no signal that it doesn't name.
    "trap 'exit 0' TERM INT",
    'while :; do',
    // One write for the whole answer: the shipper never sees half of one.
    `  answer=$(redis-cli -h "$REDIS_HOST" -p "$REDIS_PORT" INFO | tr -d '\\r' | grep -v '^$')`,
    '  case $answer in "# "*) printf \'%s\\n\\n\' "$answer" >> "$INFO_FILE";; esac',
    `  if [ "$(stat -c %s "$INFO_FILE" 2>/dev/null || echo 0)" -gt ${ROTATE_AT} ]; then mv "$INFO_FILE" "$INFO_FILE.1"; fi`,
    `  sleep ${period} & wait $!`,
    'done',
  ];
  return {
    name: options.name,
    ...options.image,
    command: ['/bin/sh', '-c', script.join('\n')],
    env: [
      { name: 'REDIS_HOST', value: host },
      { name: 'REDIS_PORT', value: port },
      { name: 'INFO_FILE', value: options.path },
      ...(options.password === undefined ? [] : [{ name: 'REDISCLI_AUTH', valueFrom: { secretKeyRef: { name: options.password.secret, key: options.password.key } } }]),
    ],
    resources: { requests: { cpu: k8s.Quantity.fromString('10m'), memory: k8s.Quantity.fromString('16Mi') }, limits: { memory: k8s.Quantity.fromString('64Mi') } },
    securityContext: restrictedSecurity(REDIS_USER),
    terminationMessagePolicy: 'FallbackToLogsOnError',
    volumeMounts: [{ name: options.volume, mountPath: options.path.split('/').slice(0, -1).join('/') }],
  };
}
