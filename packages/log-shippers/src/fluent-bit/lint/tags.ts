import type { SectionAt } from '../check.ts';
import type { Report } from './report.ts';

/**
 * A tag as a pattern: what an input writes may hold `*` (the file's path), a variable, or parts that only a record tells; each stands for
 * any characters.
 */
export interface TagPattern {
  readonly pattern: string;
  readonly from: SectionAt;
}

/** The tags that the inputs and the filters that tag anew give. Undefined where a tag can be anything, as with the forward input. */
export function tagsOf(inputs: readonly SectionAt[], filters: readonly SectionAt[]): { readonly tags: readonly TagPattern[]; readonly open: boolean } {
  const tags: TagPattern[] = [];
  let open = false;
  for (const [index, at] of inputs.entries()) {
    const { section } = at;
    const name = String(section['name']);
    const tag = section['tag'];
    if (SENDERS.has(name) && (typeof tag !== 'string' || name === 'opentelemetry' || name === 'http')) {
      // The sender says the tag; with a tag of one's own, it comes behind that.
      open = true;
      continue;
    }
    tags.push({ pattern: anyOf(typeof tag === 'string' ? tag : `${name}.${index}`), from: at });
  }
  for (const at of filters) {
    if (at.section['name'] === 'rewrite_tag') {
      for (const rule of [at.section['rule']].flat()) {
        const tag = typeof rule === 'string' ? /^\S+\s+.+\s+(\S+)\s+\S+$/.exec(rule.trim())?.[1] : undefined;
        if (tag !== undefined) tags.push({ pattern: anyOf(tag), from: at });
      }
    }
    if (at.section['name'] === 'log_to_metrics') tags.push({ pattern: typeof at.section['tag'] === 'string' ? anyOf(at.section['tag']) : '*', from: at });
  }
  return { tags, open };
}

const SENDERS = new Set(['forward', 'opentelemetry', 'http', 'splunk', 'lib', 'elasticsearch']);

function anyOf(tag: string): string {
  return tag.replaceAll(/\$\{[^}]*\}|\$\w+(\[[^\]]*\])*|<[^>]*>/g, '*');
}

/** True when some text fits both patterns; `*` stands for any characters. */
export function overlap(a: string, b: string): boolean {
  // By rows, from the ends: whether the rest of `a` and the rest of `b` have a text in common.
  let below: boolean[] = [];
  for (let i = a.length; i >= 0; i--) {
    const row = new Array<boolean>(b.length + 1).fill(false);
    for (let j = b.length; j >= 0; j--) {
      if (i === a.length && j === b.length) row[j] = true;
      else if (a[i] === '*') row[j] = below[j] === true || (j < b.length && row[j + 1] === true);
      else if (b[j] === '*') row[j] = row[j + 1] === true || (i < a.length && below[j] === true);
      else row[j] = i < a.length && j < b.length && a[i] === b[j] && below[j + 1] === true;
    }
    below = row;
  }
  return below[0] === true;
}

/** The patterns of a filter or output; undefined when it matches by a regular expression, which is not looked into. */
function matchesOf({ section }: SectionAt): readonly string[] | undefined {
  if (section['match_regex'] !== undefined) return undefined;
  return typeof section['match'] === 'string' ? [anyOf(section['match'])] : [];
}

/** Filters that are an input, too: what they have made comes in anew. */
const EMITTERS = new Set(['rewrite_tag', 'multiline', 'log_to_metrics']);

/**
 * The outputs with the match that Fluent Bit gives itself: where there is one input and one output, that output takes everything
 * (src/flb_router.c, flb_router_io_set). Filters that emit are inputs there, and so is what is left in `storage.path`.
 */
function matched(inputs: readonly SectionAt[], filters: readonly SectionAt[], outputs: readonly SectionAt[], service: SectionAt): readonly SectionAt[] {
  const [output] = outputs;
  if (inputs.length !== 1 || outputs.length !== 1 || output?.section['match'] !== undefined || output?.section['match_regex'] !== undefined) return outputs;
  if (service.section['storage.path'] !== undefined || filters.some(({ section }) => EMITTERS.has(String(section['name'])))) return outputs;
  return outputs.map((at) => ({ ...at, section: { ...at.section, match: '*' } }));
}

/** Tags and what takes them. */
export function checkTags(inputs: readonly SectionAt[], filters: readonly SectionAt[], given: readonly SectionAt[], service: SectionAt, report: Report): void {
  const outputs = matched(inputs, filters, given, service);
  const { tags, open } = tagsOf(inputs, filters);
  // Routes name outputs, by plugin or alias; those need no match.
  const routed = inputs.some(({ section }) => section['routes'] !== undefined);
  for (const [list, rule] of [[filters, 'filter-matches-nothing'], [outputs, 'output-matches-nothing']] as const) {
    for (const at of list) {
      const matches = matchesOf(at);
      if (matches === undefined) continue;
      if (matches.length === 0) {
        if (routed && list === outputs) continue;
        report('missing-match', at, undefined, `${String(at.section['name'])} has neither match nor match_regex.`, "match: '*'");
        continue;
      }
      if (!open && inputs.length > 0 && !tags.some((tag) => matches.some((match) => overlap(tag.pattern, match)))) {
        report(rule, at, 'match', `No input gives a tag that ${matches.join(', ')} matches.`, `Tags are ${[...new Set(tags.map((tag) => tag.pattern))].join(', ')}.`);
      }
    }
  }
  if (outputs.length === 0) return;
  for (const tag of tags) {
    if (tag.from.section['routable'] === false || tag.from.section['routes'] !== undefined) continue;
    const taken = outputs.some((output) => {
      const matches = matchesOf(output);
      return matches === undefined || matches.some((match) => overlap(tag.pattern, match));
    });
    const renamed = filters.some((filter) => filter.section['name'] === 'rewrite_tag' && filter !== tag.from && (matchesOf(filter) ?? ['*']).some((match) => overlap(tag.pattern, match)));
    if (!taken && !renamed) report('tag-without-output', tag.from, tag.from.list === 'inputs' ? 'tag' : 'rule', `No output takes the tag ${tag.pattern}.`, `Outputs match ${outputs.flatMap((output) => matchesOf(output) ?? []).join(', ') || 'nothing'}.`);
  }
}
