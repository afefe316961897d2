import type { SavedObject } from '@podscope/saved-objects';
import { useDeferredValue, useState } from 'react';
import { ErrorNote } from '../parts/notes.tsx';
import { PanelFrame } from '../dashboards/PanelFrame.tsx';
import { BuilderActions } from './BuilderActions.tsx';
import { BuilderForm } from './BuilderForm.tsx';
import { type Draft, FIRST_DRAFT } from './draft.ts';
import { Preview } from './Preview.tsx';
import { useBuilt } from './useBuilt.ts';

/** Builds a visualization step by step, with a live preview; saves and exports it. */
export function Builder({ objects }: { readonly objects: readonly SavedObject[] }) {
  const [draft, setDraft] = useState<Draft>(FIRST_DRAFT);
  const { views, built } = useBuilt(objects, useDeferredValue(draft));
  return (
    <div className="builder">
      <BuilderForm draft={draft} views={views} onChange={(change) => setDraft((present) => ({ ...present, ...change }))} />
      <div className="builder-preview">
        {'error' in built ? (
          <PanelFrame title={draft.title || 'Preview'}>
            <ErrorNote error={built.error} />
          </PanelFrame>
        ) : (
          <Preview objects={objects} panel={built.panel} />
        )}
        <BuilderActions built={built} />
      </div>
    </div>
  );
}
