import type { PanelFilter } from '@podscope/dashboard-renderer';
import { useCallback } from 'react';
import type { FiltersHandle } from '../state/useFilters.ts';
import { useTimeRange } from '../state/useTimeRange.ts';

const TIME_FIELD = '@timestamp';

/** Takes over what a click narrows to: values become pills, a bar of time alone becomes the time range. */
export function useNarrow(filters: FiltersHandle): (clicked: readonly PanelFilter[], out: boolean) => void {
  const { setRange } = useTimeRange();
  return useCallback(
    (clicked, out) => {
      const values = clicked.filter((filter) => !('field' in filter) || filter.field !== TIME_FIELD);
      if (values.length > 0) {
        filters.add(...values.map((filter) => ({ ...filter, negate: out })));
        return;
      }
      const time = clicked.find((filter) => 'field' in filter && !('value' in filter));
      if (!time || !('field' in time) || 'value' in time || out) return;
      if (time.gte !== undefined && time.lt !== undefined) {
        setRange({ from: new Date(time.gte).toISOString(), to: new Date(time.lt).toISOString() });
      }
    },
    [filters, setRange],
  );
}
