import type { FaultState } from '../../definition/check.ts';
import { spanText } from '../../engine/duration.ts';
import type { ProbeResult } from '../../probes/probe.ts';
import type { Activity, ExperimentJournal, FaultActivity, JournalError } from '../journal.ts';
import { passedActivity } from '../passedActivity.ts';
import { betweenText, faultTitle, outcomeText, sentence, symptomText, verdictText } from './facts.ts';
import { html, type Markup } from './markup.ts';
import { style } from './style.ts';
import { timeline } from './timeline.ts';

const clock = (time: string): string => `${time.slice(0, 10)} ${time.slice(11, 19)} UTC`;
const badge = (good: boolean, text: string): Markup => html`<span class="badge ${good ? 'good' : 'bad'}">${good ? '✔' : '✘'} ${text}</span>`;

/**
 * The journal as one page that needs nothing else: no script runs in it, and what came from the cluster is escaped. Light and dark, wide and
 * narrow.
 */
export function htmlReport(journal: ExperimentJournal): string {
  const { experiment, steadyState, checks, leftOver, activities } = journal;
  const faults = activities.filter((activity): activity is FaultActivity => activity.kind === 'fault');
  const steps = activities.filter((activity) => activity.kind !== 'fault');
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${verdictText(journal)}: ${experiment.title}</title>
<style>${{ html: style }}</style>
</head>
<body>
<main>
<header><h1>${experiment.title}</h1>${badge(journal.passed, verdictText(journal))}</header>
<p class="meta">${journal.target.name ?? journal.target.id} (${journal.target.kind}) · ${clock(journal.start)} · ${spanText(journal.durationMs)}${journal.source === undefined ? '' : ` · ${journal.source}`}${experiment.tags.length === 0 ? '' : ` · ${experiment.tags.join(', ')}`}</p>
${experiment.description === undefined ? undefined : html`<p>${experiment.description}</p>`}
${journal.reason === undefined ? undefined : html`<p class="notice">${sentence(journal.reason)}</p>`}
${leftOver.map(({ id, fault, error }) => html`<div class="notice"><b>${fault} ${id} is still there.</b> ${error.message}${errorDetails(error)}<p>“podscope fault revert ${id} --force” restores the state from before all the same.</p></div>`)}
${facts(journal, faults)}
<h2>Timeline</h2>
<div class="card">${timeline(journal)}</div>
${steadyState.before.length === 0 ? undefined : html`<h2>Steady state</h2><div class="card">${probeTable([...steadyState.before.map((result) => ['before', result] as const), ...steadyState.after.map((result) => ['after', result] as const)], 'when')}</div>`}
<h2>Faults</h2>
${faults.length === 0 ? html`<p class="meta">None was injected.</p>` : faults.map(faultCard)}
${steps.length === 0 ? undefined : html`<h2>Further steps</h2><div class="card">${stepTable(steps)}</div>`}
${checks.length === 0 ? undefined : html`<h2>Checks</h2><div class="card">${probeTable(checks.map((result) => ['', result] as const))}</div>`}
${journal.events.length === 0 ? undefined : html`<h2>Journal</h2><details class="card fault"><summary><span>${journal.events.length} lines of what was written, and when</span></summary><div>${events(journal)}</div></details>`}
<footer>Written by Podscope. The same as data: podscope fault run … --report report.json</footer>
</main>
</body>
</html>
`.html;
}

function facts({ steadyState, checks, activities, leftOver, events }: ExperimentJournal, faults: readonly FaultActivity[]): Markup {
  const inserted = faults.filter(({ id }) => id !== undefined);
  const inState = (state: FaultState): number => inserted.filter((fault) => events.some((event) => event.id === fault.id && event.state === state)).length;
  const unverified = inState('injected-unverified');
  const asked = [...checks, ...faults.flatMap((fault) => fault.checks), ...activities.flatMap((activity) => (activity.kind === 'check' ? activity.results : []))];
  const of = (all: readonly ProbeResult[]): string => `${all.filter(({ holds }) => holds).length} of ${all.length}`;
  const fact = (value: string, what: string): Markup => html`<div class="fact"><b>${value}</b><span>${what}</span></div>`;
  return html`<div class="facts">
${steadyState.before.length === 0 ? undefined : fact(of(steadyState.before), 'steady state before')}
${fact(`${inState('injected')} of ${inserted.length}`, unverified === 0 ? 'symptoms seen' : `symptoms seen; ${unverified} can’t be shown here`)}
${asked.length === 0 ? undefined : fact(of(asked), 'checks hold')}
${fact(`${inserted.filter(({ state }) => state === 'reverted').length} of ${inserted.length}`, 'faults reverted')}
${steadyState.after.length === 0 ? undefined : fact(of(steadyState.after), 'steady state after')}
${leftOver.length === 0 ? undefined : fact(String(leftOver.length), 'left over')}
</div>`;
}

function probeTable(rows: readonly (readonly [string, ProbeResult])[], first?: string): Markup {
  return html`<table><thead><tr>${first === undefined ? undefined : html`<th scope="col">${first}</th>`}<th scope="col">result</th><th scope="col">probe</th><th scope="col">found</th><th scope="col">took</th></tr></thead><tbody>
${rows.map(
    ([when, { holds, probe, finding, durationMs }]) => html`<tr>${first === undefined ? undefined : html`<td class="tight">${when}</td>`}<td class="tight">${badge(holds, holds ? 'holds' : 'does not')}</td><td>${probe}</td><td>${finding}</td><td class="tight">${spanText(durationMs)}</td></tr>
`,
  )}</tbody></table>`;
}

function stepTable(steps: readonly Activity[]): Markup {
  return html`<table><thead><tr><th scope="col">step</th><th scope="col">what</th><th scope="col">result</th><th scope="col">took</th><th scope="col">found</th></tr></thead><tbody>
${steps.map((step) => html`<tr><td class="tight">${step.step}</td><td>${step.name}</td><td class="tight">${outcome(step)}</td><td class="tight">${betweenText(step.start, step.end)}</td><td>${step.error?.message}${step.kind === 'check' ? step.results.map(({ finding, holds }) => html`<div>${holds ? '' : '✘ '}${finding}</div>`) : undefined}</td></tr>
`)}</tbody></table>`;
}

function outcome(activity: Activity): Markup {
  if (activity.status === 'skipped' || activity.status === 'interrupted') return html`<span class="badge warn">${outcomeText(activity)}</span>`;
  return badge(passedActivity(activity), outcomeText(activity));
}

function errorDetails({ hint, details = [] }: JournalError): Markup {
  return html`${hint === undefined ? undefined : html` ${hint}`}${details.length === 0 ? undefined : html`<ul>${details.map((line) => html`<li>${line}</li>`)}</ul>`}`;
}

function faultCard(fault: FaultActivity): Markup {
  const { blastRadius: radius, error } = fault;
  const entry = (name: string, value: Markup | string | undefined): Markup | undefined => (value === undefined ? undefined : html`<dt>${name}</dt><dd>${value}</dd>`);
  return html`<details class="card fault"${passedActivity(fault) ? undefined : html` open`}>
<summary><b>${fault.step} ${faultTitle(fault)}</b>${outcome(fault)}<span class="meta">${fault.title}</span></summary>
<div><dl>
${entry('fault', html`<code>${fault.fault}</code>, proved by the ${fault.provable}${fault.id === undefined ? '' : html` · id <code>${fault.id}</code>`}`)}
${entry('parameters', html`<code>${JSON.stringify(fault.params)}</code>`)}
${radius === undefined ? undefined : entry('touched', `${radius.count} of ${radius.of} ${radius.unit}`)}
${entry('injecting', betweenText(fault.start, fault.changedAt))}
${entry('expected', fault.symptom)}
${entry('symptom', html`${symptomText(fault)}${fault.findings.length === 0 ? undefined : html`<ul>${fault.findings.map((line) => html`<li>${line}</li>`)}</ul>`}`)}
${fault.revertingAt === undefined ? undefined : entry('was there', betweenText(fault.symptomAt, fault.revertingAt))}
${fault.revertedAt === undefined ? undefined : entry('reverting', betweenText(fault.revertingAt, fault.revertedAt))}
${entry('ended early', fault.endedEarly)}
${error === undefined ? undefined : entry('error', html`<code>${error.code}</code> ${error.message}${errorDetails(error)}`)}
</dl>${fault.checks.length === 0 ? undefined : probeTable(fault.checks.map((result) => ['', result] as const))}</div>
</details>
`;
}

function events({ events: lines, start }: ExperimentJournal): Markup {
  return html`<table class="events"><tbody>${lines.map(
    ({ time, fault, id, state, step, phase, findings = [], error }) => html`<tr><td>+${spanText(Math.max(0, Date.parse(time) - Date.parse(start)))}</td><td class="tight">${fault} <code>${id.slice(0, 6)}</code></td><td class="tight">${state}</td><td>${step === undefined ? '' : `${step} ${phase ?? ''}`} ${findings.join('; ')} ${error === undefined ? '' : `${error.code}: ${error.message}`}</td></tr>
`,
  )}</tbody></table>`;
}
