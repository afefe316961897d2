import type { ObjectToWrite } from '../api/types.ts';

/** What a pod of a fault is to do. */
export interface HelperPod {
  readonly name: string;
  readonly namespace: string;
  readonly image: string;
  readonly command: readonly string[];
  /** @default 65532, the usual user without rights */
  readonly user?: number | undefined;
  readonly env?: readonly { readonly name: string; readonly value: string }[];
  readonly volumes?: readonly { readonly name: string; readonly mountPath: string; readonly volume: Readonly<Record<string, unknown>> }[];
  readonly pod?: Readonly<Record<string, unknown>>;
}

const NOBODY = 65_532;

/**
 * A pod that a fault makes: it runs once, and is allowed in a namespace that enforces `restricted`
 * (kubernetes.io/docs/concepts/security/pod-security-standards). It asks for little, so that quotas and limits let it in.
 */
export function restrictedPod({ name, namespace, image, command, user = NOBODY, env = [], volumes = [], pod = {} }: HelperPod): ObjectToWrite {
  const resources = { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '200m', memory: '64Mi' } };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace },
    spec: {
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: 1,
      securityContext: { runAsNonRoot: true, runAsUser: user, runAsGroup: user, seccompProfile: { type: 'RuntimeDefault' } },
      volumes: volumes.map((each) => ({ name: each.name, ...each.volume })),
      containers: [
        {
          name: 'fault',
          image,
          command,
          env,
          resources,
          volumeMounts: volumes.map((each) => ({ name: each.name, mountPath: each.mountPath })),
          securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
        },
      ],
      ...pod,
    },
  };
}
