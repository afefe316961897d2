import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect, it } from 'vitest';
import { memoryStore } from '../../stores/memoryStore.ts';
import { memoryTarget } from '../../testing/memoryTarget.ts';
import { sampleFault } from '../../testing/sampleFault.ts';
import { defineExperiment } from '../checkExperiment.ts';
import type { ExperimentJournal } from '../journal.ts';
import { runExperiment } from '../runExperiment.ts';
import { experimentReport, REPORT_FORMATS } from './index.ts';

/** What a cluster may give: markup, an entity, a control character, half a pair, a direction override, a table's bar. */
const HOSTILE = '<img src=x onerror=alert(1)> ]]> &amp; \u0000\u0007\uD800 \u202Eevil `|` [a](javascript:x)';

async function journal(): Promise<ExperimentJournal> {
  const experiment = defineExperiment({ title: `A ${HOSTILE}`.slice(0, 110), method: [{ fault: 'sample', name: 'storm', params: { replicas: 9 } }, { fault: 'sample', name: 'same', params: { replicas: 5 } }, { pause: 1 }] });
  const done = await runExperiment(experiment, { target: memoryTarget(HOSTILE), store: memoryStore(), faults: [sampleFault], targetName: HOSTILE });
  return { ...done, checks: [{ probe: HOSTILE, holds: false, finding: HOSTILE, time: done.start, durationMs: 3 }] };
}

interface Case {
  readonly '@_name': string;
  readonly failure?: { readonly '@_message': string };
  readonly error?: unknown;
  readonly skipped?: unknown;
}
interface Suite {
  readonly '@_tests': string;
  readonly '@_failures': string;
  readonly '@_errors': string;
  readonly '@_skipped': string;
  readonly testcase: readonly Case[];
}

it('writes JUnit XML in the form of Jenkins’ junit-10.xsd, with counts that are right', async () => {
  const xml = experimentReport(await journal(), 'junit');
  expect(XMLValidator.validate(xml)).toBe(true);
  const { testsuites } = new XMLParser({ ignoreAttributes: false, isArray: (name) => name === 'testsuite' || name === 'testcase' }).parse(xml) as { readonly testsuites: { readonly '@_tests': string; readonly '@_failures': string; readonly '@_errors': string; readonly testsuite: readonly Suite[] } };
  const all = testsuites.testsuite.flatMap(({ testcase }) => testcase);
  expect(Number(testsuites['@_tests'])).toBe(all.length);
  for (const suite of testsuites.testsuite) {
    const count = (of: 'failure' | 'error' | 'skipped'): number => suite.testcase.filter((each) => of in each).length;
    expect([suite['@_tests'], suite['@_failures'], suite['@_errors'], suite['@_skipped']].map(Number)).toEqual([suite.testcase.length, count('failure'), count('error'), count('skipped')]);
  }
  expect(all.map((each) => [each['@_name'].slice(0, 6), 'error' in each, 'skipped' in each, 'failure' in each])).toEqual([
    ['1 stor', false, false, false], ['2 same', true, false, false], ['3 paus', false, true, false], [HOSTILE.slice(0, 6), false, false, true], ['1 stor', false, false, false], ['A <img', false, false, true],
  ]);
  expect(xml).not.toMatch(/[\u0000-\u0008]/);
});

it('escapes what is hostile in the page and in Markdown, and runs no script', async () => {
  const page = experimentReport(await journal(), 'html');
  expect(page).not.toMatch(/<img|<script|\u202E/);
  expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
  expect(page).toContain("default-src 'none'");
  expect(page).not.toMatch(/(?:src|href)="?http/);
  const markdown = experimentReport(await journal(), 'markdown');
  expect(markdown).not.toMatch(/(?<!\\)<img|(?<!\\)\]\(|\u202E/);
  for (const line of markdown.split('\n').filter((each) => each.startsWith('| ✘'))) expect(line.replaceAll('\\|', '').split('|')).toHaveLength(5);
});

it('writes JSON that is the journal, and knows each format by its names', async () => {
  const done = await journal();
  expect(JSON.parse(experimentReport(done, 'json'))).toEqual(JSON.parse(JSON.stringify(done)));
  expect(Object.keys(REPORT_FORMATS)).toEqual(['html', 'junit', 'json', 'markdown']);
});
