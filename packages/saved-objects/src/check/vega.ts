import Hjson from 'hjson';
import { isJsonObject, type Json } from '../read/storedObject.ts';
import type { Said } from './finding.ts';

const PATH = 'attributes.visState.params.spec';
const FIX = 'Correct the specification; the Vega editor shows the place.';
/** Of an address such as https://vega.github.io/schema/vega-lite/v5.json. */
const LANGUAGE = /\/(vega|vega-lite)\/v\d/u;

/** Whether a Vega specification can be read, by the product's own rules: HJSON, with the language that it is in. */
export function vegaFindings(spec: Json | undefined): readonly Said[] {
  if (isJsonObject(spec)) return languageFindings(spec);
  if (typeof spec !== 'string' || spec.trim() === '') return [{ rule: 'bad-vega', path: PATH, what: 'a Vega visualization without a specification', fix: FIX }];
  try {
    const value = Hjson.parse(spec, { legacyRoot: false }) as Json;
    return isJsonObject(value) ? languageFindings(value) : [{ rule: 'bad-vega', path: PATH, what: 'the specification is not an object', fix: FIX }];
  } catch (error) {
    const [what = ''] = String(error instanceof Error ? error.message : error).split(/ >>>|\n/u);
    return [{ rule: 'bad-vega', path: PATH, what: `the specification cannot be read: ${what}`, fix: FIX }];
  }
}

function languageFindings({ $schema }: { readonly [member: string]: Json | undefined }): readonly Said[] {
  if (typeof $schema === 'string' && LANGUAGE.test($schema)) return [];
  const what = $schema === undefined ? 'the specification does not say whether it is Vega or Vega-Lite' : `${JSON.stringify($schema)} is no schema of Vega or Vega-Lite`;
  return [{ rule: 'bad-vega', path: `${PATH}.$schema`, what, fix: 'Add "$schema" with the address of the schema, such as https://vega.github.io/schema/vega-lite/v5.json.' }];
}
