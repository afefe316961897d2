import { k8s } from 'cdk8s-plus-33';
import type { Construct } from 'constructs';
import type { Shipper, VersionOf } from '../../compatibility/compatibility.ts';
import type { LoggingNamespace, NodeAgentNamespace } from '../namespaces/namespaces.ts';
import { type AnyShipperProps, prepare } from '../objects/prepare.ts';
import type { DeploymentObjects, Transform } from '../objects/shipperObjects.ts';
import { transformed } from '../objects/transformed.ts';
import { deploymentObjects, type DeploymentOptions } from '../objects/workloadObjects.ts';
import type { Program } from '../programs/program.ts';
import type { ShipperProps } from '../props/shipperProps.ts';
import { ShipperConstruct } from './shipperConstruct.ts';

/** Properties of every shipper that runs as a Deployment. */
export interface DeploymentProps<S extends Shipper, V extends VersionOf<S>, Config> extends ShipperProps<S, V, Config>, DeploymentOptions {
  /** @default the chart's namespace */
  readonly namespace?: string | LoggingNamespace | NodeAgentNamespace;
  /** Changes the typed objects before they are made. @default none */
  readonly transform?: Transform<DeploymentObjects>;
}

/** A shipper whose pods are alike. Its pods are `restricted`. */
export abstract class ShipperDeployment extends ShipperConstruct {
  /** Undefined where it listens for nothing. */
  readonly service: k8s.KubeService | undefined;
  readonly podDisruptionBudget: k8s.KubePodDisruptionBudget | undefined;
  readonly horizontalPodAutoscaler: k8s.KubeHorizontalPodAutoscalerV2 | undefined;
  readonly deployment: k8s.KubeDeployment;

  constructor(scope: Construct, id: string, objects: DeploymentObjects) {
    super(scope, id, objects);
    this.service = objects.service && new k8s.KubeService(this, 'service', objects.service);
    this.podDisruptionBudget = objects.podDisruptionBudget && new k8s.KubePodDisruptionBudget(this, 'pod-disruption-budget', objects.podDisruptionBudget);
    this.horizontalPodAutoscaler = objects.horizontalPodAutoscaler && new k8s.KubeHorizontalPodAutoscalerV2(this, 'horizontal-pod-autoscaler', objects.horizontalPodAutoscaler);
    this.deployment = new k8s.KubeDeployment(this, 'deployment', objects.deployment);
  }
}

/** The props of any program's Deployment. */
export interface AnyDeploymentProps extends AnyShipperProps, DeploymentOptions {
  readonly transform?: Transform<DeploymentObjects>;
}

/** The objects of a program's Deployment, after the user's transform. */
export function deploymentOf<S extends Shipper>(scope: Construct, program: Program<S, object>, props: AnyDeploymentProps, defaultName: string): DeploymentObjects {
  const prepared = prepare(scope, program as Program<Shipper, object>, props, { defaultName });
  return transformed(deploymentObjects(prepared, props), props.transform, templateOf, withTemplate);
}

const templateOf = ({ deployment }: DeploymentObjects): k8s.PodTemplateSpec => deployment.spec?.template ?? {};
const withTemplate = (objects: DeploymentObjects, template: k8s.PodTemplateSpec): DeploymentObjects =>
  objects.deployment.spec === undefined ? objects : { ...objects, deployment: { ...objects.deployment, spec: { ...objects.deployment.spec, template } } };
