import { asText } from '../read/asText.ts';
import type { JsonObject, StoredObject } from '../read/storedObject.ts';
import { type Draft, isDraft, type ObjectDraft } from '../migrate/draft.ts';
import type { Note } from './change.ts';
import { panelTarget, removeReferences } from './panelReferences.ts';

/** The id of what was in a panel: the same dashboard gives the same one. Ids have no `_`. */
function idOfPanel(dashboard: string, index: unknown): string {
  return `${dashboard}-panel-${asText(index)}`.replaceAll('_', '-');
}

/**
 * Brings a dashboard of Kibana 7.11 to 8.19 to the form of 7.10, where all panels refer to saved objects.
 *
 * @param version Of the visualizations that panels hold.
 * @returns the saved objects of the panels that held their own.
 */
export function lowerDashboard(id: string, draft: ObjectDraft, version: string, note: Note): readonly StoredObject[] {
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
    const index = asText(panel['panelIndex']);
    const at = `panel_${panels.length}`;
    const byValue = isDraft(panel['embeddableConfig']) ? panel['embeddableConfig']['savedVis'] : undefined;
    const target = panelTarget(draft, panel, index);
    if (target === undefined && !isDraft(byValue) && panel['type'] !== undefined) {
      removeReferences(draft, (name) => name.startsWith(`${index}:`));
      note('panel-dropped', `panel ${index} holds a ${asText(panel['type'])}`);
      continue;
    }
    if (target === undefined && isDraft(byValue)) {
      const object = visualizationOf(idOfPanel(id, index), version, byValue, panel, takeReferences(draft, `${index}:`));
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

function takeReferences(draft: ObjectDraft, prefix: string): ObjectDraft['references'] {
  const taken = draft.references.filter(({ name }) => name.startsWith(prefix)).map((reference) => ({ ...reference, name: reference.name.slice(prefix.length) }));
  removeReferences(draft, (name) => name.startsWith(prefix));
  return taken;
}

/** A panel's own visualization keeps its aggregations and its search source in `data`. */
function visualizationOf(id: string, version: string, { title, description, type, params, uiState, data }: Draft, panel: Draft, references: ObjectDraft['references']): StoredObject {
  const { aggs, searchSource, savedSearchRefName } = isDraft(data) ? data : {};
  const shown = asText(title || panel['title'] || (isDraft(panel['embeddableConfig']) ? (panel['embeddableConfig']['title'] ?? '') : '') || id);
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
    migrationVersion: { visualization: version },
    rest: {},
  };
}
