import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The page that documents every command. */
export const referencePage = readFileSync(join(import.meta.dirname, '../../../../docs/reference/commands.md'), 'utf8');

/** The page's sections by their headings, such as `podscope hunt start [options] <id>`. */
export function referenceSections(): ReadonlyMap<string, string> {
  const [, ...parts] = referencePage.split(/^## /m);
  return new Map(parts.map((part) => [/^`([^`]*)`/.exec(part)?.[1] ?? part.split('\n')[0] ?? '', part]));
}

/** The JSON documents that a section, or a piece of the page, shows. */
export function examplesIn(text: string): readonly unknown[] {
  return [...text.matchAll(/^```json\n([\s\S]*?)^```/gm)].map((match) => JSON.parse(match[1] ?? '') as unknown);
}

/** The documents shown for one command: `hunt start`. */
export function examplesOf(command: string): readonly unknown[] {
  for (const [heading, text] of referenceSections()) if (`${heading} `.startsWith(`podscope ${command} `)) return examplesIn(text);
  return [];
}

/** What of a documented example a real document lacks, or has in another type. `null` stands for "sometimes nothing". */
export function lacks(example: unknown, real: unknown, path = ''): readonly string[] {
  if (example === null || real === null) return [];
  if (Array.isArray(example)) {
    if (!Array.isArray(real)) return [`${path} is no list`];
    return example.length === 0 || real.length === 0 ? [] : lacks(example[0], real[0], `${path}[0]`);
  }
  if (typeof example !== 'object') return typeof real === typeof example ? [] : [`${path} is ${typeof real}, not ${typeof example}`];
  if (typeof real !== 'object') return [`${path} is ${typeof real}, not an object`];
  return Object.entries(example).flatMap(([key, value]) => (key in real ? lacks(value, (real as Record<string, unknown>)[key], `${path}.${key}`) : [`${path}.${key} is missing`]));
}
