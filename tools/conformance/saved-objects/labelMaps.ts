import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A type whose members have names that belong to the object itself, such as the aggregations of a request. */
export interface LabelMap {
  readonly type: string;
  /** Its doc comment's first sentence. */
  readonly what: string;
}

const STORED = fileURLToPath(new URL('../../../packages/saved-objects/src/stored', import.meta.url));
const DOCUMENTED = /\/\*\*\s*(?:\* )?(By (?:label|name|type): [^\n]*?)\s*(?:\n[\s*]*)?(?:\n[^\n]*?)?\*\/\n(?:export )?(?:interface|type) (\w+)/g;

/** All of them, by the doc comments of the shapes. */
export function labelMaps(): readonly LabelMap[] {
  const files = readdirSync(STORED, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  const found = files.flatMap((name) => [...readFileSync(join(STORED, name), 'utf8').matchAll(DOCUMENTED)].map(([, what = '', type = '']) => ({ type, what })));
  return found.sort((a, b) => (a.type < b.type ? -1 : 1));
}
