import type { Check } from './checks.ts';
import type { ObservedNode } from './observe.ts';
import type { Requests, WantedPods } from './pods.ts';
import { bytes, cpus } from '../quantity.ts';

interface Room {
  readonly name: string;
  cpu: number;
  memory: number;
  pods: number;
}

const fits = (room: Room, { cpu, memory }: Requests): boolean => room.pods >= 1 && room.cpu >= cpu - 1e-9 && room.memory >= memory;

function take(room: Room, { cpu, memory }: Requests): void {
  room.cpu -= cpu;
  room.memory -= memory;
  room.pods -= 1;
}

const sizeOf = ({ cpu, memory }: Requests): string => `${cpus(cpu)} CPU and ${bytes(memory)}`;

/**
 * Whether there is room for the pods: one of each DaemonSet on every node, and the others, the largest first, wherever they fit. This is
 * less than what the scheduler reckons with (no affinity, no volumes), so what fits here may still not fit there.
 */
export function capacityCheck(nodes: readonly ObservedNode[], wanted: readonly WantedPods[]): Check {
  const base = { id: 'capacity', title: 'Room for the pods' } as const;
  const usable = nodes.filter(({ ready }) => ready);
  if (usable.length === 0) return { ...base, verdict: 'failed', found: nodes.length === 0 ? 'there is no node' : 'no node is ready', todo: 'Add a node, or see why none is ready: kubectl get nodes' };
  const rooms = new Map(usable.map((node) => [node.name, { name: node.name, cpu: node.allocatable.cpu - node.taken.cpu, memory: node.allocatable.memory - node.taken.memory, pods: node.allocatable.pods - node.taken.pods } satisfies Room]));
  const onEach = wanted.filter(({ count }) => count === undefined);
  const others = wanted.flatMap((pods) => Array.from({ length: pods.count ?? 0 }, () => pods)).toSorted((a, b) => b.requests.memory - a.requests.memory || b.requests.cpu - a.requests.cpu);
  const left: string[] = [];
  const free = sum([...rooms.values()]);
  for (const { owner, requests, architecture } of onEach) {
    for (const node of usable.filter((each) => architecture === undefined || each.architecture === architecture)) {
      const room = rooms.get(node.name);
      if (room !== undefined && fits(room, requests)) take(room, requests);
      else left.push(`${owner}: no room for its pod of ${sizeOf(requests)} on ${node.name}`);
    }
  }
  const places = usable.filter(({ tainted }) => !tainted);
  for (const { owner, requests, architecture } of others) {
    const place = places.filter((node) => architecture === undefined || node.architecture === architecture).map(({ name }) => rooms.get(name)).find((room) => room !== undefined && fits(room, requests));
    if (place === undefined) left.push(`${owner}: no node has room for a pod of ${sizeOf(requests)}`);
    else take(place, requests);
  }
  const count = onEach.length * usable.length + others.length;
  const asked = sum([...onEach.flatMap(({ requests }) => usable.map(() => requests)), ...others.map(({ requests }) => requests)].map((requests) => ({ ...requests, pods: 1 })));
  const found = `${count} pods ask for ${sizeOf(asked)}; free on ${usable.length} nodes: ${free.pods} pods, ${sizeOf(free)}`;
  if (left.length === 0) return { ...base, verdict: 'ok', found };
  const lines = counted(left);
  return {
    ...base, verdict: 'failed', found, details: lines,
    todo: `Free or add ${left.length === 1 ? 'room for that pod' : 'room for these'}, or take less: a smaller --pattern, --opensearch-nodes 1. Where nodes are added as they are needed, add --ignore capacity.`,
  };
}

function sum(all: readonly { readonly cpu: number; readonly memory: number; readonly pods: number }[]): { readonly cpu: number; readonly memory: number; readonly pods: number } {
  return all.reduce((total, { cpu, memory, pods }) => ({ cpu: total.cpu + cpu, memory: total.memory + memory, pods: total.pods + pods }), { cpu: 0, memory: 0, pods: 0 });
}

/** Each line once, with how often it was there. */
function counted(lines: readonly string[]): readonly string[] {
  const times = new Map<string, number>();
  for (const line of lines) times.set(line, (times.get(line) ?? 0) + 1);
  return [...times].map(([line, count]) => (count === 1 ? line : `${line} (${count} of them)`));
}
