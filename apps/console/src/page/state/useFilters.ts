import { useMemo } from 'react';
import { addFilter, type Filter, formatFilters, parseFilters, removeFilter, toggleFilter } from './filters.ts';
import { useRoute } from './useRoute.ts';

/** The filter pills of this page, kept in the address. */
export interface FiltersHandle {
  readonly filters: readonly Filter[];
  add(...filters: readonly Filter[]): void;
  remove(filter: Filter): void;
  toggle(filter: Filter): void;
  clear(): void;
}

/** Reads and changes the filters in the address. */
export function useFilters(): FiltersHandle {
  const { params, setParams } = useRoute();
  const text = params['f'];
  return useMemo(() => {
    const filters = parseFilters(text);
    const store = (next: readonly Filter[]): void => setParams({ f: formatFilters(next) });
    return {
      filters,
      add: (...added) => store(added.reduce(addFilter, filters)),
      remove: (filter) => store(removeFilter(filters, filter)),
      toggle: (filter) => store(toggleFilter(filters, filter)),
      clear: () => store([]),
    };
  }, [text, setParams]);
}
