import { align } from './align.ts';
import { type ClassicSection, indentOf, linesOf, propertiesOf, readClassic, readClassicFile, sectionText, TITLES } from './classicFormat.ts';
import type { FluentBitConfig, Section } from './model.ts';
import { LISTS, listOf } from './shape.ts';

type Properties = readonly (readonly [string, string])[];

/** Lines of a text that go away, change, or get others behind them. */
class Edits {
  readonly gone = new Set<number>();
  readonly changed = new Map<number, string>();
  readonly behind = new Map<number, string[]>();
  /** What stands before an option. */
  readonly indent: string;

  constructor(indent: string) {
    this.indent = indent;
  }

  insert(line: number, text: string): void {
    this.behind.set(line, [...(this.behind.get(line) ?? []), text]);
  }
}

/** The text with only those lines changed in which the configuration differs from what stands in the text. */
export function changeClassic(text: string, config: FluentBitConfig): string {
  const before = readClassic(text, undefined);
  const file = readClassicFile(text, undefined);
  const edits = new Edits(indentOf(text));
  const last = linesOf(text).length - 1;
  changeCommands(file.sets, pairsOf(before.env), pairsOf(config.env), edits, ([name, value]) => `@SET ${name}=${value}`);
  changeCommands(file.includes, (before.includes ?? []).map((each) => [each]), (config.includes ?? []).map((each) => [each]), edits, ([each]) => `@INCLUDE ${each}`);
  const service = file.sections.filter(({ title }) => title === 'SERVICE').at(-1);
  changeList(service === undefined ? [] : [service], 'SERVICE', before.service === undefined ? [] : [before.service], config.service === undefined ? [] : [config.service], edits, last);
  for (const list of LISTS) {
    const sections = file.sections.filter(({ title }) => title === TITLES[list]);
    changeList(sections, TITLES[list], listOf(before, list), listOf(config, list), edits, last);
  }
  return write(text, edits);
}

function pairsOf(env: FluentBitConfig['env']): readonly (readonly string[])[] {
  return Object.entries(env ?? {}).map(([name, value]) => [name, String(value)]);
}

function changeCommands(at: readonly { readonly line: number }[], before: readonly (readonly string[])[], after: readonly (readonly string[])[], edits: Edits, text: (item: readonly string[]) => string): void {
  let behind = -1;
  for (const { from, to } of align(before, after, (each) => JSON.stringify(each), (a, b) => a[0] === b[0])) {
    const line = from === undefined ? undefined : at[from]?.line;
    if (to === undefined) {
      if (line !== undefined) edits.gone.add(line);
    } else if (line === undefined) edits.insert(behind, text(after[to] ?? []));
    else if (from !== undefined && !equal(before[from], after[to])) edits.changed.set(line, text(after[to] ?? []));
    behind = line ?? behind;
  }
}

function changeList(sections: readonly ClassicSection[], title: string, before: readonly object[], after: readonly object[], edits: Edits, last: number): void {
  let behind = last;
  const properties = (each: object): Properties => propertiesOf(`Fluent Bit [${title}]`, each, false);
  const written = (each: object): Properties => propertiesOf(`Fluent Bit [${title}]`, each);
  for (const { from, to } of align(before, after, (each) => JSON.stringify(properties(each)), (a, b) => (a as Section)['name'] === (b as Section)['name'])) {
    const section = from === undefined ? undefined : sections[from];
    if (section !== undefined && from !== undefined) {
      behind = section.properties.at(-1)?.line ?? section.line;
      if (to === undefined) for (const line of [section.line, ...section.properties.map((each) => each.line)]) edits.gone.add(line);
      else if (!equal(properties(before[from] as object), properties(after[to] as object))) changeSection(section, properties(before[from] as object), written(after[to] as object), edits);
    } else if (to !== undefined) edits.insert(behind, `\n${sectionText(title, written(after[to] as object), edits.indent).trimEnd()}`);
  }
}

function changeSection(section: ClassicSection, before: Properties, after: Properties, edits: Edits): void {
  const lastLine = section.properties.at(-1)?.line ?? section.line;
  for (const key of new Set([...before, ...after].map(([name]) => name.toLowerCase()))) {
    const values = (list: Properties): readonly string[] => list.filter(([name]) => name.toLowerCase() === key).map(([, value]) => value);
    const [old, fresh] = [values(before), values(after)];
    if (equal(old, fresh)) continue;
    const lines = section.properties.filter((property) => property.key.toLowerCase() === key);
    for (const [index, property] of lines.entries()) {
      const value = fresh[index];
      if (value === undefined) edits.gone.add(property.line);
      else if (value !== old[index]) edits.changed.set(property.line, value);
    }
    for (const value of fresh.slice(lines.length)) edits.insert(lines.at(-1)?.line ?? lastLine, `${edits.indent}${after.find(([name]) => name.toLowerCase() === key)?.[0] ?? key} ${value}`);
  }
}

/** A property keeps its key as it is spelt, and the space behind it; a command is written anew. */
function changedLine(line: string, text: string): string {
  const property = /^(\s*\S+\s+)/.exec(line);
  return line.startsWith('@') || property === null ? text : `${property[1]}${text}`;
}

function write(text: string, edits: Edits): string {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const whole = text.split('\n');
  const out: string[] = [];
  const add = (line: number): void => {
    for (const each of edits.behind.get(line) ?? []) out.push(...each.split('\n').map((part) => (end === '\r\n' ? `${part}\r` : part)));
  };
  add(-1);
  for (const [line, content] of whole.entries()) {
    const changed = edits.changed.get(line);
    const bare = content.replace(/\r$/, '');
    if (!edits.gone.has(line) && !(line === whole.length - 1 && content === '' && edits.behind.has(line))) out.push(changed === undefined ? content : `${changedLine(bare, changed)}${content.slice(bare.length)}`);
    add(line);
  }
  const written = out.join('\n');
  return edits.behind.has(whole.length - 1) && !written.endsWith('\n') ? `${written}\n` : written;
}

function equal(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
