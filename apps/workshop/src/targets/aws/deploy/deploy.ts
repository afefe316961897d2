import type { KubernetesApi } from '@podscope/fault-injectors/kubernetes';
import type { IndexSetup } from '@podscope/index-manager';
import type { SavedObject } from '@podscope/saved-objects';
import type { ApplyPlan } from '../../kubernetes/apply/plan.ts';
import type { Check } from '../../kubernetes/preflight/checks.ts';
import { readRecordInCluster, type TargetRecord } from '../../kubernetes/record/record.ts';
import { bringUp, type UpResult, type UpStep } from '../../kubernetes/run/bring.ts';
import { lookAt, type Prospect } from '../../kubernetes/run/prospect.ts';
import type { Identity } from '../../kubernetes/opensearch/access.ts';
import type { TargetOptions } from '../../kubernetes/options.ts';

/** What an event puts on its cluster, looked at before. */
export interface DeployProspect {
  readonly options: TargetOptions;
  readonly prospect: Prospect;
  readonly checks: readonly Check[];
}

/** Makes the manifests and looks at the cluster: rights, capacity, storage. Nothing is changed. @throws PodscopeError KUBE_…, CLI_USAGE */
export async function lookAtCluster(api: KubernetesApi, options: TargetOptions, ignored: ReadonlySet<string> = new Set()): Promise<DeployProspect> {
  // The class is made with everything else.
  const prospect = await lookAt(api, options, { ignored: new Set([...ignored, 'storage']) });
  return { options, prospect, checks: prospect.checks };
}

/** What the in-cluster half of an `up` is told. */
export interface DeployRequest {
  readonly api: KubernetesApi;
  readonly looked: DeployProspect;
  /** Who signs what is asked of the domain. @default what the SDK finds on this machine */
  readonly asker?: Partial<Pick<Identity, 'credentials' | 'ca'>>;
  /** A kubeconfig that opens this cluster for later commands (`podscope hunt`, `podscope open`), by an absolute path. */
  readonly kubeconfig: string | undefined;
  readonly indices: IndexSetup;
  readonly savedObjects: readonly SavedObject[];
  readonly signal: AbortSignal;
  /** @default 15 minutes */
  readonly timeoutMs?: number;
  readonly forceConflicts?: boolean;
  /** Keeps the record of the Kubernetes target, each time before what it records is done. */
  readonly keep: (record: TargetRecord) => void;
  /** @default nothing that is no longer wanted is removed */
  readonly mayPrune?: (plan: ApplyPlan) => Promise<boolean>;
  readonly tell: (step: UpStep, message: string) => void;
  readonly done: (step: UpStep) => void;
  readonly note: (line: string) => void;
}

/**
 * Brings up what runs in the cluster, by the Kubernetes target itself: templates and streams on the domain, the manifests, and the
 * dashboards in the domain's own Dashboards, both through the tunnel. Can be interrupted anywhere and done again.
 *
 * @throws PodscopeError what the Kubernetes target throws; the signal's reason
 */
export async function deploy({ api, looked: { options, prospect }, kubeconfig, timeoutMs = 15 * 60_000, forceConflicts = false, mayPrune = async () => false, asker, ...request }: DeployRequest): Promise<UpResult> {
  const before = await readRecordInCluster(api, options.namespaces.logging);
  const record: TargetRecord = {
    version: 1, context: api.context, server: api.server, kubeconfig, at: new Date().toISOString(),
    options, foundNamespaces: prospect.foundNamespaces, onServer: before?.onServer ?? { user: false, setup: false },
  };
  return bringUp(api, { ...request, options, record, prospect, given: { user: undefined, ca: undefined, ...asker }, forceConflicts, timeoutMs, mayPrune });
}
