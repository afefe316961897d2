import Builder from 'fast-xml-builder';
import type { ProbeResult } from '../../probes/probe.ts';
import type { Activity, ExperimentJournal, JournalError } from '../journal.ts';
import { passedActivity } from '../passedActivity.ts';
import { between, faultTitle, verdictText } from './facts.ts';

interface Problem {
  '@message': string;
  '@type': string;
  '#text': string;
}

interface TestCase {
  '@name': string;
  '@classname': string;
  '@time': string;
  failure?: Problem;
  error?: Problem;
  skipped?: { '@message': string };
  'system-out'?: string;
}

interface Suite {
  readonly name: string;
  readonly start: string;
  readonly cases: readonly TestCase[];
}

/** XML 1.0 has no other characters, escaped or not (section 2.2): a byte out of a log must not make the file unreadable. */
const NO_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

const clean = (text: string): string => text.replace(NO_XML, '\uFFFD');
const seconds = (ms: number | undefined): string => ((ms ?? 0) / 1_000).toFixed(3);

/**
 * The journal as JUnit XML, as Jenkins, GitLab and GitHub actions read it: a suite for each phase, a case for each probe and step. The form
 * is that of Jenkins' xunit plugin (`junit-10.xsd`): counts on suites, one of failure, error or skipped in a case.
 */
export function junitReport(journal: ExperimentJournal): string {
  const { title } = journal.experiment;
  const { before, after, afterAt } = journal.steadyState;
  const suites: readonly Suite[] = [
    { name: 'steady state before', start: journal.start, cases: before.map((result) => probeCase(result, 'steady state before')) },
    { name: 'method', start: journal.start, cases: journal.activities.flatMap(activityCases) },
    { name: 'checks', start: journal.checks[0]?.time ?? journal.start, cases: journal.checks.map((result) => probeCase(result, 'checks')) },
    { name: 'revert', start: journal.end, cases: revertCases(journal) },
    { name: 'steady state after', start: afterAt ?? journal.end, cases: after.map((result) => probeCase(result, 'steady state after')) },
    { name: 'result', start: journal.end, cases: [resultCase(journal)] },
  ].filter(({ cases }) => cases.length > 0);
  const all = suites.flatMap(({ cases }) => cases);
  const builder = new Builder({ ignoreAttributes: false, attributeNamePrefix: '@', format: true, suppressEmptyNode: true, processEntities: true, suppressBooleanAttributes: false });
  const body = builder.build({
    testsuites: {
      '@name': clean(title),
      ...counts(all),
      '@time': seconds(journal.durationMs),
      testsuite: suites.map(({ name, start, cases }) => ({
        '@name': clean(`${title}: ${name}`),
        ...counts(cases),
        '@skipped': String(cases.filter(({ skipped }) => skipped !== undefined).length),
        '@time': cases.reduce((sum, each) => sum + Number(each['@time']), 0).toFixed(3),
        '@timestamp': start.replace(/\.\d+Z$/, ''),
        testcase: cases,
      })),
    },
  }) as string;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${body.trimEnd()}\n`;
}

function counts(cases: readonly TestCase[]) {
  return {
    '@tests': String(cases.length),
    '@failures': String(cases.filter(({ failure }) => failure !== undefined).length),
    '@errors': String(cases.filter(({ error }) => error !== undefined).length),
  };
}

function problem(type: string, message: string, lines: readonly string[]): Problem {
  return { '@message': clean(message), '@type': type, '#text': clean([message, ...lines].join('\n')) };
}

function errorProblem({ code, message, hint, details = [] }: JournalError): Problem {
  return problem(code, message, [...(hint === undefined ? [] : [hint]), ...details]);
}

function probeCase({ probe, holds, finding, durationMs }: ProbeResult, classname: string): TestCase {
  return { '@name': clean(probe), '@classname': classname, '@time': seconds(durationMs), ...(holds ? { 'system-out': clean(finding) } : { failure: problem('probe', finding, []) }) };
}

function activityCases(activity: Activity): readonly TestCase[] {
  const name = activity.kind === 'fault' ? faultTitle(activity) : activity.name;
  const base: TestCase = { '@name': clean(`${activity.step} ${name}`), '@classname': activity.kind === 'fault' ? `fault.${activity.fault}` : activity.kind, '@time': seconds(between(activity.start, activity.end)) };
  if (activity.status === 'skipped') return [{ ...base, skipped: { '@message': 'the experiment ended before' } }];
  if (activity.kind === 'check') return activity.results.length === 0 ? [{ ...base, skipped: { '@message': 'it was not asked' } }] : activity.results.map((result) => probeCase(result, `check ${activity.step}`));
  if (activity.status === 'interrupted') return [{ ...base, skipped: { '@message': 'it was interrupted' } }];
  if (activity.error !== undefined) return [{ ...base, error: errorProblem(activity.error) }];
  if (activity.kind !== 'fault') return [base];
  const own: TestCase = activity.endedEarly === undefined ? { ...base, ...(activity.findings.length === 0 ? {} : { 'system-out': clean(activity.findings.join('\n')) }) } : { ...base, failure: problem('ended early', activity.endedEarly, activity.findings) };
  return [own, ...activity.checks.map((result) => probeCase(result, `fault.${activity.fault} ${activity.step} checks`))];
}

function revertCases({ activities, leftOver }: ExperimentJournal): readonly TestCase[] {
  return activities.flatMap((activity): readonly TestCase[] => {
    if (activity.kind !== 'fault' || activity.revertingAt === undefined || activity.id === undefined) return [];
    const left = leftOver.find(({ id }) => id === activity.id);
    return [{ '@name': clean(`${activity.step} ${faultTitle(activity)} is reverted`), '@classname': `fault.${activity.fault}`, '@time': seconds(between(activity.revertingAt, activity.revertedAt)), ...(left === undefined ? {} : { error: errorProblem(left.error) }) }];
  });
}

/** The experiment as a whole: it fails where nothing else of it does, such as an experiment that was aborted. */
function resultCase(journal: ExperimentJournal): TestCase {
  const base: TestCase = { '@name': clean(journal.experiment.title), '@classname': 'experiment', '@time': seconds(journal.durationMs) };
  const passed = journal.passed && journal.activities.every(passedActivity);
  return passed ? base : { ...base, failure: problem(journal.status, verdictText(journal), journal.reason === undefined ? [] : [journal.reason]) };
}
