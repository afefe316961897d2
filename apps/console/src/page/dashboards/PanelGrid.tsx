import { type DashboardPanel, isVega, type Query, type SavedObject } from '@podscope/dashboard-renderer';
import { useRef, useState } from 'react';
import { FilterBar } from '../parts/FilterBar.tsx';
import { ErrorNote, Skeleton, StaleNote } from '../parts/notes.tsx';
import { useWidth } from '../parts/useWidth.ts';
import { useRefresh } from '../state/RefreshContext.ts';
import { useFilters } from '../state/useFilters.ts';
import { useTimeRange } from '../state/useTimeRange.ts';
import { Inspect } from './Inspect.tsx';
import { PanelBody } from './PanelBody.tsx';
import { PanelFrame } from './PanelFrame.tsx';
import { rowsBehind } from './panels.ts';
import { useNarrow } from './useNarrow.ts';
import { type LivePanel, usePanels } from './usePanels.ts';
import { VegaPanel } from './VegaPanel.tsx';

/** Live panels at their places, under the filter bar. */
export function PanelGrid(props: { readonly objects: readonly SavedObject[]; readonly panels: readonly DashboardPanel[]; readonly query?: Query | undefined }) {
  const filters = useFilters();
  const { range } = useTimeRange();
  const { refresh } = useRefresh();
  const narrowTo = useNarrow(filters);
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const { panels, load, setting } = usePanels(props.objects, props.panels, { timeRange: range, filters: filters.filters, query: props.query }, width);
  const [inspectedId, setInspectedId] = useState<string | undefined>(undefined);
  const inspected = panels.find(({ panel }) => panel.panelId === inspectedId);

  return (
    <div ref={box} className={`dashboard ${load.outdated && load.loading ? 'is-outdated' : ''}`} aria-busy={load.loading}>
      <FilterBar filters={filters} />
      {load.error && load.data ? <StaleNote error={load.error} /> : null}
      {load.error && !load.data ? (
        <ErrorNote error={load.error} onRetry={refresh} />
      ) : (
        <div className="grid">
          {panels.map((live) =>
            isVega(live.panel.object) ? (
              <VegaPanel key={live.panel.panelId} panel={live.panel} objects={props.objects} range={range} filters={filters.filters} query={props.query} onFilters={narrowTo} />
            ) : (
              <PanelFrame
                key={live.panel.panelId}
                title={live.panel.title}
                grid={live.panel.grid}
                stale={load.error && load.data ? load.error.message : undefined}
                actions={live.drawn ? [{ title: 'Inspect', run: () => setInspectedId(live.panel.panelId) }] : []}
              >
                <PanelState live={live} onFilters={narrowTo} />
              </PanelFrame>
            ),
          )}
        </div>
      )}
      {inspected && setting ? (
        <Inspect
          inspected={{
            title: inspected.panel.title,
            request: inspected.search?.request ?? null,
            response: inspected.response ?? null,
            ...rowsBehind(inspected.panel, inspected.response, setting),
          }}
          onFilters={narrowTo}
          onClose={() => setInspectedId(undefined)}
        />
      ) : null}
    </div>
  );
}

function PanelState({ live, onFilters }: { readonly live: LivePanel; readonly onFilters: ReturnType<typeof useNarrow> }) {
  const { drawn, panel } = live;
  if (!drawn) return <Skeleton label={`Loading ${panel.title}`} />;
  if ('error' in drawn) return <ErrorNote error={drawn.error} />;
  return <PanelBody title={panel.title} result={drawn.result} onFilters={onFilters} />;
}
