import type { IndexChange, IndexChangeKind } from '../model.ts';

/** Later kinds name earlier ones; what is deleted goes the other way round. */
const MADE: readonly IndexChangeKind[] = [
  'cluster-setting',
  'component-template',
  'ingest-pipeline',
  'lifecycle-policy',
  'legacy-template',
  'index-template',
  'data-stream',
  'rollover-alias',
  'alias',
];

/** Within the place of a kind. */
const PHASES = { early: -0.3, late: 0.3, last: 0.4 } as const;

/** The step of a plan in which a change is made; changes of one step don't need each other. */
export function orderOf({ kind, action, phase }: Pick<IndexChange, 'kind' | 'action' | 'phase'>): number {
  const place = MADE.indexOf(kind);
  if (phase !== undefined) return place + PHASES[phase];
  // One that lets go of names, for a new one to have them, leaves no data stream without a template.
  if (kind === 'index-template' && action === 'create') return place - 0.1;
  if (action === 'delete') return 200 - place;
  if (action === 'reindex') return 300;
  if (action === 'attach-policy') return 110;
  // After the templates and before the aliases, which may name the new index.
  if (action === 'rollover' || action === 'put-mapping') return MADE.indexOf('rollover-alias') + 0.5;
  return place;
}
