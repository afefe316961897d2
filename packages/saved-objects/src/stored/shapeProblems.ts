import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { Json, JsonObject } from '../read/storedObject.ts';
import { placeOf } from './placesInShapes.ts';
import type { ShapedType } from './shapes/shapes.ts';
import shapes from './shapes.json' with { type: 'json' };

/** Where attributes leave their type's shape. */
export interface ShapeProblem {
  /** Into the attributes, with inner JSON taken apart. */
  readonly path: readonly (string | number)[];
  readonly what: string;
}

/** Whether the attributes of a type have an exact type. */
export function isShapedType(type: string): type is ShapedType {
  return Object.hasOwn(shapes.properties, type);
}

/** Where the attributes (inner JSON taken apart) have what no type of this library describes; none when they fit. */
export function shapeProblems(type: ShapedType, attributes: JsonObject): readonly ShapeProblem[] {
  const problems = problemsOf(`shapes#/properties/${type}`, attributes);
  // Alternatives of a union say the same more than once.
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

let compiled: Ajv | undefined;

/** All types share what is compiled of the shapes; nothing is made smaller or faster first, which takes longer than it saves. */
function validatorOf(place: string): ValidateFunction {
  if (compiled === undefined) {
    const { $schema: _, ...schema } = shapes;
    compiled = new Ajv({ strict: false, allErrors: true, inlineRefs: false, validateSchema: false, verbose: true, code: { optimize: false } }).addSchema(schema, 'shapes');
  }
  return compiled.getSchema(place) as ValidateFunction;
}

function problemsOf(place: string, value: Json): readonly ShapeProblem[] {
  const validate = validatorOf(place);
  if (validate(value)) return [];
  // `if` only says that its `then` has problems, which stand for themselves.
  const errors = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'if');
  const unions = errors.filter((error, at) => error.keyword === 'anyOf' && !errors.some((other, later) => other.keyword === 'anyOf' && later > at && isWithin(error.instancePath, other.instancePath)));
  const outside = errors.filter(({ instancePath }) => !unions.some((union) => isWithin(instancePath, union.instancePath)));
  return [...outside.map((error) => ({ path: pathOf(error, value), what: whatOf(error) })), ...unions.flatMap((union) => closest(union, value))];
}

function isWithin(path: string, outer: string): boolean {
  return path === outer || path.startsWith(`${outer}/`);
}

/** Of what a value may be, what it comes closest to: the problems with that, and not those with everything else. */
function closest(union: ErrorObject, root: Json): readonly ShapeProblem[] {
  const path = pathOf(union, root);
  const value = path.reduce<Json>((at, part) => (at as Readonly<Record<string | number, Json>>)[part] as Json, root);
  const branches = (union.schema as readonly object[]).map((branch) => problemsOf(placeOf(branch), value));
  const [best] = branches.filter((problems) => problems.every((problem) => problem.path.length > 0)).sort((one, other) => one.length - other.length);
  if (best !== undefined) return best.map((problem) => ({ path: [...path, ...problem.path], what: problem.what }));
  const here = branches.flat().filter((problem) => problem.path.length === 0);
  return [...new Set(here.map(({ what }) => what))].map((what) => ({ path, what }));
}

/** JSON pointers carry numbers as text: which they are, the value itself says. */
function pathOf({ instancePath, params, keyword }: ErrorObject, root: Json): readonly (string | number)[] {
  const names = instancePath.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (keyword === 'additionalProperties') names.push(String(params['additionalProperty']));
  let value: Json | undefined = root;
  return names.map((name) => {
    const part = Array.isArray(value) ? Number(name) : name;
    value = (value as Readonly<Record<string | number, Json>> | undefined)?.[part];
    return part;
  });
}

function whatOf({ message, params, keyword }: ErrorObject): string {
  if (keyword === 'additionalProperties') return 'is not known';
  if (keyword === 'enum') return `must be one of ${(params['allowedValues'] as readonly unknown[]).map((each) => JSON.stringify(each)).join(', ')}`;
  return message ?? keyword;
}
