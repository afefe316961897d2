import type { Activity } from './journal.ts';

/** Whether an activity is as the experiment wants it. */
export function passedActivity(activity: Activity): boolean {
  if (activity.status !== 'succeeded') return false;
  if (activity.kind === 'fault') return activity.checks.every(({ holds }) => holds) && activity.endedEarly === undefined;
  return activity.kind !== 'check' || activity.results.every(({ holds }) => holds);
}
