import type { KubernetesObject, ObjectRef, ObjectToWrite } from '@podscope/fault-injectors/kubernetes';
import { APPLYSET, type ApplySetId, FIELD_MANAGER, groupKindOf, keyOf, NOTES, refOf, titleOf } from './applySet.ts';
import { type Blocked, blockOf } from './blocked.ts';
import { type Scope, union } from './book.ts';
import { type FieldChange, fieldChanges } from './differences.ts';
import { appliedBy, entriesOf } from './managedFields.ts';
import { type Manifest, manifestsOf, withoutMembership } from './manifest.ts';
import { isMadeBy, isMember, type NamespaceState, type ObservedSet } from './observe.ts';
import { lostFields, type LostField } from './ownership.ts';
import { stagesOf } from './stages.ts';

/** What is done with one object. `release` gives up our fields of a namespace that was there before; `leave` is somebody else's. */
export type ApplyAction = 'create' | 'update' | 'unchanged' | 'prune' | 'release' | 'leave';

/** One object of a plan. */
export interface ApplyChange {
  readonly ref: ObjectRef;
  readonly action: ApplyAction;
  /** Why, in one line. */
  readonly reason: string;
  /** The file that the object came from, where that is known. */
  readonly source?: string | undefined;
  /** The fields that an apply changes. Their values aren't told. */
  readonly fields: readonly FieldChange[];
  /** Fields of ours that somebody else changed since: a conflict, unless nobody has them now or it is forced. */
  readonly lost: readonly LostField[];
  /** What is applied; nothing for what goes. */
  readonly manifest?: Manifest;
  /** The object that is there. */
  readonly uid?: string | undefined;
}

/** What an apply does: plain data, which shows no value of a Secret. */
export interface ApplyPlan {
  readonly id: ApplySetId;
  readonly label: string;
  /** In the order in which it is done; what goes is last. */
  readonly changes: readonly ApplyChange[];
  /** Why nothing of it can be done, if so. */
  readonly blocked: readonly Blocked[];
  /** What the book says now; undefined before the first apply. */
  readonly book: Scope | undefined;
  /** What the book has to say while it is done (with what was there before), and after it. */
  readonly during: Scope;
  readonly after: Scope;
  readonly namespaces: Readonly<Record<string, NamespaceState>>;
  /** Kinds that are defined by what is applied, such as `Note.example.com`: the server can't judge their objects before. */
  readonly defined: readonly string[];
}

/** Options of {@link planApply}. */
export interface PlanOptions {
  /** Takes objects that are there and of no set into this one; they go with it. @default false: they block the plan */
  readonly adopt?: boolean;
  /** Where an object was written down, to be named with it. */
  readonly sourceOf?: (object: ObjectToWrite) => string | undefined;
}

/**
 * What has to be done so that a cluster has exactly these objects of a set. Pure: the same arguments give the same plan.
 *
 * An object is unchanged when the hash of what was applied last is the hash of what is wanted, and all of its fields are still ours.
 *
 * @throws PodscopeError KUBE_MANIFEST_INVALID
 */
export function planApply(observed: ObservedSet, objects: readonly ObjectToWrite[], { adopt = false, sourceOf = () => undefined }: PlanOptions = {}): ApplyPlan {
  const sources = objects.map((object) => sourceOf(object));
  const wanted = manifestsOf(observed.id, objects).map((manifest, index) => ({ manifest, source: sources[index] }));
  const defined = wanted.flatMap(({ manifest }) => definedBy(manifest.reveal()));
  const changes = wanted.map(({ manifest, source }) => changeOf(observed, manifest, source));
  const blocked = changes.flatMap((change) => blockOf(observed, change, { adopt, defined, made: new Set(wanted.flatMap(({ manifest: { ref } }) => (ref.kind === 'Namespace' ? [ref.name] : []))) }) ?? []);

  const kept = new Set(changes.map(({ ref }) => keyOf(ref)));
  const gone = Object.entries(observed.live).flatMap(([key, object]) => (kept.has(key) ? [] : (endOf(observed, object) ?? [])));
  const after = scopeOf(observed.id, changes.concat(gone.filter(({ action }) => action === 'leave')));
  return {
    id: observed.id,
    label: observed.label,
    changes: [...inOrder(changes), ...inOrder(gone).toReversed()],
    blocked,
    book: observed.book === undefined ? undefined : { groupKinds: observed.book.groupKinds, namespaces: observed.book.namespaces },
    during: { groupKinds: union(after.groupKinds, observed.book?.groupKinds ?? []), namespaces: union(after.namespaces, observed.book?.namespaces ?? []) },
    after,
    namespaces: observed.namespaces,
    defined,
  };
}

/** True when nothing would be written. */
export function isUnchanged(plan: ApplyPlan): boolean {
  return plan.blocked.length === 0 && plan.changes.every(({ action }) => action === 'unchanged' || action === 'leave');
}

const inOrder = (changes: readonly ApplyChange[]): readonly ApplyChange[] => stagesOf(changes, ({ ref }) => ref.kind).flatMap(({ items }) => items);

function scopeOf(id: ApplySetId, changes: readonly ApplyChange[]): Scope {
  return {
    groupKinds: union(changes.map(({ ref }) => groupKindOf(ref))),
    namespaces: union([id.namespace], changes.flatMap(({ ref }) => (ref.kind === 'Namespace' ? ref.name : (ref.namespace ?? [])))),
  };
}

/** The kinds that a definition of custom resources brings. */
function definedBy(object: ObjectToWrite): readonly string[] {
  if (object.kind !== 'CustomResourceDefinition') return [];
  const { spec } = object as { readonly spec?: { readonly group?: string; readonly names?: { readonly kind?: string } } };
  return [`${spec?.names?.kind ?? ''}.${spec?.group ?? ''}`];
}

function changeOf(observed: ObservedSet, manifest: Manifest, source: string | undefined): ApplyChange {
  const { ref } = manifest;
  const live = observed.live[keyOf(ref)];
  const common = { ref, ...(source === undefined ? {} : { source }), fields: [], lost: [] };
  if (live === undefined) return { ...common, action: 'create', reason: 'it is not there', manifest };
  const ours = ref.kind !== 'Namespace' || isMadeBy(live, observed.label) || isMember(live, observed.label);
  return comparedWith(live, ours ? manifest : withoutMembership(manifest), { ...common, uid: live.metadata.uid });
}

function comparedWith(live: KubernetesObject, manifest: Manifest, common: Omit<ApplyChange, 'action' | 'reason' | 'manifest'>): ApplyChange {
  const entries = entriesOf(live);
  const entry = appliedBy(entries, FIELD_MANAGER);
  const ours = entry?.apiVersion === manifest.ref.apiVersion ? entry : undefined;
  const object = manifest.reveal();
  const lost = ours === undefined ? [] : lostFields(object, ours, entries);
  const same = live.metadata.annotations?.[NOTES.applied] === manifest.hash;
  if (same && ours !== undefined && lost.length === 0) return { ...common, action: 'unchanged', reason: 'it is as it was applied, and its fields are still ours', manifest };
  const fields = fieldChanges(object, live, ours?.fieldsV1 ?? {});
  // Of a new field that nobody has, it is known already that it is added.
  const taken = same ? lost : lost.filter(({ managers }) => managers.length > 0);
  return { ...common, action: 'update', reason: reasonOf(entry !== undefined, fields, taken), fields, lost: taken, manifest };
}

const MOST = 4;
const some = (paths: readonly string[]): string => `${paths.slice(0, MOST).join(', ')}${paths.length > MOST ? ` and ${paths.length - MOST} more` : ''}`;

function reasonOf(applied: boolean, fields: readonly FieldChange[], lost: readonly LostField[]): string {
  if (!applied) return 'it is there, and podscope has not applied it before';
  const parts = [
    ...(['changed', 'added', 'removed'] as const).flatMap((change) => {
      const paths = fields.filter((each) => each.change === change && !lost.some(({ path }) => path === each.path)).map(({ path }) => path);
      return paths.length === 0 ? [] : [`${some(paths)} ${change}`];
    }),
    ...lost.slice(0, MOST).map(({ path, managers }) => `${path} was ${managers.length === 0 ? 'removed' : `changed by ${managers.join(', ')}`}`),
  ];
  return parts.length === 0 ? 'it was applied in another form' : parts.join('; ');
}

/** What becomes of an object that is there and isn't wanted (any more); nothing of one that the set has nothing to do with. */
export function endOf({ id, label }: Pick<ObservedSet, 'id' | 'label'>, live: KubernetesObject): ApplyChange | undefined {
  const ref = refOf(live);
  const common = { ref, fields: [], lost: [], uid: live.metadata.uid };
  const managers = entriesOf(live);
  const applied = appliedBy(managers, FIELD_MANAGER) !== undefined;
  if (ref.kind === 'Namespace') {
    // The namespace of the book goes with the book.
    if (ref.name === id.namespace && isMadeBy(live, label)) return undefined;
    if (isMadeBy(live, label)) return { ...common, action: 'prune', reason: 'it is no longer among the objects, and the set made it' };
    return applied ? { ...common, action: 'release', reason: 'it was there before: it stays, without the fields that podscope set' } : undefined;
  }
  if (!isMember(live, label)) return undefined;
  if (applied) return { ...common, action: 'prune', reason: 'it is no longer among the objects' };
  const others = [...new Set(managers.map(({ manager }) => manager))].join(', ');
  return { ...common, action: 'leave', reason: `it has the label ${APPLYSET.partOf}, but ${others === '' ? 'others' : others} made it` };
}

const SYMBOLS: Readonly<Record<ApplyAction, string>> = { create: '+', update: '~', unchanged: '=', prune: '-', release: '<', leave: '.' };

/** A plan for a reader, a line an object, without what stays as it is. */
export function planLines(plan: ApplyPlan): readonly string[] {
  const counts = (['create', 'update', 'unchanged', 'prune', 'release', 'leave'] as const).flatMap((action) => {
    const count = plan.changes.filter((change) => change.action === action).length;
    return count === 0 ? [] : [`${count} to ${action}`.replace('to unchanged', 'unchanged')];
  });
  return [
    ...plan.changes.filter(({ action }) => action !== 'unchanged').map(({ action, ref, reason, source }) => `${SYMBOLS[action]} ${titleOf(ref)}: ${reason}${source === undefined ? '' : ` (${source})`}`),
    ...plan.blocked.map(({ ref, message }) => `! ${titleOf(ref)}: ${message}`),
    counts.length === 0 ? 'Nothing to apply.' : `${counts.join(', ')}.`,
  ];
}
