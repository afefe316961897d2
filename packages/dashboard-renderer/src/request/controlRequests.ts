import { boundsAggregations } from './boundsRequests.ts';
import { boolQuery } from '../query/query.ts';
import { computedFields, type ObjectRequestOptions } from './requests.ts';
import { type IndexPattern, patternByReference, type SavedObject, visStateOf } from '../savedObjects.ts';
import { resolveRange } from '../time/time.ts';

/** One control of a controls visualization, as it is stored. */
export interface StoredControl {
  readonly id: string;
  readonly fieldName: string;
  readonly label?: string;
  readonly parent?: string;
  readonly type: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly indexPattern?: string;
  readonly indexPatternRefName?: string;
}

/** The controls of a visualization. */
export function controlsOf(object: SavedObject): readonly StoredControl[] {
  const { controls } = visStateOf(object).params;
  return Array.isArray(controls) ? (controls as readonly StoredControl[]) : [];
}

export function controlPattern(object: SavedObject, objects: readonly SavedObject[], control: StoredControl): IndexPattern | undefined {
  return patternByReference(object, objects, control.indexPatternRefName, control.indexPattern);
}

/** The name of a control's search. */
export function controlName({ id }: StoredControl): string {
  return `control:${id}`;
}

/** The product's settings for suggestions, `data.autocomplete.valueSuggestions` at their defaults. */
const SUGGESTIONS = { timeout: '1000ms', terminate_after: 100_000 };

/**
 * The searches of controls: the smallest and largest value of each slider, the values of each list. A list under a
 * parent is not asked for before the parent has a value. After
 * src/plugins/input_control_vis/public/control/{range_control_factory,list_control_factory,create_search_source}.ts:
 * neither queries nor filters of the page are taken along.
 */
export function controlSearches(object: SavedObject, objects: readonly SavedObject[], options: ObjectRequestOptions): readonly { readonly name: string; readonly index: string; readonly body: Readonly<Record<string, unknown>> }[] {
  const timed = visStateOf(object).params['useTimeFilter'] === true;
  return controlsOf(object).flatMap((control) => {
    const pattern = controlPattern(object, objects, control);
    if (!pattern || (control.parent ?? '') !== '') return [];
    const query = boolQuery(pattern, { queries: [], filters: [], range: timed ? resolveRange(options.timeRange, options.now) : undefined });
    const slider = control.type === 'range';
    const aggs = slider ? boundsAggregations(control.fieldName, pattern) : { termsAgg: { terms: termsOf(control, pattern) } };
    const body = { ...(slider ? {} : SUGGESTIONS), size: 0, aggs, ...computedFields(pattern), _source: { excludes: [] }, query, track_total_hits: true };
    return [{ name: controlName(control), index: pattern.pattern, body }];
  });
}

function termsOf({ fieldName, options = {} }: StoredControl, pattern: IndexPattern): Readonly<Record<string, unknown>> {
  const field = pattern.fields.get(fieldName);
  const size = options['dynamicOptions'] === true ? undefined : Math.max(1, Number(options['size'] ?? 5));
  return {
    order: { _count: options['order'] ?? 'desc' },
    ...(size === undefined ? {} : { size }),
    ...(field?.scripted === true ? { script: { source: field.script, lang: field.lang }, value_type: field.type === 'number' ? 'float' : field.type } : { field: fieldName }),
  };
}
