import type { IndexChangeAction, IndexChangeKind, IndexChangeRisk, JsonObject } from '../model.ts';
import { isObject } from '../normalise/json.ts';

/** Kinds whose things hold for what runs already: documents on their way, searches, the whole cluster. */
const AT_ONCE: readonly IndexChangeKind[] = ['cluster-setting', 'ingest-pipeline', 'lifecycle-policy', 'alias'];

/** How much a change can do. */
export function riskOf(kind: IndexChangeKind, action: IndexChangeAction): IndexChangeRisk {
  if (action === 'none') return 'none';
  if (action === 'delete') return kind === 'data-stream' ? 'destructive' : 'careful';
  if (action === 'create') return kind === 'cluster-setting' ? 'careful' : 'safe';
  if (action === 'put-mapping') return 'safe';
  if (action === 'update') return AT_ONCE.includes(kind) ? 'careful' : 'safe';
  return 'careful';
}

/** True when an index that gets the policy is deleted by it one day. */
export function policyDeletes(policy: JsonObject): boolean {
  const { states, phases } = isObject(policy['policy']) ? policy['policy'] : policy;
  if (isObject(phases)) return phases['delete'] !== undefined;
  return Array.isArray(states) && states.some((state: unknown) => isObject(state) && Array.isArray(state['actions']) && state['actions'].some((action: unknown) => isObject(action) && ('delete' in action || 'cold_delete' in action)));
}
