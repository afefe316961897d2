import { type Draft, draftsIn, isDraft, type ObjectDraft } from '../migrate/draft.ts';
import { asText } from '../read/asText.ts';
import type { Note } from './change.ts';

/** The palette that every visualization has that was made before there were others. */
const LEGACY_PALETTE = 'kibana_palette';
/** What 7.11 to 8.5 add to older visualizations so that they look as before; 7.10 looks so by itself. */
const LOOKS_AS_BEFORE: Readonly<Record<string, readonly string[]>> = {
  table: ['showToolbar', 'autoFitRowToContent'],
  area: ['isVislibVis', 'detailedTooltip', 'fittingFunction', 'maxLegendLines', 'truncateLegend', 'legendSize'],
  line: ['isVislibVis', 'detailedTooltip', 'fittingFunction', 'maxLegendLines', 'truncateLegend', 'legendSize'],
  histogram: ['isVislibVis', 'detailedTooltip', 'maxLegendLines', 'truncateLegend', 'legendSize'],
  horizontal_bar: ['isVislibVis', 'detailedTooltip', 'maxLegendLines', 'truncateLegend', 'legendSize'],
  pie: ['distinctColors', 'emptySizeRatio', 'maxLegendLines', 'truncateLegend', 'nestedLegend', 'legendSize'],
  heatmap: ['legendSize', 'maxLegendLines', 'truncateLegend'],
  metrics: ['use_kibana_indexes', 'hide_last_value_indicator', 'drop_last_bucket', 'truncate_legend', 'max_lines_legend'],
};

/**
 * Brings a visualization of Kibana 7.11 to 8.19 to the form of 7.10. From the migrations of
 * src/plugins/visualizations/server/migrations/visualization_common_migrations.ts of Kibana, the other way round.
 *
 * @param titleOf The title of an index pattern, by the name of the object's reference to it.
 */
export function lowerVisualization(draft: ObjectDraft, titleOf: (reference: string) => string | undefined, note: Note): void {
  const { state } = draft;
  const params = state?.['params'];
  if (state === undefined || !isDraft(params)) return;
  const kind = asText(state['type']);
  if (kind === 'metrics') lowerTimeSeries(draft, params, titleOf, note);
  if (kind === 'pie') lowerLegend(params, note);
  lowerPalette(params, note);
  const added = (Object.hasOwn(LOOKS_AS_BEFORE, kind) ? (LOOKS_AS_BEFORE[kind] ?? []) : []).filter((name) => params[name] !== undefined);
  for (const name of added) Reflect.deleteProperty(params, name);
  if (added.length > 0) note('new-defaults', `without ${added.join(', ')}`);
}

/** Since 8.1 a pie says whether its legend is shown, hidden, or left to the product. */
function lowerLegend(params: Draft, note: Note): void {
  const { legendDisplay } = params;
  if (legendDisplay === undefined) return;
  delete params['legendDisplay'];
  params['addLegend'] = legendDisplay !== 'hide';
  note('new-defaults', 'addLegend instead of legendDisplay');
}

function lowerPalette(params: Draft, note: Note): void {
  const { palette } = params;
  if (!isDraft(palette)) return;
  delete params['palette'];
  if (palette['name'] !== LEGACY_PALETTE && palette['name'] !== 'default') note('palette', `the palette "${asText(palette['name'])}" becomes the product's own`);
  else note('new-defaults', 'without palette');
}

const COLOUR_RULES = ['bar_color_rules', 'background_color_rules', 'gauge_color_rules'] as const;

function lowerTimeSeries(draft: ObjectDraft, params: Draft, titleOf: (reference: string) => string | undefined, note: Note): void {
  nameIndexPattern(draft, params, 'index_pattern', titleOf, note);
  for (const series of draftsIn(params['series'])) {
    nameIndexPattern(draft, series, 'series_index_pattern', titleOf, note);
    delete series['series_drop_last_bucket'];
  }
  for (const annotation of draftsIn(params['annotations'])) nameIndexPattern(draft, annotation, 'index_pattern', titleOf, note);
  for (const name of COLOUR_RULES) {
    const rules = draftsIn(params[name]);
    const kept = rules.filter(({ operator }) => operator !== 'empty');
    if (kept.length === rules.length) continue;
    params[name] = kept;
    note('tsvb-empty-rule', `${name} without the rule for no value`);
  }
}

/** Since 7.13 a panel may hold an index pattern's id, since 7.14 the name of a reference; 7.10 takes its title. */
function nameIndexPattern({ references }: ObjectDraft, holder: Draft, member: string, titleOf: (reference: string) => string | undefined, note: Note): void {
  const refName = holder[`${member}_ref_name`];
  const inline = holder[member];
  const title = typeof refName === 'string' ? titleOf(refName) : undefined;
  if (typeof refName === 'string') {
    Reflect.deleteProperty(holder, `${member}_ref_name`);
    holder[member] = title ?? references.find(({ name }) => name === refName)?.id ?? '';
    const at = references.findIndex(({ name }) => name === refName);
    if (at !== -1) references.splice(at, 1);
    note('tsvb-index-pattern', `${member} is "${asText(holder[member])}"`);
  } else if (isDraft(inline)) {
    holder[member] = asText(inline['id'] ?? '');
    note('tsvb-index-pattern', `${member} is "${asText(holder[member])}"`);
  }
}
