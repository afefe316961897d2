import { builderNameOf, isFieldType } from '../../packages/core/src/index.ts';

/** A field as `@elastic/ecs` describes it, as far as a mapping needs it. */
export interface EcsField {
  readonly flat_name: string;
  readonly type: string;
  readonly normalize: readonly string[];
  readonly required?: boolean;
  readonly ignore_above?: number;
  readonly scaling_factor?: number;
  readonly index?: boolean;
  readonly doc_values?: boolean;
  readonly multi_fields?: readonly { readonly name: string; readonly type: string }[];
}

/** Keywords may be lists anyhow, and nested fields are. */
const ALWAYS_MANY = ['keyword', 'wildcard', 'nested'];
const RESERVED = ['package', 'interface'];

/**
 * The source of `@podscope/core/ecs`: one module for each set of fields, and the entry. Left out is what is no mapping
 * (examples, formats of display) and `synthetic_source_keep`, which no supported server knows.
 *
 * @returns path below packages/core/src → text
 */
export function ecsModules(version: string, flat: Readonly<Record<string, EcsField>>): ReadonlyMap<string, string> {
  const sets = new Map<string, EcsField[]>();
  for (const field of Object.values(flat)) {
    const set = field.flat_name.includes('.') ? (field.flat_name.split('.')[0] as string) : 'base';
    sets.set(set, [...(sets.get(set) ?? []), field]);
  }
  const names = Object.keys(flat);
  const modules = new Map<string, string>();
  const head = `// Generated from @elastic/ecs ${version} by "npm run fields". Do not edit. See NOTICE.\n`;
  const exported: string[] = [];
  for (const [set, fields] of [...sets].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const name = camelCase(set);
    const local = RESERVED.includes(name) ? `${name}Fields` : name;
    const used = new Set<string>();
    const lines = fields.filter((field) => !isImplied(field, names)).map((field) => `  ${keyed(field.flat_name)}: ${fieldCode(field, used)},\n`);
    const what = set === 'base' ? 'The ECS fields at the top of a document' : `The ECS fields below \`${set}\``;
    modules.set(
      `ecs/${name}.ts`,
      `${head}import { ${[...used].sort().join(', ')} } from '../fields/builders.ts';\nimport { fieldSet } from './fieldSet.ts';\n\n/** ${what}. */\nexport const ${local} = /* @__PURE__ */ fieldSet(() => ({\n${lines.join('')}}));\n`,
    );
    exported.push(`export { ${local === name ? name : `${local} as ${name}`} } from './ecs/${name}.ts';\n`);
  }
  modules.set('ecs.ts', `${head}${exported.join('')}\n/** The version of the Elastic Common Schema. */\nexport const ecsVersion = '${version}';\n`);
  return modules;
}

/** An object that is only there for its fields. */
function isImplied({ flat_name, type, normalize }: EcsField, names: readonly string[]): boolean {
  return type === 'object' && !normalize.includes('array') && names.some((name) => name.startsWith(`${flat_name}.`));
}

function fieldCode(field: EcsField, used: Set<string>): string {
  const { type, normalize, required, ignore_above, scaling_factor, index, doc_values, multi_fields = [] } = field;
  const parameters = Object.entries({ ignore_above: ignore_above === 1024 && type === 'keyword' ? undefined : ignore_above, scaling_factor, index, doc_values }).filter(([, value]) => value !== undefined);
  // The builder's own limit goes when others take its place.
  if (parameters.length > 0 && ignore_above === 1024 && type === 'keyword') parameters.unshift(['ignore_above', 1024]);
  if (parameters.length === 0 && type === 'keyword' && ignore_above === undefined) return call(type, 'parameters: {}', used);
  const options = [
    required === true ? 'required: true' : undefined,
    normalize.includes('array') && !ALWAYS_MANY.includes(type) ? 'many: true' : undefined,
    multi_fields.length > 0 ? `fields: { ${multi_fields.map((sub) => `${keyed(sub.name)}: ${call(sub.type, undefined, used)}`).join(', ')} }` : undefined,
    parameters.length > 0 ? `parameters: { ${parameters.map(([name, value]) => `${name}: ${String(value)}`).join(', ')} }` : undefined,
  ].filter((each) => each !== undefined);
  return call(type, options.length === 0 ? undefined : options.join(', '), used);
}

function call(type: string, options: string | undefined, used: Set<string>): string {
  if (!isFieldType(type)) throw new Error(`ECS has a field of type ${type}, for which @podscope/core has no builder. Add it to packages/core/src/fields.`);
  const builder = builderNameOf(type);
  used.add(builder);
  return `${builder}(${options === undefined ? '' : `{ ${options} }`})`;
}

function keyed(name: string): string {
  if (!/^[\w@.-]+$/.test(name)) throw new Error(`ECS has a field called ${JSON.stringify(name)}, which is no name.`);
  return /^[a-z]\w*$/.test(name) ? name : `'${name}'`;
}

function camelCase(set: string): string {
  if (!/^[a-z][a-z0-9_]*$/.test(set)) throw new Error(`ECS has a set of fields called ${JSON.stringify(set)}, which is no name.`);
  return set.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
