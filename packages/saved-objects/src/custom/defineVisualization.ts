import { type Fields, PodscopeError } from '@podscope/core';
import type { DataView } from '../dataView.ts';
import { type Definition, savedObject } from '../savedObject.ts';
import { searchSourceOf } from '../searchSource.ts';
import type { SearchedOptions, Visualization } from '../kinds/visualization.ts';
import type { JsonObject } from '../read/storedObject.ts';
import { usedVisualization } from './builtVisualization.ts';
import { checkOptions, type OptionsGiven, type OptionTable, type OptionValues, resolvedOptions, standInOptions } from './options.ts';
import { type CatalogueOf, checkRoles, type FieldsByRole, type FieldsFor, filledRoles, type Roles } from './roles.ts';
import { type PreviewLook, vegaPreview } from './vegaPreview.ts';
import { finishedSpec, type VegaAnswers, type VegaSpec } from './vegaSpec.ts';

/** Roles of further data views, by the name that the kind gives to each. */
export type ViewTable = Readonly<Record<string, Roles>>;

/** A data view and its fields by role, as a kind gets them. */
export interface FilledView<R extends Roles> {
  readonly view: DataView<CatalogueOf<R>>;
  readonly fields: FieldsByRole<R>;
}

/** What a kind makes a visualization of. */
export interface KindInput<R extends Roles, V extends ViewTable, O extends OptionTable> extends FilledView<R> {
  readonly id: string;
  readonly title: string;
  /** All of them: given or by default. */
  readonly options: OptionValues<O>;
  readonly views: { readonly [Name in keyof V]: FilledView<V[Name]> };
}

/** What a kind draws a preview of. */
export interface PreviewInput<R extends Roles, V extends ViewTable, O extends OptionTable> extends KindInput<R, V, O> {
  /** The answers of the searches, by the name of the data set: given, or the kind's own sample. */
  readonly rows: VegaAnswers;
  /** What Vega draws without a server: the specification with these answers in it. Undefined for a kind without Vega. */
  readonly spec: VegaSpec | undefined;
  readonly theme: 'light' | 'dark';
}

/** A built-in kind's state, as the product stores it. */
export interface VisStateParts {
  /** Such as `histogram`. */
  readonly type: string;
  readonly params: JsonObject;
  readonly aggs?: readonly JsonObject[];
}

interface CommonDefinition<R extends Roles, V extends ViewTable, O extends OptionTable> {
  /** Small letters, digits and dashes, such as `pod-timeline`. */
  readonly id: string;
  readonly description?: string;
  /** The roles that fields of the user's data view fill. */
  readonly fields: R;
  /** Roles of further data views, for a kind that reads more than one. */
  readonly views?: V;
  readonly options?: O;
  /** Made-up answers of the searches, by the name of the data set, for previews without a server. */
  sample?(input: KindInput<R, V, O>): VegaAnswers;
  /** Draws the preview itself, as a text of SVG. Without it, a kind of Vega is drawn by the `draw` of whoever asks. */
  preview?(input: PreviewInput<R, V, O>): string | Promise<string>;
}

/** A kind of visualization of one's own. */
export type KindDefinition<R extends Roles, V extends ViewTable, O extends OptionTable> = CommonDefinition<R, V, O> &
  (
    | {
        /** The specification, as an object; {@link vegaSearch} makes the `url` of its data. */
        toVega(input: KindInput<R, V, O>): VegaSpec;
        readonly toVisState?: never;
      }
    | {
        /** A visualization that the builders make, which is kept with all that it stores, or a built-in kind's state. */
        toVisState(input: KindInput<R, V, O>): Visualization | VisStateParts;
        readonly toVega?: never;
      }
  );

type ViewsGiven<V extends ViewTable, G extends { readonly [Name in keyof V]: Fields }> = {
  readonly [Name in keyof G]: { readonly view: DataView<G[Name]>; readonly fields: Name extends keyof V ? FieldsFor<V[Name], G[Name]> : never };
};

/** How a kind is used: which fields fill its roles, and with which options. */
export type KindUse<R extends Roles, V extends ViewTable, O extends OptionTable, F extends Fields, G extends { readonly [Name in keyof V]: Fields }> = SearchedOptions & {
  readonly fields: FieldsFor<R, F>;
} & (Record<never, never> extends OptionsGiven<O> ? { readonly options?: OptionsGiven<O> } : { readonly options: OptionsGiven<O> }) &
  ([keyof V] extends [never] ? { readonly views?: never } : { readonly views: ViewsGiven<V, G> });

/** What a preview is made with. */
export interface KindPreview<O extends OptionTable> extends PreviewLook {
  readonly title?: string;
  readonly options?: Partial<OptionValues<O>>;
  /** Answers of the searches, by the name of the data set. @default the kind's own sample */
  readonly rows?: VegaAnswers;
  /** Draws a specification as SVG, such as Vega does; needed for a kind that doesn't draw its preview itself. */
  readonly draw?: (spec: VegaSpec) => string | Promise<string>;
}

/** A kind of visualization: builds visualizations that stand on dashboards like any other. */
export interface VisualizationKindOf<R extends Roles, V extends ViewTable, O extends OptionTable> {
  /**
   * @throws PodscopeError `SAVED_OBJECT_FIELD_UNKNOWN`, `SAVED_OBJECT_FIELD_TYPE`, `SAVED_OBJECT_SPEC_INVALID`,
   * `SAVED_OBJECT_ID_INVALID`
   */
  <F extends Fields, const G extends { readonly [Name in keyof V]: Fields }>(id: string, title: string, view: DataView<F>, use: KindUse<R, V, O, F, G>): Visualization;
  readonly id: string;
  readonly description: string;
  readonly fields: R;
  readonly views: V;
  readonly options: O;
  /**
   * A picture as a text of SVG, without a server. Roles stand for fields, and something for each option without a default.
   *
   * @throws PodscopeError `SAVED_OBJECT_SPEC_INVALID`
   */
  preview(options?: KindPreview<O>): Promise<string>;
}

/** The untyped use, as the checks see it. */
interface LooseUse extends SearchedOptions {
  readonly fields?: unknown;
  readonly options?: unknown;
  readonly views?: unknown;
}

/**
 * Defines a kind of visualization with fields and options of its own. What it makes is stored as Vega or as a built-in kind, so it
 * needs no plugin: it works wherever saved objects are imported, Amazon OpenSearch Service included.
 *
 * @throws PodscopeError `SAVED_OBJECT_SPEC_INVALID`
 */
export function defineVisualization<const R extends Roles, const V extends ViewTable = Record<never, never>, const O extends OptionTable = Record<never, never>>(
  definition: KindDefinition<R, V, O>,
): VisualizationKindOf<R, V, O> {
  const { id, fields } = definition;
  const views = definition.views ?? ({} as V);
  const options = definition.options ?? ({} as O);
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/u.test(id)) throw invalid(`${JSON.stringify(id)} is no name of a kind.`, 'Use small letters, digits and dashes, as in "pod-timeline".');
  if (typeof definition.toVega !== 'function' && typeof definition.toVisState !== 'function') throw invalid(`${id} says nothing of what it makes.`, 'Define toVega or toVisState.');
  checkRoles(fields, `${id}: fields`);
  for (const [name, roles] of Object.entries(views)) checkRoles(roles, `${id}: views.${name}`);
  checkOptions(options, `${id}: options`);
  const build = (visualizationId: string, title: string, view: DataView, use: LooseUse): Visualization => {
    const place = `${id} "${visualizationId}"`;
    if (typeof use !== 'object' || use === null) throw invalid(`${place} has no fields.`, 'Pass an object with fields.');
    const input = inputOf(definition, views, options, { id: visualizationId, title, view, use, place });
    const others = Object.values(input.views as Readonly<Record<string, { readonly view: Definition }>>).map((each) => each.view);
    const made = madeBy(definition, input, place);
    if ('object' in made) return usedVisualization(visualizationId, title, made, use, [view, ...others]);
    return custom(visualizationId, title, made, use, view, others);
  };
  const kind = build as unknown as VisualizationKindOf<R, V, O>;
  return Object.freeze(Object.assign(kind, { id, description: definition.description ?? '', fields, views, options, preview: previewOf(definition, views, options) }));
}

interface UsePlace {
  readonly id: string;
  readonly title: string;
  readonly view: DataView;
  readonly use: LooseUse;
  readonly place: string;
}

function inputOf<R extends Roles, V extends ViewTable, O extends OptionTable>(definition: KindDefinition<R, V, O>, views: V, options: O, { id, title, view, use, place }: UsePlace): KindInput<R, V, O> {
  const given = (use.views ?? {}) as Readonly<Record<string, { readonly view?: DataView; readonly fields?: unknown }>>;
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(views, name));
  if (unknown !== undefined) throw invalid(`${place}: views.${unknown} is no data view of this kind.`, `Its further data views are ${Object.keys(views).join(', ') || 'none'}.`);
  const filled = Object.entries(views).map(([name, roles]) => {
    const { view: other, fields } = given[name] ?? {};
    if (other === undefined) throw invalid(`${place}: views.${name} is missing.`, 'Give a data view, and its fields for the roles.');
    return [name, { view: other, fields: filledRoles(roles, other, fields, `${place}: views.${name}.fields`) }];
  });
  const input = {
    id,
    title,
    view,
    fields: filledRoles(definition.fields, view, use.fields, `${place}: fields`),
    options: resolvedOptions(options, use.options, `${place}: options`),
    views: Object.fromEntries(filled),
  };
  return input as unknown as KindInput<R, V, O>;
}

/** What a visualization keeps, and whether a search of the product reads its data view. */
interface State {
  readonly visState: string;
  readonly reads: boolean;
}

function madeBy<R extends Roles, V extends ViewTable, O extends OptionTable>(definition: KindDefinition<R, V, O>, input: KindInput<R, V, O>, place: string): Visualization | State {
  const { title } = input;
  if (definition.toVega !== undefined) {
    const spec = finishedSpec(definition.toVega(input), `${place}: toVega`);
    // Vega names its indices itself; the product keeps no reference for it.
    return { visState: JSON.stringify({ title, type: 'vega', params: { spec: JSON.stringify(spec, null, 2) }, aggs: [] }), reads: false };
  }
  const made: unknown = definition.toVisState(input);
  if (isVisualization(made)) return made;
  if (!isState(made)) throw invalid(`${place}: toVisState returns no state.`, 'Return a visualization of the builders, or type, params and aggs.');
  return { visState: JSON.stringify({ title, type: made.type, params: made.params, aggs: made.aggs ?? [] }), reads: (made.aggs ?? []).length > 0 };
}

function isVisualization(made: unknown): made is Visualization {
  return typeof made === 'object' && made !== null && 'object' in made && 'kind' in made;
}

function isState(made: unknown): made is VisStateParts {
  if (typeof made !== 'object' || made === null) return false;
  const { type, params, aggs } = made as { readonly type?: unknown; readonly params?: unknown; readonly aggs?: unknown };
  return typeof type === 'string' && typeof params === 'object' && params !== null && (aggs === undefined || Array.isArray(aggs));
}

function custom(id: string, title: string, { visState, reads }: State, use: SearchedOptions, view: DataView, others: readonly Definition[]): Visualization {
  const { kibanaSavedObjectMeta, references, uses } = searchSourceOf({ view: reads ? view : undefined, query: use.filter, filters: use.filters });
  const attributes = {
    title,
    visState,
    uiStateJSON: '{}',
    description: use.description ?? '',
    version: 1,
    kibanaSavedObjectMeta,
  };
  return Object.freeze({ id, title, kind: 'custom', object: savedObject('visualization', id, attributes, references), uses: [view, ...uses, ...others] });
}

function previewOf<R extends Roles, V extends ViewTable, O extends OptionTable>(definition: KindDefinition<R, V, O>, views: V, table: O): VisualizationKindOf<R, V, O>['preview'] {
  const { id } = definition;
  const standIn = (roles: Roles, name: string) => ({ view: { id: name, pattern: name, timeField: '@timestamp' }, fields: Object.fromEntries(Object.keys(roles).map((role) => [role, role])) });
  return async (asked = {}) => {
    const place = `${id}: preview`;
    const { view, fields } = standIn(definition.fields, 'preview');
    const input = {
      id: 'preview', title: asked.title ?? id, view, fields,
      options: resolvedOptions(table, { ...standInOptions(table), ...asked.options }, `${place}.options`),
      views: Object.fromEntries(Object.entries(views).map(([name, roles]) => [name, standIn(roles, name)])),
    } as unknown as KindInput<R, V, O>;
    const rows = asked.rows ?? definition.sample?.(input) ?? {};
    const spec = definition.toVega === undefined ? undefined : vegaPreview(finishedSpec(definition.toVega(input), place), rows, asked);
    if (definition.preview !== undefined) return definition.preview({ ...input, rows, spec, theme: asked.theme ?? 'light' });
    if (spec === undefined) throw invalid(`${place} is not drawn by the kind.`, 'Define `preview`, or draw a visualization of the kind with @podscope/dashboard-renderer.');
    if (asked.draw === undefined) throw invalid(`${place} has nothing that draws.`, 'Define `preview`, or pass `draw`, a function that draws a specification with Vega.');
    return asked.draw(spec);
  };
}

function invalid(message: string, hint: string): PodscopeError {
  return new PodscopeError('SAVED_OBJECT_SPEC_INVALID', message, { hint });
}
