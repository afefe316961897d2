import type { KubeServerFiles } from '../files.ts';

const flagsOf = (flags: Readonly<Record<string, string>>): string[] => Object.entries(flags).map(([name, value]) => `--${name}=${value}`);

/** Requests a second, and at once, that a program may send: the default of 20 would take minutes for 5,000 pods. */
const UNHURRIED = { 'kube-api-qps': '1000', 'kube-api-burst': '2000' } as const;

/**
 * kube-controller-manager with the controllers that are on by default, each with the rights of its own service account. It serves
 * nothing itself.
 */
export function controllerManagerCommand(program: string, { files, kubeconfig, flags }: { readonly files: KubeServerFiles; readonly kubeconfig: string; readonly flags: Readonly<Record<string, string>> }): string[] {
  return [
    program,
    ...flagsOf({
      kubeconfig,
      'leader-elect': 'false',
      'secure-port': '0',
      'use-service-account-credentials': 'true',
      'service-account-private-key-file': files.serviceAccount.key,
      'root-ca-file': files.ca,
      'concurrent-deployment-syncs': '10',
      'concurrent-replicaset-syncs': '20',
      // After an outage that is longer, it calls the pods of every node unready (node_lifecycle_controller.go, `MarkPodsNotReady`). A kubelet
      // tells that they are ready again; kwok does not.
      'node-monitor-grace-period': '1h',
      profiling: 'false',
      ...UNHURRIED,
      ...flags,
    }),
  ];
}

/** kube-scheduler with its default profile; serves nothing. */
export function schedulerCommand(program: string, { kubeconfig, flags }: { readonly kubeconfig: string; readonly flags: Readonly<Record<string, string>> }): string[] {
  return [program, ...flagsOf({ kubeconfig, 'leader-elect': 'false', 'secure-port': '0', profiling: 'false', ...UNHURRIED, ...flags })];
}

/** kwok as the kubelet of every node. What it does is in its configuration. */
export function kwokCommand(program: string, { config, kubeconfig }: { readonly config: string; readonly kubeconfig: string }): string[] {
  return [program, ...flagsOf({ config, kubeconfig })];
}

/** kube-state-metrics on the loopback address: the metrics of the cluster's objects, and on a second port those of itself. */
export function stateMetricsCommand(program: string, { kubeconfig, port, telemetryPort }: { readonly kubeconfig: string; readonly port: number; readonly telemetryPort: number }): string[] {
  return [program, ...flagsOf({ kubeconfig, host: '127.0.0.1', port: String(port), 'telemetry-host': '127.0.0.1', 'telemetry-port': String(telemetryPort) })];
}
