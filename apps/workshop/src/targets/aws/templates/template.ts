/**
 * What a property of a resource may be: JSON, with calls of CloudFormation's intrinsic functions in it.
 * The names of types and properties are CloudFormation's own.
 */
export type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value };
/** Properties of one resource, or a policy. */
export interface Properties {
  readonly [key: string]: Value;
}

/** One resource of a template. */
export interface TemplateResource {
  readonly Type: `AWS::${string}::${string}`;
  readonly Properties?: Properties;
  /** Logical ids of resources that are made before this one, and deleted after it, beside those that its properties refer to. */
  readonly DependsOn?: readonly string[];
  /** What becomes of it when the stack is deleted. */
  readonly DeletionPolicy?: 'Delete' | 'Retain' | 'RetainExceptOnCreate';
  readonly UpdateReplacePolicy?: 'Delete' | 'Retain';
  readonly Metadata?: Properties;
}

/** One value that a stack tells. */
export interface TemplateOutput {
  readonly Description: string;
  readonly Value: Value;
}

/** A CloudFormation template as data. It takes no parameters: what differs between events is in it already. */
export interface Template {
  readonly AWSTemplateFormatVersion: '2010-09-09';
  readonly Description: string;
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs: Readonly<Record<string, TemplateOutput>>;
}

/** A resource of the same template: its id, as CloudFormation calls it (of a role that is its name, of a subnet its id). */
export function ref(logicalId: string): Value {
  return { Ref: logicalId };
}

/** An attribute of a resource of the same template. */
export function att(logicalId: string, attribute: string): Value {
  return { 'Fn::GetAtt': [logicalId, attribute] };
}

/** A text with `${…}` in it: logical ids, attributes, and pseudo parameters such as `AWS::Partition`. */
export function sub(text: string): Value {
  return { 'Fn::Sub': text };
}

/** Values in one text, with commas in between. */
export function commaSeparated(values: readonly Value[]): Value {
  return { 'Fn::Join': [',', values] };
}

/** The text of a template, as CloudFormation takes it. */
export function templateText(template: Template): string {
  return JSON.stringify(template);
}
