import { useState } from 'react';
import type { ExecResult } from '../../api/cluster.ts';
import { request } from '../api/request.ts';
import { useRefresh } from '../state/RefreshContext.ts';
import type { CommandProblem, VerbCall } from './command.ts';

/** One line of what was done, newest last. */
export interface VerbLine {
  readonly command: string;
  readonly output: string;
  readonly failed: boolean;
}

const MAX_LINES = 40;

/** Sends verbs and keeps what came back. */
export function useVerb() {
  const [lines, setLines] = useState<readonly VerbLine[]>([]);
  const [busy, setBusy] = useState(false);
  const { refresh } = useRefresh();
  const add = (line: VerbLine): void => setLines((present) => [...present, line].slice(-MAX_LINES));

  async function send(call: VerbCall | CommandProblem): Promise<void> {
    if ('problem' in call) {
      add({ command: '', output: call.problem, failed: true });
      return;
    }
    setBusy(true);
    try {
      const answer = await request<Partial<ExecResult>>(`api/verbs/${call.verb}`, call.body);
      const output = [answer.stdout, answer.stderr].filter(Boolean).join('\n').trimEnd();
      const exitCode = answer.exitCode ?? 0;
      add({ command: call.command, output: output || (exitCode === 0 ? 'done' : `exit code ${exitCode}`), failed: exitCode !== 0 });
      refresh();
    } catch (cause) {
      add({ command: call.command, output: cause instanceof Error ? cause.message : String(cause), failed: true });
    } finally {
      setBusy(false);
    }
  }

  return { lines, busy, send };
}
