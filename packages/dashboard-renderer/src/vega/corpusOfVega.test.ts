import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isVega, type SavedObject, type SearchResponse, vegaRequestsFor, vegaViewOf } from '../index.ts';

const root = join(process.env['PODSCOPE_CORPUS'] ?? '/nowhere', 'golden/osd-2.8.0');
const here = existsSync(root);

interface Recorded {
  readonly from: string;
  readonly to: string;
  readonly requests: readonly { readonly request: { readonly params: { readonly index: string; readonly body: object } }; readonly response: { readonly rawResponse: SearchResponse } }[];
}

function read(...path: readonly string[]): unknown {
  return JSON.parse(readFileSync(join(root, ...path), 'utf8'));
}

describe.runIf(here)(here ? 'what pictures of Vega asked of OpenSearch Dashboards 2.8.0' : 'what pictures of Vega asked of OpenSearch Dashboards 2.8.0 (not run: PODSCOPE_CORPUS names no folder with golden)', () => {
  const patterns = here ? (read('index-patterns.json') as SavedObject[]) : [];
  const pictures = here ? readdirSync(join(root, 'visualization')).sort().map((name) => [name, read('visualization', name, 'saved-object.json') as SavedObject] as const).filter(([, object]) => isVega(object)) : [];

  it.each(pictures)('%s', (name, object) => {
    const { from, to, requests } = read('visualization', name, 'requests.json') as Recorded;
    const asked = vegaRequestsFor(object, [...patterns, object], { timeRange: { from, to } });
    expect(asked.map(({ index, body }) => ({ index, body }))).toEqual(requests.map(({ request: { params } }) => ({ index: params.index, body: params.body })));
    const answers = new Map(asked.map((each, index) => [each.name, requests[index]?.response.rawResponse as SearchResponse]));
    const text = JSON.stringify(vegaViewOf(object, answers, { theme: 'light' }).spec);
    for (const { response } of requests) expect(text).toContain(`"values":${JSON.stringify(response.rawResponse)}`);
  });

  it('counts them', () => {
    expect(pictures).toHaveLength(4);
  });
});
