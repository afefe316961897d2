import { PodscopeError } from '@podscope/core';
import type { AnyTarget } from '../definition/targets.ts';
import { conditionProbe } from './conditionProbe.ts';
import { httpProbe } from './httpProbe.ts';
import type { WatchedProbe } from './probe.ts';
import { readSpec } from './readSpec.ts';
import { readyProbe } from './readyProbe.ts';
import { searchProbe } from './searchProbe.ts';
import { probeSpecSchema, type ProbeSpec } from './specs.ts';

/** What a probe that is data may ask. */
export interface ProbeContext {
  /** Conditions and ready shares are asked of a cluster. */
  readonly target?: AnyTarget | undefined;
}

/**
 * The probe of its data.
 *
 * @throws PodscopeError PROBE_INVALID; PROBE_TARGET_UNFIT when it asks a cluster and there is none
 */
export function probeOf(data: ProbeSpec, { target }: ProbeContext = {}): WatchedProbe {
  const spec = readSpec(probeSpecSchema, data);
  switch (spec.kind) {
    case 'http':
      return httpProbe(spec);
    case 'search':
      return searchProbe(spec);
    case 'condition':
      return conditionProbe({ ...spec, api: clusterOf(target, spec.kind) });
    case 'ready':
      return readyProbe({ ...spec, api: clusterOf(target, spec.kind) });
  }
}

function clusterOf(target: AnyTarget | undefined, kind: string) {
  if (target?.kind === 'kubernetes') return target.api;
  throw new PodscopeError('PROBE_TARGET_UNFIT', `A probe of the kind "${kind}" asks a cluster, and the target is ${target === undefined ? 'none' : `of the kind "${target.kind}"`}.`, {
    hint: 'Use a probe of the kind http or search here.',
  });
}
