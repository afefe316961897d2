import { type RefObject, useEffect, useState } from 'react';

const STEP = 40;

/** The width of an element in pixels, in steps of 40 so that dragging a window does not draw at each pixel; 0 until known. */
export function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const present = element.current;
    if (!present) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.round(entry.contentRect.width / STEP) * STEP);
    });
    observer.observe(present);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
