import type { DashboardPanel } from '@podscope/dashboard-renderer';
import type { SavedObject } from '@podscope/saved-objects';
import { useMemo, useRef } from 'react';
import { PanelBody } from '../dashboards/PanelBody.tsx';
import { PanelFrame } from '../dashboards/PanelFrame.tsx';
import { usePanels } from '../dashboards/usePanels.ts';
import { ErrorNote, Skeleton } from '../parts/notes.tsx';
import { useWidth } from '../parts/useWidth.ts';
import { useTimeRange } from '../state/useTimeRange.ts';

const NO_FILTERS = [] as const;

/** The visualization as it is so far, with live data. */
export function Preview({ objects, panel }: { readonly objects: readonly SavedObject[]; readonly panel: DashboardPanel }) {
  const { range } = useTimeRange();
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const panels = useMemo(() => [panel], [panel]);
  const { panels: live, load } = usePanels(objects, panels, { timeRange: range, filters: NO_FILTERS }, width);
  const drawn = live[0]?.drawn;
  return (
    <div ref={box}>
      <PanelFrame title={panel.title || 'Preview'}>
        {load.error && !load.data ? (
          <ErrorNote error={load.error} />
        ) : !drawn || load.outdated ? (
          <Skeleton label="Loading the preview" />
        ) : 'error' in drawn ? (
          <ErrorNote error={drawn.error} />
        ) : (
          <PanelBody title={panel.title} result={drawn.result} onFilters={() => undefined} />
        )}
      </PanelFrame>
    </div>
  );
}
