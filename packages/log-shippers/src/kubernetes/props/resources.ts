import { k8s } from 'cdk8s-plus-33';
import { badValue } from '../../quantities/quantities.ts';
import { given } from '../objects/given.ts';

/** CPU cores: `0.5`, or thousandths of one: `500m`. */
export type Cpu = number | `${number}` | `${number}m`;
/** Bytes with a unit of Kubernetes. There is no `MB`, and `m` is a thousandth of a byte. */
export type Memory = number | `${number}${'' | 'k' | 'M' | 'G' | 'T' | 'Ki' | 'Mi' | 'Gi' | 'Ti'}`;

/** What a container gets. */
export interface Resources {
  /** A limit of CPU slows an agent down exactly when there is much to ship, so there is none by default. */
  readonly cpu?: { readonly request?: Cpu; readonly limit?: Cpu };
  readonly memory?: { readonly request?: Memory; readonly limit?: Memory };
}

const CPU = /^(\d+(?:\.\d+)?)(m?)$/;
const MEMORY = /^(\d+(?:\.\d+)?)(k|M|G|T|Ki|Mi|Gi|Ti)?$/;
const FACTORS: Readonly<Record<string, number>> = { k: 1e3, M: 1e6, G: 1e9, T: 1e12, Ki: 1024, Mi: 1024 ** 2, Gi: 1024 ** 3, Ti: 1024 ** 4 };

/** Cores of an amount of CPU. @throws PodscopeError SHIPPER_BAD_VALUE for another unit. */
export function requireCpu(where: string, cpu: Cpu): number {
  const match = CPU.exec(String(cpu));
  const cores = match === null ? Number.NaN : Number(match[1]) / (match[2] === 'm' ? 1000 : 1);
  if (cores > 0) return cores;
  throw badValue(where, `${JSON.stringify(cpu)} is no amount of CPU.`, 'Cores, or thousandths of one: 0.5 or 500m.');
}

/** Bytes of an amount of memory or disk. @throws PodscopeError SHIPPER_BAD_VALUE for another unit, with the one that is meant where it is clear. */
export function requireMemory(where: string, memory: Memory): number {
  const match = MEMORY.exec(String(memory));
  const bytes = match === null ? Number.NaN : Number(match[1]) * (FACTORS[match[2] ?? ''] ?? 1);
  if (bytes > 0) return bytes;
  throw badValue(where, `${JSON.stringify(memory)} is no amount of memory.`, `A number of bytes with a unit of Kubernetes, such as ${meantMemory(String(memory)) ?? '64Mi'}.`);
}

function meantMemory(text: string): string | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([kmgt])(i?)b?\s*$/i.exec(text);
  return match === null ? undefined : `${match[1]}${match[2]?.toUpperCase()}i`;
}

/** The resources of a container: what the user gives, over the defaults. @throws PodscopeError SHIPPER_BAD_VALUE */
export function resourceRequirements(where: string, resources: Resources | undefined, defaults: Resources): k8s.ResourceRequirements {
  const cpu = { ...defaults.cpu, ...resources?.cpu };
  const memory = { ...defaults.memory, ...resources?.memory };
  // A limit below the default request means less of both.
  if (resources?.memory?.limit !== undefined && resources.memory.request === undefined && memory.request !== undefined && requireMemory(`${where}.memory.limit`, resources.memory.limit) < requireMemory(where, memory.request)) {
    memory.request = resources.memory.limit;
  }
  if (resources?.memory?.request !== undefined && resources.memory.limit === undefined && memory.limit !== undefined && requireMemory(`${where}.memory.request`, resources.memory.request) > requireMemory(where, memory.limit)) {
    memory.limit = resources.memory.request;
  }
  if (cpu.request !== undefined && cpu.limit !== undefined && requireCpu(`${where}.cpu.request`, cpu.request) > requireCpu(`${where}.cpu.limit`, cpu.limit)) {
    if (resources?.cpu?.request === undefined) cpu.request = cpu.limit;
    else throw badValue(`${where}.cpu`, `the request ${cpu.request} is above the limit ${cpu.limit}.`, 'Lower the request, or leave the limit out.');
  }
  if (memory.request !== undefined && memory.limit !== undefined && requireMemory(`${where}.memory.request`, memory.request) > requireMemory(`${where}.memory.limit`, memory.limit)) {
    throw badValue(`${where}.memory`, `the request ${memory.request} is above the limit ${memory.limit}.`, 'Raise the limit.');
  }
  return given<k8s.ResourceRequirements>({ requests: amounts(where, cpu.request, memory.request), limits: amounts(where, cpu.limit, memory.limit) });
}

function amounts(where: string, cpu: Cpu | undefined, memory: Memory | undefined): Record<string, k8s.Quantity> | undefined {
  const all: Record<string, k8s.Quantity> = {};
  if (cpu !== undefined) {
    requireCpu(`${where}.cpu`, cpu);
    all['cpu'] = k8s.Quantity.fromString(String(cpu));
  }
  if (memory !== undefined) {
    requireMemory(`${where}.memory`, memory);
    all['memory'] = k8s.Quantity.fromString(String(memory));
  }
  return Object.keys(all).length === 0 ? undefined : all;
}

/** An amount of disk. @throws PodscopeError SHIPPER_BAD_VALUE */
export function diskQuantity(where: string, size: Memory): k8s.Quantity {
  requireMemory(where, size);
  return k8s.Quantity.fromString(String(size));
}
