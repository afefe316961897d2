import { PodscopeError } from '@podscope/core';
import type { IndexClient } from '../client.ts';
import type { IndexChange, IndexChangeKind, IndexPlan, IndexSetup, JsonObject, ObservedIndices } from '../model.ts';
import { textual } from '../normalise/json.ts';
import { observeIndexSetup } from '../observe/observe.ts';
import { adaptSetup } from './adapt.ts';
import { beforeOf } from './before.ts';
import { planAttachments } from './attach.ts';
import { type DesiredThing, desiredThings } from './desired.ts';
import { differences } from './differences.ts';
import { KINDS, owns } from './kinds.ts';
import { orderOf } from './order.ts';
import { clashesOf, overlapsOf } from './overlap.ts';
import { prunings } from './prune.ts';
import { reasonFor, showValue } from './reason.ts';
import { riskOf } from './risk.ts';
import { makeRoom } from './room.ts';
import { type BehindMode, planStream } from './streams.ts';

/** How a plan treats what others made, what is no longer wanted, and what is behind its template. */
export interface PlanOptions {
  /** Take over things of the same name that somebody else made, instead of refusing. @default false */
  readonly adopt?: boolean;
  /** Delete what the owner has and the setup doesn't name; nothing else, ever. @default false */
  readonly prune?: boolean;
  /**
   * Data streams and rollover aliases whose template has moved on: `catch-up` updates the mapping of the write index where
   * it can take the difference, and rolls over where it can't; `rewrite` also names the older indices to reindex; `name`
   * only says which they are. @default 'catch-up'
   */
  readonly behind?: BehindMode;
}

/**
 * Observes and plans in one step. Errors as {@link observeIndexSetup} and {@link planIndices}.
 */
export async function planIndexSetup(client: IndexClient, setup: IndexSetup, options: PlanOptions = {}): Promise<IndexPlan> {
  const observed = await observeIndexSetup(client, setup, { owned: options.prune === true, history: options.behind === 'rewrite' });
  return planIndices(observed, setup, options);
}

/**
 * Compares by meaning what stands with what should stand. Pure: asks no server. Things that the setup does not name are
 * part of a plan only with `prune`, and only if they are the owner's.
 *
 * @throws PodscopeError INDEX_NOT_OWNED when a name of the setup is somebody else's, or an index template of somebody
 * else's and one of the setup would stand in each other's way, and `adopt` is not set.
 * @throws PodscopeError INDEX_NAME_TAKEN when a plain index or alias has the name of a data stream or alias.
 * @throws PodscopeError INDEX_SERVER_UNSUPPORTED when the server has no composable templates and the setup has some.
 */
export function planIndices(observed: ObservedIndices, wanted: IndexSetup, options: PlanOptions = {}): IndexPlan {
  refuseUnsupported(observed, wanted);
  refuseTaken(observed);
  const { setup, notes } = adaptSetup(wanted, observed.capabilities);
  const desired = desiredThings(observed, setup);
  refuseClashes(observed, setup);
  if (options.adopt !== true) refuseForeign(observed, setup, desired);
  const changes = desired.map((thing) => compare(observed, setup, thing, options.adopt === true));
  const edited = new Set(changes.filter(({ action }) => action !== 'none').map(({ kind, name }) => `${kind}/${name}`));
  const streams: Record<string, string> = {};
  const stuck: string[] = [];
  const behind = (['data-stream', 'rollover-alias'] as const).flatMap((kind) =>
    (kind === 'data-stream' ? setup.dataStreams : Object.keys(setup.rolloverAliases)).flatMap((name) => {
      const plan = planStream(observed, setup, kind, name, options.behind ?? 'catch-up', edited);
      if (plan.template !== undefined) streams[name] = plan.template;
      stuck.push(...plan.notes);
      return plan.changes;
    }),
  );
  const policies = new Set(changes.filter(({ kind, action }) => kind === 'lifecycle-policy' && action !== 'none').map(({ name }) => name));
  const attached = planAttachments(observed, setup, policies).map((change) => ({ ...change, ...beforeOf(observed, change) }));
  // A stream says one thing: what is done to it stands instead of the line that it is there.
  const spoken = new Set([...behind, ...attached].map(({ kind, name }) => `${kind}/${name}`));
  const pruned = options.prune === true ? prunings(observed, wanted, setup) : { changes: [], notes: [] };
  const all = [
    ...changes.filter(({ kind, name, action }) => action !== 'none' || !spoken.has(`${kind}/${name}`)),
    ...behind,
    ...attached,
    ...pruned.changes,
  ];
  // The sort is stable: within a step things stay in the setup's order.
  const ordered = [...makeRoom(observed, all)].sort((one, other) => orderOf(one) - orderOf(other));
  return { owner: setup.owner, notes: [...notes, ...shadowed(observed, setup), ...stuck, ...pruned.notes], changes: ordered, streams };
}

function compare(observed: ObservedIndices, setup: IndexSetup, { kind, name, body, touches }: DesiredThing, adopt: boolean): IndexChange {
  const { stored, normalise } = KINDS[kind];
  const there = stored(observed, name);
  if (there === undefined) return { kind, name, action: 'create', reason: 'does not exist', desired: body, risk: riskOf(kind, 'create'), touches };
  const found = differences(normalise(there), normalise(body));
  const before = beforeOf(observed, { kind, name, action: 'update' });
  const ours = owns(observed, kind, name, setup.owner) || underOwnTemplate(observed, setup, kind, name);
  if (found.length === 0 && (ours || !adopt)) {
    const reason = kind === 'data-stream' || kind === 'rollover-alias' ? 'exists' : 'is as desired';
    return { kind, name, action: 'none', reason, desired: body, risk: 'none', touches: [], ...before };
  }
  const reason = `${ours ? '' : 'adopted; '}${found.length === 0 ? 'is as desired' : reasonFor(found)}`;
  return { kind, name, action: 'update', reason, desired: body, risk: riskOf(kind, 'update'), touches, ...before, differences: found };
}

/** A transient setting holds instead of the persistent one that a plan makes. */
function shadowed({ transientSettings }: ObservedIndices, setup: IndexSetup): readonly string[] {
  return Object.entries(setup.clusterSettings).flatMap(([name, value]) => {
    const holds = transientSettings[name];
    if (holds === undefined || JSON.stringify(holds) === JSON.stringify(textual(value))) return [];
    return [`cluster setting ${name}: its transient value ${showValue(holds)} holds instead, until somebody takes it away or the cluster starts anew`];
  });
}

function refuseUnsupported({ capabilities }: ObservedIndices, setup: IndexSetup): void {
  const templates = [...Object.keys(setup.componentTemplates), ...Object.keys(setup.indexTemplates)];
  if (capabilities.composableTemplates !== false || templates.length === 0) return;
  throw new PodscopeError('INDEX_SERVER_UNSUPPORTED', `The server (${capabilities.distribution} ${capabilities.version}) has no composable templates, and the setup has ${templates.length}.`, {
    hint: 'Use legacyTemplates there, or a newer server.',
    details: templates,
  });
}

function refuseTaken(observed: ObservedIndices): void {
  const taken = Object.entries(observed.taken).map(([name, what]) => `${name} (${what})`);
  if (taken.length === 0) return;
  throw new PodscopeError('INDEX_NAME_TAKEN', `Names of data streams or aliases are already in use: ${taken.join(', ')}.`, {
    hint: 'Reindex what is there under another name and delete it, or choose other names.',
  });
}

/** A server takes no two index templates of one priority for the same names, whoever owns them. */
function refuseClashes(observed: ObservedIndices, setup: IndexSetup): void {
  const clashes = clashesOf(observed, setup);
  const [first] = clashes;
  if (first === undefined) return;
  throw new PodscopeError('INDEX_NOT_OWNED', `No server takes this: ${first}${clashes.length > 1 ? ` (and ${clashes.length - 1} more)` : ''}.`, {
    hint: 'Give one of them another priority, or other patterns; `prune` takes away what is left from an earlier setup. Adopting does not help.',
    details: clashes,
  });
}

function refuseForeign(observed: ObservedIndices, setup: IndexSetup, desired: readonly DesiredThing[]): void {
  const foreign = [...desired.flatMap((thing) => foreignThing(observed, setup, thing)), ...overlapsOf(observed, setup)];
  if (foreign.length === 0) return;
  throw new PodscopeError('INDEX_NOT_OWNED', `Somebody else made ${foreign.join(', ')}.`, {
    hint: 'Choose other names, or plan with `adopt: true` to take these over.',
    details: foreign,
  });
}

function foreignThing(observed: ObservedIndices, setup: IndexSetup, { kind, name, body }: DesiredThing): readonly string[] {
  const { stored, normalise, mark } = KINDS[kind];
  const there: JsonObject | undefined = stored(observed, name);
  if (there === undefined || owns(observed, kind, name, setup.owner)) return [];
  if (kind === 'data-stream') return underOwnTemplate(observed, setup, kind, name) ? [] : [`data-stream ${name} (template ${observed.dataStreams[name]?.template ?? 'unknown'})`];
  // What carries no mark and is as desired needs no change, whoever made it.
  const equal = mark === undefined && kind !== 'rollover-alias' && differences(normalise(there), normalise(body)).length === 0;
  return equal ? [] : [`${kind} ${name}`];
}

/** A data stream is ours too when its template is part of the setup. */
function underOwnTemplate(observed: ObservedIndices, setup: IndexSetup, kind: IndexChangeKind, name: string): boolean {
  const template = observed.dataStreams[name]?.template ?? null;
  return kind === 'data-stream' && template !== null && Object.hasOwn(setup.indexTemplates, template);
}
