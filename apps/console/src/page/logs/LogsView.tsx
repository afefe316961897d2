import { type FormEvent, useMemo, useState } from 'react';
import { dataViewsOf } from '../api/savedObjects.ts';
import { useSavedObjects } from '../api/SavedObjectsContext.ts';
import type { Hit } from '../api/search.ts';
import { FilterBar } from '../parts/FilterBar.tsx';
import { count } from '../parts/format.ts';
import { Icon } from '../parts/Icon.tsx';
import { EmptyNote, ErrorNote, Skeleton, StaleNote } from '../parts/notes.tsx';
import { applicableFilters } from '../state/filters.ts';
import { useRefresh } from '../state/RefreshContext.ts';
import { useFilters } from '../state/useFilters.ts';
import { useRoute } from '../state/useRoute.ts';
import { useTimeRange } from '../state/useTimeRange.ts';
import { AroundDrawer } from './AroundDrawer.tsx';
import { FieldList } from './FieldList.tsx';
import { Histogram } from './Histogram.tsx';
import { LogRows } from './LogRows.tsx';
import { LOG_PATTERNS, logPattern } from './patterns.ts';
import { type LogQuery, PAGE_SIZE } from './query.ts';
import { useLogs } from './useLogs.ts';

/** Search over one pattern: what, when, by which field. Stands alone and beside a hunt. */
export function LogsView() {
  const { params, setParams } = useRoute();
  const { range, setRange } = useTimeRange();
  const { refresh } = useRefresh();
  const filters = useFilters();
  const objects = useSavedObjects().data;
  const pattern = logPattern(params['p']);
  const text = params['q'] ?? '';
  const [around, setAround] = useState<Hit | undefined>(undefined);
  const view = useMemo(() => dataViewsOf(objects ?? []).find((entry) => entry.pattern === pattern.pattern), [objects, pattern]);
  const applied = useMemo(() => applicableFilters(filters.filters, view?.fields), [filters.filters, view]);
  const query = useMemo<LogQuery>(() => ({ pattern: pattern.pattern, text, filters: applied, range }), [pattern, text, applied, range]);
  const { data, error, loading, outdated } = useLogs(query);
  const idle = filters.filters.length - applied.length;

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const words = String(new FormData(event.currentTarget).get('q') ?? '').trim();
    if (words === text) refresh();
    else setParams({ q: words === '' ? undefined : words });
  }

  return (
    <div className="logs">
      <div className="logs-head">
        <div className="segments" role="group" aria-label="Pattern">
          {LOG_PATTERNS.map((entry) => (
            <button
              key={entry.pattern}
              type="button"
              aria-pressed={entry === pattern}
              title={entry.pattern}
              onClick={() => setParams({ p: entry.pattern })}
            >
              {entry.title}
            </button>
          ))}
        </div>
        <form role="search" className="logs-search" onSubmit={submit}>
          <Icon name="search" size={16} />
          <input
            key={text}
            type="search"
            name="q"
            defaultValue={text}
            aria-label={`Search in ${pattern.pattern}`}
            placeholder={`Search ${pattern.pattern}: field:value, "a phrase", NOT value*`}
            autoComplete="off"
            spellCheck={false}
          />
          <button type="submit" className="button">
            Search
          </button>
        </form>
      </div>
      <FilterBar filters={filters} />
      {idle > 0 ? (
        <p className="quiet">
          {idle === 1 ? 'One filter names a field' : `${idle} filters name fields`} that {pattern.pattern} does not have, and rests here.
        </p>
      ) : null}
      {error && data && !outdated ? <StaleNote error={error} /> : null}
      {error && (!data || outdated) ? <ErrorNote error={error} onRetry={refresh} /> : null}
      {!data && !error ? <Skeleton height={360} label="Searching" /> : null}
      {data && !(error && outdated) ? (
        <div className={`logs-result ${outdated && loading ? 'is-outdated' : ''}`} aria-busy={loading}>
          <section className="card logs-bars" aria-label="Histogram">
            <p className="logs-total" role="status">
              <b>{count(data.total)}</b> {data.total === 1 ? 'document' : 'documents'}
              {data.total > PAGE_SIZE ? <span className="quiet"> · the newest {count(data.hits.length)} below</span> : null}
            </p>
            <Histogram
              bars={data.bars}
              stepMs={data.stepMs}
              start={data.start}
              end={data.end}
              onBrush={(start, end) => setRange({ from: new Date(start).toISOString(), to: new Date(end).toISOString() })}
            />
          </section>
          <div className="logs-columns">
            <details className="card logs-fields" open={window.matchMedia('(min-width: 900px)').matches}>
              <summary>Fields</summary>
              <FieldList key={pattern.pattern} pattern={pattern} view={view} hits={data.hits} query={query} filters={filters} />
            </details>
            {data.hits.length === 0 ? (
              <div className="card">
                <EmptyNote title="No documents match.">Take a longer time range, fewer filters, or another pattern.</EmptyNote>
              </div>
            ) : (
              <LogRows key={pattern.pattern} hits={data.hits} pattern={pattern} filters={filters} onAround={setAround} />
            )}
          </div>
        </div>
      ) : null}
      {around ? <AroundDrawer hit={around} onClose={() => setAround(undefined)} /> : null}
    </div>
  );
}
