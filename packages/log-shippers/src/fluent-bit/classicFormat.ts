import { badValue } from '../quantities/quantities.ts';
import type { FluentBitConfig, MultilineRule, Section } from './model.ts';
import { flat } from './model.ts';
import { LISTS, type ListName, toSection } from './shape.ts';
import { rememberPlace } from './source.ts';
import { COMMA_LISTS } from './yamlFormat.ts';
import { valueText } from './values.ts';

/** A property of a section, with the line it stands in. */
export interface ClassicProperty {
  readonly key: string;
  readonly value: string;
  /** 0-based. */
  readonly line: number;
}

/** A section of a classic file. */
export interface ClassicSection {
  readonly title: string;
  readonly line: number;
  readonly properties: readonly ClassicProperty[];
}

/** A classic file by its parts; all other lines are comments or empty. */
export interface ClassicFile {
  readonly sections: readonly ClassicSection[];
  readonly sets: readonly ClassicProperty[];
  readonly includes: readonly ClassicProperty[];
}

/** What each list is called in a classic file. */
export const TITLES: Readonly<Record<ListName, string>> = { customs: 'CUSTOM', parsers: 'PARSER', multilineParsers: 'MULTILINE_PARSER', inputs: 'INPUT', filters: 'FILTER', outputs: 'OUTPUT' };

/** The lines of a text without their ends. */
export function linesOf(text: string): readonly string[] {
  return text.split('\n').map((line) => line.replace(/\r$/, ''));
}

/** Parts a classic file. @throws PodscopeError SHIPPER_BAD_VALUE for what the program refuses, with the line. */
export function readClassicFile(text: string, file: string | undefined): ClassicFile {
  const sections: { title: string; line: number; properties: ClassicProperty[] }[] = [];
  const sets: ClassicProperty[] = [];
  const includes: ClassicProperty[] = [];
  let indent: string | undefined;
  for (const [line, whole] of linesOf(text).entries()) {
    const content = line === 0 ? whole.replace(/^\uFEFF/, '') : whole;
    const where = `${file ?? 'Fluent Bit'}:${line + 1}`;
    if (content === '' || content.startsWith('#')) continue;
    const command = /^@(\w+)\s+(.*)$/.exec(content);
    if (command !== null) {
      const [, name = '', rest = ''] = command;
      if (name.toLowerCase() === 'include') includes.push({ key: name, value: rest.trim(), line });
      else if (name.toLowerCase() === 'set') sets.push({ key: rest.split('=')[0]?.trim() ?? '', value: rest.slice(rest.indexOf('=') + 1).trim(), line });
      else throw badValue(where, `there is no command @${name}.`, '@SET or @INCLUDE.');
      continue;
    }
    if (content.startsWith('[')) {
      // What stands behind the bracket, the program does not read.
      const title = /^\[\s*([^\]]+?)\s*\]/.exec(content)?.[1];
      if (title === undefined) throw badValue(where, 'a section begins and is not closed.', 'Such as [INPUT].');
      sections.push({ title: title.toUpperCase(), line, properties: [] });
      continue;
    }
    if (indent === undefined) {
      indent = /^[ \t]*/.exec(content)?.[0] ?? '';
      if (indent === '' && sections.length > 0) throw badValue(where, 'an option begins its line: Fluent Bit takes its first letter for the indentation.', 'Put four spaces before each option.');
      if (indent === content) continue;
    }
    const inner = withoutIndent(content, indent, where);
    if (inner === '' || inner.startsWith('#')) continue;
    const section = sections.at(-1);
    if (section === undefined) throw badValue(where, 'an option stands outside of a section.', 'Begin with [SERVICE] or [INPUT].');
    const space = inner.indexOf(' ');
    const value = space < 0 ? '' : inner.slice(space).trim();
    if (value === '') throw badValue(where, `${inner.trim().split('\t')[0]} has no value${inner.includes('\t') ? ': a tab does not end a name' : ''}.`, 'A name, a space, and the value.');
    section.properties.push({ key: inner.slice(0, space), value, line });
  }
  return { sections, sets, includes };
}

/**
 * A line behind its indentation: every option of a file stands as far in as the first, or twice as far (`check_indent` of
 * `src/config_format/flb_cf_fluentbit.c`). That holds for comments behind spaces and for lines of spaces, too.
 */
function withoutIndent(content: string, indent: string, where: string): string {
  if (!content.startsWith(indent)) throw badValue(where, `this line does not begin with the ${shownIndent(indent)} of the first option.`, 'One indentation for the whole file; comments and empty lines may begin at the left.');
  const rest = content.slice(indent.length);
  const inner = rest.replace(/^[ \t]+/, '');
  const extra = rest.length - inner.length;
  if (extra > 0 && extra !== indent.length) throw badValue(where, `this line stands further in than the ${shownIndent(indent)} of the first option.`, 'One indentation for the whole file; comments and empty lines may begin at the left.');
  return inner;
}

function shownIndent(indent: string): string {
  return indent.includes('\t') ? 'tabs' : `${indent.length} space${indent.length === 1 ? '' : 's'}`;
}

/** The configuration that stands in a classic file. */
export function readClassic(text: string, file: string | undefined): FluentBitConfig {
  const parsed = readClassicFile(text, file);
  const config: Record<string, unknown> = {};
  const others = new Map<string, Section[]>();
  if (parsed.sets.length > 0) config['env'] = Object.fromEntries(parsed.sets.map(({ key, value }) => [key, value]));
  if (parsed.includes.length > 0) config['includes'] = parsed.includes.map(({ value }) => value);
  for (const section of parsed.sections) {
    const list = LISTS.find((name) => TITLES[name] === section.title);
    if (section.title !== 'SERVICE' && list === undefined) {
      const title = section.title.toLowerCase();
      others.set(title, [...(others.get(title) ?? []), rawOf(section, false)]);
      continue;
    }
    const made = toSection(list ?? 'service', rawOf(section, list === 'multilineParsers'));
    const lines = Object.fromEntries(section.properties.map(({ key, line }) => [key.toLowerCase(), line + 1]));
    rememberPlace(made, { ...(file === undefined ? {} : { file }), line: section.line + 1, lines });
    if (list === undefined) config['service'] = made;
    else config[list] = [...((config[list] ?? []) as readonly Section[]), made];
  }
  if (others.size > 0) config['sections'] = Object.fromEntries(others);
  return config as FluentBitConfig;
}

const RULE = /^"((?:[^"\\]|\\.)*)"\s+"((?:[^"\\]|\\.)*)"\s+"((?:[^"\\]|\\.)*)"$/;

function rawOf(section: ClassicSection, multiline: boolean): Section {
  const values = new Map<string, { readonly key: string; readonly all: string[] }>();
  const rules: MultilineRule[] = [];
  for (const { key, value } of section.properties) {
    const rule = multiline && key.toLowerCase() === 'rule' ? RULE.exec(value) : null;
    if (rule !== null) {
      rules.push({ state: rule[1] ?? '', regex: rule[2] ?? '', next_state: rule[3] ?? '' });
      continue;
    }
    const same = values.get(key.toLowerCase());
    if (same === undefined) values.set(key.toLowerCase(), { key, all: [value] });
    else same.all.push(value);
  }
  return { ...Object.fromEntries([...values.values()].map(({ key, all }) => [key, all.length === 1 ? all[0] : all])), ...(rules.length === 0 ? {} : { rules }) };
}

/**
 * A section's properties as they are written: one line each. Not `strict`, as they can be compared.
 *
 * @throws PodscopeError SHIPPER_BAD_VALUE for what the classic format can't say.
 */
export function propertiesOf(where: string, section: object, strict = true): readonly (readonly [string, string])[] {
  const lines: [string, string][] = [];
  for (const [key, value] of Object.entries(flat(section))) {
    if (value === undefined) continue;
    if (key === 'rules') for (const { state, regex, next_state } of value as readonly MultilineRule[]) lines.push(['rule', `"${state}" "${regex}" "${next_state}"`]);
    else if (key === 'processors') throw badValue(`${where}.processors`, 'the classic format has no processors.', "Write it as YAML: { format: 'yaml' }.");
    else {
      const texts = Array.isArray(value) && !COMMA_LISTS.has(key) ? value.map(valueText) : [Array.isArray(value) ? value.join(',') : valueText(value)];
      for (const text of texts) {
        if (!strict) {
          lines.push([key, text]);
          continue;
        }
        if (/[\r\n]/.test(text)) throw badValue(`${where}.${key}`, 'the classic format has no values of several lines.', "Write it as YAML: { format: 'yaml' }.");
        if (text.trim() === '') throw badValue(`${where}.${key}`, 'the classic format has no empty values.', 'Leave the option out.');
        if (text !== text.trim()) throw badValue(`${where}.${key}`, 'the classic format takes off spaces at the ends.', "Write it as YAML: { format: 'yaml' }.");
        lines.push([key, text]);
      }
    }
  }
  return lines;
}

/** What stands before the first option of a text, and has to before all others. */
export function indentOf(text: string): string {
  const first = linesOf(text).find((line) => /^[ \t]/.test(line));
  return /^[ \t]*/.exec(first ?? INDENT)?.[0] ?? INDENT;
}

const INDENT = '    ';

/** A section's text. */
export function sectionText(title: string, properties: readonly (readonly [string, string])[], indent = INDENT): string {
  const width = Math.max(0, ...properties.map(([key]) => key.length));
  return `[${title}]\n${properties.map(([key, value]) => `${indent}${key.padEnd(width)} ${value}\n`).join('')}`;
}
