import { valueBounds } from '../request/boundsRequests.ts';
import { controlName, controlPattern, controlsOf } from '../request/controlRequests.ts';
import { visibleLine } from '../escape.ts';
import { fieldFormatter } from './formats.ts';
import type { ControlsResult } from '../answer/result.ts';
import type { SearchResponse } from '../answer/rows.ts';
import { type SavedObject, visStateOf } from '../savedObjects.ts';

/** The controls of a visualization with what they offer; without its answer a control offers nothing. */
export function controlsPanel(object: SavedObject, objects: readonly SavedObject[], answers: ReadonlyMap<string, SearchResponse>, timeZone: string): ControlsResult {
  const { updateFiltersOnChange } = visStateOf(object).params;
  return {
    kind: 'controls',
    controls: controlsOf(object).map((control) => {
      const field = control.fieldName;
      const label = visibleLine(control.label !== undefined && control.label !== '' ? control.label : field);
      const answer = answers.get(controlName(control));
      const enabled = (control.parent ?? '') === '';
      if (control.type === 'range') {
        const bounds = answer ? valueBounds(answer) : undefined;
        return { kind: 'range', label, field, enabled, min: bounds?.min ?? null, max: bounds?.max ?? null, step: Number(control.options?.['step'] ?? 1) };
      }
      const buckets = (answer?.aggregations?.['termsAgg'] as { readonly buckets?: readonly { readonly key: string | number }[] } | undefined)?.buckets ?? [];
      const format = fieldFormatter(controlPattern(object, objects, control), field, timeZone);
      return { kind: 'list', label, field, enabled, several: control.options?.['multiselect'] === true, choices: buckets.map(({ key }) => ({ value: key, label: visibleLine(format(key)) })) };
    }),
    buttons: updateFiltersOnChange !== true,
  };
}
