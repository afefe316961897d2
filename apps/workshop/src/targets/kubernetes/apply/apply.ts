import { setTimeout as sleep } from 'node:timers/promises';
import { isPodscopeError, PodscopeError } from '@podscope/core';
import type { KubernetesApi, ObjectRef, ObjectToWrite, Written } from '@podscope/fault-injectors/kubernetes';
import { APPLYSET, bookRef, groupKindOf, titleOf } from './applySet.ts';
import { madeByNote, type Scope, writeBook } from './book.ts';
import { established } from './establish.ts';
import { withoutMembership } from './manifest.ts';
import type { ApplyAction, ApplyChange, ApplyPlan } from './plan.ts';
import { preview } from './preview.ts';
import { stagesOf } from './stages.ts';
import { throwFailures, together } from './together.ts';

/** How far an apply is. */
export interface ApplyProgress {
  /** `check`: the server is asked and nothing is written; then a stage's name; `prune`. */
  readonly step: string;
  readonly ref: ObjectRef;
  readonly action: ApplyAction;
  /** Of everything that is written. */
  readonly done: number;
  readonly total: number;
}

/** Options of {@link applyObjects}. */
export interface ApplyOptions {
  /** Takes fields that other managers own. @default false: an error names them */
  readonly forceConflicts?: boolean;
  readonly onProgress?: (progress: ApplyProgress) => void;
  readonly signal?: AbortSignal | undefined;
}

/** What an apply came to. */
export interface ApplyReceipt {
  readonly changes: readonly { readonly ref: ObjectRef; readonly action: ApplyAction; readonly uid?: string | undefined }[];
  /** What the server warned of: deprecated versions, pods that pod security would refuse. */
  readonly warnings: readonly { readonly ref: ObjectRef; readonly text: string }[];
}

const NOTHING = 'Nothing was written.';
const SOME = 'What was applied before it stays: apply again, or remove the set.';

/**
 * Carries out a plan: asks the server of everything first, then writes the book, so that whatever is made can be found, then stage by
 * stage all objects of a stage at once, then removes what is no longer wanted. It can be interrupted anywhere and done again.
 *
 * @throws PodscopeError what blocks the plan, KUBE_UNKNOWN_FIELD, KUBE_FORBIDDEN, KUBE_CONFLICT (its details name field and manager),
 *   KUBE_REFUSED, KUBE_NOT_READY; the signal's reason. Up to the check of all objects nothing was written, and the message says so.
 */
export async function applyObjects(api: KubernetesApi, plan: ApplyPlan, { forceConflicts = false, onProgress = () => {}, signal }: ApplyOptions = {}): Promise<ApplyReceipt> {
  const { changes } = plan;
  throwFailures(plan.blocked.map(({ ref, source, code, message, hint }) => ({ ref, source, error: new PodscopeError(code, `${titleOf(ref)}: ${message}`, { hint }) })), NOTHING);
  const written = changes.filter(({ action }) => action === 'create' || action === 'update');
  const ending = changes.filter(({ action }) => action === 'prune' || action === 'release');
  const total = written.length + ending.length;
  const warnings = new Map<string, { readonly ref: ObjectRef; readonly text: string }>();
  const onWarnings = ({ ref }: ApplyChange, texts: readonly string[]): void => texts.forEach((text) => warnings.set(`${titleOf(ref)} ${text}`, { ref, text }));
  let done = 0;
  const told = (step: string, { ref, action }: ApplyChange): void => onProgress({ step, ref, action, done: step === 'check' ? done : ++done, total });
  const uids = new Map<ApplyChange, string | undefined>();

  throwFailures(await preview(api, plan, written, { forceConflicts, onWarnings, onDone: (change) => told('check', change), signal }), NOTHING);
  await keepBook(api, plan, signal);
  for (const stage of stagesOf(written, ({ ref }) => ref.kind)) {
    const failures = await together(stage.items, signal, async (change) => {
      const { object, warnings: texts } = await write(api, plan, change, { force: forceConflicts, signal });
      uids.set(change, object.metadata.uid);
      onWarnings(change, texts);
      told(stage.name, change);
    });
    throwFailures(failures, SOME);
    await Promise.all(stage.items.filter(({ ref }) => ref.kind === 'CustomResourceDefinition').map(({ ref }) => established(api, ref, signal)));
  }
  for (const stage of stagesOf(ending, ({ ref }) => ref.kind).toReversed()) {
    throwFailures(await together(stage.items, signal, async (change) => end(api, change, () => told('prune', change), signal)), 'All was applied; this was to be removed. Apply again.');
  }
  if (total > 0 && !sameScope(plan.during, plan.after)) await writeBook(api, plan.id, plan.after, signal);
  return { changes: changes.map((change) => ({ ref: change.ref, action: change.action, uid: uids.get(change) ?? change.uid })), warnings: [...warnings.values()] };
}

const sameScope = (a: Scope | undefined, b: Scope): boolean => a !== undefined && a.groupKinds.join() === b.groupKinds.join() && a.namespaces.join() === b.namespaces.join();

/** The book names all that is going to be made, before any of it is. */
async function keepBook(api: KubernetesApi, plan: ApplyPlan, signal: AbortSignal | undefined): Promise<void> {
  if (sameScope(plan.book, plan.during)) return;
  const { namespace } = bookRef(plan.id);
  if (namespace !== undefined && plan.namespaces[namespace] === 'missing') await makeNamespace(api, plan, namespace, signal);
  await writeBook(api, plan.id, plan.during, signal);
}

/** Makes a namespace with the note that the set made it. False when somebody else was faster: it is theirs. */
async function makeNamespace(api: KubernetesApi, { id, label }: ApplyPlan, name: string, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    await api.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { [APPLYSET.partOf]: label }, annotations: madeByNote(id) } }, { signal });
    return true;
  } catch (error) {
    if (!isPodscopeError(error, 'KUBE_CONFLICT')) throw error;
    const { metadata } = (await api.read({ apiVersion: 'v1', kind: 'Namespace', name })) ?? { metadata: undefined };
    return Object.entries(madeByNote(id)).every(([key, value]) => metadata?.annotations?.[key] === value);
  }
}

async function write(api: KubernetesApi, plan: ApplyPlan, change: ApplyChange, options: { readonly force: boolean; readonly signal: AbortSignal | undefined }): Promise<Written> {
  const { manifest, ref, action } = change;
  if (manifest === undefined) throw new TypeError(`${titleOf(ref)} has nothing to apply.`);
  if (ref.kind === 'Namespace' && action === 'create') {
    const ours = await makeNamespace(api, plan, ref.name, options.signal);
    return api.apply((ours ? manifest : withoutMembership(manifest)).reveal(), options);
  }
  return insistently(api, manifest.reveal(), plan.defined.includes(groupKindOf(ref)), options);
}

const INSIST_MS = 10_000;
const PAUSE_MS = 100;
/** What is only not ready yet, when its namespace, its quota or its definition was made a moment ago. */
const NOT_YET = /status unknown for quota|serviceaccount "[^"]*" not found|error looking up service account/;

/** Applies; and again for a while, where the server's own controllers are just about to make what it needs. */
async function insistently(api: KubernetesApi, object: ObjectToWrite, defined: boolean, options: { readonly force: boolean; readonly signal: AbortSignal | undefined }): Promise<Written> {
  const deadline = performance.now() + INSIST_MS;
  for (;;) {
    try {
      return await api.apply(object, options);
    } catch (error) {
      const soon = error instanceof PodscopeError && (NOT_YET.test(error.message) || (defined && (error.code === 'KUBE_KIND_UNKNOWN' || error.code === 'KUBE_NOT_FOUND')));
      if (!soon || performance.now() > deadline) throw error;
      await sleep(PAUSE_MS, undefined, options.signal === undefined ? {} : { signal: options.signal });
    }
  }
}

/** Removes what is no longer wanted, if it is still the same object; or gives its fields back. */
async function end(api: KubernetesApi, { ref, action, uid }: ApplyChange, onDone: () => void, signal: AbortSignal | undefined): Promise<void> {
  if (action === 'release') await release(api, ref, signal);
  else await api.remove(ref, { propagation: 'Background', ...(uid === undefined ? {} : { uid }) });
  onDone();
}

/** An apply of nothing gives up every field that only we own: server-side apply removes what an applier no longer names. */
export async function release(api: KubernetesApi, { apiVersion, kind, namespace, name }: ObjectRef, signal?: AbortSignal): Promise<void> {
  await api.apply({ apiVersion, kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } }, { signal });
}
