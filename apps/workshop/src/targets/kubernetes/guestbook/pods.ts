import { k8s } from 'cdk8s-plus-33';

/** What `restricted` asks of a container, and a root file system that can't be written to. */
export const restrictedContainer: k8s.SecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
};

/** What `restricted` asks of a pod. */
export const restrictedPod = (uid: number): k8s.PodSecurityContext => ({ runAsNonRoot: true, runAsUser: uid, runAsGroup: uid, fsGroup: uid, seccompProfile: { type: 'RuntimeDefault' } });

/** Labels of everything of one part; `app` alone chooses. */
export const labelsOf = (app: string): { readonly app: string; readonly 'app.kubernetes.io/name': string; readonly 'app.kubernetes.io/part-of': string } => ({ app, 'app.kubernetes.io/name': app, 'app.kubernetes.io/part-of': 'podscope' });

/** The guestbook is there to be broken: its namespace and its objects say that faults may touch them. */
export const MAY_BREAK = { 'podscope.dev/faults': 'allowed' } as const;

/** Requests and a limit of memory; no limit of CPU, which would slow down what the workshop measures. */
export const resources = (cpu: string, memory: string, limit: string): k8s.ResourceRequirements => ({
  requests: { cpu: k8s.Quantity.fromString(cpu), memory: k8s.Quantity.fromString(memory) },
  limits: { memory: k8s.Quantity.fromString(limit) },
});
