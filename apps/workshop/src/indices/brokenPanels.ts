import { DATE_TYPES, type Fields, fieldsOf, type FieldType, findField, isPodscopeError, NUMERIC_TYPES } from '@podscope/core';
import { fieldsOfQuery, type Query, type QueryField, type SavedObject } from '@podscope/dashboard-renderer';
import { patternsOverlap, type PlannedMapping } from '@podscope/index-manager';
import { fieldProblems } from '@podscope/saved-objects';
import { type StoredPanel, storedPanels, type UnreadObject } from './storedPanels.ts';

/** A panel that another mapping breaks: what it shows of new documents is wrong, or nothing. */
export interface BrokenPanel {
  /** The title of the dashboard; null for a visualization or search that stands on none. */
  readonly dashboard: string | null;
  readonly panel: string;
  readonly field: string;
  readonly why: string;
}

/** What was found, and what could not be looked at. */
export interface BrokenPanels {
  readonly panels: readonly BrokenPanel[];
  readonly unread: readonly UnreadObject[];
}

/**
 * The panels that use a field which a plan's mappings take away, or change to a type that the panel's aggregation, query or
 * filter can't take. Only what worked before is named.
 */
export function brokenPanels(objects: readonly SavedObject[], mappings: readonly PlannedMapping[]): BrokenPanels {
  if (mappings.length === 0) return { panels: [], unread: [] };
  const { panels, unread } = storedPanels(objects);
  const found = new Map<string, BrokenPanel>();
  for (const mapping of mappings) {
    const [before, after] = [fieldsOf(mapping.before).fields, fieldsOf(mapping.after).fields];
    for (const panel of panels) {
      if (!panel.patterns.some((one) => mapping.patterns.some((other) => patternsOverlap(one, other)))) continue;
      const was = new Set(troubles(panel, mapping.name, before).map(({ field, use }) => `${use} ${field}`));
      for (const { field, use, why } of troubles(panel, mapping.name, after)) {
        const key = JSON.stringify([panel.dashboard, panel.title, field, use]);
        if (!was.has(`${use} ${field}`) && !found.has(key)) found.set(key, { dashboard: panel.dashboard, panel: panel.title, field, why });
      }
    }
  }
  return { panels: [...found.values()], unread };
}

interface Trouble {
  readonly field: string;
  readonly use: string;
  readonly why: string;
}

function troubles(panel: StoredPanel, pattern: string, fields: Fields): readonly Trouble[] {
  const { timeField, filtered, queries, object } = panel;
  const isMissing = (field: string): boolean => findField(fields, field) === undefined;
  return [
    ...fieldProblems(object, { pattern, fields }).map(({ field, usedBy, why }): Trouble => ({ field, use: usedBy, why })),
    ...(timeField === undefined || DATE_TYPES.some((type) => findField(fields, timeField)?.type === type) ? [] : [{ field: timeField, use: 'time', why: `the time range is over "${timeField}", which is no date of "${pattern}" then.` }]),
    ...filtered.filter(isMissing).map((field): Trouble => ({ field, use: 'filter', why: `a filter is over "${field}", which "${pattern}" has no longer.` })),
    ...queries.flatMap(readQuery).flatMap((each): readonly Trouble[] => {
      // A name with `*` stands for whatever is there.
      const why = each.field.includes('*') ? undefined : queryProblem(each, pattern, findField(fields, each.field)?.type);
      return why === undefined ? [] : [{ field: each.field, use: `query ${each.use} ${String(each.value)}`, why }];
    }),
  ];
}

function readQuery(query: Query): readonly QueryField[] {
  try {
    return fieldsOfQuery(query);
  } catch (error) {
    // One that nobody can read finds nothing, before and after.
    if (isPodscopeError(error)) return [];
    throw error;
  }
}

const ORDERED: readonly FieldType[] = [...NUMERIC_TYPES, ...DATE_TYPES, 'ip', 'version'];
const WORDS: readonly FieldType[] = ['keyword', 'constant_keyword', 'wildcard', 'text', 'match_only_text'];

function queryProblem({ field, use, value }: QueryField, pattern: string, type: FieldType | undefined): string | undefined {
  if (type === undefined) return `its query names "${field}", which "${pattern}" has no longer.`;
  if (use === 'range' && !ORDERED.includes(type)) return `its query compares "${field}" with ${String(value)}; as ${type} it is compared letter by letter.`;
  if (use === 'pattern' && !WORDS.includes(type)) return `its query searches "${field}" for ${String(value)}; values of type ${type} have no letters.`;
  const isNumber = NUMERIC_TYPES.some((each) => each === type);
  if ((use === 'value' || use === 'range') && isNumber && !Number.isFinite(Number(value))) return `its query searches "${field}" for ${JSON.stringify(value)}, which is no ${type}.`;
  return undefined;
}
