import type { AnyField, Field } from './field.ts';
import { builderNameOf } from './fieldTypes.ts';
import { fieldsOf } from './fieldsOf.ts';
import { bracketed, keyed, literal, quoted } from './sourceText.ts';

/** Options of {@link fieldsFromMapping}. */
export interface FieldsFromMappingOptions {
  /** What the catalogue is called: `apache-access` gives `apacheAccessFields`, `ApacheAccessDocument` and `apacheAccessMapping`. */
  readonly name: string;
}

/**
 * TypeScript that defines the catalogue of any live mapping with this library: the fields, the type of their documents,
 * and the mapping, which is the same as the one that was passed. Names and values of the mapping are only ever written
 * as escaped literals.
 *
 * @param mapping `mappings` of one index, as `GET <index>/_mapping` answers it.
 * @throws PodscopeError as `fieldsOf` does.
 */
export function fieldsFromMapping(mapping: unknown, options: FieldsFromMappingOptions): string {
  const { fields, root } = fieldsOf(mapping);
  const name = identifier(options.name);
  const used = new Set<string>(['defineFields', 'mappingOf', 'type DocumentOf']);
  const lines = Object.entries(fields).map(([key, field]) => `  ${keyed(key)}: ${call(field, '  ', keyed(key).length + 5, used)},\n`);
  const imports = [...used].sort((a, b) => (a.replace('type ', '').toLowerCase() < b.replace('type ', '').toLowerCase() ? -1 : 1));
  return [
    `import ${bracketed('{}', () => imports, '', 'import  from "@podscope/core";'.length)} from '@podscope/core';\n`,
    `export const ${name}Fields = defineFields({${lines.length === 0 ? '' : `\n${lines.join('')}`}});\n`,
    `export type ${name.charAt(0).toUpperCase()}${name.slice(1)}Document = DocumentOf<typeof ${name}Fields>;\n`,
    `export const ${name}Mapping = mappingOf(${name}Fields, { root: ${literal(root, '', `export const ${name}Mapping = mappingOf(${name}Fields, { root:  });`.length)} });\n`,
  ].join('\n');
}

/** Only plain letters and digits are taken over, so that nothing but a name can come of it. */
function identifier(name: string): string {
  const words = name.match(/[A-Za-z0-9]+/g) ?? [];
  const joined = words.map((word, index) => (index === 0 ? word.charAt(0).toLowerCase() : word.charAt(0).toUpperCase()) + word.slice(1)).join('');
  // `defineFields` is what the code calls.
  return /^[a-z]/.test(joined) && joined !== 'define' ? joined : `index${joined.charAt(0).toUpperCase()}${joined.slice(1)}`;
}

function call(field: AnyField | Field, indent: string, room: number, used: Set<string>): string {
  const builder = builderNameOf(field.type);
  used.add(builder);
  const { type: unknownType, path, ...rest } = field.parameters;
  const parameters = field.type === 'other' ? without(field.parameters, 'type') : field.type === 'alias' ? rest : field.parameters;
  const first = field.type === 'other' ? quoted(String(unknownType)) : field.type === 'alias' ? quoted(String(path)) : undefined;
  const head = first === undefined ? '' : `${first}, `;
  const start = room + builder.length + head.length + 2;
  const options = bracketed('{}', (at) => optionParts(field, parameters, `${indent}  `, at, used), indent, start);
  // A builder that sets no parameters of its own needs no empty ones.
  if (options === '{}') return `${builder}(${first ?? ''})`;
  return `${builder}(${head}${options})`;
}

function optionParts(field: AnyField | Field, parameters: AnyField['parameters'], indent: string, at: number, used: Set<string>): readonly string[] {
  const parts: string[] = [];
  const standard = field.type === 'keyword' && Object.keys(parameters).length === 1 && parameters['ignore_above'] === 1024;
  if (!standard && (field.type === 'keyword' || Object.keys(parameters).length > 0)) {
    parts.push(`parameters: ${literal(parameters, indent, at + 'parameters: '.length)}`);
  }
  const multi: readonly (readonly [string, Field])[] = Object.entries(field.multi);
  if (multi.length > 0) {
    const subs = (): readonly string[] => multi.map(([name, sub]) => `${keyed(name)}: ${call(sub, `${indent}  `, indent.length + keyed(name).length + 4, used)}`);
    parts.push(`fields: ${bracketed('{}', subs, indent, at + 'fields: '.length)}`);
  }
  return parts;
}

function without(parameters: AnyField['parameters'], name: string): AnyField['parameters'] {
  return Object.fromEntries(Object.entries(parameters).filter(([each]) => each !== name));
}
