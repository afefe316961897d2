import type { Definition, SavedObject, SavedObjectReference } from '../savedObject.ts';
import { specInvalid } from '../specInvalid.ts';
import type { PlacedPanel } from './layout.ts';
import type { Panel } from './panel.ts';

/** A panel as a dashboard stores it, with what it refers to. */
export interface StoredPanel {
  readonly panel: Readonly<Record<string, unknown>>;
  readonly references: readonly SavedObjectReference[];
  readonly uses: readonly Definition[];
}

/** A panel as a dashboard stores it. */
export function storedPanel({ panel, x, y, w, h }: PlacedPanel, index: number): StoredPanel {
  const { content } = panel;
  const panelIndex = String(index + 1);
  const common = {
    // Below 7.3 the product would convert the panel from an older grid.
    version: '7.10.2',
    gridData: { x, y, w, h, i: panelIndex },
    panelIndex,
  };
  const title = panel.title === undefined ? {} : { title: panel.title };
  if (panel.byValue === true) {
    if (content.kind === 'search') throw specInvalid(`The search "${content.id}" cannot be kept in a dashboard.`, 'Leave `byValue` out.');
    const references = content.object.references.map((reference) => ({ ...reference, name: `${panelIndex}:${reference.name}` }));
    return { panel: { ...common, type: 'visualization', embeddableConfig: { ...configOf(panel), savedVis: savedVis(content.object) }, ...title }, references, uses: content.uses };
  }
  const panelRefName = `panel_${index}`;
  return { panel: { ...common, embeddableConfig: configOf(panel), ...title, panelRefName }, references: [{ name: panelRefName, type: content.object.type, id: content.id }], uses: [content] };
}

function configOf({ content, hideTitle, colors, legendOpen, columns, sort }: Panel): Record<string, unknown> {
  if ((columns !== undefined || sort !== undefined) && content.kind !== 'search') throw specInvalid(`"${content.id}" is no search, and has no columns.`, 'Leave `columns` and `sort` out.');
  const vis = { ...(colors === undefined ? {} : { colors: { ...colors } }), ...(legendOpen === undefined ? {} : { legendOpen }) };
  return {
    ...(hideTitle === true ? { hidePanelTitles: true } : {}),
    ...(Object.keys(vis).length === 0 ? {} : { vis }),
    ...(columns === undefined ? {} : { columns: [...columns] }),
    ...(sort === undefined ? {} : { sort: sort.map((each) => [...each]) }),
  };
}

/** A visualization as a panel keeps it: its inner JSON as JSON (src/plugins/visualizations/public/saved_visualizations/_saved_vis.ts of Kibana 7.12). */
function savedVis({ attributes }: SavedObject): Record<string, unknown> {
  const { title, type, params, aggs } = JSON.parse(String(attributes['visState'])) as Readonly<Record<string, unknown>>;
  const { searchSourceJSON } = attributes['kibanaSavedObjectMeta'] as { readonly searchSourceJSON: string };
  const { savedSearchRefName } = attributes;
  return {
    title,
    description: attributes['description'],
    type,
    params,
    uiState: JSON.parse(String(attributes['uiStateJSON'])) as unknown,
    data: { aggs, searchSource: JSON.parse(searchSourceJSON) as unknown, ...(savedSearchRefName === undefined ? {} : { savedSearchRefName }) },
  };
}
