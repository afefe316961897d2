import { Document, Scalar, visit } from 'yaml';
import type { JsonValue } from '../model.ts';
import type { SetupFileFormat } from './model.ts';

/** What a file says, as text: equal values give equal bytes. */
export function textOf(value: JsonValue, format: SetupFileFormat): string {
  return format === 'json' ? `${JSON.stringify(value, null, 2)}\n` : yamlOf(value);
}

/** Anything but visible characters and line feeds, or what ends in white space, needs quotes to come back as it was. */
const NEEDS_QUOTES = /[^\n\u0020-\u007e\u00a1-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\ud7ff\ue000-\ufefe\uff00-\uffef]|[ \n]\n|\n$|^[\n ]/u;

function yamlOf(value: JsonValue): string {
  // What YAML 1.1 would read otherwise has quotes, for the sake of other tools.
  const document = new Document(value, { version: '1.2', schema: 'core', compat: 'yaml-1.1', aliasDuplicateObjects: false });
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value === 'string' && (node.value === '<<' || NEEDS_QUOTES.test(node.value))) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return document.toString({ lineWidth: 0, minContentWidth: 0 });
}
