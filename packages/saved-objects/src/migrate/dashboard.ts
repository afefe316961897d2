import { whyNotCarried } from '../read/carried.ts';
import { type Draft, isDraft, type Migration, type ObjectDraft } from './draft.ts';
import { panelOf730 } from './panels.ts';
import { moveFilterToQuery, referIndexPatterns, replaceMatchAll } from './searchSource.ts';

/** 7.0: what a panel shows is a reference. */
function referPanels({ panels, references }: ObjectDraft): void {
  for (const [at, panel] of (panels ?? []).entries()) {
    if (!isDraft(panel)) continue;
    const { type, id } = panel;
    if (typeof type !== 'string' || typeof id !== 'string' || type === '' || id === '') continue;
    panel['panelRefName'] = `panel_${at}`;
    references.push({ name: `panel_${at}`, type, id });
    delete panel['type'];
    delete panel['id'];
  }
}

function moveQuery({ searchSource }: ObjectDraft): void {
  if (searchSource !== undefined) moveFilterToQuery(searchSource);
}

function migratePanels(draft: ObjectDraft): void {
  const { attributes, panels, searchSource } = draft;
  // The product leaves a dashboard alone whose search source it cannot read.
  if (panels === undefined || searchSource === undefined) return;
  const uiState = uiStateOf(attributes['uiStateJSON']);
  if (uiState === undefined) return;
  const margins = attributes['useMargins'] !== false;
  const migrated = panels.map((panel, at) => (isDraft(panel) ? panelOf730(panel, at, { margins, uiState }) : undefined));
  if (!migrated.every((panel) => panel !== undefined)) return;
  draft.panels = migrated;
  delete attributes['uiStateJSON'];
}

function uiStateOf(text: unknown): Draft | undefined {
  if (typeof text !== 'string' || text === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    if (whyNotCarried(value) !== undefined) return undefined;
    return isDraft(value) ? value : {};
  } catch {
    return undefined;
  }
}

/**
 * What happened to dashboards up to 7.9.3, which is where OpenSearch Dashboards stands. From
 * src/plugins/dashboard/server/saved_objects/{dashboard_migrations,migrations_730}.ts of OpenSearch Dashboards.
 */
export const DASHBOARD_MIGRATIONS: readonly Migration[] = [
  { version: '6.7.2', apply: replaceMatchAll },
  { version: '7.0.0', apply: referIndexPatterns },
  { version: '7.0.0', apply: referPanels },
  { version: '7.3.0', apply: moveQuery },
  { version: '7.3.0', apply: migratePanels },
  { version: '7.9.3', apply: replaceMatchAll },
];
