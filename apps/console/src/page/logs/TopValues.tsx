import type { DataView } from '../api/savedObjects.ts';
import type { Hit } from '../api/search.ts';
import { count, visible } from '../parts/format.ts';
import { Icon } from '../parts/Icon.tsx';
import { Skeleton } from '../parts/notes.tsx';
import type { FiltersHandle } from '../state/useFilters.ts';
import type { LogQuery } from './query.ts';
import { useTopValues } from './useTopValues.ts';

/** The most frequent values of one field, each to filter in or out. */
export function TopValues(props: {
  readonly field: string;
  readonly view: DataView | undefined;
  readonly hits: readonly Hit[];
  readonly query: LogQuery;
  readonly filters: FiltersHandle;
}) {
  const { field, view, hits, query, filters } = props;
  const known = view?.fields.find((entry) => entry.name === field);
  const { data } = useTopValues(field, known ? known.aggregatable && known.type !== 'text' : field !== 'message', query, hits);
  if (!data) return <Skeleton height={60} label={`Counting ${field}`} />;
  if (data.values.length === 0) return <p className="quiet top-values">No values in this range.</p>;
  return (
    <ul className="top-values">
      {data.values.map(({ value, count: many }) => {
        const share = data.total === 0 ? 0 : many / data.total;
        const text = visible(String(value));
        return (
          <li key={String(value)}>
            <span className="top-value" title={`${text}: ${count(many)}`}>
              {text === '' ? '(empty)' : text}
            </span>
            <span className="number">{Math.round(share * 100)}%</span>
            <button type="button" className="button-mini" aria-label={`Only ${field} ${text}`} title="Only this" onClick={() => filters.add({ field, value, negate: false })}>
              <Icon name="plus" size={14} />
            </button>
            <button type="button" className="button-mini" aria-label={`Without ${field} ${text}`} title="Without this" onClick={() => filters.add({ field, value, negate: true })}>
              <Icon name="minus" size={14} />
            </button>
            <i aria-hidden="true" style={{ width: `${share * 100}%` }} />
          </li>
        );
      })}
      {data.sampled ? <li className="quiet">counted in the {count(data.total)} loaded rows</li> : null}
    </ul>
  );
}
