import type { IndexChange, ObservedIndices } from '../model.ts';
import { fingerprint } from './fingerprint.ts';
import { KINDS } from './kinds.ts';

/**
 * What a change was planned on, as a fingerprint by meaning; nothing where nothing stands. Documents change mappings and
 * policies roll over, so of a stream only that it is there counts, and which its write index is where the change is about that,
 * or deletes what it holds.
 */
export function beforeOf(observed: ObservedIndices, { kind, name, action }: Pick<IndexChange, 'kind' | 'name' | 'action'>): { readonly before?: string } {
  const stored = KINDS[kind].stored(observed, name);
  if (stored === undefined) return {};
  const aboutIndex = action === 'rollover' || action === 'put-mapping' || action === 'reindex' || (kind === 'data-stream' && action === 'delete');
  return { before: fingerprint(aboutIndex ? stored : KINDS[kind].normalise(stored)) };
}
