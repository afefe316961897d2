import type { PanelFilter } from '@podscope/dashboard-renderer';

/** What a picture asks of the page. */
export interface ProductCall {
  readonly filters: readonly PanelFilter[];
  /** Leave out instead of keep. */
  readonly out: boolean;
}

const NOTHING: ProductCall = { filters: [], out: false };

/** What a call of the products' functions narrows the page to; a query that no pill can hold narrows nothing. */
export function clickedFilters(name: string, args: readonly unknown[]): ProductCall {
  if (name === 'SetTimeFilter') {
    const [from, to] = args.map(timeOf);
    return from === undefined || to === undefined ? NOTHING : { filters: [{ field: '@timestamp', gte: Math.min(from, to), lt: Math.max(from, to) }], out: false };
  }
  if (name !== 'AddFilter') return NOTHING;
  const filter = filterOf(args[0]);
  return filter === undefined ? NOTHING : { filters: [filter], out: false };
}

function timeOf(value: unknown): number | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : value instanceof Date ? value.getTime() : value;
  return typeof time === 'number' && Number.isFinite(time) ? time : undefined;
}

function filterOf(query: unknown): PanelFilter | undefined {
  if (typeof query !== 'object' || query === null) return undefined;
  const [[kind, inner] = []] = Object.entries(query) as readonly (readonly [string, unknown])[];
  if (typeof inner !== 'object' || inner === null) return undefined;
  if (kind === 'query_string') {
    const { query: text } = inner as { readonly query?: unknown };
    return typeof text === 'string' ? { query: text, language: 'lucene', label: text } : undefined;
  }
  if (kind === undefined || !['match_phrase', 'match', 'term'].includes(kind)) return undefined;
  const [[field, given] = []] = Object.entries(inner) as readonly (readonly [string, unknown])[];
  const value = typeof given === 'object' && given !== null ? ((given as { readonly query?: unknown }).query ?? (given as { readonly value?: unknown }).value) : given;
  if (field === undefined || (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')) return undefined;
  return { field, value };
}
