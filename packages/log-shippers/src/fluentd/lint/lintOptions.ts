import { distance } from 'fastest-levenshtein';
import { nearest } from '../../lint/problem.ts';
import type { Option } from '../../options/option.ts';
import { isSecretReference } from '../../secrets/secretReference.ts';
import type { Directive } from '../model/config.ts';
import { faultOf, isRuby } from '../model/optionValue.ts';
import { typeOf } from '../model/toItems.ts';
import { type KnownSection, knownInside, knownPlugin, optionOf, PLUGINS, SYSTEM } from '../options/plugins.ts';
import type { PluginKind } from '../options/pluginSpec.ts';
import { COMPAT_OPTIONS, DEFAULT_TYPES } from '../options/refinements.ts';
import type { Place, Report } from './report.ts';

type Values = Readonly<Record<string, unknown>>;

const KINDS = { source: 'input', filter: 'filter', match: 'output' } as const satisfies Readonly<Record<string, PluginKind>>;
/** `user:password@` in an address. */
const PASSWORD_IN_URL = /\/\/[^/\s:@]+:[^/\s@#]+@/;
/** Values by which Fluentd itself means "none" and "the default" (config/literal_parser.rb, use_nil); `nil` and `null` are read by hand. */
const NOTHING: ReadonlySet<unknown> = new Set(['nil', 'null']);

/** Plugins, options and values of one directive. */
export function lintOptions(report: Report, directive: Directive, place: Place): void {
  if (directive.directive === 'system') lintSection(report, SYSTEM, { ...directive.settings }, place);
  if (directive.directive !== 'source' && directive.directive !== 'filter' && directive.directive !== 'match') return;
  const kind = KINDS[directive.directive];
  const values: Values = { ...directive.plugin };
  const section = pluginIn(report, kind, values, place);
  if (section !== undefined) lintSection(report, section, values, place);
}

function pluginIn(report: Report, kind: PluginKind, values: Values, place: Place): KnownSection | undefined {
  const { type, other } = typeOf(values);
  // Which plugin it is shows when Fluentd starts.
  if (isRuby(values['@type'])) return undefined;
  if (type === undefined || type === '') {
    report.add('missing-option', { ...place, path: `${place.path}.@type` }, 'There is no @type.', 'Name the plugin.');
    return undefined;
  }
  const section = knownPlugin(kind, type);
  if (section === undefined || other) {
    const near = nearest(type, Object.keys(PLUGINS[kind]));
    const meant = near === undefined || distance(near, type) > 2 ? undefined : near;
    const at = { ...place, path: `${place.path}.@type` };
    const what = `There is no ${kind} ${JSON.stringify(type)} among the plugins that are known here.`;
    // Gems bring more plugins than any list has: only what looks like a slip is surely wrong.
    if (meant === undefined) report.add('unknown-plugin', at, what, 'If the image has it, that is well; nobody checks its options then.', 'warning');
    else report.add('unknown-plugin', at, what, `Did you mean ${meant}?`);
  }
  return section;
}

function lintSection(report: Report, section: KnownSection, values: Values, place: Place): void {
  if (section.free) return;
  const inExtra = (values['extra'] ?? {}) as Values;
  for (const [name, value] of [...Object.entries(values), ...Object.entries(inExtra)]) {
    if (value === undefined || name === 'extra' || name.startsWith('@')) continue;
    const at: Place = { ...place, path: `${place.path}.${name}` };
    const inside = Object.hasOwn(section.sections, name) ? section.sections[name] : undefined;
    const option = optionOf(section, name);
    if (inside !== undefined && typeof value === 'object' && value !== null && !isRuby(value) && !isSecretReference(value)) {
      for (const each of Array.isArray(value) ? (value as readonly Values[]) : [value as Values]) lintInside(report, section, name, each, at);
    } else if (option !== undefined) lintValue(report, option, name, value, at);
    else if (inside === undefined || COMPAT_OPTIONS.has(name)) lintUnknown(report, section, name, value, at);
  }
  requireAll(report, section, values, place);
}

function lintInside(report: Report, outer: KnownSection, name: string, values: Values, place: Place): void {
  const spec = outer.sections[name];
  const { type: named } = typeOf(values);
  const type = named ?? DEFAULT_TYPES[`${outer.owner}.${name}`];
  if (spec?.plugin !== undefined && named !== undefined) pluginIn(report, spec.plugin, values, place);
  else if (spec?.plugin !== undefined && type === undefined && spec.plugin !== 'buffer' && name !== 'secondary') pluginIn(report, spec.plugin, values, place);
  const inner = knownInside(outer, name, type);
  const unchecked = spec?.plugin !== undefined && (type === undefined ? spec.plugin !== 'buffer' : knownPlugin(spec.plugin, type) === undefined);
  // A secondary without a type is of its match's own; in any case it has no buffer of its own.
  if (inner !== undefined && !unchecked && !(name === 'secondary' && type === undefined)) lintSection(report, inner, values, place);
}

function lintUnknown(report: Report, section: KnownSection, name: string, value: unknown, place: Place): void {
  const isPlain = typeof value !== 'object' || value === null || Array.isArray(value) || isRuby(value);
  if (isPlain && COMPAT_OPTIONS.has(name) && /^(?:input|filter|output)\.[^.]+$/.test(section.owner)) {
    report.add('deprecated-option', place, `${name} is from before Fluentd 0.14.`, 'Use a section: <buffer>, <parse>, <format>, <inject> or <extract>.');
    return;
  }
  const meant = nearest(name, [...Object.keys(section.options), ...Object.keys(section.sections)]);
  report.add('unknown-option', place, `${section.path} has no ${isPlain ? 'option' : 'section'} ${name}: Fluentd goes on without it.`, meant === undefined ? 'Take it out.' : `Did you mean ${meant}?`);
}

function lintValue(report: Report, option: Option, name: string, value: unknown, place: Place): void {
  if (option.deprecated !== undefined) report.add('deprecated-option', place, `${name} is going.`, option.deprecated);
  const isSecret = isSecretReference(value) || isRuby(value);
  if (option.secret === true && typeof value === 'string' && value !== '') {
    report.add('secret-in-plain-text', place, `The value of ${name} stands there in plain text.`, `Write "#{ENV['NAME']}".`);
    return;
  }
  if (typeof value === 'string' && PASSWORD_IN_URL.test(value)) report.add('secret-in-plain-text', place, `${name} has a password in an address.`, 'Give user and password apart, out of the environment.');
  if (isSecret || NOTHING.has(value)) return;
  const fault = faultOf(option, value);
  if (fault !== undefined) report.add('bad-value', place, `${name}: ${fault.what}`, fault.hint);
}

function requireAll(report: Report, section: KnownSection, values: Values, place: Place): void {
  const extra = (values['extra'] ?? {}) as Values;
  for (const [name, option] of Object.entries(section.options)) {
    if (option.required !== true) continue;
    const spellings = [name, ...(option.aliases ?? [])];
    if (spellings.every((spelling) => values[spelling] === undefined && extra[spelling] === undefined)) report.add('missing-option', { ...place, path: `${place.path}.${name}` }, `${name} is missing: Fluentd does not start without it.`, `Give ${name}.`);
  }
  const hasOldFormat = values['format'] !== undefined || extra['format'] !== undefined;
  const needed = section.path === 'input.tail' ? ['parse'] : Object.entries(section.sections).flatMap(([name, spec]) => (spec.required === true ? [name] : []));
  for (const name of needed) if (values[name] === undefined && extra[name] === undefined && !(name === 'parse' && hasOldFormat)) report.add('missing-option', { ...place, path: `${place.path}.${name}` }, `<${name}> is missing: Fluentd does not start without it.`, `Give <${name}>.`);
}
