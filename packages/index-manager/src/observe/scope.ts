import type { IndexChangeKind, IndexPlan, IndexSetup, Ledger } from '../model.ts';

/** The names that are looked for, by kind. */
export type IndexScope = Readonly<Record<IndexChangeKind, readonly string[]>>;

/** Everything that a setup names. */
export function scopeOf(setup: IndexSetup): IndexScope {
  return {
    'cluster-setting': Object.keys(setup.clusterSettings),
    'component-template': Object.keys(setup.componentTemplates),
    'ingest-pipeline': Object.keys(setup.ingestPipelines),
    'lifecycle-policy': Object.keys(setup.lifecyclePolicies),
    'legacy-template': Object.keys(setup.legacyTemplates),
    'index-template': Object.keys(setup.indexTemplates),
    'data-stream': setup.dataStreams,
    'rollover-alias': Object.keys(setup.rolloverAliases),
    alias: Object.keys(setup.aliases),
  };
}

/** Everything that a plan names. */
export function scopeOfPlan(plan: IndexPlan): IndexScope {
  const names = (kind: IndexChangeKind) => [...new Set(plan.changes.filter((change) => change.kind === kind).map(({ name }) => name))];
  return mapScope(names);
}

/** Everything that the ledger says an owner has; of all owners where none is named. */
export function scopeOfLedger(ledger: Ledger, owner?: string): IndexScope {
  const owned = Object.entries(ledger.resources).filter(([, entry]) => owner === undefined || entry.owner === owner);
  return mapScope((kind) => owned.flatMap(([key]) => (key.startsWith(`${kind}/`) ? [key.slice(kind.length + 1)] : [])));
}

/** The names of both. */
export function union(one: IndexScope, other: IndexScope): IndexScope {
  return mapScope((kind) => [...new Set([...one[kind], ...other[kind]])]);
}

function mapScope(names: (kind: IndexChangeKind) => readonly string[]): IndexScope {
  return {
    'cluster-setting': names('cluster-setting'),
    'component-template': names('component-template'),
    'ingest-pipeline': names('ingest-pipeline'),
    'lifecycle-policy': names('lifecycle-policy'),
    'legacy-template': names('legacy-template'),
    'index-template': names('index-template'),
    'data-stream': names('data-stream'),
    'rollover-alias': names('rollover-alias'),
    alias: names('alias'),
  };
}
