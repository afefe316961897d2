import type { Directive } from '../model/config.ts';
import { typeOf } from '../model/toItems.ts';
import type { Place, Report } from './report.ts';
import { covers, isUnknownPattern, samplesOf, tagMatcher } from './tags.ts';

type Values = Readonly<Record<string, unknown>>;

interface Placed {
  readonly directive: Directive;
  readonly place: Place;
}

/** The top of a file, or a label: where events look for their match. */
interface Scope {
  readonly name: string;
  readonly directives: readonly Placed[];
  /** Tags of the events that come in; undefined when they can't be known. */
  tags: Set<string> | undefined;
}

/** What may send events on under tags that aren't known: an output of those that do, or one that no list has; undefined for all others. */
function tagsAnew(directive: Directive): 'surely' | 'maybe' | undefined {
  if (directive.directive !== 'match') return undefined;
  const values = pluginValues(directive);
  const stores = [valueOf(values, 'store')].flat().filter((each): each is Values => typeof each === 'object' && each !== null);
  const types = [values, ...stores].map(typeOf);
  if (types.some(({ type }) => type !== undefined && RETAGGING.has(type))) return 'surely';
  return types.some(({ type, other }) => other || type === undefined) ? 'maybe' : undefined;
}

/** Labels that Fluentd itself sends to (lib/fluent/root_agent.rb). */
const OWN_LABELS: ReadonlySet<string> = new Set(['@ERROR', '@FLUENT_LOG', '@ROOT']);
/** Tags of Fluentd's own events. */
const OWN_TAGS = /^fluent\b/;
/** Inputs that emit no events, or only where a tag is given. */
const SILENT: ReadonlySet<string> = new Set(['monitor_agent', 'prometheus', 'prometheus_monitor', 'prometheus_output_monitor', 'prometheus_tail_monitor', 'debug_agent']);
/** Outputs that send events on under other tags. */
const RETAGGING: ReadonlySet<string> = new Set(['rewrite_tag_filter', 'exec_filter']);

/** Labels that aren't there, matches and filters that get nothing, and tags that nothing takes. */
export function lintRouting(report: Report, directives: readonly Placed[]): void {
  const flat = directives.flatMap((placed): readonly Placed[] => (placed.directive.directive === 'worker' ? insideOf(placed.directive.directives, placed.place) : [placed]));
  const isPart = flat.some(({ directive }) => directive.directive === 'include') || isPartOfAnother(flat);
  const root: Scope = { name: '', directives: flat, tags: new Set() };
  const scopes = new Map<string, Scope>([['', root]]);
  for (const { directive, place } of flat) {
    if (directive.directive !== 'label') continue;
    if (scopes.has(directive.name)) report.add('same-label', place, `<label ${directive.name}> stands there twice.`, 'Put both into one.');
    scopes.set(directive.name, { name: directive.name, directives: insideOf(directive.directives, place), tags: OWN_LABELS.has(directive.name) ? undefined : new Set() });
  }
  const used = new Set<string>();
  for (const scope of scopes.values()) for (const { directive, place } of scope.directives) for (const name of labelsUsed(directive)) {
    used.add(name);
    if (!scopes.has(name) && !OWN_LABELS.has(name) && !isPart && !name.includes('#{')) report.add('unknown-label', place, `There is no <label ${name}>.`, known(scopes));
  }
  spread(scopes, flat);
  const anew = [...scopes.values()].flatMap((scope) => scope.directives.map(({ directive }) => tagsAnew(directive)));
  for (const scope of scopes.values()) {
    if (scope.name !== '' && !used.has(scope.name) && !OWN_LABELS.has(scope.name) && !isPart) {
      const place = flat.find(({ directive }) => directive.directive === 'label' && directive.name === scope.name)?.place;
      if (place !== undefined) report.add('unused-label', place, `Nothing sends events to ${scope.name}.`, `Give a source @label ${scope.name}.`);
      continue;
    }
    lintScope(report, scope, isPart || scope.directives.some(({ directive }) => directive.directive === 'include'), { match: anew.some((how) => how !== undefined), filter: anew.includes('surely') });
  }
}

/** A file without sources, or whose sources send to where it has no match, is one that another includes. */
function isPartOfAnother(flat: readonly Placed[]): boolean {
  const sources = flat.filter(({ directive }) => directive.directive === 'source');
  const hasMatch = (directives: readonly { readonly directive: Directive }[]): boolean => directives.some(({ directive }) => directive.directive === 'match' && !OWN_TAGS.test(directive.pattern));
  const inLabels = flat.some(({ directive }) => directive.directive === 'label' && hasMatch(insideOf(directive.directives, { path: '' })));
  if (sources.length === 0 || (!hasMatch(flat) && !inLabels)) return true;
  return !hasMatch(flat) && sources.some(({ directive }) => pluginValues(directive)['@label'] === undefined);
}

function insideOf(directives: readonly Directive[], place: Place): readonly Placed[] {
  const seen = new Map<string, number>();
  return directives.map((directive) => {
    const number = seen.get(directive.directive) ?? 0;
    seen.set(directive.directive, number + 1);
    return { directive, place: { path: `${place.path}.${directive.directive}[${number}]`, line: directive.line ?? place.line } };
  });
}

function known(scopes: ReadonlyMap<string, Scope>): string {
  const names = [...scopes.keys()].filter((name) => name !== '');
  return names.length === 0 ? 'There are no labels.' : `The labels are ${names.join(', ')}.`;
}

function pluginValues(directive: Directive): Values {
  return 'plugin' in directive ? { ...directive.plugin } : {};
}

function valueOf(values: Values, name: string): unknown {
  return values[name] ?? (values['extra'] as Values | undefined)?.[name];
}

/** The labels that a directive sends events to. */
function labelsUsed(directive: Directive): readonly string[] {
  const values = pluginValues(directive);
  const inside = [valueOf(values, 'store'), valueOf(values, 'rule')].flatMap((each) => (Array.isArray(each) ? (each as readonly unknown[]) : [each])).filter((each) => typeof each === 'object' && each !== null) as readonly Values[];
  return [values['@label'], valueOf(values, 'timeout_label'), ...inside.flatMap((each) => [each['@label'], each['label']])].filter((name) => typeof name === 'string');
}

/** Follows the tags from the sources through the labels. */
function spread(scopes: Map<string, Scope>, flat: readonly { readonly directive: Directive }[]): void {
  const add = (scope: Scope | undefined, tags: Set<string> | undefined): boolean => {
    if (scope?.tags === undefined) return false;
    if (tags === undefined) {
      scope.tags = undefined;
      return true;
    }
    const before = scope.tags.size;
    for (const tag of tags) scope.tags.add(tag);
    return scope.tags.size > before;
  };
  for (const { directive } of flat) {
    if (directive.directive !== 'source') continue;
    const label = pluginValues(directive)['@label'];
    add(scopes.get(typeof label === 'string' ? label : ''), tagsOf(directive));
  }
  for (let changed = true; changed; ) {
    changed = false;
    for (const scope of scopes.values()) for (const { directive } of scope.directives) {
      if (directive.directive === 'source' || directive.directive === 'label') continue;
      const values = pluginValues(directive);
      const type = typeOf(values).type ?? '';
      if (directive.directive === 'match' && RETAGGING.has(type)) changed = add(scope, undefined) || changed;
      for (const name of labelsUsed(directive)) {
        const matches = 'pattern' in directive && !isUnknownPattern(directive.pattern) && !RETAGGING.has(type) ? tagMatcher(directive.pattern) : undefined;
        const tags = scope.tags === undefined || matches === undefined ? undefined : new Set([...scope.tags].filter(matches));
        changed = add(scopes.get(name), tags) || changed;
      }
    }
  }
}

/** The tags of a source, as far as its configuration says them; undefined when the sender does. */
function tagsOf(directive: Directive): Set<string> | undefined {
  const values = pluginValues(directive);
  const { type = '', other } = typeOf(values);
  const tag = valueOf(values, 'tag');
  if (other) return undefined;
  if (SILENT.has(type) && tag === undefined) return new Set();
  if (typeof tag !== 'string' || tag.includes('#{') || tag.includes('${')) return undefined;
  if (type === 'forward' || type === 'unix' || type === 'http') return type === 'forward' ? new Set([tag]) : undefined;
  if (valueOf(values, 'extract') !== undefined) return undefined;
  if (type === 'tail') return new Set([tag.replaceAll('*', 'zq7.log')]);
  if (type === 'syslog') return new Set([`${tag}.kern.info`]);
  return new Set([tag]);
}

function lintScope(report: Report, scope: Scope, isPart: boolean, isOpen: { readonly match: boolean; readonly filter: boolean }): void {
  const matches: { readonly pattern: string; readonly at: number }[] = [];
  const where = scope.name === '' ? '' : ` in ${scope.name}`;
  for (const [at, { directive, place }] of scope.directives.entries()) {
    if (directive.directive !== 'match' && directive.directive !== 'filter') continue;
    const { pattern } = directive;
    const earlier = matches.find((other) => covers(other.pattern, pattern));
    if (earlier !== undefined) {
      if (directive.directive === 'match') report.add('match-never-reached', place, `<match ${earlier.pattern}> before it takes all that <match ${pattern}> could take${where}.`, 'Put the narrower pattern first.');
      else report.add('filter-after-match', place, `<filter ${pattern}> stands behind <match ${earlier.pattern}>, which takes its events${where}.`, 'Put the filter before the match.');
    } else if (scope.tags !== undefined && !isPart && !isOpen[directive.directive] && !isUnknownPattern(pattern) && samplesOf(pattern).length > 0 && !OWN_TAGS.test(pattern) && ![...scope.tags].some(tagMatcher(pattern)) && !/^\*\*$/.test(pattern)) {
      report.add(directive.directive === 'match' ? 'match-matches-nothing' : 'filter-matches-nothing', place, `No source has a tag that ${pattern} takes${where}.`, scope.tags.size === 0 ? 'There is no source that sends here.' : `The tags are like ${[...scope.tags].slice(0, 5).join(', ')}.`);
    }
    if (directive.directive === 'match') matches.push({ pattern, at });
  }
  if (isPart || scope.tags === undefined) return;
  const taken = matches.filter(({ pattern }) => !isUnknownPattern(pattern)).map(({ pattern }) => tagMatcher(pattern));
  if (matches.length !== taken.length) return;
  for (const tag of scope.tags) {
    if (taken.some((takes) => takes(tag))) continue;
    const place = scope.directives.find(({ directive }) => directive.directive === 'source' && tagsOf(directive)?.has(tag) === true)?.place ?? { path: scope.name };
    report.add('tag-without-output', place, `No <match>${where} takes events with a tag like ${tag}: they are thrown away.`, `<match ${tag.split('.')[0] ?? ''}.**>`);
  }
}
