import type { Command } from 'commander';
import { expect, it } from 'vitest';
import { createProgram } from '../program.ts';
import { exitCodes } from '../terminal/exitCodes.ts';
import { examplesIn, lacks, referencePage, referenceSections } from './reference.fixture.ts';

/** Every command that does something, by what its heading must be. */
function commands(): ReadonlyMap<string, Command> {
  const found = new Map<string, Command>();
  const visit = (command: Command, path: string): void => {
    const name = `${path}${command.name()}`;
    if (command.commands.length === 0) found.set(`${name} ${command.usage()}`, command);
    for (const each of command.commands) visit(each, `${name} `);
  };
  visit(createProgram(), '');
  return found;
}

it('documents exactly the commands that exist, with their arguments', () => {
  expect([...referenceSections().keys()]).toEqual([...commands().keys()]);
});

it('documents exactly the options of each command, in the words of its help', () => {
  const plain = (text: string): string => text.replaceAll(/[`"]/g, '').replaceAll('’', "'");
  for (const [heading, command] of commands()) {
    const documented = [...(referenceSections().get(heading) ?? '').matchAll(/^\| `(--[^`]+)` \| (.+) \|$/gm)].map((match) => `${match[1]}: ${plain(match[2] ?? '')}`);
    const real = command.options.filter((option) => option.long !== '--json').map((option) => `${option.flags}: ${plain(option.description)}`);
    expect(documented, heading).toEqual(real);
  }
});

it('shows the document of each command', () => {
  for (const [heading, text] of referenceSections()) expect(examplesIn(text).length, heading).toBeGreaterThan(0);
});

it('lists every exit code', () => {
  const documented = [...referencePage.matchAll(/^\| (\d+) \|/gm)].map((match) => Number(match[1]));
  expect(documented).toEqual(Object.values(exitCodes));
});

it('compares documents by their fields and types', () => {
  const example = { a: 1, list: [{ b: 'x', c: null }], deep: { d: true } };
  expect(lacks(example, { a: 2, list: [{ b: 'y', c: 7 }], deep: { d: false }, more: 1 })).toEqual([]);
  expect(lacks(example, { a: '2', list: [{ c: 7 }], deep: null })).toEqual(['.a is string, not number', '.list[0].b is missing']);
  expect(lacks(example, { a: 1, list: {}, deep: [] })).toEqual(['.list is no list', '.deep.d is missing']);
});
