import type { PanelFilter, VegaView } from '@podscope/dashboard-renderer';
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { type VegaRows, vegaRows } from './vegaRows.ts';

/** What stands under the pointer, and where that is. */
export interface VegaTooltip {
  readonly lines: readonly (readonly [name: string, value: string])[];
  readonly at: { readonly x: number; readonly y: number };
}

/** A picture that is drawn. */
export interface DrawnVega {
  readonly tooltip: VegaTooltip;
  /** What it shows now, as a table. */
  rows(): VegaRows;
}

const NONE: VegaTooltip = { lines: [], at: { x: 0, y: 0 } };

/** Draws a picture in an element, anew for each view; Vega is loaded with the first one. */
export function useVega(element: RefObject<HTMLDivElement | null>, view: VegaView | undefined, onFilters: (filters: readonly PanelFilter[], out: boolean) => void, onProblem: (problem: Error) => void): DrawnVega {
  const [tooltip, setTooltip] = useState<VegaTooltip>(NONE);
  const rowsRef = useRef<() => VegaRows>(() => ({ columns: [], rows: [] }));
  const hooks = useRef({ onFilters, onProblem });
  useEffect(() => {
    hooks.current = { onFilters, onProblem };
  });

  useEffect(() => {
    const box = element.current;
    if (!view || !box) return;
    let gone = false;
    let end = (): void => undefined;
    const draw = async (): Promise<void> => {
      const { drawInto, fit } = await import('./vega.ts');
      if (gone) return;
      const drawn = await drawInto(box, view, {
        onCall: ({ filters, out }) => {
          if (filters.length > 0) hooks.current.onFilters(filters, out);
        },
        onTooltip: (lines, at) => setTooltip(lines.length === 0 ? NONE : { lines, at }),
      });
      rowsRef.current = () => vegaRows(view.spec, (name) => drawn.data(name) as readonly Readonly<Record<string, unknown>>[]);
      const observer = new ResizeObserver(() => void fit(drawn, box));
      observer.observe(box);
      end = () => {
        observer.disconnect();
        drawn.finalize();
      };
      if (gone) end();
    };
    draw().catch((cause: unknown) => {
      if (!gone) hooks.current.onProblem(cause instanceof Error ? cause : new Error(String(cause)));
    });
    return () => {
      gone = true;
      setTooltip(NONE);
      end();
    };
  }, [element, view]);
  return { tooltip, rows: useCallback(() => rowsRef.current(), []) };
}
