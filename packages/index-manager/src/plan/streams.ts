import { classifySettingChange, type SettingChange } from '../mappings/classify-settings.ts';
import { mappingUpdate } from '../mappings/update.ts';
import type { Difference, IndexChange, IndexSetup, JsonObject, ObservedIndex, ObservedIndices, ObservedStream } from '../model.ts';
import { beforeOf } from './before.ts';
import { type Behind, behindTemplate, differencesOf, isFree, needsReindex, placeOf, takesInPlace } from './behind.ts';
import { firstIndexOf } from './desired.ts';
import { fingerprint } from './fingerprint.ts';
import { ownsByLedger } from './ownership.ts';
import { reasonFor } from './reason.ts';
import { type ResolvedTemplate, resolveTemplate } from './resolve.ts';

/** What is done with data streams and rollover aliases whose template has moved on. */
export type BehindMode = 'name' | 'catch-up' | 'rewrite';

/** The changes of one stream, and what the ledger is to remember of it. */
export interface StreamPlan {
  readonly changes: readonly IndexChange[];
  /** Undefined while it stays behind. */
  readonly template: string | undefined;
  /** What can't be done about it, and why. */
  readonly notes: readonly string[];
}

interface Stream extends ObservedStream {
  readonly kind: 'data-stream' | 'rollover-alias';
  readonly name: string;
}

/**
 * What brings a stream up to its template: a mapping update where its write index can take all of the difference, else a
 * rollover; with `rewrite` also a reindex of each index that holds fields in another way. Pure.
 *
 * @param edited Index and component templates that the same plan changes.
 */
export function planStream(observed: ObservedIndices, setup: IndexSetup, kind: Stream['kind'], name: string, mode: BehindMode, edited: ReadonlySet<string>): StreamPlan {
  const resolved = resolveTemplate(setup, kind === 'data-stream' ? name : firstIndexOf(setup, name));
  const stream = (kind === 'data-stream' ? observed.dataStreams : observed.rolloverAliases)[name];
  if (resolved === undefined) return { changes: [], template: undefined, notes: [] };
  const template = fingerprint({ settings: resolved.settings, mapping: resolved.mapping });
  const index = stream?.writeIndex === undefined ? undefined : observed.indices[stream.writeIndex];
  const settled = observed.ledger.streams[name] === template && !parts(setup, resolved.template).some((part) => edited.has(part));
  // One that can't be written to can't be looked at either: nothing is known of it until it can.
  if (stream !== undefined && stream.writeIndex === undefined) return { changes: [], template: undefined, notes: [] };
  if (stream === undefined || index === undefined || (settled && mode !== 'rewrite')) return { changes: [], template, notes: [] };
  const found = behindTemplate(index, resolved);
  const behind: Behind = { ...found, settings: [...found.settings, ...leftPipelines(observed, setup, index, resolved)] };
  const withBefore = (change: IndexChange): IndexChange => ({ ...change, ...beforeOf(observed, change) });
  const current: Stream = { ...stream, kind, name };
  const held = mode === 'rewrite' ? stream.indices.flatMap((each) => reindexOf(observed, current, each, resolved.mappingBody, (found) => behindTemplate(found, resolved))) : [];
  // What can't be carried out is no change: with it, no plan would ever be empty.
  const stuck = kind === 'data-stream' && observed.capabilities.modifyDataStream === false && held.length > 0;
  const reindexes = stuck ? [] : held;
  const notes = stuck ? [`data stream ${name}: ${held.flatMap(({ touches }) => touches).join(', ')} can't be rewritten: this server does not exchange backing indices; they keep the mapping that they have until they are deleted by age`] : [];
  if (settled || behind.mapping.length + behind.settings.length === 0) return { changes: reindexes.map(withBefore), template, notes };
  if (mode === 'name') {
    const reason = `is behind its template ${resolved.template} (${reasonFor(differencesOf([...behind.mapping, ...behind.settings]))})`;
    return { changes: [withBefore(changeOf(current, 'none', reason, []))], template: undefined, notes };
  }
  return { changes: [catchUp(current, index, behind, resolved), ...reindexes].map(withBefore), template, notes };
}

function catchUp(stream: Stream, live: ObservedIndex, behind: Behind, { template, mappingBody }: ResolvedTemplate): IndexChange {
  const index = stream.writeIndex ?? stream.name;
  const found = differencesOf([...behind.mapping, ...behind.settings]);
  const hard = [...behind.mapping, ...behind.settings].filter((each) => !isFree(each));
  const why = fewOf(hard.map((change) => `${placeOf(change)} (${change.why})`));
  if (takesInPlace(behind)) {
    const change = changeOf(stream, 'put-mapping', `${index} takes what is new in ${template} as it stands${hard.length > 0 ? `; one-way: ${why}` : ''}`, found);
    return { ...change, risk: hard.length > 0 ? 'careful' : 'safe', desired: inPlace(index, live, behind, mappingBody) };
  }
  const older = needsReindex(behind).length > 0 ? '; its older indices keep theirs until they are reindexed' : '';
  return { ...changeOf(stream, 'rollover', `only a new index takes all of ${template}: ${why}${older}`, found), desired: { index } };
}

function inPlace(index: string, live: ObservedIndex, { mapping, settings }: Behind, mappings: JsonObject): JsonObject {
  return {
    index,
    ...(mapping.length === 0 ? {} : { mappings: mappingUpdate(live.mappings, mappings, mapping) }),
    ...(settings.length === 0 ? {} : { settings: Object.fromEntries(settings.map(({ setting, after }) => [setting, after ?? null])) }),
  };
}

function reindexOf(observed: ObservedIndices, stream: Stream, index: string, mappings: JsonObject, compare: (index: ObservedIndices['indices'][string]) => Behind): readonly IndexChange[] {
  const found = observed.indices[index];
  const held = found === undefined ? [] : needsReindex(compare(found));
  if (held.length === 0) return [];
  const change = changeOf(stream, 'reindex', `${index} holds fields in another way: ${fewOf(held.map((each) => `${placeOf(each)} (${each.why})`))}`, differencesOf(held));
  const impossible = held.filter((each) => each.class === 'impossible').map(({ path, why }) => `${path}: ${why}`);
  return [{ ...change, touches: [index], desired: { index, stream: stream.name, mappings, ...(impossible.length === 0 ? {} : { impossible }) } }];
}

/**
 * Pipelines of ours that the index still sends documents through, and its template no longer: with the pipeline deleted, the
 * server would refuse every document.
 */
function leftPipelines({ ledger }: ObservedIndices, setup: IndexSetup, { settings }: ObservedIndex, resolved: ResolvedTemplate): readonly SettingChange[] {
  return (['index.default_pipeline', 'index.final_pipeline'] as const).flatMap((setting): readonly SettingChange[] => {
    const before = settings[setting];
    if (typeof before !== 'string' || before === '_none' || resolved.settings[setting] !== undefined) return [];
    const ours = Object.hasOwn(setup.ingestPipelines, before) || ownsByLedger(ledger, `ingest-pipeline/${before}`, setup.owner);
    return ours ? classifySettingChange({ [setting]: before }, {}) : [];
  });
}

const SHOWN = 3;

function fewOf(reasons: readonly string[]): string {
  const more = reasons.length - SHOWN;
  return [...reasons.slice(0, SHOWN), ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

function changeOf(stream: Stream, action: 'none' | 'put-mapping' | 'rollover' | 'reindex', reason: string, differences: readonly Difference[]): IndexChange {
  return {
    kind: stream.kind,
    name: stream.name,
    action,
    reason,
    risk: action === 'none' ? 'none' : action === 'put-mapping' ? 'safe' : 'careful',
    touches: stream.writeIndex === undefined ? [] : [stream.writeIndex],
    ...(differences.length === 0 ? {} : { differences }),
  };
}

function parts(setup: IndexSetup, template: string): readonly string[] {
  return [`index-template/${template}`, ...(setup.indexTemplates[template]?.composed_of ?? []).map((name) => `component-template/${name}`)];
}
