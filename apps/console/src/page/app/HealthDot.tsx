import type { Overview } from '../../api/http.ts';
import type { Load } from '../api/useLoad.ts';

const WORDS = {
  green: 'OpenSearch is green',
  yellow: 'OpenSearch is yellow',
  red: 'OpenSearch is red',
  unreachable: 'OpenSearch does not answer',
  offline: 'The console lost its server',
  unknown: 'Looking at OpenSearch',
} as const;

/** OpenSearch's health as one dot, in words for who cannot see the colour. */
export function HealthDot({ overview }: { readonly overview: Load<Overview> }) {
  const state = overview.error ? 'offline' : (overview.data?.health ?? 'unknown');
  return (
    <span className={`health health-${state}`} role="status" aria-label={WORDS[state]} title={WORDS[state]}>
      <i aria-hidden="true" />
      <span aria-hidden="true">{state}</span>
    </span>
  );
}
