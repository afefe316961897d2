import type { IndexSetup } from '@podscope/index-manager';
import type { KubernetesApi, ObjectToWrite } from '@podscope/fault-injectors/kubernetes';
import type { SavedObject } from '@podscope/saved-objects';
import { applyObjects, type ApplyReceipt } from '../apply/apply.ts';
import { type ApplyPlan, isUnchanged } from '../apply/plan.ts';
import { type Identity, openOpenSearch, type OpenSearchAccess } from '../opensearch/access.ts';
import { READER, SHIPPER } from '../opensearch/roles.ts';
import { USERS_SECRET } from '../opensearch/secrets.ts';
import { readSecret } from '../opensearch/secretValues.ts';
import { putReader, putShipper, shipperUser } from '../opensearch/serverUsers.ts';
import { isSecured, type TargetOptions } from '../options.ts';
import { recordObject, type TargetRecord } from '../record/record.ts';
import { type OpenSearchHealth, putIndices, untilHealthy } from './indices.ts';
import { type DesiredContext, planFor, type Prospect } from './prospect.ts';
import { importInto } from './savedObjects.ts';
import { untilOperated } from './operated.ts';
import type { WorkloadState } from '../wait/state.ts';
import { waitForWorkloads } from '../wait/waitForWorkloads.ts';
import { waitingLine } from './waiting.ts';

/** The steps of an `up`, in their order. */
export const upTitles = {
  preflight: 'Look at the cluster',
  opensearch: 'OpenSearch',
  indices: 'Put templates, pipelines and data streams in place',
  apply: 'Apply the manifests',
  wait: 'Wait until everything is ready',
  dashboards: 'Import the dashboards',
} as const;
export type UpStep = keyof typeof upTitles;

/** What `up` is told. */
export interface UpRequest {
  readonly options: TargetOptions;
  readonly record: TargetRecord;
  readonly prospect: Prospect;
  /** Who asks a server that was there before. */
  readonly given: Identity;
  readonly indices: IndexSetup;
  readonly savedObjects: readonly SavedObject[];
  readonly forceConflicts: boolean;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Keeps the record, each time before what it records is done. */
  readonly keep: (record: TargetRecord) => void;
  /** Whether what is no longer wanted may be removed; asked once, when there is something. */
  readonly mayPrune: (plan: ApplyPlan) => Promise<boolean>;
  readonly tell: (step: UpStep, message: string) => void;
  readonly done: (step: UpStep) => void;
  readonly note: (line: string) => void;
}

/** What an `up` came to. */
export interface UpResult {
  readonly applied: ApplyReceipt;
  readonly workloads: readonly WorkloadState[];
  readonly opensearch: OpenSearchHealth & { readonly url: string };
  /** How many templates, pipelines and streams had to be made or changed. */
  readonly indices: number;
  readonly dashboards: { readonly imported: number; readonly version: string } | undefined;
}

/**
 * Brings a target up, or up to what is wanted: OpenSearch first, and what stands in it, so that no shipper writes into an index that the
 * server made up; then everything. Can be interrupted anywhere and done again.
 *
 * @throws PodscopeError what the parts throw; the signal's reason
 */
export async function bringUp(api: KubernetesApi, request: UpRequest): Promise<UpResult> {
  const { options, prospect, signal, tell, done } = request;
  let { record } = request;
  const keep = (changed: Partial<TargetRecord>): void => {
    record = { ...record, ...changed };
    request.keep(record);
  };
  keep({});
  let context: DesiredContext = { options, manifests: prospect.manifests, record, given: request.given, shipping: prospect.manifests.shipping, trusting: prospect.manifests.trusting };

  tell('opensearch', options.opensearch.how === 'url' ? 'asking it' : 'applying it');
  if (options.opensearch.how !== 'url') await applyOpenSearch(api, request, context);
  await using opensearch = await openOpenSearch(api, options, request.given);
  const health = await untilHealthy(opensearch.client, signal);
  if (options.opensearch.how === 'url') context = { ...context, shipper: await shipperOn(opensearch, api, request, (user) => keep({ onServer: { ...record.onServer, user } })) };
  else if (options.opensearch.how === 'operator') await putOperatedUsers(opensearch, api, options);
  done('opensearch');

  tell('indices', '');
  keep({ onServer: { ...record.onServer, setup: true } });
  const indices = await putIndices(opensearch.client, request.indices, health);
  done('indices');

  tell('apply', 'planning');
  const plan = await planFor(api, { ...context, record }, true);
  const applied = await applyAll(api, request, plan);
  done('apply');

  tell('wait', '');
  const workloads = await waitForWorkloads(api, context.manifests.objects as readonly object[] as readonly ObjectToWrite[], { timeoutMs: request.timeoutMs, signal, onProgress: waitingLine((message) => tell('wait', message)) });
  done('wait');

  let dashboards: UpResult['dashboards'];
  if (options.dashboards) {
    tell('dashboards', '');
    const { imported, product } = await importInto(api, options, opensearch, request.savedObjects, signal);
    dashboards = { imported, version: product.version };
    done('dashboards');
  }
  const end = await untilHealthy(opensearch.client, signal);
  return { applied, workloads, opensearch: { ...end, url: options.opensearch.how === 'url' ? opensearch.url : '' }, indices, dashboards };
}

/** Applies what OpenSearch is of, with the namespaces and Secrets, and waits until its pods are ready. Nothing is removed. */
async function applyOpenSearch(api: KubernetesApi, { options, forceConflicts, signal, tell, timeoutMs }: UpRequest, context: DesiredContext): Promise<void> {
  const { manifests } = context;
  const whole = await planFor(api, context, true);
  const ours = new Set(manifests.opensearch.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`));
  const first = new Set(['Namespace', 'Secret']);
  const record = recordObject(context.record).metadata.name;
  const changes = whole.changes.filter(({ action, ref }) => !['prune', 'release', 'leave'].includes(action) && (first.has(ref.kind) || ref.name === record || ours.has(`${ref.kind} ${ref.namespace ?? ''}/${ref.name}`)));
  const plan: ApplyPlan = { ...whole, changes };
  // The book then names what follows, too.
  if (!isUnchanged(plan) || whole.book === undefined) await applyObjects(api, { ...plan, after: whole.during }, { forceConflicts, signal, onProgress: ({ done, total }) => tell('opensearch', `applying it (${done} of ${total})`) });
  if (options.opensearch.how === 'operator') await untilOperated(api, options, { timeoutMs, signal, onProgress: (message) => tell('opensearch', message) });
  else await waitForWorkloads(api, manifests.opensearch.filter(({ kind }) => kind === 'StatefulSet') as readonly object[] as readonly ObjectToWrite[], { timeoutMs, signal, onProgress: waitingLine((message) => tell('opensearch', message)) });
}

async function applyAll(api: KubernetesApi, request: UpRequest, plan: ApplyPlan): Promise<ApplyReceipt> {
  const isGoing = (action: string): boolean => action === 'prune' || action === 'release';
  const may = !plan.changes.some(({ action }) => isGoing(action)) || (await request.mayPrune(plan));
  const wanted: ApplyPlan = may ? plan : { ...plan, changes: plan.changes.filter(({ action }) => !isGoing(action)), after: plan.during };
  return applyObjects(api, wanted, { forceConflicts: request.forceConflicts, signal: request.signal, onProgress: ({ step, done, total }) => request.tell('apply', step === 'check' ? 'asking the server of everything' : `${done} of ${total}`) });
}

/** Who ships to a server that was there before: a user of its own where that can be made. */
async function shipperOn({ client }: OpenSearchAccess, api: KubernetesApi, { options, given, prospect, note }: UpRequest, onMade: (made: boolean) => void): Promise<DesiredContext['shipper']> {
  if (!isSecured(options.opensearch) || given.user === undefined) return undefined;
  onMade(true);
  const shipper = await shipperUser(api, client, { shipping: prospect.manifests.shipping, given: given.user });
  if (!shipper.own) {
    onMade(false);
    note(`The server makes no user with less rights for the shippers (no security plugin, or not for ${given.user.username}): they get the one that was given.`);
  }
  return shipper;
}

/** The operator starts with its own users: those of the shippers and the console are made by its administrator. */
async function putOperatedUsers({ client }: OpenSearchAccess, api: KubernetesApi, { namespaces }: TargetOptions): Promise<void> {
  const users = await readSecret(api, namespaces.opensearch, USERS_SECRET);
  await putShipper(client, users?.[SHIPPER] ?? '');
  await putReader(client, users?.[READER] ?? '');
}
