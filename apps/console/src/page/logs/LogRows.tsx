import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState } from 'react';
import type { Hit } from '../api/search.ts';
import type { FiltersHandle } from '../state/useFilters.ts';
import { LogDocument } from './LogDocument.tsx';
import { LogRow } from './LogRow.tsx';
import type { LogPattern } from './patterns.ts';

/** Rows of documents, of which only those in sight exist; one at a time opens. */
export function LogRows(props: {
  readonly hits: readonly Hit[];
  readonly pattern: LogPattern;
  readonly filters: FiltersHandle;
  onAround(hit: Hit): void;
}) {
  const { hits, pattern, filters, onAround } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [openId, setOpenId] = useState<string | undefined>(undefined);
  const virtual = useVirtualizer({
    count: hits.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 30,
    getItemKey: (index) => keyOf(hits[index]) ?? index,
    overscan: 12,
  });
  return (
    <div className="rows" ref={scroller} role="list" aria-label="Documents, newest first" tabIndex={0}>
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map((item) => {
          const hit = hits[item.index];
          if (!hit) return null;
          const open = keyOf(hit) === openId;
          return (
            <div
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              role="listitem"
              aria-setsize={hits.length}
              aria-posinset={item.index + 1}
              className={`row ${open ? 'row-open' : ''}`}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <LogRow hit={hit} pattern={pattern} open={open} onToggle={() => setOpenId(open ? undefined : keyOf(hit))} />
              {open ? <LogDocument hit={hit} filters={filters} onAround={() => onAround(hit)} /> : null}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** An id is one document's within one backing index only. */
function keyOf(hit: Hit | undefined): string | undefined {
  return hit && `${hit._index}/${hit._id}`;
}
