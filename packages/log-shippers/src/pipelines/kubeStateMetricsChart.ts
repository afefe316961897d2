import type { Chart } from 'cdk8s';
import { fluentBitConfig } from '../fluent-bit/index.ts';
import { FluentBitSidecar, KubeStateMetrics, type KubeStateMetricsProps, type KubeStateMetricsVersion, type ServiceAccountOptions } from '../kubernetes/index.ts';
import { egressTo } from '../kubernetes/network/networkPolicy.ts';
import { rightsOf } from '../kubernetes/rights/rights.ts';
import { kubernetesEvents } from '../sources/sources.ts';
import type { PlannedShipper } from './plan.ts';

/** For every Metricbeat but 7.12, which reads the names of 1.9 only. */
export const DEFAULTED_KSM: KubeStateMetricsVersion = '2.15';

/**
 * kube-state-metrics, with the reader of events beside it where the pattern wants that. Its account may then read events as well, and its
 * pod is one: the next begins when the last has ended, since two would double every event.
 */
export function kubeStateMetrics(chart: Chart, props: KubeStateMetricsProps, events: PlannedShipper | undefined, given: (shipper: PlannedShipper) => never): void {
  if (events === undefined) {
    new KubeStateMetrics(chart, 'kube-state-metrics', props);
    return;
  }
  const read = [kubernetesEvents()];
  const options: { readonly version?: string; readonly destination: PlannedShipper['destination']; readonly serviceAccount?: ServiceAccountOptions } = given(events);
  // A sidecar has no rights of its own: as one that reads a file it asks for none, and its pod's account gets those of the real source.
  const sidecar = new FluentBitSidecar(chart, events.name, {
    ...(options as object),
    sources: [kubernetesEvents({ path: '/dev/null' })],
    config: fluentBitConfig({ version: (events.version ?? '5.1') as '5.1', sources: read, destination: options.destination as never }),
  } as never);
  new KubeStateMetrics(chart, 'kube-state-metrics', {
    ...props,
    ...(options.serviceAccount === undefined ? {} : { serviceAccount: { ...options.serviceAccount, ...props.serviceAccount } }),
    transform: (objects) => {
      const { clusterRole, deployment, networkPolicy } = objects;
      const { spec } = deployment;
      if (spec === undefined) return objects;
      const egress = egressTo(events.destination);
      return {
        ...objects,
        clusterRole: { ...clusterRole, rules: [...(clusterRole.rules ?? []), ...rightsOf('fluent-bit', read)] },
        deployment: { ...deployment, spec: { ...spec, strategy: { type: 'Recreate' }, template: sidecar.addTo(spec.template) } },
        ...(networkPolicy?.spec === undefined ? {} : { networkPolicy: { ...networkPolicy, spec: { ...networkPolicy.spec, egress: [...(networkPolicy.spec.egress ?? []), ...egress] } } }),
      };
    },
  });
}
