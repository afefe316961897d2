import { useCallback, useState } from 'react';
import type { HuntView } from '../../api/hunts.ts';
import { request } from '../api/request.ts';
import { useLoad } from '../api/useLoad.ts';
import { useRefresh } from '../state/RefreshContext.ts';

/** What a learner does with a hunt. */
export type HuntStep = 'start' | 'hint' | 'answer' | 'submit' | 'stop';

/** The hunts, and the steps of play. */
export function useHunts() {
  const { tick } = useRefresh();
  const [own, setOwn] = useState(0);
  // Each step makes a key of its own, so that an answer from before it is not shown after it.
  const load = useLoad(`hunts ${own}`, tick, (signal) => request<readonly HuntView[]>('api/hunts', undefined, signal));
  const [busy, setBusy] = useState<HuntStep | undefined>(undefined);
  const [problem, setProblem] = useState<Error | undefined>(undefined);

  const step = useCallback(async (id: string, name: HuntStep, body: Readonly<Record<string, unknown>> = {}): Promise<boolean> => {
    setBusy(name);
    setProblem(undefined);
    try {
      await request<HuntView>(`api/hunts/${encodeURIComponent(id)}/${name}`, body);
      return true;
    } catch (cause) {
      setProblem(cause instanceof Error ? cause : new Error(String(cause)));
      return false;
    } finally {
      setOwn((present) => present + 1);
      setBusy(undefined);
    }
  }, []);

  return { load, busy, problem, step };
}
