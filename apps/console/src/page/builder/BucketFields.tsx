import type { ViewField } from '../api/savedObjects.ts';
import { type BucketDraft, bucketFields, fitting } from './draft.ts';

const KIND_WORDS: readonly (readonly [BucketDraft['kind'], string])[] = [
  ['none', 'None'],
  ['dateHistogram', 'Over time'],
  ['terms', 'By value (terms)'],
  ['histogram', 'By steps of a number'],
  ['filters', 'By queries'],
];
const INTERVALS = ['auto', '10s', '30s', '1m', '5m', '1h'];

/** The fields of one bucket. */
export function BucketFields(props: {
  readonly legend: string;
  readonly bucket: BucketDraft;
  readonly fields: readonly ViewField[];
  onChange(change: Partial<BucketDraft>): void;
}) {
  const { legend, bucket, fields, onChange } = props;
  const choices = bucketFields(fields, bucket.kind);
  return (
    <fieldset>
      <legend>{legend}</legend>
      <div className="builder-pair">
        <label className="field">
          How
          <select
            value={bucket.kind}
            onChange={(event) => {
              const kind = KIND_WORDS.find(([value]) => value === event.target.value)?.[0] ?? 'none';
              onChange({ kind, interval: kind === 'histogram' ? '10' : 'auto' });
            }}
          >
            {KIND_WORDS.map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
        {bucket.kind === 'terms' ? (
          <label className="field">
            How many
            <input type="number" min={1} max={50} value={bucket.size} onChange={(event) => onChange({ size: event.target.value })} />
          </label>
        ) : null}
        {bucket.kind === 'dateHistogram' ? (
          <label className="field">
            Step
            <select value={bucket.interval} onChange={(event) => onChange({ interval: event.target.value })}>
              {INTERVALS.map((interval) => (
                <option key={interval}>{interval}</option>
              ))}
            </select>
          </label>
        ) : null}
        {bucket.kind === 'histogram' ? (
          <label className="field">
            Step
            <input type="number" min={0} step="any" value={bucket.interval} onChange={(event) => onChange({ interval: event.target.value })} />
          </label>
        ) : null}
      </div>
      {bucket.kind === 'filters' ? (
        <label className="field">
          Queries, one a line
          <textarea rows={3} value={bucket.filters} placeholder={'errors: log.level: error\nnot found: http.response.status_code: 404'} onChange={(event) => onChange({ filters: event.target.value })} />
        </label>
      ) : bucket.kind === 'none' ? null : (
        <label className="field">
          Field
          <select value={fitting(choices, bucket.field)} onChange={(event) => onChange({ field: event.target.value })}>
            {choices.map((field) => (
              <option key={field.name} value={field.name}>
                {field.name}
              </option>
            ))}
          </select>
        </label>
      )}
    </fieldset>
  );
}
