import { isJsonObject, type Json } from '../read/storedObject.ts';
import type { Said } from './finding.ts';

const PATH = 'attributes.visState.params.spec';

/** Whether a Vega specification can be read at all. The product takes HJSON; what is plain JSON is looked into. */
export function vegaFindings(spec: Json | undefined): readonly Said[] {
  const fix = 'Correct the specification; the Vega editor shows the place.';
  if (typeof spec !== 'string' || spec.trim() === '') return [{ rule: 'bad-vega', path: PATH, what: 'a Vega visualization without a specification', fix }];
  if (!spec.trim().startsWith('{')) return [{ rule: 'bad-vega', path: PATH, what: 'the specification is not an object', fix }];
  const open = unclosed(spec);
  if (open !== undefined) return [{ rule: 'bad-vega', path: PATH, what: open, fix }];
  try {
    const value = JSON.parse(spec) as Json;
    if (isJsonObject(value) && typeof value['$schema'] !== 'string') {
      return [{ rule: 'bad-vega', path: `${PATH}.$schema`, what: 'the specification does not say whether it is Vega or Vega-Lite', fix: 'Add "$schema" with the address of the schema.' }];
    }
  } catch {
    // HJSON, as far as its brackets go.
  }
  return [];
}

/** Brackets that do not match, outside of texts and comments. */
function unclosed(spec: string): string | undefined {
  const open: { readonly bracket: string; readonly line: number }[] = [];
  let line = 1;
  const bare = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\/\*[\s\S]*?\*\/|\/\/[^\n]*|#[^\n]*|'''[\s\S]*?'''|[[\]{}]|\n/gu;
  for (const [token] of spec.matchAll(bare)) {
    line += token.split('\n').length - 1;
    if (token === '{' || token === '[') open.push({ bracket: token, line });
    else if (token === '}' || token === ']') {
      const last = open.pop();
      if (last === undefined || (last.bracket === '{') !== (token === '}')) return `line ${line} of the specification closes with ${token} what is not open`;
    }
  }
  const [first] = open;
  return first === undefined ? undefined : `the ${first.bracket} in line ${first.line} of the specification is never closed`;
}
