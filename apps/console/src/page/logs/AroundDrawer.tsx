import { useCallback, useState } from 'react';
import type { Hit } from '../api/search.ts';
import { clock, count, visible } from '../parts/format.ts';
import { Drawer } from '../parts/Drawer.tsx';
import { EmptyNote, ErrorNote, Skeleton } from '../parts/notes.tsx';
import { textAt } from './documents.ts';
import { LogRow } from './LogRow.tsx';
import { logPattern } from './patterns.ts';
import { AROUND_MS, AROUND_STEP_MS, useAround } from './useAround.ts';

const WIDTH = 1_000;
const HEIGHT = 40;

/** What all five patterns have within two minutes of a document, on one time axis. */
export function AroundDrawer({ hit, onClose }: { readonly hit: Hit; onClose(): void }) {
  const at = new Date(textAt(hit._source, '@timestamp')).getTime();
  const { data, error } = useAround(at);
  const [hidden, setHidden] = useState<readonly string[]>(['metricbeat-*']);
  const x = (time: number): number => ((time - at + AROUND_MS) / (2 * AROUND_MS)) * WIDTH;
  const rows = (data?.lanes ?? [])
    .filter((lane) => !hidden.includes(lane.pattern))
    .flatMap((lane) => lane.hits.map((found) => ({ pattern: lane.pattern, hit: found, time: new Date(textAt(found._source, '@timestamp')).getTime() })))
    .sort((one, other) => one.time - other.time);
  // The list begins where the document stands, with what came before within one scroll.
  const showSelf = useCallback((element: HTMLLIElement | null) => {
    const list = element?.parentElement;
    if (element && list) list.scrollTop = element.offsetTop - list.clientHeight / 2;
  }, []);
  const isSelf = (found: Hit): boolean => found._id === hit._id && found._index === hit._index;
  const next = rows.findIndex((row) => row.time >= at);

  return (
    <Drawer title={`Around ${clock(at, true)}, two minutes each way`} onClose={onClose}>
      {error && !data ? <ErrorNote error={error} /> : null}
      {!data && !error ? <Skeleton height={280} label="Looking around" /> : null}
      {data ? (
        <>
          <div className="around" role="group" aria-label="Patterns on one time axis">
            {data.lanes.map((lane) => {
              const most = Math.max(1, ...lane.bars.map((bar) => bar.doc_count));
              const off = hidden.includes(lane.pattern);
              return (
                <button
                  key={lane.pattern}
                  type="button"
                  className="around-lane"
                  aria-pressed={!off}
                  onClick={() => setHidden(off ? hidden.filter((entry) => entry !== lane.pattern) : [...hidden, lane.pattern])}
                >
                  <span>
                    {logPattern(lane.pattern).title} <small>{lane.problem ? 'failed' : count(lane.total)}</small>
                  </span>
                  <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
                    {lane.bars.map((bar) => {
                      const height = Math.max(3, (bar.doc_count / most) * (HEIGHT - 4));
                      return <rect key={bar.key} x={x(Number(bar.key))} y={HEIGHT - height} width={(AROUND_STEP_MS / (2 * AROUND_MS)) * WIDTH - 2} height={height} />;
                    })}
                    <line x1={WIDTH / 2} x2={WIDTH / 2} y1={0} y2={HEIGHT} />
                  </svg>
                </button>
              );
            })}
            <p className="around-axis">
              <span>{clock(at - AROUND_MS)}</span>
              <span>{clock(at)}</span>
              <span>{clock(at + AROUND_MS)}</span>
            </p>
          </div>
          {rows.length === 0 ? <EmptyNote title="Nothing else in these four minutes.">Press a pattern above to show its documents.</EmptyNote> : null}
          <ol className="around-rows" tabIndex={0} aria-label="Documents around, oldest first">
            {rows.map((row, index) => (
              <li
                key={`${row.hit._index}/${row.hit._id}`}
                ref={isSelf(row.hit) ? showSelf : undefined}
                className={isSelf(row.hit) ? 'around-self' : index === next ? 'around-next' : ''}
              >
                <AroundRow pattern={row.pattern} hit={row.hit} offset={row.time - at} />
              </li>
            ))}
          </ol>
        </>
      ) : null}
    </Drawer>
  );
}

function AroundRow({ pattern, hit, offset }: { readonly pattern: string; readonly hit: Hit; readonly offset: number }) {
  const [open, setOpen] = useState(false);
  const seconds = offset / 1_000;
  return (
    <>
      <div className="around-row">
        <span className="number">{seconds === 0 ? 'here' : `${seconds > 0 ? '+' : '−'}${Math.abs(seconds).toFixed(1)} s`}</span>
        <span className="chip tone-plain">{logPattern(pattern).title}</span>
        <LogRow hit={hit} pattern={logPattern(pattern)} open={open} onToggle={() => setOpen(!open)} />
      </div>
      {open ? <pre tabIndex={0}>{visible(JSON.stringify(hit._source, null, 2))}</pre> : null}
    </>
  );
}
