import { isPodscopeError } from '@podscope/core';
import { layoutOf, type Query, type SavedObject } from '@podscope/dashboard-renderer';

/** Something that is drawn from documents. */
export interface StoredPanel {
  /** The title of its dashboard; null for what stands on none. */
  readonly dashboard: string | null;
  readonly title: string;
  readonly object: SavedObject;
  /** Patterns of indices that it reads, and the field that its time range is about. */
  readonly patterns: readonly string[];
  readonly timeField: string | undefined;
  readonly queries: readonly Query[];
  /** Fields of the filters that are stored with it. */
  readonly filtered: readonly string[];
}

/** An object of whose fields nothing is known here, and why. */
export interface UnreadObject {
  readonly object: string;
  readonly why: string;
}

/** Kinds of visualizations that read no documents, or whose fields are seen in their aggregations. */
const TEXTS: readonly string[] = ['markdown'];

/** Every panel of every dashboard, and every visualization and search that stands on none. */
export function storedPanels(objects: readonly SavedObject[]): { readonly panels: readonly StoredPanel[]; readonly unread: readonly UnreadObject[] } {
  const reader = new Reader(objects);
  for (const object of objects) if (object.type === 'dashboard') reader.dashboard(object);
  for (const object of objects) if (object.type === 'visualization' || object.type === 'search') reader.alone(object);
  return { panels: reader.panels, unread: reader.unread };
}

class Reader {
  readonly panels: StoredPanel[] = [];
  readonly unread: UnreadObject[] = [];
  readonly #objects: readonly SavedObject[];
  readonly #placed = new Set<string>();

  constructor(objects: readonly SavedObject[]) {
    this.#objects = objects;
  }

  dashboard(object: SavedObject): void {
    try {
      const layout = layoutOf(this.#objects, object.id);
      const own = sourceOf(object);
      for (const { title, object: content } of layout.panels) {
        this.#placed.add(`${content.type}:${content.id}`);
        this.#panel(layout.title, title, content, own);
      }
    } catch (error) {
      if (!isPodscopeError(error)) throw error;
      this.unread.push({ object: `dashboard ${object.id}`, why: error.message });
    }
  }

  alone(object: SavedObject): void {
    if (!this.#placed.has(`${object.type}:${object.id}`)) this.#panel(null, String(object.attributes['title'] ?? object.id), object, NOTHING);
  }

  #panel(dashboard: string | null, title: string, object: SavedObject, above: Source): void {
    const state = parsed(object.attributes['visState']);
    if (object.type === 'visualization' && TEXTS.includes(String(state['type']))) return;
    // A visualization may be made of a saved search: its index pattern, query and filters are then that one's.
    const search = this.#referred(object, 'search');
    const view = this.#referred(object, 'index-pattern') ?? (search && this.#referred(search, 'index-pattern'));
    const isRead = object.type === 'search' || (Array.isArray(state['aggs']) && state['aggs'].length > 0);
    if (view === undefined || !isRead) {
      const name = `${object.type} ${object.id}`;
      if (!this.unread.some((each) => each.object === name)) {
        this.unread.push({ object: name, why: isRead ? 'its index pattern is not among the objects' : `fields of the kind ${String(state['type'] ?? object.type)} can't be seen from outside` });
      }
      return;
    }
    const sources = [above, sourceOf(object), ...(search === undefined ? [] : [sourceOf(search)])];
    this.panels.push({
      dashboard,
      title,
      object,
      patterns: String(view.attributes['title'] ?? '').split(',').map((each) => each.trim()).filter((each) => each !== '' && !each.startsWith('-')),
      timeField: typeof view.attributes['timeFieldName'] === 'string' ? view.attributes['timeFieldName'] : undefined,
      queries: sources.flatMap(({ queries }) => queries),
      filtered: sources.flatMap(({ filtered }) => filtered),
    });
  }

  #referred(object: SavedObject, type: string): SavedObject | undefined {
    const reference = object.references.find((each) => each.type === type);
    return reference && this.#objects.find((each) => each.type === type && each.id === reference.id);
  }
}

interface Source {
  readonly queries: readonly Query[];
  readonly filtered: readonly string[];
}

const NOTHING: Source = { queries: [], filtered: [] };

/** The query and the filters that are stored with an object, those of filter buckets among them. */
function sourceOf({ attributes }: SavedObject): Source {
  const { query, filter } = parsed(parsed(attributes['kibanaSavedObjectMeta'])['searchSourceJSON']);
  const aggs = parsed(attributes['visState'])['aggs'];
  const buckets = (Array.isArray(aggs) ? aggs : []).flatMap((each: unknown) => {
    const { filters } = parsed(parsed(each)['params']);
    return (Array.isArray(filters) ? filters : []).map((entry: unknown) => parsed(entry)['input']);
  });
  return {
    queries: [query, ...buckets].flatMap(queryIn),
    filtered: (Array.isArray(filter) ? filter : []).flatMap((each: unknown): readonly string[] => {
      const { key, disabled } = parsed(parsed(each)['meta']);
      return typeof key === 'string' && key !== '' && disabled !== true ? [key] : [];
    }),
  };
}

function queryIn(value: unknown): readonly Query[] {
  const { query, language } = parsed(value);
  return typeof query === 'string' && query.trim() !== '' ? [{ query, language: language === 'lucene' ? 'lucene' : 'kuery' }] : [];
}

/** An object, also one that is stored as text; empty where it is neither. */
function parsed(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  if (typeof value !== 'string') return {};
  try {
    return parsed(JSON.parse(value) as unknown);
  } catch {
    // It draws nothing either, so nothing that it names can break.
    return {};
  }
}
