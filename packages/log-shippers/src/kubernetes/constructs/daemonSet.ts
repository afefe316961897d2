import { k8s } from 'cdk8s-plus-33';
import type { Construct } from 'constructs';
import type { Shipper, VersionOf } from '../../compatibility/compatibility.ts';
import type { NodeAgentNamespace } from '../namespaces/namespaces.ts';
import { type AnyShipperProps, prepare } from '../objects/prepare.ts';
import type { DaemonSetObjects, Transform } from '../objects/shipperObjects.ts';
import { transformed } from '../objects/transformed.ts';
import { daemonSetObjects } from '../objects/workloadObjects.ts';
import type { Program } from '../programs/program.ts';
import type { ShipperProps } from '../props/shipperProps.ts';
import { ShipperConstruct } from './shipperConstruct.ts';

/** Properties of every shipper that runs on each node. */
export interface DaemonSetProps<S extends Shipper, V extends VersionOf<S>, Config> extends ShipperProps<S, V, Config> {
  /**
   * A namespace whose pod security is `privileged`: every hostPath is refused by the other levels.
   * @default the chart's namespace
   */
  readonly namespace?: string | NodeAgentNamespace;
  /** Nodes that are updated at once. @default '10%' */
  readonly maxUnavailable?: number | `${number}%`;
  /** Changes the typed objects before they are made. @default none */
  readonly transform?: Transform<DaemonSetObjects>;
}

/** A shipper on each node. */
export abstract class ShipperDaemonSet extends ShipperConstruct {
  readonly daemonSet: k8s.KubeDaemonSet;

  constructor(scope: Construct, id: string, objects: DaemonSetObjects) {
    super(scope, id, objects);
    this.daemonSet = new k8s.KubeDaemonSet(this, 'daemon-set', objects.daemonSet);
  }
}

/** The objects of a program's DaemonSet, after the user's transform. */
export function daemonSetOf<S extends Shipper>(scope: Construct, program: Program<S, object>, props: AnyDaemonSetProps): DaemonSetObjects {
  const hostNetwork = props.hostNetwork ?? false;
  const prepared = prepare(scope, program as Program<Shipper, object>, props, { defaultName: program.shipper, hostNetwork });
  return transformed(daemonSetObjects(prepared, { hostNetwork, ...(props.maxUnavailable === undefined ? {} : { maxUnavailable: props.maxUnavailable }) }), props.transform, templateOf, withTemplate);
}

/** The props of any program's DaemonSet. */
export interface AnyDaemonSetProps extends AnyShipperProps {
  readonly maxUnavailable?: number | `${number}%`;
  readonly hostNetwork?: boolean;
  readonly transform?: Transform<DaemonSetObjects>;
}

const templateOf = ({ daemonSet }: DaemonSetObjects): k8s.PodTemplateSpec => daemonSet.spec?.template ?? {};
const withTemplate = (objects: DaemonSetObjects, template: k8s.PodTemplateSpec): DaemonSetObjects =>
  objects.daemonSet.spec === undefined ? objects : { ...objects, daemonSet: { ...objects.daemonSet, spec: { ...objects.daemonSet.spec, template } } };
