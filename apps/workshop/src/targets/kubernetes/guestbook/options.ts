import { imageReference } from '@podscope/log-shippers/kubernetes';

/** How the guestbook is to be on Kubernetes. */
export interface GuestbookOptions {
  /** @default 'guestbook' */
  readonly namespace?: string;
  /**
   * Image of the web tier: `apps/guestbook`'s Dockerfile, under the name that your registry has for it. `php` takes the public sample's
   * image instead, which is for amd64 only and can't do what {@link PHP_CANNOT} lists.
   *
   * @default 'podscope-guestbook:0.1.0'
   */
  readonly image?: string;
  readonly variant?: 'podscope' | 'php';
  /** @default 'redis:7' */
  readonly redisImage?: string;
  /** @default 3 */
  readonly webPods?: number;
  /** Port of the web pods' switch, for faults of their own; on their loopback address, so that only a port-forward reaches it. @default none */
  readonly adminPort?: number;
  /** @default 2 */
  readonly readReplicas?: number;
  /** A Secret in the namespace with credentials for the registry. */
  readonly imagePullSecret?: string;
  /** Role in AWS of the Redis pods, by IRSA, where a shipper in them signs its requests: an account of their own, which the web pods don't have. */
  readonly redisRoleArn?: string;
}

/** The options with what is left out filled in. */
export type Guestbook = Required<Omit<GuestbookOptions, 'imagePullSecret' | 'redisRoleArn' | 'adminPort'>> & Pick<GuestbookOptions, 'imagePullSecret' | 'redisRoleArn' | 'adminPort'>;

/** The public sample's web tier, on Apache and PHP; for amd64 only. */
export const PHP_IMAGE = imageReference('guestbook-php').image;

/** What the public PHP image can't do, and what that means for hunts and dashboards. */
export const PHP_CANNOT = [
  'no time to answer at the end of access lines: event.duration_us stays empty',
  'one page: pages can’t be published, so that the fix of not-found-storm by publishing is not there',
  'no archive: Redis holds a few kB, too little for fragmented-redis to show',
  'it writes to a Redis of the fixed name redis-leader and reads from redis-follower: no failover',
  'it listens on port 80 as root and writes to its own file system: a pod of its own namespace, which can’t enforce restricted',
  'its log is on stdout only: a sidecar has no file to read, a DaemonSet reads it',
] as const;

/** Fills in what is left out. */
export function guestbook(options: GuestbookOptions): Guestbook {
  const variant = options.variant ?? 'podscope';
  return { namespace: 'guestbook', redisImage: 'redis:7', webPods: 3, readReplicas: 2, ...options, variant, image: options.image ?? (variant === 'php' ? PHP_IMAGE : imageReference('guestbook').image) };
}
