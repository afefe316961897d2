import type { AnyField, Field, Fields, MultiFields } from './field.ts';

/** A property of a mapping, as the server's `_mapping` shows it. */
export interface MappingProperty {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, MappingProperty>>;
  readonly fields?: Readonly<Record<string, MappingProperty>>;
  readonly [parameter: string]: unknown;
}

/** What a mapping does with fields that it doesn't have. Answers of a server may carry a boolean too. */
export type Dynamic = 'strict' | 'false' | 'true' | 'runtime' | 'strict_allow_templates' | 'false_allow_templates' | boolean;

/** A mapping with nested properties. */
export interface Mapping {
  readonly dynamic?: Dynamic;
  readonly properties: Readonly<Record<string, MappingProperty>>;
  readonly [parameter: string]: unknown;
}

/** Options of {@link mappingOf}. */
export interface MappingOptions {
  /** @default 'strict' */
  readonly dynamic?: Dynamic;
  /**
   * Everything of the mapping but the fields, such as `dynamic_templates` and `_meta`, as `fieldsOf` gives it. With
   * it, `dynamic` has no default: what isn't there isn't set.
   */
  readonly root?: Readonly<Record<string, unknown>>;
}

interface Branch {
  field?: AnyField;
  readonly children: Map<string, Branch>;
}

/**
 * The mapping of a catalogue. Unknown fields are refused by default, so that a document and its catalogue can't drift
 * apart unnoticed; pass `dynamic: 'false'` where foreign shippers add fields of their own.
 */
export function mappingOf(fields: Fields, options: MappingOptions = {}): Mapping {
  const top: Branch = { children: new Map() };
  const flat = isFlat(options.root ?? {});
  for (const [name, field] of Object.entries(fields)) {
    let branch = top;
    for (const part of flat ? [name] : name.split('.')) {
      const next = branch.children.get(part) ?? { children: new Map() };
      branch.children.set(part, next);
      branch = next;
    }
    branch.field = field;
  }
  const dynamic = options.dynamic ?? (options.root ? undefined : 'strict');
  const carried: readonly (readonly [string, MappingProperty])[] = Object.entries((options.root?.['properties'] ?? {}) as Mapping['properties']);
  const properties = carried.length === 0 ? propertiesOf(top) : Object.fromEntries([...carried, ...Object.entries(propertiesOf(top))]);
  return { ...options.root, ...(dynamic === undefined ? {} : { dynamic }), properties };
}

/** True when a mapping, or an object in it, keeps dotted names as they are. */
export function isFlat(parameters: Readonly<Record<string, unknown>>): boolean {
  return [parameters['subobjects'], parameters['disable_objects']].map(String).some((value, index) => value === (index === 0 ? 'false' : 'true'));
}

function propertiesOf(branch: Branch): Readonly<Record<string, MappingProperty>> {
  // A list of entries, because a field may be called __proto__.
  return Object.fromEntries([...branch.children].map(([name, child]) => [name, propertyOf(child)]));
}

function propertyOf({ field, children }: Branch): MappingProperty {
  const below = children.size === 0 ? {} : { properties: propertiesOf({ children }) };
  if (!field) return below;
  // The server doesn't show the type of an object whose fields it shows.
  const type = field.type === 'object' && children.size > 0 ? {} : { type: field.type };
  return { ...type, ...field.parameters, ...multiOf(field.multi), ...below };
}

function multiOf(multi: MultiFields): { readonly fields?: Readonly<Record<string, MappingProperty>> } {
  const entries: readonly (readonly [string, Field])[] = Object.entries(multi);
  if (entries.length === 0) return {};
  return { fields: Object.fromEntries(entries.map(([name, sub]) => [name, { type: sub.type, ...sub.parameters }])) };
}
