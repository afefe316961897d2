import type { Element, Item } from './element.ts';
import type { ElementNode, Literal, SyntaxNode } from './syntax.ts';
import { writeArgument, writeItem, writeLiteral } from './writeElement.ts';

/** Another text for a part of the file. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Writes a file's text anew where its parts changed. What is the same stays as it is, comments and blank lines with it; a changed value
 * is changed in its place; what is new stands at the end of its section.
 *
 * @param before - what `nodes` mean, one item a node
 */
export function editText(text: string, nodes: readonly SyntaxNode[], before: readonly Item[], after: readonly Item[]): string {
  const edits: Edit[] = [];
  changes(text, nodes, before, after, '', text.length, edits, true);
  let written = '';
  let from = 0;
  for (const edit of edits.sort((one, other) => one.start - other.start || one.end - other.end)) {
    written += text.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return written + text.slice(from);
}

function changes(text: string, nodes: readonly SyntaxNode[], before: readonly Item[], after: readonly Item[], indent: string, end: number, edits: Edit[], directives: boolean): void {
  const partners = pair(before, after, directives);
  let place = 0;
  const insertions = new Map<number, string>();
  for (const [index, item] of after.entries()) {
    const partner = partners.get(index);
    if (partner === undefined) {
      const at = place === 0 ? (nodes[0] === undefined ? end : lineStart(text, nodes[0].start)) : place;
      insertions.set(at, (insertions.get(at) ?? '') + writeItem(item, nodes[0] === undefined ? indent : indentAt(text, nodes[0].start)));
      continue;
    }
    const node = nodes[partner] as SyntaxNode;
    place = node.end;
    change(text, node, before[partner] as Item, item, edits);
  }
  const kept = new Set(partners.values());
  // An option that stands there a second time stays as long as the other does.
  const names = new Set([...kept].map((index) => nodes[index]).flatMap((node) => (node?.kind === 'parameter' ? [node.name] : [])));
  for (const [index, node] of nodes.entries()) if (!kept.has(index) && !(node.kind === 'parameter' && node.name !== '@include' && names.has(node.name))) edits.push({ start: lineStart(text, node.start), end: node.end, text: '' });
  for (const [at, added] of insertions) edits.push({ start: at, end: at, text: at > 0 && text[at - 1] !== '\n' ? `\n${added}` : added });
}

function change(text: string, node: SyntaxNode, before: Item, after: Item, edits: Edit[]): void {
  if (node.kind === 'parameter' && before.kind === 'parameter' && after.kind === 'parameter') {
    if (same(before.value, after.value)) return;
    const value = writeLiteral(after.value);
    edits.push({ start: node.valueStart, end: node.valueEnd, text: node.valueStart === node.valueEnd && value !== '' ? ` ${value}` : value });
  } else if (node.kind === 'element' && before.kind === 'element' && after.kind === 'element') {
    if (before.argument !== after.argument) {
      const argument = writeArgument(after.argument);
      edits.push({ start: node.argumentStart, end: node.argumentEnd, text: node.argument === '' ? ` ${argument}` : argument });
    }
    changes(text, node.items, before.items, after.items, `${indentAt(text, node.start)}  `, insideEnd(text, node), edits, node.name === 'label' || node.name === 'worker');
  }
}

/** For each item of `after` the place of what it was: the same first, then what has the same name and argument, then the same name. */
function pair(before: readonly Item[], after: readonly Item[], directives: boolean): Map<number, number> {
  // Order counts between directives and included files, and inside of one between sections of one name; not between options.
  const isOrdered = (item: Item): boolean => item.kind === 'element' || (directives && item.name === '@include');
  const groupOf = (item: Item): string => (directives ? '' : item.name);
  const crosses = (index: number, found: number, group: string): boolean =>
    [...partners].some(([other, place]) => other > index && place < found && isOrdered(before[place] as Item) && groupOf(before[place] as Item) === group);
  const partners = new Map<number, number>();
  const taken = new Set<number>();
  const alike: readonly ((one: Item, other: Item) => boolean)[] = [
    (one, other) => JSON.stringify(one) === JSON.stringify(other),
    (one, other) => one.name === other.name && argumentOf(one) === argumentOf(other) && typeOf(one) === typeOf(other),
    (one, other) => one.name === other.name && (one.kind === 'parameter' || argumentOf(one) === argumentOf(other) || typeOf(one) === typeOf(other)),
  ];
  for (const isAlike of alike) {
    const lasts = new Map<string, number>();
    for (const [index, item] of after.entries()) {
      const known = partners.get(index);
      const group = groupOf(item);
      const last = lasts.get(group) ?? -1;
      if (known !== undefined) {
        if (isOrdered(item)) lasts.set(group, Math.max(last, known));
        continue;
      }
      // A partner lies behind the partner of what stands before it.
      const found = before.findIndex((other, at) => !taken.has(at) && (!isOrdered(item) || at > last) && item.kind === other.kind && isAlike(item, other));
      if (found < 0 || (isOrdered(item) && crosses(index, found, group))) continue;
      partners.set(index, found);
      taken.add(found);
      if (isOrdered(item)) lasts.set(group, found);
    }
  }
  return partners;
}

function argumentOf(item: Item): string {
  return item.kind === 'element' ? item.argument : '';
}

function typeOf(item: Item): string {
  if (item.kind !== 'element') return '';
  return (item as Element).items.find(({ kind, name }) => kind === 'parameter' && name === '@type')?.kind === 'parameter' ? JSON.stringify(item.items.find(({ name }) => name === '@type')) : '';
}

function same(one: Literal, other: Literal): boolean {
  return one.kind === other.kind && one.value === other.value;
}

function lineStart(text: string, at: number): number {
  const from = text.lastIndexOf('\n', at - 1) + 1;
  return /^[ \t]*$/.test(text.slice(from, at)) ? from : at;
}

function indentAt(text: string, at: number): string {
  return /[ \t]*$/.exec(text.slice(text.lastIndexOf('\n', at - 1) + 1, at))?.[0] ?? '';
}

function insideEnd(text: string, { closeStart }: ElementNode): number {
  return lineStart(text, closeStart);
}
