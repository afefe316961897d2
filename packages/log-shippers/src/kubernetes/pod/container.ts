import { k8s } from 'cdk8s-plus-33';

/** What the level `restricted` of Kubernetes' pod security standards asks of a container, and a root that nothing is written to. */
export function restrictedSecurity(user: number): k8s.SecurityContext {
  return { ...HARDENED, runAsNonRoot: true, runAsUser: user, runAsGroup: user };
}

/** A node agent: uid 0, whose files kubelet's logs are, but no capability, no new privileges, and the same root. */
export const NODE_AGENT_SECURITY: k8s.SecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  privileged: false,
  readOnlyRootFilesystem: true,
  runAsGroup: 0,
  runAsUser: 0,
  seccompProfile: { type: 'RuntimeDefault' },
};

const HARDENED: k8s.SecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  privileged: false,
  readOnlyRootFilesystem: true,
  seccompProfile: { type: 'RuntimeDefault' },
};

/** How a container is asked whether it runs, whatever the state of what it sends to. */
export interface ProbeOptions {
  readonly port: number;
  readonly path: string;
  /** Seconds until it must have answered at first. */
  readonly startupSeconds: number;
  /** For a pod in the host's network that listens on loopback only. */
  readonly host?: string;
  /** Asks from within the container, in place of kubelet. */
  readonly command?: readonly string[];
}

type Probes = Pick<k8s.Container, 'startupProbe' | 'livenessProbe' | 'readinessProbe'>;

/** Startup, liveness and readiness. None asks for the state of the destination. */
export function probes(options: ProbeOptions): Probes {
  return { startupProbe: startup(options), livenessProbe: liveness(options), readinessProbe: { ...asked(options), periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 } };
}

/**
 * Liveness only, for a sidecar: the readiness of a sidecar is part of its pod's, and the startup of a native one holds back the
 * application. A shipper that is not well must not take the application out.
 */
export function sidecarProbes(options: ProbeOptions): Probes {
  return { livenessProbe: { ...liveness(options), initialDelaySeconds: options.startupSeconds } };
}

function startup(options: ProbeOptions): k8s.Probe {
  return { ...asked(options), periodSeconds: 5, timeoutSeconds: 5, failureThreshold: Math.ceil(options.startupSeconds / 5) };
}

function liveness(options: ProbeOptions): k8s.Probe {
  return { ...asked(options), periodSeconds: 20, timeoutSeconds: 10, failureThreshold: 6 };
}

function asked({ path, port, host, command }: ProbeOptions): Pick<k8s.Probe, 'exec' | 'httpGet'> {
  if (command !== undefined) return { exec: { command: [...command] } };
  return { httpGet: { path, port: k8s.IntOrString.fromNumber(port), ...(host === undefined ? {} : { host }) } };
}
