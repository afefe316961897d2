import type { JsonObject, StoredObject } from '../read/storedObject.ts';
import { type Draft, isDraft, type ObjectDraft } from '../migrate/draft.ts';
import type { Note } from './change.ts';

/** The id of what was in a panel: the same dashboard gives the same one. Ids have no `_`. */
function idOfPanel(dashboard: string, index: unknown): string {
  return `${dashboard}-panel-${String(index)}`.replaceAll('_', '-');
}

/**
 * Brings a dashboard of Kibana 7.11 to 7.17 to the form of 7.10, where all panels refer to saved objects.
 *
 * @returns the saved objects of the panels that held their own.
 */
export function lowerDashboard(id: string, draft: ObjectDraft, has: (type: string) => boolean, note: Note): readonly StoredObject[] {
  const { attributes, references } = draft;
  if (attributes['controlGroupInput'] !== undefined) {
    delete attributes['controlGroupInput'];
    removeReferences(draft, (name) => name.startsWith('controlGroup_'));
    note('controls-dropped', 'without its controls');
  }
  const made: StoredObject[] = [];
  const panels: unknown[] = [];
  for (const panel of draft.panels ?? []) {
    if (!isDraft(panel)) continue;
    const index = String(panel['panelIndex']);
    const at = `panel_${panels.length}`;
    const byValue = isDraft(panel['embeddableConfig']) ? panel['embeddableConfig']['savedVis'] : undefined;
    const target = panelTarget(draft, panel, index);
    const type = String(panel['type'] ?? target?.type ?? '');
    if (type !== '' && !has(type)) {
      removeReferences(draft, (name) => name.startsWith(`${index}:`) || name === target?.name);
      note('panel-dropped', `panel ${index} shows a ${type}`);
      continue;
    }
    if (target === undefined && isDraft(byValue)) {
      const object = visualizationOf(idOfPanel(id, index), byValue, panel, takeReferences(draft, `${index}:`));
      made.push(object);
      references.push({ name: at, type: object.type, id: object.id });
      Reflect.deleteProperty(panel['embeddableConfig'] as Draft, 'savedVis');
      note('panel-by-value', `panel ${index} is ${object.type} "${object.id}"`);
    } else if (target !== undefined) {
      if (target.name !== at || panel['type'] !== undefined) note('panel-type', `panel ${index} refers as "${at}"`);
      removeReferences(draft, (name) => name === target.name);
      references.push({ ...target, name: at });
    }
    panels.push(panel);
    // One that shows nothing stays as it came: checkSavedObjects says what is wrong with it.
    if (target === undefined && !isDraft(byValue)) continue;
    delete panel['type'];
    panel['panelRefName'] = at;
  }
  if (draft.panels !== undefined) draft.panels = panels;
  return made;
}

function panelTarget({ references }: ObjectDraft, { panelRefName }: Draft, index: string): ObjectDraft['references'][number] | undefined {
  if (typeof panelRefName !== 'string') return undefined;
  return references.find(({ name }) => name === `${index}:${panelRefName}`) ?? references.find(({ name }) => name === panelRefName);
}

function removeReferences({ references }: ObjectDraft, which: (name: string) => boolean): void {
  for (let at = references.length - 1; at >= 0; at -= 1) if (which(references[at]?.name ?? '')) references.splice(at, 1);
}

function takeReferences(draft: ObjectDraft, prefix: string): ObjectDraft['references'] {
  const taken = draft.references.filter(({ name }) => name.startsWith(prefix)).map((reference) => ({ ...reference, name: reference.name.slice(prefix.length) }));
  removeReferences(draft, (name) => name.startsWith(prefix));
  return taken;
}

/** A panel's own visualization keeps its aggregations and its search source in `data`. */
function visualizationOf(id: string, { title, description, type, params, uiState, data }: Draft, panel: Draft, references: ObjectDraft['references']): StoredObject {
  const { aggs, searchSource, savedSearchRefName } = isDraft(data) ? data : {};
  const shown = String(title || panel['title'] || (isDraft(panel['embeddableConfig']) ? (panel['embeddableConfig']['title'] ?? '') : '') || id);
  return {
    type: 'visualization',
    id,
    attributes: {
      title: shown,
      description: typeof description === 'string' ? description : '',
      visState: JSON.stringify({ title: shown, type, aggs: aggs ?? [], params: params ?? {} }),
      uiStateJSON: JSON.stringify(uiState ?? {}),
      version: 1,
      kibanaSavedObjectMeta: { searchSourceJSON: JSON.stringify(searchSource ?? {}) },
      ...(typeof savedSearchRefName === 'string' ? { savedSearchRefName } : {}),
    } as JsonObject,
    references,
    migrationVersion: { visualization: '7.17.0' },
    rest: {},
  };
}
