import type { ProbeResult } from '../../probes/probe.ts';
import { spanText } from '../../engine/duration.ts';
import type { Activity, ExperimentJournal } from '../journal.ts';
import { betweenText, faultTitle, outcomeText, sentence, symptomText, verdictText } from './facts.ts';

/** What comes from a cluster must make neither markup nor a link. */
function plain(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .replace(/[\\`*_{}[\]()#+!|<>~]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replace(/:\/\//g, ':\\/\\/')
    .trim();
}

const mark = (holds: boolean): string => (holds ? '✔' : '✘');

function probeTable(results: readonly ProbeResult[]): readonly string[] {
  return ['| | probe | found |', '| --- | --- | --- |', ...results.map(({ holds, probe, finding }) => `| ${mark(holds)} | ${plain(probe)} | ${plain(finding)} |`), ''];
}

function activityRow(activity: Activity): string {
  const name = activity.kind === 'fault' ? `${faultTitle(activity)} (${activity.fault})` : activity.name;
  const took = betweenText(activity.start, activity.end);
  const found = activity.error !== undefined
    ? activity.error.message
    : activity.kind === 'fault'
      ? [symptomText(activity), ...activity.findings, ...(activity.endedEarly === undefined ? [] : [activity.endedEarly])].join('; ')
      : activity.kind === 'check'
        ? activity.results.map(({ finding }) => finding).join('; ')
        : '';
  return `| ${activity.step} | ${plain(name)} | ${plain(outcomeText(activity))} | ${took} | ${plain(found)} |`;
}

/** The journal as Markdown, for a pull request or an issue. */
export function markdownReport(journal: ExperimentJournal): string {
  const { experiment, steadyState, activities, checks, leftOver } = journal;
  const faults = activities.flatMap((activity) => (activity.kind === 'fault' ? activity.checks : []));
  return [
    `# ${plain(experiment.title)}`,
    '',
    `**${verdictText(journal)}** after ${spanText(journal.durationMs)}, on ${plain(journal.target.name ?? journal.target.id)}, ${journal.start}.`,
    ...(journal.reason === undefined ? [] : ['', plain(sentence(journal.reason))]),
    ...(experiment.description === undefined ? [] : ['', plain(experiment.description)]),
    '',
    ...(steadyState.before.length === 0 ? [] : ['## Steady state before', '', ...probeTable(steadyState.before)]),
    '## Method',
    '',
    '| step | what | result | took | found |',
    '| --- | --- | --- | --- | --- |',
    ...activities.map(activityRow),
    '',
    ...(faults.length === 0 ? [] : ['## While the faults were there', '', ...probeTable(faults)]),
    ...(checks.length === 0 ? [] : ['## Checks', '', ...probeTable(checks)]),
    ...(steadyState.after.length === 0 ? [] : ['## Steady state after', '', ...probeTable(steadyState.after)]),
    ...(leftOver.length === 0 ? [] : ['## Left over', '', ...leftOver.map(({ id, fault, error }) => `- ${plain(fault)} ${plain(id)}: ${plain(error.message)}`), '']),
  ].join('\n');
}
