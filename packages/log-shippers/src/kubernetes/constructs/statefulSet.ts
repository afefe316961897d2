import { k8s } from 'cdk8s-plus-33';
import type { Construct } from 'constructs';
import type { Shipper, VersionOf } from '../../compatibility/compatibility.ts';
import type { LoggingNamespace, NodeAgentNamespace } from '../namespaces/namespaces.ts';
import { prepare } from '../objects/prepare.ts';
import type { StatefulSetObjects, Transform } from '../objects/shipperObjects.ts';
import { transformed } from '../objects/transformed.ts';
import { type DeploymentOptions, statefulSetObjects } from '../objects/workloadObjects.ts';
import type { AnyShipperProps } from '../objects/prepare.ts';
import type { Program } from '../programs/program.ts';
import type { ShipperProps } from '../props/shipperProps.ts';
import { ShipperConstruct } from './shipperConstruct.ts';

/** Properties of every shipper that keeps a volume for each replica. */
export interface StatefulSetProps<S extends Shipper, V extends VersionOf<S>, Config> extends ShipperProps<S, V, Config>, DeploymentOptions {
  /** @default the chart's namespace */
  readonly namespace?: string | LoggingNamespace | NodeAgentNamespace;
  /** Changes the typed objects before they are made. @default none */
  readonly transform?: Transform<StatefulSetObjects>;
}

/** A shipper with a volume for each replica. Its pods are `restricted`. */
export abstract class ShipperStatefulSet extends ShipperConstruct {
  /** Undefined where it listens for nothing. */
  readonly service: k8s.KubeService | undefined;
  readonly headlessService: k8s.KubeService;
  readonly podDisruptionBudget: k8s.KubePodDisruptionBudget | undefined;
  readonly horizontalPodAutoscaler: k8s.KubeHorizontalPodAutoscalerV2 | undefined;
  readonly statefulSet: k8s.KubeStatefulSet;

  constructor(scope: Construct, id: string, objects: StatefulSetObjects) {
    super(scope, id, objects);
    this.service = objects.service && new k8s.KubeService(this, 'service', objects.service);
    this.headlessService = new k8s.KubeService(this, 'headless-service', objects.headlessService);
    this.podDisruptionBudget = objects.podDisruptionBudget && new k8s.KubePodDisruptionBudget(this, 'pod-disruption-budget', objects.podDisruptionBudget);
    this.horizontalPodAutoscaler = objects.horizontalPodAutoscaler && new k8s.KubeHorizontalPodAutoscalerV2(this, 'horizontal-pod-autoscaler', objects.horizontalPodAutoscaler);
    this.statefulSet = new k8s.KubeStatefulSet(this, 'stateful-set', objects.statefulSet);
  }
}

/** The props of any program's StatefulSet. */
export interface AnyStatefulSetProps extends AnyShipperProps, DeploymentOptions {
  readonly transform?: Transform<StatefulSetObjects>;
}

/** The objects of a program's StatefulSet, after the user's transform. `lifecycle` is made of the folder of buffers. */
export function statefulSetOf<S extends Shipper>(
  scope: Construct,
  program: Program<S, object>,
  props: AnyStatefulSetProps,
  options: { readonly defaultName: string; readonly gracePeriodSeconds: number; readonly lifecycle?: (stateDirectory: string, seconds: number) => k8s.Lifecycle },
): StatefulSetObjects {
  const gracePeriodSeconds = props.terminationGracePeriodSeconds ?? options.gracePeriodSeconds;
  const prepared = prepare(scope, program as Program<Shipper, object>, { ...props, terminationGracePeriodSeconds: gracePeriodSeconds }, { defaultName: options.defaultName });
  const lifecycle = options.lifecycle?.(prepared.stateDirectory, gracePeriodSeconds);
  return transformed(statefulSetObjects(prepared, { ...props, ...(lifecycle === undefined ? {} : { lifecycle }) }), props.transform, templateOf, withTemplate);
}

const templateOf = ({ statefulSet }: StatefulSetObjects): k8s.PodTemplateSpec => statefulSet.spec?.template ?? {};
const withTemplate = (objects: StatefulSetObjects, template: k8s.PodTemplateSpec): StatefulSetObjects =>
  objects.statefulSet.spec === undefined ? objects : { ...objects, statefulSet: { ...objects.statefulSet, spec: { ...objects.statefulSet.spec, template } } };
