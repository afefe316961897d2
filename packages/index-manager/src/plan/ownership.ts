import type { ComponentTemplate, IndexTemplate, IngestPipeline, JsonObject, Ledger } from '../model.ts';

/** The owner of setups that name none. */
export const DEFAULT_OWNER = 'podscope';

/** Pipelines refuse `_meta` on OpenSearch, so the end of the description carries the mark. */
const mark = (owner: string): string => `[managed by ${owner}]`;

/** The body as it is sent, with the owner in `_meta.managed_by`. */
export function markTemplate(template: ComponentTemplate | IndexTemplate, owner: string = DEFAULT_OWNER): JsonObject {
  return { ...(template as unknown as JsonObject), _meta: { ...template._meta, managed_by: owner } };
}

/** The pipeline as it is sent, with the owner at the end of its description. */
export function markPipeline(pipeline: IngestPipeline, owner: string = DEFAULT_OWNER): JsonObject {
  const description = [pipeline.description, mark(owner)].filter(Boolean).join(' ');
  return { ...(pipeline as unknown as JsonObject), description };
}

/** Who a stored template says it is managed by. */
export function markOfTemplate(stored: JsonObject): string | undefined {
  const meta = stored['_meta'];
  const by = typeof meta === 'object' && meta !== null && 'managed_by' in meta ? meta['managed_by'] : undefined;
  return typeof by === 'string' ? by : undefined;
}

/** Who a stored pipeline says it is managed by. */
export function markOfPipeline(stored: JsonObject): string | undefined {
  const description = stored['description'];
  return typeof description === 'string' ? /\[managed by ([a-z0-9._-]+)\]$/u.exec(description)?.[1] : undefined;
}

/** True when the ledger says that the owner made it. One that is pending counts: the change may have been made. */
export function ownsByLedger(ledger: Ledger, key: string, owner: string): boolean {
  return Object.hasOwn(ledger.resources, key) && ledger.resources[key]?.owner === owner;
}
