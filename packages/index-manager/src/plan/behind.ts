import { classifyMappingChange, type MappingChange, worstClass } from '../mappings/classify.ts';
import { classifySettingChange, type SettingChange } from '../mappings/classify-settings.ts';
import type { Difference, JsonObject, ObservedIndex } from '../model.ts';
import type { ResolvedTemplate } from './resolve.ts';

/** In what an index differs from what its template says by now. */
export interface Behind {
  readonly mapping: readonly MappingChange[];
  readonly settings: readonly SettingChange[];
}

/**
 * Compares an index with its template. What the index has beside it (fields that came with documents, settings of the
 * server) is no difference, and neither is what lifecycle policies change while it runs.
 */
export function behindTemplate(index: ObservedIndex, resolved: ResolvedTemplate): Behind {
  const mapping = classifyMappingChange(index.mappings, resolved.mapping).filter(({ parameter, after }) => after !== undefined || (parameter !== 'properties' && parameter !== 'fields'));
  const said = Object.entries(resolved.settings).filter(([name, value]) => value !== undefined && value !== null && !AT_RUN_TIME.test(name));
  const stored = said.map(([name]) => [name, index.settings[name]] as const);
  return { mapping, settings: classifySettingChange(Object.fromEntries(stored) as JsonObject, Object.fromEntries(said) as JsonObject) };
}

/** Settings that a lifecycle policy, an operator or the server changes on an index that runs. */
const AT_RUN_TIME = /^index\.(?:number_of_replicas|auto_expand_replicas|priority|hidden|blocks\.|routing\.allocation\.|lifecycle\.|plugins\.index_state_management\.|opendistro\.index_state_management\.|version\.|uuid$|creation_date$|provided_name$)/u;

/** True when the index takes all of it as it stands. */
export function takesInPlace({ mapping, settings }: Behind): boolean {
  const worst = worstClass(mapping);
  return settings.every(isFree) && (worst === undefined || worst === 'free' || worst === 'one-way');
}

/** True for what an open index takes, and gives back. */
export function isFree(change: MappingChange | SettingChange): boolean {
  return change.class === 'free';
}

/** What keeps documents of the index from being what the template says, until they are written anew. */
export function needsReindex({ mapping }: Behind): readonly MappingChange[] {
  return mapping.filter((change) => change.class === 'reindex' || change.class === 'impossible');
}

/** Where a change is. */
export function placeOf(change: MappingChange | SettingChange): string {
  if ('setting' in change) return change.setting;
  // The path of a new field is its own, not that of what holds it.
  return change.parameter === 'properties' || change.parameter === 'fields' ? change.path : [change.path, change.parameter].filter(Boolean).join('.');
}

/** The same for a reader, with the class where it is a hard one. */
export function differencesOf(changes: readonly (MappingChange | SettingChange)[]): readonly Difference[] {
  return changes.map((change) => ({ path: placeOf(change), before: change.before, after: change.after, ...(isFree(change) ? {} : { note: `${change.class}: ${change.why}` }) }));
}
