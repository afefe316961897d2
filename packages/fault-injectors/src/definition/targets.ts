import type { Duplex } from 'node:stream';
import type { KubernetesApi } from '../kubernetes/api/types.ts';
import type { FaultTarget, RedisSession } from '../target.ts';

/** A cluster, seen by whoever injects. */
export interface KubernetesTarget {
  readonly kind: 'kubernetes';
  /** The same for everybody who means this cluster: the uid of its namespace `kube-system`. */
  readonly id: string;
  readonly api: KubernetesApi;
  /** The label that a namespace and a workload must carry with the value `allowed` before a fault touches them. @default 'podscope.dev/faults' */
  readonly optInLabel: string;
  /** Commands to the Redis in a pod, through the API server. The password, where one is needed, comes from the target's options. */
  redis(pod: { readonly namespace: string; readonly name: string }, port?: number): Promise<RedisSession>;
  /** A connection to a port of a pod, through the API server. */
  connect(pod: { readonly namespace: string; readonly name: string }, port: number): Promise<Duplex>;
  /** The token of the guestbook's switch in a pod, where it wants one. */
  switchToken?(pod: { readonly namespace: string; readonly name: string }): Promise<string | undefined>;
  /** True where pods of that node run nothing (kwok): a symptom that only a container runtime shows can't be seen there. */
  isFakeNode(name: string): Promise<boolean>;
}

/** A guestbook system that is driven by verbs: the embedded cluster, or a double of it in a test. */
export interface SystemTarget extends FaultTarget {
  readonly kind: 'system';
}

/** A process of this machine that a fault may touch. */
export interface LocalProcess {
  readonly name: string;
  readonly pid: number;
  /** Start time as `/proc/<pid>/stat` has it (field 22), so that a pid that was given away again is noticed. */
  readonly startTime: string;
  /** Whoever owns it starts it anew when it has ended. @default false */
  readonly isRestarted?: boolean;
}

/** Processes of this machine that belong to one run directory. */
export interface LocalTarget {
  readonly kind: 'local';
  readonly id: string;
  readonly runDirectory: string;
  processes(): Promise<readonly LocalProcess[]>;
}

/** What each kind of target is. */
export interface TargetKinds {
  readonly kubernetes: KubernetesTarget;
  readonly system: SystemTarget;
  readonly local: LocalTarget;
}

/** `kubernetes`, `system` or `local`. */
export type TargetKind = keyof TargetKinds;
/** A target of whatever kind. */
export type AnyTarget = TargetKinds[TargetKind];
