import { bundle, toNdjson, toTypeScript } from '@podscope/saved-objects';
import { useState } from 'react';
import { request } from '../api/request.ts';
import { useSavedObjects } from '../api/SavedObjectsContext.ts';
import { download } from '../dashboards/download.ts';
import { ErrorNote } from '../parts/notes.tsx';
import { Icon } from '../parts/Icon.tsx';
import { useRoute } from '../state/useRoute.ts';
import type { Built } from './useBuilt.ts';

/** Save, and the two exports. */
export function BuilderActions({ built }: { readonly built: Built }) {
  const { reload } = useSavedObjects();
  const { href } = useRoute();
  const [state, setState] = useState<'idle' | 'saving' | 'saved'>('idle');
  const [problem, setProblem] = useState<Error | undefined>(undefined);
  const ready = 'error' in built ? undefined : built;

  async function save(): Promise<void> {
    if (!ready) return;
    setState('saving');
    setProblem(undefined);
    try {
      await request('api/visualizations', { object: ready.object });
      setState('saved');
      reload();
    } catch (cause) {
      setState('idle');
      setProblem(cause instanceof Error ? cause : new Error(String(cause)));
    }
  }

  return (
    <>
      <div className="builder-end">
        <button type="button" className="button button-main" disabled={!ready || state === 'saving'} onClick={() => void save()}>
          {state === 'saving' ? 'Saving' : 'Save'}
        </button>
        <button
          type="button"
          className="button"
          disabled={!ready}
          onClick={() => ready && download(`${ready.object.id}.ndjson`, 'application/x-ndjson', toNdjson(bundle(ready.view, ready.object), { target: 'opensearch-dashboards@2' }))}
        >
          <Icon name="download" size={16} /> NDJSON
        </button>
        <button
          type="button"
          className="button"
          disabled={!ready}
          onClick={() => ready && download(`${ready.object.id}.ts`, 'text/plain;charset=utf-8', toTypeScript(ready.object, [ready.view.object, ready.object]))}
        >
          <Icon name="download" size={16} /> TypeScript
        </button>
      </div>
      {state === 'saved' ? (
        <p className="saved-note" role="status">
          Saved. It stands under <a href={href(['dashboards', '_own'])}>Own visualizations</a>.
        </p>
      ) : null}
      {problem ? <ErrorNote error={problem} /> : null}
    </>
  );
}
