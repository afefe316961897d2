import type { Fault, FaultKind } from '@podscope/fault-injectors';
import { isPodscopeError } from '@podscope/core';
import { z } from 'zod';

/** Stands for a name that is not known yet: rights on it are rights on all of its kind in the namespace. */
const ANY = 'podscope-any-name';

interface Described {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly pattern?: string;
  readonly default?: unknown;
  readonly anyOf?: readonly Described[];
  readonly items?: Described;
}

/** What a parameter may be, as far as it changes which rights its fault needs. */
function valuesOf(name: string, described: Described, namespace: string): readonly unknown[] {
  if (name === 'namespace') return [namespace];
  if (described.enum !== undefined) return described.enum;
  if (described.anyOf !== undefined) return described.anyOf.flatMap((each) => valuesOf(name, each, namespace));
  switch (described.type) {
    case 'boolean':
      return [true, false];
    case 'integer':
    case 'number':
      return [Math.max(described.minimum ?? 1, 1)];
    case 'array':
      return [(described.items === undefined ? [ANY] : valuesOf(name, described.items, namespace).slice(0, 1))];
    case 'string': {
      // A workload may be named with its kind before it.
      const kinds = ['deployment/', 'statefulset/', 'daemonset/', ''].filter((kind) => described.pattern === undefined || new RegExp(described.pattern, 'u').test(`${kind}${ANY}`));
      return described.pattern?.includes('deployment') === true ? kinds.map((kind) => `${kind}${ANY}`) : [ANY];
    }
    default:
      return [];
  }
}

/**
 * Faults of one kind, such that together they need every right that one of the kind may need in a namespace: for the documented Role. Names that
 * aren't known yet stand for every name.
 */
export function sampleFaults(kind: FaultKind, namespace: string): readonly Fault[] {
  const schema = z.toJSONSchema(kind.params, { io: 'input', unrepresentable: 'any' }) as { readonly properties?: Readonly<Record<string, Described>>; readonly required?: readonly string[] };
  const all = Object.entries(schema.properties ?? {}).map(([name, described]) => [name, valuesOf(name, described, namespace)] as const);
  const base = Object.fromEntries(all.filter(([name]) => schema.required?.includes(name) === true || name === 'namespace').map(([name, values]) => [name, values[0]]));
  const variants = [base, ...all.flatMap(([name, values]) => values.map((value) => ({ ...base, [name]: value })))];
  return variants.flatMap((params) => {
    try {
      return [anyName(kind.from(params))];
    } catch (error) {
      // Not all combinations are allowed together.
      if (isPodscopeError(error, 'FAULT_BAD_PARAMETERS')) return [];
      throw error;
    }
  });
}

function anyName(fault: Fault): Fault {
  const on = fault.on('kubernetes');
  if (on === undefined) return fault;
  const accesses = () => on.accesses().map(({ name, ...access }) => (name === undefined || name.includes(ANY) ? access : { ...access, name }));
  return { ...fault, on: (target) => (target === 'kubernetes' ? ({ ...on, accesses } as ReturnType<typeof fault.on<typeof target>>) : fault.on(target)) };
}
