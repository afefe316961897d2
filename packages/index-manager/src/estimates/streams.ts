import { parseTime } from '../lifecycle/units.ts';
import type { IndexSetup, JsonObject } from '../model.ts';
import { policyFor } from '../plan/policy-of.ts';
import { firstIndexOf } from '../plan/desired.ts';
import { resolveTemplate, type ResolvedTemplate } from '../plan/resolve.ts';
import type { EstimateInput, StreamEstimate, StreamVolume } from './model.ts';

const POLICY_SETTINGS = ['index.lifecycle.name', 'index.plugins.index_state_management.policy_id', 'index.opendistro.index_state_management.policy_id'] as const;
const DAY_MS = 86_400_000;

/** A stream of the input with everything that the setup says of it. */
export interface GivenStream {
  readonly name: string;
  readonly kind: StreamEstimate['kind'];
  readonly template: ResolvedTemplate;
  readonly policy: string | null;
  readonly documentsPerDay: number;
  readonly sourceBytesPerDay: number;
  readonly storedRatio: number;
  readonly primaryShards: number;
  readonly replicas: number;
  readonly newIndexDays: number | undefined;
}

/** Resolves one stream; a text says why it can't be. */
export function givenStream(setup: IndexSetup, name: string, volume: StreamVolume, input: EstimateInput, storedRatio: number): GivenStream | string {
  const kind = setup.dataStreams.includes(name) ? 'data-stream' : Object.hasOwn(setup.rolloverAliases, name) ? 'rollover-alias' : volume.newIndexEvery === undefined ? 'index' : 'index-series';
  const index = kind === 'rollover-alias' ? firstIndexOf(setup, name) : name;
  const template = resolveTemplate(setup, index);
  if (template === undefined) return `no index template of the setup holds for it; there are ${Object.keys(setup.indexTemplates).join(', ') || 'none'}`;
  const policy = volume.policy ?? policyFor(setup, kind === 'index-series' ? 'index' : kind, name) ?? named(setup, template.settings);
  if (policy !== undefined && !Object.hasOwn(setup.lifecyclePolicies, policy)) return `there is no policy ${policy}; there are ${Object.keys(setup.lifecyclePolicies).join(', ') || 'none'}`;
  const newIndexMs = volume.newIndexEvery === undefined ? undefined : parseTime(volume.newIndexEvery);
  if (newIndexMs !== undefined && kind !== 'index-series') return 'newIndexEvery is for a series of indices that the shipper begins; this one is rolled over';
  return {
    name,
    kind,
    template,
    policy: policy ?? null,
    documentsPerDay: volume.documentsPerDay,
    sourceBytesPerDay: volume.bytesPerDay ?? volume.documentsPerDay * Number(volume.bytesPerDocument),
    storedRatio: volume.storedRatio ?? storedRatio,
    primaryShards: Number(template.settings['index.number_of_shards'] ?? 1),
    replicas: volume.replicas ?? replicasOf(template.settings, (input.dataNodes ?? input.availabilityZones ?? 3) - 1),
    newIndexDays: newIndexMs === undefined ? undefined : newIndexMs / DAY_MS,
  };
}

/** `auto_expand_replicas` such as `0-1` goes to its upper bound where there are as many nodes. */
function replicasOf(settings: JsonObject, otherNodes: number): number {
  const [, upper] = /^\d+-(\d+|all)$/u.exec(String(settings['index.auto_expand_replicas'] ?? '')) ?? [];
  if (upper !== undefined) return upper === 'all' ? otherNodes : Math.min(otherNodes, Number(upper));
  return Number(settings['index.number_of_replicas'] ?? 1);
}

function named(setup: IndexSetup, settings: JsonObject): string | undefined {
  const name = POLICY_SETTINGS.map((setting) => settings[setting]).find((value) => typeof value === 'string');
  return typeof name === 'string' && Object.hasOwn(setup.lifecyclePolicies, name) ? name : undefined;
}
