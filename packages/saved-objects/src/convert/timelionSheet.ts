import { isJsonObject, type Json, type StoredObject } from '../read/storedObject.ts';
import type { Note } from './change.ts';

/** What either product calls such a sheet. */
export const TIMELION_SHEETS: readonly string[] = ['timelion-sheet', 'timeline-sheet'];

const COLUMNS = 48;
/** Pixels of a grid row. */
const ROW = 20;
/** Of panels that no sheet says the height of. */
const HEIGHT = 15;

/**
 * A sheet of the Timelion app as visualizations and a dashboard, one beside the other as on the sheet. Kibana took the app out
 * in 7.16 (elastic/kibana#110255), and no import takes its sheets; its expressions are drawn by the visualization of the same
 * language (src/plugins/vis_type_timelion). Attributes from src/plugins/timelion/server/saved_objects/timelion_sheet.ts, and from
 * src/plugins/timeline/server/saved_objects/timeline_sheet.ts of OpenSearch Dashboards.
 */
export function fromTimelionSheet({ id, attributes, references, rest }: StoredObject, note: Note): readonly StoredObject[] {
  const name = id.replaceAll('_', '-');
  const title = typeof attributes['title'] === 'string' && attributes['title'] !== '' ? attributes['title'] : name;
  const own = (member: string): Json | undefined => attributes[`timelion_${member}`] ?? attributes[`timeline_${member}`];
  const expressions = expressionsIn(own('sheet'));
  const interval = intervalOf(own('interval'), own('other_interval'));
  const across = Math.min(Math.max(whole(own('columns'), 2), 1), 12);
  const height = Math.max(Math.round(whole(own('chart_height'), HEIGHT * ROW) / ROW), 4);
  const width = Math.floor(COLUMNS / across);
  const charts = expressions.map((expression, at): StoredObject => {
    const shown = `${title} ${at + 1}`;
    const state = { title: shown, type: 'timelion', aggs: [], params: { expression, interval } };
    return { type: 'visualization', id: `${name}-chart-${at + 1}`, attributes: { title: shown, description: '', visState: JSON.stringify(state), uiStateJSON: '{}', version: 1, ...EMPTY_SEARCH }, references: [], migrationVersion: { visualization: '7.10.0' }, rest: {} };
  });
  const panels = charts.map((_, at) => ({
    version: '7.9.3',
    gridData: { x: (at % across) * width, y: Math.floor(at / across) * height, w: width, h: height, i: String(at + 1) },
    panelIndex: String(at + 1),
    embeddableConfig: {},
    panelRefName: `panel_${at}`,
  }));
  note('timelion-sheet', `${charts.length} visualizations and dashboard "${name}"`);
  const description = typeof attributes['description'] === 'string' ? attributes['description'] : '';
  return [
    ...charts,
    {
      type: 'dashboard', id: name, rest, migrationVersion: { dashboard: '7.9.3' },
      attributes: { title, description, hits: 0, panelsJSON: JSON.stringify(panels), optionsJSON: JSON.stringify({ hidePanelTitles: false, useMargins: true }), timeRestore: false, version: 1, ...EMPTY_SEARCH },
      references: [...references, ...charts.map((chart, at) => ({ name: `panel_${at}`, type: 'visualization', id: chart.id }))],
    },
  ];
}

const EMPTY_SEARCH = { kibanaSavedObjectMeta: { searchSourceJSON: JSON.stringify({ query: { query: '', language: 'kuery' }, filter: [] }) } };

/** One expression or several, as text; old sheets kept them with their places. */
function expressionsIn(value: Json | undefined): readonly string[] {
  const all = Array.isArray(value) ? value : [value];
  return all.map((each: Json | undefined) => (isJsonObject(each) ? each['expression'] : each)).filter((each): each is string => typeof each === 'string' && each !== '');
}

function intervalOf(chosen: Json | undefined, other: Json | undefined): string {
  const value = chosen === 'other' ? other : chosen;
  return typeof value === 'string' && value !== '' ? value : 'auto';
}

function whole(value: Json | undefined, otherwise: number): number {
  return Number.isInteger(Number(value)) && Number(value) > 0 ? Number(value) : otherwise;
}
