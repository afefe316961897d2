import { PodscopeError } from '@podscope/core';
import { KIBANA_7_10, KIBANA_7_12, KIBANA_7_17, KIBANA_8 } from './kibana.ts';
import { OPENSEARCH_DASHBOARDS_TYPES } from './openSearchDashboards.ts';

/** What a product knows of one type of saved object. */
export interface TypeFacts {
  /** The newest shape that it can read; a newer one fails the whole import. Undefined: the type has no history there. */
  readonly version?: string;
  /** All attributes that it takes; undefined: it takes any. */
  readonly attributes?: readonly string[];
}

/** What an import of a product takes. */
export interface TargetFacts {
  readonly product: 'opensearch-dashboards' | 'kibana';
  readonly types: Readonly<Record<string, TypeFacts>>;
  /** The newest `coreMigrationVersion` that it reads; undefined: it knows no such member and passes over it. */
  readonly core?: string;
  /** Objects in one import (`savedObjects.maxImportExportSize`). */
  readonly objects: number;
  /** Bytes of one import (`savedObjects.maxImportPayloadBytes`). */
  readonly bytes: number;
}

/** The products' defaults; an administrator can change them. */
const LIMITS = { objects: 10_000, bytes: 26_214_400 };
const OPENSEARCH_DASHBOARDS: TargetFacts = { ...LIMITS, product: 'opensearch-dashboards', types: OPENSEARCH_DASHBOARDS_TYPES };
const KIBANA = { ...LIMITS, product: 'kibana' } as const;

/**
 * The products that saved objects can be made for; `kibana@7.17` and `kibana@8` stand for the last releases, 7.17 and 8.19.
 * Limits from src/core/server/saved_objects/saved_objects_config.ts of either product; the core version from
 * src/core/server/saved_objects/migrations/core/document_migrator.ts of Kibana (since 7.11).
 */
export const TARGETS = {
  'opensearch-dashboards@1': OPENSEARCH_DASHBOARDS,
  'opensearch-dashboards@2': OPENSEARCH_DASHBOARDS,
  'opensearch-dashboards@3': OPENSEARCH_DASHBOARDS,
  'kibana@7.10': { ...KIBANA, types: KIBANA_7_10 },
  'kibana@7.12': { ...KIBANA, types: KIBANA_7_12, core: '7.12.1' },
  'kibana@7.17': { ...KIBANA, types: KIBANA_7_17, core: '7.17.99' },
  'kibana@8': { ...KIBANA, types: KIBANA_8, core: '8.19.99' },
} as const satisfies Readonly<Record<string, TargetFacts>>;

/** A product and its version. */
export type Target = keyof typeof TARGETS;

/** What there is to know of a target that somebody names. @throws PodscopeError `SAVED_OBJECT_TARGET_UNKNOWN` */
export function targetFacts(target: string | undefined): TargetFacts {
  if (target !== undefined && Object.hasOwn(TARGETS, target)) return TARGETS[target as Target];
  throw new PodscopeError('SAVED_OBJECT_TARGET_UNKNOWN', `"${String(target)}" is no target.`, { hint: `Use one of ${Object.keys(TARGETS).join(', ')}.` });
}
