import { PodscopeError, redactText } from '@podscope/core';
import type { KubernetesApi, KubernetesObject, ObjectRef, ObjectToWrite } from '@podscope/fault-injectors/kubernetes';
import { keyOf, refOf, titleOf } from '../apply/applySet.ts';
import { comesUp } from './judge.ts';
import { type Reason, reasonText } from './reasons.ts';
import { stateLines, stateOf, type WorkloadState } from './state.ts';
import { followSurroundings } from './surroundings.ts';

/** Options of {@link waitForWorkloads}. */
export interface WaitOptions {
  /** Called when the state of a workload changes, and once for each at the beginning. */
  readonly onProgress?: (state: WorkloadState) => void;
  readonly signal?: AbortSignal | undefined;
  /** @default 300000 */
  readonly timeoutMs?: number;
  /** How long a reason that will not pass by itself has to last before it ends the wait: a quota may be about to be raised. @default 10000 */
  readonly graceMs?: number;
}

const TIMEOUT_MS = 300_000;
const GRACE_MS = 10_000;
/** Changes come in bursts, and each look goes over all pods. */
const LOOK_EVERY_MS = 50;
const LOG_LINES = 10;
const MOST_LOGS = 3;

/** Objects of one kind in one namespace, which one watch tells of. */
interface Group {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly refs: readonly ObjectRef[];
}

function groupsOf(refs: readonly ObjectRef[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const ref of refs) {
    const key = JSON.stringify([ref.apiVersion, ref.kind, ref.namespace]);
    groups.set(key, { apiVersion: ref.apiVersion, kind: ref.kind, namespace: ref.namespace, refs: [...(groups.get(key)?.refs ?? []), ref] });
  }
  return [...groups.values()];
}

/** An object as it is needed here: who owns which field is the greater part of many, and isn't. */
function light(object: KubernetesObject): KubernetesObject {
  const { managedFields: _managed, ...metadata } = object.metadata;
  return { ...object, metadata };
}

/**
 * Waits by watching until everything that comes up some time after it was applied has come up, as `kubectl rollout status` judges it:
 * Deployments, StatefulSets, DaemonSets, Jobs, Pods, claims, load balancers, definitions, namespaces. Other objects are left out.
 *
 * @throws PodscopeError KUBE_NOT_READY after the timeout, or as soon as something has failed for good or for a reason that will not pass
 *   by itself; its details say why for each workload that is not done. The signal's reason when it is aborted.
 */
export async function waitForWorkloads(api: KubernetesApi, objects: readonly ObjectToWrite[], options: WaitOptions = {}): Promise<readonly WorkloadState[]> {
  const { onProgress = () => {}, signal, timeoutMs = TIMEOUT_MS, graceMs = GRACE_MS } = options;
  signal?.throwIfAborted();
  const refs = objects.filter(comesUp).map(refOf);
  const deadline = AbortSignal.timeout(timeoutMs);
  const done = new AbortController();
  const stop = AbortSignal.any([deadline, done.signal, ...(signal === undefined ? [] : [signal])]);

  const known = new Map<string, KubernetesObject>();
  const listed = new Set<Group>();
  const groups = groupsOf(refs);
  let wake: () => void = () => {};
  let dirty = false;
  const changed = (): void => {
    dirty = true;
    wake();
  };
  const surroundings = followSurroundings(api, [...new Set(refs.flatMap(({ namespace }) => namespace ?? []))], stop, changed);
  const watches = Promise.all([surroundings.ended, ...groups.map((group) => follow(api, group, stop, known, () => listed.add(group), changed))]);
  let broken: { readonly error: unknown } | undefined;
  watches.catch((error: unknown) => {
    broken = { error };
    changed();
  });

  const told = new Map<string, string>();
  const since = new Map<string, number>();
  try {
    for (;;) {
      dirty = false;
      const states = refs.map((ref) => stateOf(ref, known.get(keyOf(ref)), surroundings.current(), Date.now()));
      const allListed = groups.every((group) => listed.has(group));
      for (const state of allListed ? states : []) {
        const text = stateLines(state).join('\n');
        if (told.get(keyOf(state.ref)) !== text) onProgress(state);
        told.set(keyOf(state.ref), text);
      }
      if (broken !== undefined) throw broken.error;
      signal?.throwIfAborted();
      if (allListed && states.every(({ state }) => state === 'done')) return states;
      const grace = lasting(states, since, graceMs);
      if (deadline.aborted || states.some(({ state }) => state === 'failed') || grace <= 0) throw await notReady(api, states, deadline.aborted ? timeoutMs : undefined);
      await next(stop, grace, (resolve) => {
        wake = resolve;
        // Something may have come while this was thinking.
        if (dirty) resolve();
      });
    }
  } finally {
    done.abort();
    await watches.catch(() => undefined);
  }
}

async function follow(api: KubernetesApi, { apiVersion, kind, namespace, refs }: Group, signal: AbortSignal, known: Map<string, KubernetesObject>, onListed: () => void, changed: () => void): Promise<void> {
  const wanted = new Set(refs.map(keyOf));
  const [first] = refs;
  const only = refs.length === 1 && first !== undefined ? { fieldSelector: `metadata.name=${first.name}` } : {};
  const project = (object: KubernetesObject): KubernetesObject | undefined => (wanted.has(keyOf(refOf(object))) ? light(object) : undefined);
  for await (const event of api.watch({ apiVersion, kind, ...(namespace === undefined ? {} : { namespace }), ...only }, { signal, project })) {
    if (event.type === 'initial') onListed();
    else if (event.object === undefined) continue;
    else if (event.type === 'deleted') known.delete(keyOf(refOf(event.object)));
    else known.set(keyOf(refOf(event.object)), event.object);
    changed();
  }
}

/** How long until the first of the reasons that will not pass by themselves has lasted too long; without one, for ever. */
function lasting(states: readonly WorkloadState[], since: Map<string, number>, graceMs: number): number {
  const finals = new Set(states.filter(({ reasons }) => reasons.some(({ final }) => final)).map(({ ref }) => keyOf(ref)));
  for (const key of since.keys()) if (!finals.has(key)) since.delete(key);
  for (const key of finals) if (!since.has(key)) since.set(key, performance.now());
  return Math.min(...[...since.values()].map((begun) => begun + graceMs - performance.now()), Number.POSITIVE_INFINITY);
}

/** Ends with the next change, after a time, or with the signal; never sooner than a burst lasts. */
async function next(stop: AbortSignal, withinMs: number, onWake: (wake: () => void) => void): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = Number.isFinite(withinMs) ? setTimeout(resolve, withinMs) : undefined;
    const end = (): void => {
      clearTimeout(timer);
      stop.removeEventListener('abort', end);
      resolve();
    };
    stop.addEventListener('abort', end, { once: true });
    onWake(end);
    if (stop.aborted) end();
  });
  if (!stop.aborted) await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
}

async function notReady(api: KubernetesApi, states: readonly WorkloadState[], timeoutMs: number | undefined): Promise<PodscopeError> {
  const left = states.filter(({ state }) => state !== 'done');
  const names = left.map(({ ref }) => titleOf(ref));
  const logs = left.flatMap(({ reasons }) => reasons.flatMap(({ log }) => log ?? [])).slice(0, MOST_LOGS);
  const details = [...left.flatMap(stateLines), ...(await Promise.all(logs.map((log) => logLines(api, log)))).flat()];
  const [first] = left.flatMap(({ ref, reasons }) => reasons.map((reason) => `${titleOf(ref)}: ${reasonText(reason)}`));
  return new PodscopeError('KUBE_NOT_READY', `${left.length} of ${states.length} did not come up${timeoutMs === undefined ? '' : ` within ${Math.round(timeoutMs / 1000)} s`}: ${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}.`, {
    hint: first === undefined ? 'What is there stays; look again in a while, or look at its events: kubectl describe.' : `First: ${first.slice(0, 300)}`,
    details,
  });
}

/** The last lines of a container's log; nothing where there is none. */
async function logLines(api: KubernetesApi, { namespace, name, container, previous }: NonNullable<Reason['log']>): Promise<readonly string[]> {
  try {
    const text = await api.logs({ namespace, name, container }, { tailLines: LOG_LINES, previous });
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    return lines.length === 0 ? [] : [`Last lines of container ${container} of pod ${namespace}/${name}:`, ...lines.map((line) => `  ${redactText(line)}`)];
  } catch {
    // It is only there to say more: without rights to read it, or without a node that has it, there is no log.
    return [];
  }
}
