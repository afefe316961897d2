import type { DataView } from '../api/savedObjects.ts';
import { BucketFields } from './BucketFields.tsx';
import { type BucketDraft, canSplit, type Draft, fitting, KINDS, metricFields, metricOf, METRICS, metricsOf } from './draft.ts';

/** The form of the builder: kind, data view, metric, bucket, split, filter. */
export function BuilderForm(props: { readonly draft: Draft; readonly views: readonly DataView[]; onChange(change: Partial<Draft>): void }) {
  const { draft, views, onChange } = props;
  const fields = views.find((view) => view.pattern === draft.pattern)?.fields ?? [];
  const shown = metricOf(draft);
  const numbers = metricFields(fields, shown);
  return (
    <form className="card" onSubmit={(event) => event.preventDefault()} aria-label="New visualization">
      <label className="field">
        Title
        <input type="text" maxLength={120} value={draft.title} onChange={(event) => onChange({ title: event.target.value })} />
      </label>
      <fieldset>
        <legend>Kind</legend>
        <div className="kinds">
          {KINDS.map(([kind, label]) => (
            <button key={kind} type="button" className="button" aria-pressed={kind === draft.kind} onClick={() => onChange({ kind })}>
              {label}
            </button>
          ))}
        </div>
      </fieldset>
      <fieldset>
        <legend>Data</legend>
        <label className="field">
          Data view
          <select value={draft.pattern} onChange={(event) => onChange({ pattern: event.target.value })}>
            {views.map((view) => (
              <option key={view.id} value={view.pattern}>
                {view.pattern}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          Only documents that match (DQL)
          <input type="text" value={draft.filter} spellCheck={false} autoComplete="off" placeholder="http.response.status_code >= 400" onChange={(event) => onChange({ filter: event.target.value })} />
        </label>
      </fieldset>
      <fieldset>
        <legend>Metric</legend>
        <label className="field">
          What is counted
          <select value={shown} onChange={(event) => onChange({ metric: METRICS.find(([metric]) => metric === event.target.value)?.[0] ?? 'count' })}>
            {metricsOf(draft.kind).map(([metric, label]) => (
              <option key={metric} value={metric}>
                {label}
              </option>
            ))}
          </select>
        </label>
        {shown === 'count' ? null : (
          <label className="field">
            Of the field
            <select value={fitting(numbers, draft.metricField)} onChange={(event) => onChange({ metricField: event.target.value })}>
              {numbers.map((field) => (
                <option key={field.name} value={field.name}>
                  {field.name}
                </option>
              ))}
            </select>
          </label>
        )}
      </fieldset>
      <BucketFields legend="Bucket" bucket={draft.bucket} fields={fields} onChange={(change) => onChange({ bucket: merged(draft.bucket, change) })} />
      {canSplit(draft.kind) ? (
        <BucketFields legend="Split" bucket={draft.split} fields={fields} onChange={(change) => onChange({ split: merged(draft.split, change) })} />
      ) : null}
    </form>
  );
}

function merged(bucket: BucketDraft, change: Partial<BucketDraft>): BucketDraft {
  return { ...bucket, ...change };
}
