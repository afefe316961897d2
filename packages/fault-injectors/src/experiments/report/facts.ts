import { spanText } from '../../engine/duration.ts';
import type { Activity, ExperimentJournal, FaultActivity } from '../journal.ts';
import { passedActivity } from '../passedActivity.ts';

/** The result in a few words. */
export function verdictText({ status, passed, deviated, leftOver }: ExperimentJournal): string {
  if (leftOver.length > 0) return `${leftOver.length} ${leftOver.length === 1 ? 'fault is' : 'faults are'} left over`;
  if (status === 'interrupted') return 'Interrupted';
  if (status === 'aborted') return 'Aborted';
  if (status === 'failed') return 'Failed';
  if (deviated) return 'The steady state did not come back';
  return passed ? 'Passed' : 'A check did not hold';
}

/** What became of an activity, for people. */
export function outcomeText(activity: Activity): string {
  if (activity.status === 'skipped') return 'skipped';
  if (activity.status === 'interrupted') return 'interrupted';
  if (activity.status === 'failed') return activity.kind === 'check' ? 'does not hold' : 'failed';
  if (!passedActivity(activity)) return activity.kind === 'fault' && activity.endedEarly !== undefined ? 'ended early' : 'a check does not hold';
  if (activity.kind !== 'fault') return activity.kind === 'check' ? 'holds' : 'done';
  return activity.state === 'reverted' ? 'reverted' : activity.state;
}

/** How a fault is called in a report: of several repetitions, which. */
export function faultTitle({ name, iteration, iterations }: FaultActivity): string {
  return iterations > 1 ? `${name} (${iteration} of ${iterations})` : name;
}

/** Between two moments; undefined where one is not there. */
export function between(from: string | undefined, to: string | undefined): number | undefined {
  return from === undefined || to === undefined ? undefined : Math.max(0, Date.parse(to) - Date.parse(from));
}

/** A span between two moments for people, or a dash. */
export function betweenText(from: string | undefined, to: string | undefined): string {
  const ms = between(from, to);
  return ms === undefined ? '–' : spanText(ms);
}

/** What is said of a fault's symptom, where it was looked for. */
export function symptomText(fault: FaultActivity): string {
  if (fault.symptomAt === undefined) return fault.status === 'skipped' ? 'not looked for' : 'not seen';
  const after = betweenText(fault.changedAt ?? fault.start, fault.symptomAt);
  // The state says how it is now; what was seen is in the findings.
  return fault.findings.length === 0 ? 'not looked for' : `seen ${after} after the last change`;
}

/** A reason as a sentence. */
export function sentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
