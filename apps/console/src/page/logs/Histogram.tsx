import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import type { Bucket } from '../api/search.ts';
import { clock, count, dayClock } from '../parts/format.ts';

const WIDTH = 1_000;
const HEIGHT = 100;

/** Bars over time; a drag (or Enter on a bar) chooses a part of the range. */
export function Histogram(props: {
  readonly bars: readonly Bucket[];
  readonly stepMs: number;
  readonly start: number;
  readonly end: number;
  onBrush(start: number, end: number): void;
}) {
  const { bars, stepMs, start, end } = props;
  const box = useRef<HTMLDivElement>(null);
  const [brush, setBrush] = useState<readonly [number, number] | undefined>(undefined);
  const [cursor, setCursor] = useState<number | undefined>(undefined);
  const span = Math.max(1, end - start);
  const most = Math.max(1, ...bars.map((bar) => bar.doc_count));
  const x = (time: number): number => ((time - start) / span) * WIDTH;
  const shown = cursor === undefined ? undefined : bars.find((bar) => Number(bar.key) <= cursor && cursor < Number(bar.key) + stepMs);

  function timeAt(event: PointerEvent): number {
    const rect = box.current?.getBoundingClientRect();
    if (!rect || rect.width === 0) return start;
    const share = Math.min(1, Math.max(0, (event.clientX - rect.left) / rect.width));
    return start + share * span;
  }

  function finish(event: PointerEvent<HTMLDivElement>): void {
    if (!brush) return;
    const to = timeAt(event);
    const [low, high] = [Math.min(brush[0], to), Math.max(brush[0], to)];
    setBrush(undefined);
    if (high - low > span / 200) props.onBrush(low, high);
    else if (shown) props.onBrush(Number(shown.key), Number(shown.key) + stepMs);
  }

  function onKey(event: KeyboardEvent<HTMLDivElement>): void {
    const step = event.key === 'ArrowRight' ? stepMs : event.key === 'ArrowLeft' ? -stepMs : 0;
    if (step !== 0) {
      event.preventDefault();
      setCursor(Math.min(end, Math.max(start, (cursor ?? (step > 0 ? start - stepMs : end)) + step)));
    } else if (event.key === 'Enter' && cursor !== undefined) {
      const low = Math.floor(cursor / stepMs) * stepMs;
      props.onBrush(low, low + stepMs);
    }
  }

  return (
    <div className="histogram">
      <div
        ref={box}
        className="histogram-area"
        role="slider"
        tabIndex={0}
        aria-label="Documents over time; drag to choose a part, or arrow keys and Enter"
        aria-valuemin={start}
        aria-valuemax={end}
        aria-valuenow={cursor ?? end}
        aria-valuetext={shown ? `${clock(Number(shown.key))}: ${count(shown.doc_count)} documents` : `${clock(cursor ?? end)}: none`}
        onKeyDown={onKey}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          const time = timeAt(event);
          setBrush([time, time]);
        }}
        onPointerMove={(event) => {
          const time = timeAt(event);
          setCursor(time);
          if (brush) setBrush([brush[0], time]);
        }}
        onPointerUp={finish}
        onPointerCancel={() => setBrush(undefined)}
        onPointerLeave={() => setCursor(undefined)}
      >
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          {bars.map((bar) => {
            const left = Math.max(0, x(Number(bar.key)));
            const right = Math.min(WIDTH, x(Number(bar.key) + stepMs));
            const height = Math.max(1.5, (bar.doc_count / most) * HEIGHT);
            return (
              <rect
                key={bar.key}
                className={bar === shown ? 'bar-shown' : ''}
                x={left}
                y={HEIGHT - height}
                width={Math.max(0.5, right - left - 1.5)}
                height={height}
              />
            );
          })}
          {brush ? (
            <rect className="brush" x={x(Math.min(...brush))} y={0} width={x(Math.max(...brush)) - x(Math.min(...brush))} height={HEIGHT} />
          ) : null}
        </svg>
      </div>
      <p className="histogram-axis">
        <span>{span > 43_200_000 ? dayClock(start) : clock(start)}</span>
        <span className="histogram-note">
          {shown ? `${clock(Number(shown.key))}: ${count(shown.doc_count)} documents` : `a bar is ${stepWords(stepMs)}${bars.length > 0 ? `; the highest has ${count(most)}` : ''}`}
        </span>
        <span>{span > 43_200_000 ? dayClock(end) : clock(end)}</span>
      </p>
    </div>
  );
}

function stepWords(stepMs: number): string {
  if (stepMs < 60_000) return `${stepMs / 1_000} s`;
  return stepMs < 3_600_000 ? `${stepMs / 60_000} min` : `${stepMs / 3_600_000} h`;
}
