import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { Json, JsonObject } from '../read/storedObject.ts';
import type { ShapedType } from './shapes/shapes.ts';
import shapes from './shapes.json' with { type: 'json' };

/** Where attributes leave their type's shape. */
export interface ShapeProblem {
  /** Into the attributes, with inner JSON taken apart. */
  readonly path: readonly (string | number)[];
  readonly what: string;
}

const validators = new Map<ShapedType, ValidateFunction>();

/** Whether the attributes of a type have an exact type. */
export function isShapedType(type: string): type is ShapedType {
  return Object.hasOwn(shapes.properties, type);
}

/** Where the attributes (inner JSON taken apart) have what no type of this library describes; none when they fit. */
export function shapeProblems(type: ShapedType, attributes: JsonObject): readonly ShapeProblem[] {
  const validate = validatorOf(type);
  if (validate(attributes)) return [];
  const problems = new Map<string, ShapeProblem>();
  for (const error of validate.errors ?? []) {
    // Says only that what it names elsewhere is wrong.
    if (error.keyword === 'if') continue;
    const problem = { path: pathOf(error, attributes), what: whatOf(error) };
    problems.set(JSON.stringify(problem), problem);
  }
  return [...problems.values()];
}

function validatorOf(type: ShapedType): ValidateFunction {
  let validate = validators.get(type);
  if (validate === undefined) {
    const { $schema: _, ...schema } = shapes;
    validate = new Ajv({ strict: false, allErrors: true, verbose: false }).compile({ ...schema, properties: undefined, required: undefined, additionalProperties: true, allOf: [shapes.properties[type]] });
    validators.set(type, validate);
  }
  return validate;
}

/** JSON pointers carry numbers as text: which they are, the value itself says. */
function pathOf({ instancePath, params, keyword }: ErrorObject, root: JsonObject): readonly (string | number)[] {
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
