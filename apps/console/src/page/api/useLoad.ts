import { useEffect, useRef, useState } from 'react';

/** The state of something that is loaded again and again: the last good data stay while new ones come. */
export interface Load<Data> {
  readonly data: Data | undefined;
  readonly error: Error | undefined;
  readonly loading: boolean;
  /** When `data` came, milliseconds since the epoch. */
  readonly at: number | undefined;
  /** True while `data` belong to another key than the present one. */
  readonly outdated: boolean;
}

interface Kept<Data> {
  readonly key: string;
  readonly data: Data | undefined;
  readonly error: Error | undefined;
  readonly at: number | undefined;
}

/** Loads when `key` or `tick` changes; an overtaken request is aborted. A null key loads nothing. */
export function useLoad<Data>(key: string | null, tick: number, load: (signal: AbortSignal) => Promise<Data>): Load<Data> {
  const [kept, setKept] = useState<Kept<Data>>({ key: '', data: undefined, error: undefined, at: undefined });
  const [loading, setLoading] = useState(key !== null);
  const loadRef = useRef(load);
  useEffect(() => {
    loadRef.current = load;
  });
  const inFlight = useRef<{ readonly key: string; readonly controller: AbortController } | undefined>(undefined);
  useEffect(() => {
    if (inFlight.current && inFlight.current.key !== key) {
      inFlight.current.controller.abort();
      inFlight.current = undefined;
    }
    // A slow answer is waited for: aborting it at each tick would never show anything.
    if (key === null || inFlight.current) return;
    const controller = new AbortController();
    inFlight.current = { key, controller };
    setLoading(true);
    loadRef
      .current(controller.signal)
      .then(
        (data) => {
          if (!controller.signal.aborted) setKept({ key, data, error: undefined, at: Date.now() });
        },
        (cause: unknown) => {
          if (controller.signal.aborted) return;
          const error = cause instanceof Error ? cause : new Error(String(cause));
          setKept((present) => ({ ...present, error }));
        },
      )
      .finally(() => {
        if (controller.signal.aborted) return;
        inFlight.current = undefined;
        setLoading(false);
      });
  }, [key, tick]);
  useEffect(
    () => () => {
      inFlight.current?.controller.abort();
      inFlight.current = undefined;
    },
    [],
  );
  return { data: kept.data, error: kept.error, at: kept.at, loading, outdated: kept.data !== undefined && kept.key !== key };
}
