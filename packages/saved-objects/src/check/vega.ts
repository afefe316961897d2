import Hjson from 'hjson';
import { isJsonObject, type Json } from '../read/storedObject.ts';
import type { Said } from './finding.ts';

const PATH = 'attributes.visState.params.spec';
const FIX = 'Correct the specification; the Vega editor shows the place.';
/** Of an address such as https://vega.github.io/schema/vega-lite/v5.json. */
const LANGUAGE = /\/(vega|vega-lite)\/v\d/u;

/** Whether a Vega specification can be read at all, as HJSON, and says its language (`vega_parser.ts` of the Vega plugin). */
export function vegaFindings(spec: Json | undefined): readonly Said[] {
  if (isJsonObject(spec)) return languageFindings(spec);
  if (typeof spec !== 'string' || spec.trim() === '') return [{ rule: 'bad-vega', path: PATH, what: 'a Vega visualization without a specification', fix: FIX }];
  try {
    const value = Hjson.parse(spec, { legacyRoot: false }) as Json;
    return isJsonObject(value) ? languageFindings(value) : [{ rule: 'bad-vega', path: PATH, what: 'the specification is not an object', fix: FIX }];
  } catch (error) {
    return [{ rule: 'bad-vega', path: PATH, what: unreadable(error), fix: FIX }];
  }
}

/** What HJSON says has its line, column and surroundings at the end. */
function unreadable(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const place = / at line (\d+),\d+/u.exec(message);
  return place === null ? `the specification is no HJSON: ${message}` : `line ${place[1]} of the specification is no HJSON: ${message.slice(0, place.index)}`;
}

function languageFindings({ $schema }: { readonly [member: string]: Json | undefined }): readonly Said[] {
  if (typeof $schema === 'string' && LANGUAGE.test($schema)) return [];
  const what = $schema === undefined ? 'the specification does not say whether it is Vega or Vega-Lite' : `${JSON.stringify($schema)} is no schema of Vega or Vega-Lite`;
  return [{ rule: 'bad-vega', path: `${PATH}.$schema`, what, fix: 'Add "$schema" with the address of the schema, such as https://vega.github.io/schema/vega-lite/v5.json.' }];
}
