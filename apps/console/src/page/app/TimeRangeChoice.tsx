import { type FormEvent, useRef, useState } from 'react';
import { Icon } from '../parts/Icon.tsx';
import { useDismiss } from '../parts/useDismiss.ts';
import { QUICK_RANGES, rangeLabel, resolveRange } from '../state/timeRange.ts';
import { useTimeRange } from '../state/useTimeRange.ts';

/** `2026-11-24T14:03:22` in local time, as the input wants it. */
function inputValue(time: number): string {
  const date = new Date(time);
  return new Date(time - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

/** The time range: quick choices, or two points in time. */
export function TimeRangeChoice() {
  const { range, setRange } = useTimeRange();
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState('');
  const box = useRef<HTMLDivElement>(null);
  useDismiss(box, open, () => setOpen(false));
  const { start, end } = resolveRange(range, Date.now());
  const quick = range.to === 'now' ? QUICK_RANGES.find((choice) => choice.from === range.from) : undefined;

  function apply(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const from = new Date(String(form.get('from')));
    const to = new Date(String(form.get('to')));
    if (Number.isNaN(from.getTime()) || Number.isNaN(to.getTime()) || to <= from) {
      setProblem('The end must come after the start.');
      return;
    }
    setProblem('');
    setRange({ from: from.toISOString(), to: to.toISOString() });
    setOpen(false);
  }

  return (
    <div className="range" ref={box}>
      <div className="segments" role="group" aria-label="Time range">
        {QUICK_RANGES.map((choice) => (
          <button
            key={choice.from}
            type="button"
            aria-pressed={range.to === 'now' && range.from === choice.from}
            title={choice.name}
            onClick={() => setRange({ from: choice.from, to: 'now' })}
          >
            {choice.label}
          </button>
        ))}
      </div>
      <button type="button" className={`button range-button ${quick ? 'range-quickly' : ''}`} aria-expanded={open} aria-haspopup="dialog" onClick={() => setOpen(!open)}>
        <Icon name="clock" size={16} />
        <span className="range-long">{rangeLabel(range)}</span>
        <span className="range-short">Custom</span>
        {quick ? <span className="range-brief">{quick.label}</span> : null}
        <Icon name="down" size={14} />
      </button>
      {open ? (
        <div className="popover range-popover" role="dialog" aria-label="Choose a time range">
          <div className="range-quick">
            {QUICK_RANGES.map((choice) => (
              <button
                key={choice.from}
                type="button"
                className="button"
                aria-pressed={range.to === 'now' && range.from === choice.from}
                onClick={() => {
                  setRange({ from: choice.from, to: 'now' });
                  setOpen(false);
                }}
              >
                {choice.name}
              </button>
            ))}
          </div>
          <form onSubmit={apply}>
            <label>
              From
              <input type="datetime-local" step={1} name="from" defaultValue={inputValue(start)} />
            </label>
            <label>
              To
              <input type="datetime-local" step={1} name="to" defaultValue={inputValue(end)} />
            </label>
            {problem ? <p className="form-problem" role="alert">{problem}</p> : null}
            <button type="submit" className="button button-main">
              Apply
            </button>
          </form>
        </div>
      ) : null}
    </div>
  );
}
