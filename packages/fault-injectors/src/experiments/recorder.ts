import { isPodscopeError, redact, redactText } from '@podscope/core';
import type { JournalEvent } from '../engine/types.ts';
import type { Activity, JournalError } from './journal.ts';

/** Takes down what an experiment does. */
export interface Recorder {
  /** The activities so far, in the order in which they were begun. */
  readonly activities: readonly Activity[];
  readonly events: readonly JournalEvent[];
  /** A new activity; what it gives replaces it by a later state of the same. */
  add<Kind extends Activity>(activity: Kind): (change: Partial<Kind>) => Kind;
  event(event: JournalEvent): void;
}

/** @param onChange told of each activity that begins or changes */
export function createRecorder(onChange: (activity: Activity) => void): Recorder {
  const activities: Activity[] = [];
  const events: JournalEvent[] = [];
  return {
    activities,
    events,
    add(activity) {
      const at = activities.push(activity) - 1;
      let current = activity;
      onChange(activity);
      return (change) => {
        current = { ...current, ...change };
        activities[at] = current;
        onChange(current);
        return current;
      };
    },
    event: (event) => void events.push(event),
  };
}

/** An error without what must not be read by others. */
export function journalError(error: unknown): JournalError {
  if (!isPodscopeError(error)) return { code: 'UNEXPECTED', message: redactText(error instanceof Error ? error.message : String(error)) };
  return { code: error.code, message: redactText(error.message), ...(error.hint === undefined ? {} : { hint: error.hint }), ...(error.details.length === 0 ? {} : { details: error.details.map(redactText) }) };
}

/** Now, ISO 8601. */
export const isoNow = (): string => new Date().toISOString();

/** Plain data without passwords and tokens. */
export const withoutSecrets = <Data>(data: Data): Data => redact(data) as Data;
