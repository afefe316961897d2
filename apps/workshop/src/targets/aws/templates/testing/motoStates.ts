import type { Properties, Template, Value } from '../template.ts';

/** Names of services in the AWS SDK for Python, where they are others. */
const PYTHON: Readonly<Record<string, string>> = { elasticloadbalancing: 'elb', elasticloadbalancingv2: 'elbv2', cloudwatchlogs: 'logs' };
/** Services whose own members begin with a small letter. Step Functions takes and gives a capital; moto's does not change them. */
const SMALL = ['eks', 'cloudwatchlogs'];

const small = (name: string): string => `${name.charAt(0).toLowerCase()}${name.slice(1)}`;

/**
 * An expiry stack whose state machine moto can run. Moto has the interpreter of LocalStack, which calls the AWS SDK for Python by its own
 * names of services and members; Step Functions calls that for Java, with a capital everywhere. Nothing else is changed.
 */
export function forMoto(template: Template): Template {
  const { StateMachine, ...rest } = template.Resources;
  const definition = (StateMachine?.Properties?.['DefinitionString'] as { readonly 'Fn::Sub': string })['Fn::Sub'];
  const changed = JSON.stringify(changedIn(JSON.parse(definition) as Value));
  return { ...template, Resources: { ...rest, StateMachine: { ...StateMachine, Type: 'AWS::StepFunctions::StateMachine', Properties: { ...StateMachine?.Properties, DefinitionString: { 'Fn::Sub': changed } } } } };
}

/** A `ResultPath` may be null, which a template's values are not. */
const isNull = (value: unknown): boolean => value === null;

function changedIn(value: Value): Value {
  if (Array.isArray(value)) return value.map((each: Value) => changedIn(each));
  if (typeof value !== 'object' || isNull(value)) return value;
  const state = Object.fromEntries(Object.entries(value as Properties).map(([key, each]) => [key, changedIn(each)]));
  return state['Type'] === 'Task' ? changedTask(state) : state;
}

function changedTask(state: Properties): Properties {
  const { Resource, Parameters, ResultSelector } = state;
  const parts = String(Resource).split(':');
  const service = parts.at(-2) ?? '';
  const call = { ...state, Resource: [...parts.slice(0, -2), PYTHON[service] ?? service, parts.at(-1)].join(':') };
  if (!SMALL.includes(service)) return call;
  return {
    ...call,
    Parameters: Object.fromEntries(Object.entries(Parameters as Properties).map(([key, each]) => [small(key), each])),
    ...(ResultSelector === undefined ? {} : { ResultSelector: Object.fromEntries(Object.entries(ResultSelector as Properties).map(([key, path]) => [key, String(path).replaceAll(/\.[A-Z]/g, (member) => member.toLowerCase())])) }),
  };
}
