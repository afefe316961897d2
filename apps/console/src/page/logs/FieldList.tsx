import { useMemo, useState } from 'react';
import type { DataView } from '../api/savedObjects.ts';
import type { Hit } from '../api/search.ts';
import { Icon } from '../parts/Icon.tsx';
import type { FiltersHandle } from '../state/useFilters.ts';
import { flatten } from './documents.ts';
import type { LogPattern } from './patterns.ts';
import type { LogQuery } from './query.ts';
import { TopValues } from './TopValues.tsx';

/** The fields of a pattern; a click opens a field's most frequent values. */
export function FieldList(props: {
  readonly pattern: LogPattern;
  readonly view: DataView | undefined;
  readonly hits: readonly Hit[];
  readonly query: LogQuery;
  readonly filters: FiltersHandle;
}) {
  const { pattern, view, hits } = props;
  const [opened, setOpened] = useState<string | undefined>(pattern.first[0]);
  const [search, setSearch] = useState('');
  const names = useMemo(() => fieldNames(pattern, view, hits), [pattern, view, hits]);
  const shown = names.filter((name) => name.toLowerCase().includes(search.toLowerCase()));
  return (
    <section className="fields" aria-label="Fields">
      <input
        type="search"
        aria-label="Find a field"
        placeholder={`Find among ${names.length} fields`}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <ul>
        {shown.map((name) => (
          <li key={name}>
            <button type="button" className="field-name" aria-expanded={opened === name} onClick={() => setOpened(opened === name ? undefined : name)}>
              <Icon name="chevron" size={14} />
              <span>{name}</span>
            </button>
            {opened === name ? <TopValues field={name} view={view} hits={hits} query={props.query} filters={props.filters} /> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

function fieldNames(pattern: LogPattern, view: DataView | undefined, hits: readonly Hit[]): readonly string[] {
  const known = view?.fields.map((field) => field.name) ?? [];
  const names = new Set(known.length > 0 ? known : hits.slice(0, 50).flatMap((hit) => flatten(hit._source).map(([name]) => name)));
  names.delete('@timestamp');
  const first = pattern.first.filter((name) => names.has(name));
  return [...new Set([...first, ...[...names].sort()])];
}
