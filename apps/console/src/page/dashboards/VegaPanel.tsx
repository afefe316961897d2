import { type DashboardPanel, type PanelFilter, type Query, type SavedObject, type SearchResponse, vegaRequestsFor, type VegaView, vegaViewOf } from '@podscope/dashboard-renderer';
import { useMemo, useRef, useState } from 'react';
import { search, searchError } from '../api/search.ts';
import { useLoad } from '../api/useLoad.ts';
import { EmptyNote, ErrorNote, Skeleton } from '../parts/notes.tsx';
import { useTheme } from '../parts/useTheme.ts';
import type { Filter } from '../state/filters.ts';
import { useRefresh } from '../state/RefreshContext.ts';
import type { TimeRange } from '../state/timeRange.ts';
import { Inspect } from './Inspect.tsx';
import { PanelFrame } from './PanelFrame.tsx';
import { useVega } from './useVega.ts';
import type { VegaRows } from './vegaRows.ts';

/** A panel with a picture of Vega: it asks its searches itself, draws their answers, and narrows the page by a click. */
export function VegaPanel(props: {
  readonly panel: DashboardPanel;
  readonly objects: readonly SavedObject[];
  readonly range: TimeRange;
  readonly filters: readonly Filter[];
  readonly query?: Query | undefined;
  onFilters(filters: readonly PanelFilter[], out: boolean): void;
}) {
  const { panel, objects, range, filters, query, onFilters } = props;
  const { tick } = useRefresh();
  const theme = useTheme();
  const element = useRef<HTMLDivElement>(null);
  const key = useMemo(() => JSON.stringify([panel.object, range, filters, query]), [panel.object, range, filters, query]);
  const { data, error } = useLoad(key, tick, async (signal) => {
    const requests = vegaRequestsFor(panel.object, objects, { timeRange: range, filters, ...(query ? { dashboardQuery: query } : {}) });
    const answers = requests.length === 0 ? [] : await search(requests.map(({ index, body }) => ({ index, body })), signal);
    for (const answer of answers) {
      const failed = searchError(answer);
      if (failed !== undefined) throw new Error(failed);
    }
    return {
      requests,
      answers: new Map(requests.map(({ name }, index) => [name, answers[index] as SearchResponse])),
      found: answers.length === 0 || answers.some(({ hits }) => (hits?.total?.value ?? 0) > 0),
    };
  });
  const view = useMemo(() => data && viewOf(panel.object, data.answers, theme), [data, panel.object, theme]);
  const [inspected, setInspected] = useState<VegaRows | undefined>(undefined);
  // What Vega made of an older answer says nothing of this one.
  const [problem, setProblem] = useState<{ readonly view: unknown; readonly error: Error } | undefined>(undefined);
  const { tooltip, rows } = useVega(element, view instanceof Error ? undefined : view, onFilters, (cause) => setProblem({ view, error: cause }));

  const failed = view instanceof Error ? view : problem !== undefined && problem.view === view ? problem.error : data ? undefined : error;
  const description = String(panel.object.attributes['description'] ?? '');
  return (
    <>
      <PanelFrame
        title={panel.title}
        grid={panel.grid}
        stale={error && data ? error.message : undefined}
        actions={data ? [{ title: 'Inspect', run: () => setInspected(rows()) }] : []}
      >
        {failed ? (
          <ErrorNote error={failed} />
        ) : !data ? (
          <Skeleton label={`Loading ${panel.title}`} />
        ) : data.found ? (
          <div ref={element} className="chart" role="img" aria-label={`${panel.title}. ${description} Inspect shows the same as a table.`} />
        ) : (
          <EmptyNote title="No data in this range">Take a longer time range, or fewer filters.</EmptyNote>
        )}
      </PanelFrame>
      {tooltip.lines.length > 0 ? (
        <div className="vega-tooltip" role="tooltip" ref={(box) => place(box, tooltip.at)}>
          {tooltip.lines.map(([name, value]) => (
            <div key={name}>{name === '' ? <strong>{value}</strong> : [<span key="name">{name}</span>, ` ${value}`]}</div>
          ))}
        </div>
      ) : null}
      {inspected && data ? (
        <Inspect
          inspected={{ title: panel.title, request: data.requests, response: Object.fromEntries(data.answers), ...inspected }}
          onFilters={onFilters}
          onClose={() => setInspected(undefined)}
        />
      ) : null}
    </>
  );
}

function viewOf(object: SavedObject, answers: ReadonlyMap<string, SearchResponse>, theme: 'light' | 'dark'): VegaView | Error {
  try {
    return vegaViewOf(object, answers, { theme });
  } catch (cause) {
    return cause instanceof Error ? cause : new Error(String(cause));
  }
}

/** Beside the pointer, and never beyond the window. */
function place(box: HTMLDivElement | null, { x, y }: { readonly x: number; readonly y: number }): void {
  if (!box) return;
  box.style.left = `${Math.max(0, Math.min(x + 14, window.innerWidth - box.offsetWidth - 8))}px`;
  box.style.top = `${Math.max(0, Math.min(y + 14, window.innerHeight - box.offsetHeight - 8))}px`;
}
