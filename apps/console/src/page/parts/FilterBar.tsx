import { filterKey, filterText } from '../state/filters.ts';
import { useElsewhere } from '../state/useElsewhere.ts';
import type { FiltersHandle } from '../state/useFilters.ts';
import { visible } from './format.ts';
import { Icon } from './Icon.tsx';

/** The filter pills: a click turns one round, the cross takes it away. */
export function FilterBar({ filters: { filters, toggle, remove, clear } }: { readonly filters: FiltersHandle }) {
  const elsewhere = useElsewhere(filters);
  if (filters.length === 0) return null;
  return (
    <ul className="pills" aria-label="Filters">
      {filters.map((filter) => {
        const text = visible(filterText(filter));
        return (
          <li key={filterKey(filter)} className={`pill ${filter.negate ? 'pill-out' : ''}`}>
            <button type="button" onClick={() => toggle(filter)} title={`${filter.negate ? 'Without' : 'Only'} ${text}. Click to turn round`}>
              {filter.negate ? <b>not </b> : null}
              {text}
            </button>
            <button type="button" aria-label={`Remove filter ${text}`} onClick={() => remove(filter)}>
              <Icon name="close" size={14} />
            </button>
          </li>
        );
      })}
      {filters.length > 1 ? (
        <li>
          <button type="button" className="button button-bare button-small" onClick={clear}>
            Clear all
          </button>
        </li>
      ) : null}
      {elsewhere ? (
        <li>
          <a className="button button-bare button-small" href={elsewhere.href}>
            {elsewhere.text}
          </a>
        </li>
      ) : null}
    </ul>
  );
}
