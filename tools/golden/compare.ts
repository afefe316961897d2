import { isDeepStrictEqual } from 'node:util';
import { API_PATHS, askPanel, layoutOf, type PanelAnswers, type PanelSearch, type SavedObject, type SearchResponse } from '../../packages/dashboard-renderer/src/index.ts';
import { DIFFERENCES } from './differences.ts';
import { type RecordedRequest, type Recording, SEARCH_PATH } from './recordings.ts';

/** What one of our searches is like. */
export interface ComparedSearch {
  readonly panel: string;
  readonly search: PanelSearch;
  /** Undefined where no recorded request equals ours. */
  readonly recorded: RecordedRequest | undefined;
  /** The rules that were needed to make them equal. */
  readonly rules: readonly string[];
  /** The places where ours differs from the most similar recorded one. */
  readonly unlike: readonly string[];
}

/** How a page's requests compare with ours. */
export interface Comparison {
  readonly searches: readonly ComparedSearch[];
  /** Recorded requests for which we have none, with the rule that says why; undefined is a difference that nothing explains. */
  readonly beside: readonly { readonly request: RecordedRequest; readonly rule: string | undefined }[];
  /** What each panel was answered, by the id of its object. */
  readonly answers: ReadonlyMap<string, PanelAnswers>;
}

/** The zone in which the pages were recorded, as Chromium names UTC there. */
export const ZONE = 'Africa/Abidjan';

/** Asks what we would ask, and gives the recorded answers to what was recorded. */
export async function compareRecording(recording: Recording, objects: readonly SavedObject[]): Promise<Comparison> {
  const left = new Set(recording.requests);
  const searches: ComparedSearch[] = [];
  const answers = new Map<string, PanelAnswers>();
  const layout = recording.kind === 'dashboard' ? layoutOf(objects, recording.object.id) : undefined;
  const panels = layout ? layout.panels.map(({ object }) => object) : [recording.object];
  for (const object of panels) {
    const send = async (search: PanelSearch): Promise<SearchResponse> => {
      const compared = nearest(search, [...left]);
      searches.push({ panel: String(object.attributes['title']), search, ...compared });
      if (!compared.recorded) return {};
      left.delete(compared.recorded);
      const { rawResponse } = compared.recorded.response as { readonly rawResponse?: SearchResponse };
      return rawResponse ?? (compared.recorded.response as SearchResponse);
    };
    const around = layout ? { dashboardQuery: layout.query, dashboardFilters: layout.filters } : {};
    answers.set(object.id, await askPanel(object, objects, { timeRange: { from: recording.from, to: recording.to }, timeZone: ZONE, ...around }, send));
  }
  const answered = searches.flatMap(({ recorded }) => recorded ?? []);
  const beside = [...left].map((request) => ({ request, rule: DIFFERENCES.find(({ superfluous }) => superfluous?.(request, answered) === true)?.rule }));
  return { searches, beside, answers };
}

/** Every explanation that a comparison still lacks. */
export function unexplained({ searches, beside }: Comparison): readonly string[] {
  return [
    ...searches.filter(({ recorded }) => !recorded).map(({ panel, search, unlike }) => `${panel}, ${search.name}: ${unlike.join('; ') || 'nothing like it was recorded'}`),
    ...beside.filter(({ rule }) => rule === undefined).map(({ request }) => `recorded only: ${request.path} ${JSON.stringify(request.request).slice(0, 300)}`),
  ];
}

function nearest(search: PanelSearch, candidates: readonly RecordedRequest[]): Omit<ComparedSearch, 'panel' | 'search'> {
  let closest: readonly string[] | undefined;
  for (const candidate of candidates) {
    if (candidate.path !== (search.api === 'search' ? SEARCH_PATH : API_PATHS[search.api])) continue;
    const theirs = search.api !== 'search' ? { index: '', body: candidate.request } : (candidate.request['params'] as { readonly index: string; readonly body: unknown });
    const found = withRules(search, theirs.body as Readonly<Record<string, unknown>>);
    if (found && theirs.index === search.index) return { recorded: candidate, rules: found, unlike: [] };
    const places = differences({ index: search.index, body: search.body }, { index: theirs.index, body: theirs.body });
    if (closest === undefined || places.length < closest.length) closest = places;
  }
  return { recorded: undefined, rules: [], unlike: closest ?? [] };
}

/** The rules that make our body equal to the recorded one, or undefined where none do. Each rule is tried with and without. */
function withRules(search: PanelSearch, recorded: Readonly<Record<string, unknown>>): readonly string[] | undefined {
  const rules = DIFFERENCES.flatMap(({ rule, sent }) => (sent ? [{ rule, sent }] : []));
  for (let chosen = 0; chosen < 2 ** rules.length; chosen++) {
    const used = rules.filter((_rule, at) => (chosen >> at) & 1);
    const body = used.reduce((each, { sent }) => sent(search, each), search.body);
    if (isDeepStrictEqual(plain(body), plain(recorded))) return used.map(({ rule }) => rule);
  }
  return undefined;
}

/** As it goes over the wire: the order of keys and members without a value say nothing. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function differences(ours: unknown, theirs: unknown, path = ''): readonly string[] {
  if (isDeepStrictEqual(plain(ours ?? null), plain(theirs ?? null))) return [];
  const open = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
  if (!open(ours) || !open(theirs)) return [`${path}: ${JSON.stringify(ours)?.slice(0, 120)} instead of ${JSON.stringify(theirs)?.slice(0, 120)}`];
  return [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].flatMap((name) => differences(ours[name], theirs[name], path === '' ? name : `${path}.${name}`));
}
