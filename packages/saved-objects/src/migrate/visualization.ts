import { dropCustomInterval, dropTimeZones, keepOneTableSplit, moveSplitRow, nameFilterLanguages, nameGaugeAlignment, unwrapFilterQueries } from './aggregations.ts';
import { isDraft, type Migration, type ObjectDraft } from './draft.ts';
import { referIndexPatterns, replaceMatchAll } from './searchSource.ts';
import { dropMisspeltOperator, dropSearchSource, keepGradient, listPercentileRanks, nameFilterLanguage, nameRatioLanguages, nameSplitLanguages, replaceMovingAverage } from './timeSeries.ts';

/** 7.0: the saved search that a visualization starts from. */
function referSavedSearch({ attributes, references }: ObjectDraft): void {
  const id = attributes['savedSearchId'];
  if (typeof id === 'string' && id !== '') {
    references.push({ name: 'search_0', type: 'search', id });
    attributes['savedSearchRefName'] = 'search_0';
  }
  delete attributes['savedSearchId'];
}

/** 7.0: the index patterns of controls. */
function referControls({ state, references }: ObjectDraft): void {
  const controls = isDraft(state?.['params']) ? state['params']['controls'] : undefined;
  for (const [at, control] of (Array.isArray(controls) ? controls : []).entries()) {
    if (!isDraft(control) || typeof control['indexPattern'] !== 'string' || control['indexPattern'] === '') continue;
    const name = `control_${at}_index_pattern`;
    references.push({ name, type: 'index-pattern', id: control['indexPattern'] });
    control['indexPatternRefName'] = name;
    delete control['indexPattern'];
  }
}

/**
 * What happened to visualizations up to 7.10, which is where OpenSearch Dashboards stands. From
 * src/plugins/visualizations/server/saved_objects/visualization_migrations.ts of OpenSearch Dashboards.
 */
export const VISUALIZATION_MIGRATIONS: readonly Migration[] = [
  { version: '6.7.2', apply: replaceMatchAll },
  { version: '6.7.2', apply: dropTimeZones },
  { version: '7.0.0', apply: referIndexPatterns },
  { version: '7.0.0', apply: referSavedSearch },
  { version: '7.0.0', apply: referControls },
  { version: '7.0.0', apply: keepOneTableSplit },
  { version: '7.0.1', apply: dropTimeZones },
  { version: '7.2.0', apply: listPercentileRanks },
  { version: '7.2.0', apply: dropCustomInterval },
  { version: '7.3.0', apply: nameGaugeAlignment },
  { version: '7.3.0', apply: nameFilterLanguage },
  { version: '7.3.0', apply: nameFilterLanguages },
  { version: '7.3.0', apply: replaceMovingAverage },
  { version: '7.3.1', apply: unwrapFilterQueries },
  { version: '7.4.2', apply: nameSplitLanguages },
  { version: '7.7.0', apply: dropMisspeltOperator },
  { version: '7.7.0', apply: moveSplitRow },
  { version: '7.8.0', apply: keepGradient },
  { version: '7.9.3', apply: replaceMatchAll },
  { version: '7.10.0', apply: nameRatioLanguages },
  { version: '7.10.0', apply: dropSearchSource },
];
