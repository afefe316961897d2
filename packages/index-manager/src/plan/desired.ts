import type { IndexChangeKind, IndexSetup, JsonObject, ObservedIndices, TemplateBody } from '../model.ts';
import { isObject, textual } from '../normalise/json.ts';
import { normaliseSettings } from '../normalise/settings.ts';
import { matches, templateFor } from '../validate/patterns.ts';
import { markPipeline, markTemplate } from './ownership.ts';

/** One thing that should stand, and what else feels a change of it. */
export interface DesiredThing {
  readonly kind: IndexChangeKind;
  readonly name: string;
  /** In the form in which the server has it. */
  readonly body: JsonObject;
  readonly touches: readonly string[];
}

/** The first index of a rollover alias. */
export function firstIndexOf(setup: IndexSetup, alias: string): string {
  return setup.rolloverAliases[alias]?.firstIndex ?? `${alias}-000001`;
}

/** Everything that a setup wants, kind by kind in the order in which it is made. */
export function desiredThings(observed: ObservedIndices, setup: IndexSetup): readonly DesiredThing[] {
  const json = (body: unknown) => body as JsonObject;
  const streams = streamsUnder(observed, setup);
  return [
    ...things('cluster-setting', setup.clusterSettings, (value) => ({ value: textual(value) }), () => []),
    ...things('component-template', setup.componentTemplates, (body) => markTemplate(body, setup.owner), (name) => {
      const composed = Object.keys(setup.indexTemplates).filter((template) => setup.indexTemplates[template]?.composed_of?.includes(name));
      return [...composed, ...composed.flatMap((template) => streams[template] ?? [])];
    }),
    ...things('ingest-pipeline', setup.ingestPipelines, (body) => markPipeline(body, setup.owner), (name) => templatesThrough(setup, name)),
    ...things('lifecycle-policy', setup.lifecyclePolicies, json, () => []),
    ...things('legacy-template', setup.legacyTemplates, json, () => []),
    ...things('index-template', setup.indexTemplates, (body) => markTemplate(body, setup.owner), (name) => streams[name] ?? []),
    ...setup.dataStreams.map((name): DesiredThing => ({ kind: 'data-stream', name, body: {}, touches: [] })),
    ...things('rollover-alias', setup.rolloverAliases, (_, name) => ({ firstIndex: firstIndexOf(setup, name) }), () => []),
    ...things('alias', setup.aliases, json, (_, { indices }) => Object.keys(indices)),
  ];
}

function things<T>(
  kind: IndexChangeKind,
  definitions: Readonly<Record<string, T>>,
  body: (definition: T, name: string) => JsonObject,
  touches: (name: string, definition: T) => readonly string[],
): readonly DesiredThing[] {
  return Object.entries(definitions).map(([name, definition]) => ({ kind, name, body: body(definition, name), touches: touches(name, definition) }));
}

/** By index template, the data streams and rollover aliases that stand under it. */
function streamsUnder(observed: ObservedIndices, setup: IndexSetup): Readonly<Record<string, readonly string[]>> {
  const under: Record<string, string[]> = {};
  const note = (template: string | undefined, name: string) => {
    if (template !== undefined) (under[template] ??= []).push(name);
  };
  for (const name of setup.dataStreams) if (Object.hasOwn(observed.dataStreams, name)) note(templateFor(setup, name)?.[0], name);
  for (const name of Object.keys(setup.rolloverAliases)) {
    if (Object.hasOwn(observed.rolloverAliases, name)) note(templateFor(setup, firstIndexOf(setup, name))?.[0], name);
  }
  return under;
}

function templatesThrough(setup: IndexSetup, pipeline: string): readonly string[] {
  const through = (body: TemplateBody | undefined) => {
    const settings = isObject(body?.settings) ? normaliseSettings(body.settings) : {};
    return settings['index.default_pipeline'] === pipeline || settings['index.final_pipeline'] === pipeline;
  };
  return [
    ...Object.keys(setup.componentTemplates).filter((name) => through(setup.componentTemplates[name]?.template)),
    ...Object.keys(setup.indexTemplates).filter((name) => through(setup.indexTemplates[name]?.template)),
    ...Object.keys(setup.legacyTemplates).filter((name) => through(setup.legacyTemplates[name])),
  ];
}

/** Whether any of the patterns holds for the name. */
export function anyMatches(patterns: readonly string[], name: string): boolean {
  return patterns.some((pattern) => matches(pattern, name));
}
