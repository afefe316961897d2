import { AwsRefusal } from '../../front/answer.ts';
import { isFields, type Fields, type Value } from '../../models/schema.ts';

/** A resource of a template. */
export interface TemplateResource {
  readonly logicalId: string;
  readonly type: string;
  readonly body: Fields;
}

/** The parts of a template that are looked at here; the rest is moto's. */
export interface StackTemplate {
  readonly body: Fields;
  readonly resources: readonly TemplateResource[];
  readonly outputs: Fields;
}

/** @throws AwsRefusal `ValidationError` when it is no JSON, or uses what neither moto nor the stand-in makes. */
export function readTemplate(text: string, isKnown: (type: string) => boolean): StackTemplate {
  let body: Value;
  try {
    body = JSON.parse(text) as Value;
  } catch {
    throw new AwsRefusal('ValidationError', 'Template format error: JSON not well-formed. (The stand-in takes no YAML.)');
  }
  if (!isFields(body) || !isFields(body['Resources'])) throw new AwsRefusal('ValidationError', 'Template format error: At least one Resources member must be defined.');
  const resources = Object.entries(body['Resources']).map(([logicalId, each]) => {
    if (!isFields(each) || typeof each['Type'] !== 'string') throw new AwsRefusal('ValidationError', `Template format error: [/Resources/${logicalId}] Every Resources object must contain a Type member.`);
    return { logicalId, type: each['Type'], body: each };
  });
  const unknown = [...new Set(resources.filter(({ type }) => !isKnown(type)).map(({ type }) => type))];
  if (unknown.length > 0) throw new AwsRefusal('ValidationError', `Neither moto nor the stand-in of tools/aws-test-env makes ${unknown.join(', ')}: add it to standIn/stacks/resources.ts.`);
  const names = new Set([...resources.map(({ logicalId }) => logicalId), ...Object.keys(isFields(body['Parameters']) ? body['Parameters'] : {})]);
  const dangling = [...new Set(resources.flatMap(({ body: each }) => [...referencesIn(each)]))].filter((name) => !names.has(name) && !name.startsWith('AWS::'));
  if (dangling.length > 0) throw new AwsRefusal('ValidationError', `Template format error: Unresolved resource dependencies [${dangling.join(', ')}] in the Resources block of the template`);
  return { body, resources, outputs: isFields(body['Outputs']) ? body['Outputs'] : {} };
}

/** Logical ids that a part of a template refers to, by Ref, GetAtt, Sub or DependsOn. */
export function referencesIn(value: Value): ReadonlySet<string> {
  const found = new Set<string>();
  const walk = (each: Value): void => {
    if (Array.isArray(each)) return each.forEach((item: Value) => walk(item));
    if (!isFields(each)) return;
    for (const [name, part] of Object.entries(each)) {
      if (name === 'Ref' && typeof part === 'string') found.add(part);
      else if (name === 'Fn::GetAtt') found.add(String(Array.isArray(part) ? part[0] : String(part).split('.')[0]));
      else if (name === 'DependsOn') for (const id of Array.isArray(part) ? part : [part]) found.add(String(id));
      else if (name === 'Fn::Sub') {
        const [text, given] = Array.isArray(part) ? [String(part[0]), part[1]] : [String(part), undefined];
        const own = isFields(given) ? Object.keys(given) : [];
        for (const [, id = ''] of text.matchAll(/\$\{([^!}][^}.]*)(?:\.[^}]+)?\}/g)) if (!own.includes(id)) found.add(id);
        walk(given);
      } else walk(part);
    }
  };
  walk(value);
  return found;
}

/** What a resource answers to Ref and GetAtt. */
export interface Made {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Puts the values of resources that were made in the place of what refers to them. */
export function resolve(value: Value, made: ReadonlyMap<string, Made>): Value {
  if (Array.isArray(value)) return value.map((each: Value) => resolve(each, made));
  if (!isFields(value)) return value;
  const ref = value['Ref'];
  if (typeof ref === 'string' && made.has(ref)) return made.get(ref)?.ref;
  const attribute = value['Fn::GetAtt'];
  if (attribute !== undefined) {
    const [id = '', ...path] = Array.isArray(attribute) ? attribute.map(String) : String(attribute).split('.');
    if (made.has(id)) return attributeOf(id, path.join('.'), made);
  }
  const sub = value['Fn::Sub'];
  if (sub !== undefined) {
    const [text, given] = Array.isArray(sub) ? [String(sub[0]), sub[1]] : [String(sub), undefined];
    const replaced = text.replaceAll(/\$\{([^!}.]+)(?:\.([^}]+))?\}/g, (whole, id: string, path: string | undefined) => {
      if (!made.has(id) || (isFields(given) && given[id] !== undefined)) return whole;
      return path === undefined ? (made.get(id)?.ref ?? '') : attributeOf(id, path, made);
    });
    return { 'Fn::Sub': given === undefined ? replaced : [replaced, resolve(given, made)] };
  }
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, each]): [string, Value] => {
        if (name !== 'DependsOn') return [name, resolve(each, made)];
        const left = (Array.isArray(each) ? each : [each]).filter((id: Value) => !made.has(String(id)));
        return [name, left.length > 0 ? left : undefined];
      })
      .filter(([, each]) => each !== undefined),
  );
}

function attributeOf(id: string, path: string, made: ReadonlyMap<string, Made>): string {
  const value = made.get(id)?.attributes[path];
  if (value === undefined) throw new AwsRefusal('ValidationError', `Template error: resource ${id} does not support attribute type ${path} in Fn::GetAtt`);
  return value;
}

/** Puts a region's zones in the place of `Fn::GetAZs`, of which moto makes those of another region. */
export function withZones(value: Value, region: string): Value {
  if (Array.isArray(value)) return value.map((each: Value) => withZones(each, region));
  if (!isFields(value)) return value;
  if (Object.hasOwn(value, 'Fn::GetAZs')) return ['a', 'b', 'c'].map((zone) => `${region}${zone}`);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withZones(each, region)]));
}
