import { type FaultKind, faultCatalogue, parametersOf } from '@podscope/fault-injectors';
import { nearest } from '@podscope/fault-injectors/experiments';
import { PodscopeError } from '@podscope/core';
import { z } from 'zod';
import { columns } from '../../terminal/table.ts';
import { usageError } from '../usageError.ts';

/** The kind of fault with an id. @throws PodscopeError FAULT_UNKNOWN, with what was probably meant */
export function faultKindOf(id: string): FaultKind {
  const found = faultCatalogue.find((kind) => kind.id === id);
  if (found) return found;
  const meant = nearest(id, faultCatalogue.map((kind) => kind.id));
  throw new PodscopeError('FAULT_UNKNOWN', `There is no fault "${id.slice(0, 80)}".`, { hint: meant === undefined ? '"podscope fault list" shows which there are.' : `Did you mean "${meant}"? "podscope fault list" shows which there are.` });
}

/** What JSON Schema says of the type of a parameter. */
interface Typed {
  readonly type?: string;
  readonly anyOf?: readonly Typed[];
  readonly properties?: Readonly<Record<string, Typed>>;
}

/**
 * Parameters of `name=value` texts, in the types that the fault's schema has: numbers, true and false, lists with commas or as JSON, objects as
 * JSON. Whether the values fit is the fault's own check.
 *
 * @throws PodscopeError CLI_USAGE
 */
export function readParameters(kind: FaultKind, given: readonly string[]): Readonly<Record<string, unknown>> {
  const schema = z.toJSONSchema(kind.params, { io: 'input', unrepresentable: 'any' }) as Typed;
  const params: Record<string, unknown> = {};
  for (const text of given) {
    const [, name = '', value = ''] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
    if (name === '') throw usageError(`"${text.slice(0, 80)}" is no parameter.`, 'Give --param name=value, such as --param replicas=100.');
    if (Object.hasOwn(params, name)) throw usageError(`The parameter ${name} was given twice.`, 'Give it once; a list has commas.');
    params[name] = typed(schema.properties?.[name], value);
  }
  return params;
}

function typed(schema: Typed | undefined, text: string): unknown {
  const types = [schema?.type, ...(schema?.anyOf ?? []).map(({ type }) => type)];
  const number = Number(text);
  if ((types.includes('integer') || types.includes('number')) && text.trim() !== '' && !Number.isNaN(number)) return number;
  if (types.includes('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  if ((types.includes('array') || types.includes('object')) && /^[[{]/.test(text.trim())) {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      throw usageError(`A parameter begins like JSON and is none: ${text.slice(0, 80)}`, 'Check its quotes and brackets.');
    }
  }
  if (types.includes('array')) return text === '' ? [] : text.split(',').map((each) => each.trim());
  return text;
}

/** The parameters of a kind, for its help. */
export function parameterLines(kind: FaultKind): readonly string[] {
  const rows = parametersOf(kind.params).map(({ name, allowed, required, default: standard, description }) => [
    name,
    required ? 'needed' : standard === undefined ? 'may be left out' : `${JSON.stringify(standard)} without it`,
    `${description.replace(/\.$/, '')}${description === '' ? '' : ': '}${allowed}`,
  ]);
  return rows.length === 0 ? ['It takes no parameters.'] : columns(['PARAMETER', '', 'WHAT IT IS'], rows);
}
