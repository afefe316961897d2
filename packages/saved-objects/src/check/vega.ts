import { Hjson } from '../hjson.ts';
import { isJsonObject, type Json } from '../read/storedObject.ts';
import type { Said } from './finding.ts';

const PATH = 'attributes.visState.params.spec';

/** Whether a Vega specification can be read at all, as HJSON, and says its language (`vega_parser.ts` of the Vega plugin). */
export function vegaFindings(spec: Json | undefined): readonly Said[] {
  const fix = 'Correct the specification; the Vega editor shows the place.';
  if (typeof spec !== 'string' || spec.trim() === '') return [{ rule: 'bad-vega', path: PATH, what: 'a Vega visualization without a specification', fix }];
  let value: Json;
  try {
    value = Hjson.parse(spec, { legacyRoot: false }) as Json;
  } catch (error) {
    return [{ rule: 'bad-vega', path: PATH, what: unreadable(error), fix }];
  }
  if (!isJsonObject(value)) return [{ rule: 'bad-vega', path: PATH, what: 'the specification is not an object', fix }];
  const schema = value['$schema'];
  if (typeof schema !== 'string') {
    return [{ rule: 'bad-vega', path: `${PATH}.$schema`, what: 'the specification does not say whether it is Vega or Vega-Lite', fix: 'Add "$schema" with the address of the schema.' }];
  }
  if (!/\/schema\/[\w-]+\/[\w.-]+\.json$/u.test(schema)) {
    return [{ rule: 'bad-vega', path: `${PATH}.$schema`, what: `${JSON.stringify(schema)} is no address of a schema, by which the product tells Vega from Vega-Lite`, fix: 'Write it as https://vega.github.io/schema/vega/v5.json.' }];
  }
  return [];
}

/** What HJSON says has its line, column and surroundings at the end. */
function unreadable(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const place = / at line (\d+),\d+/u.exec(message);
  return place === null ? `the specification is no HJSON: ${message}` : `line ${place[1]} of the specification is no HJSON: ${message.slice(0, place.index)}`;
}
