import { type RefObject, useEffect, useRef } from 'react';

/**
 * Calls `dismiss` on Escape, and on a press outside of the element, while `open`. After Escape the focus is on the
 * button that opened it, which is the element's expanded one.
 */
export function useDismiss(element: RefObject<HTMLElement | null>, open: boolean, dismiss: () => void): void {
  const dismissRef = useRef(dismiss);
  useEffect(() => {
    dismissRef.current = dismiss;
  });
  useEffect(() => {
    if (!open) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      element.current?.querySelector<HTMLElement>('[aria-expanded="true"]')?.focus();
      dismissRef.current();
    };
    const onPress = (event: PointerEvent): void => {
      if (event.target instanceof Node && !element.current?.contains(event.target)) dismissRef.current();
    };
    document.addEventListener('keydown', onKey);
    document.addEventListener('pointerdown', onPress);
    return () => {
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('pointerdown', onPress);
    };
  }, [open, element]);
}
