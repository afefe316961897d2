import { useState } from 'react';
import type { Hit } from '../api/search.ts';
import { visible } from '../parts/format.ts';
import { Icon } from '../parts/Icon.tsx';
import type { FiltersHandle } from '../state/useFilters.ts';
import { flatten } from './documents.ts';

const MAX_FILTER_LENGTH = 1_024;

/** One document whole: as a table whose values filter, or as JSON; and the way to what happened around it. */
export function LogDocument({ hit, filters, onAround }: { readonly hit: Hit; readonly filters: FiltersHandle; onAround(): void }) {
  const [form, setForm] = useState<'table' | 'json'>('table');
  return (
    <div className="document">
      <div className="document-tools">
        <div className="segments" role="group" aria-label="Show the document as">
          <button type="button" aria-pressed={form === 'table'} onClick={() => setForm('table')}>
            Table
          </button>
          <button type="button" aria-pressed={form === 'json'} onClick={() => setForm('json')}>
            JSON
          </button>
        </div>
        <button type="button" className="button" onClick={onAround}>
          <Icon name="around" size={16} /> What happened around it
        </button>
      </div>
      {form === 'json' ? (
        <pre tabIndex={0} aria-label="Document as JSON">{visible(JSON.stringify(hit, null, 2))}</pre>
      ) : (
        <table>
          <caption className="visually-hidden">Fields of the document</caption>
          <tbody>
            {flatten(hit._source).map(([name, value]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td className="document-actions">
                  {name === '@timestamp' || name === 'message' || String(value).length > MAX_FILTER_LENGTH ? null : (
                    <>
                      <button type="button" className="button-mini" aria-label={`Only ${name} ${String(value)}`} title="Only this" onClick={() => filters.add({ field: exactField(name), value, negate: false })}>
                        <Icon name="plus" size={14} />
                      </button>
                      <button type="button" className="button-mini" aria-label={`Without ${name} ${String(value)}`} title="Without this" onClick={() => filters.add({ field: exactField(name), value, negate: true })}>
                        <Icon name="minus" size={14} />
                      </button>
                    </>
                  )}
                </td>
                <td>{visible(String(value))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

/** The field that holds a value whole: analysed text has it in its keyword. */
function exactField(name: string): string {
  return name === 'user_agent.original' ? 'user_agent.original.keyword' : name;
}
