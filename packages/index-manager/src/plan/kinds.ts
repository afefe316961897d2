import { normaliseIlmPolicy } from '../lifecycle/normalise-ilm.ts';
import { normaliseIsmPolicy } from '../lifecycle/normalise-ism.ts';
import type { IndexChangeKind, JsonObject, ObservedIndices, ObservedStream } from '../model.ts';
import { isObject } from '../normalise/json.ts';
import { normaliseAlias, normaliseComponentTemplate, normaliseIndexTemplate, normaliseLegacyTemplate, normalisePipeline } from '../normalise/templates.ts';
import { markOfPipeline, markOfTemplate, ownsByLedger } from './ownership.ts';

/** How one kind of thing is read, compared and recognised as ours. */
export interface Kind {
  /** What stands under a name, as the server has it; undefined when nothing does. */
  readonly stored: (observed: ObservedIndices, name: string) => JsonObject | undefined;
  /** Equal meaning, equal form; for what is stored and for what is desired. */
  readonly normalise: (body: JsonObject) => JsonObject;
  /** Who the thing itself says it belongs to; for kinds that can say it. */
  readonly mark?: (stored: JsonObject) => string | undefined;
  /** All of the kind that was observed, also beside what is named. */
  readonly all?: (observed: ObservedIndices) => Readonly<Record<string, JsonObject>>;
}

const own = <T>(things: Readonly<Record<string, T>>, name: string): T | undefined => (Object.hasOwn(things, name) ? things[name] : undefined);

/** Every kind, in the order in which things are made: later kinds name earlier ones. */
export const KINDS: Readonly<Record<IndexChangeKind, Kind>> = {
  'cluster-setting': {
    stored: ({ clusterSettings }, name) => {
      const value = own(clusterSettings, name);
      return value === undefined ? undefined : { value };
    },
    normalise: (body) => body,
  },
  'component-template': {
    stored: ({ componentTemplates }, name) => own(componentTemplates, name),
    normalise: normaliseComponentTemplate,
    mark: markOfTemplate,
    all: ({ componentTemplates }) => componentTemplates,
  },
  'ingest-pipeline': {
    stored: ({ ingestPipelines }, name) => own(ingestPipelines, name),
    normalise: normalisePipeline,
    mark: markOfPipeline,
    all: ({ ingestPipelines }) => ingestPipelines,
  },
  'lifecycle-policy': {
    stored: ({ lifecyclePolicies }, name) => own(lifecyclePolicies, name),
    normalise: (body) => (isIlm(body) ? normaliseIlmPolicy(body) : normaliseIsmPolicy(body)),
  },
  'legacy-template': { stored: ({ legacyTemplates }, name) => own(legacyTemplates, name), normalise: normaliseLegacyTemplate },
  'index-template': {
    stored: ({ indexTemplates }, name) => own(indexTemplates, name),
    normalise: normaliseIndexTemplate,
    mark: markOfTemplate,
    all: ({ indexTemplates }) => indexTemplates,
  },
  // Their indices come and go: that they exist is compared, and whether an alias can be written to and rolled over.
  'data-stream': { stored: ({ dataStreams }, name) => existing(own(dataStreams, name)), normalise: () => ({}) },
  'rollover-alias': { stored: ({ rolloverAliases }, name) => existing(own(rolloverAliases, name)), normalise: ({ unmarked }) => ({ 'write index': unmarked === true ? 'not marked' : 'marked' }) },
  alias: {
    stored: ({ aliases }, name) => {
      const indices = own(aliases, name);
      return indices === undefined ? undefined : { indices };
    },
    normalise: ({ indices }) => ({
      indices: Object.fromEntries(Object.entries(isObject(indices) ? indices : {}).map(([index, options]) => [index, normaliseAlias(isObject(options) ? options : {})])),
    }),
  },
};

/** True for an ILM policy, or what an ILM server lists; the others are of ISM. */
export function isIlm(policy: JsonObject): boolean {
  return 'phases' in policy || (isObject(policy['policy']) && 'phases' in policy['policy']);
}

/** True when the thing that stands under a name is the owner's: by its own mark, or by the ledger where it says nothing. */
export function owns(observed: ObservedIndices, kind: IndexChangeKind, name: string, owner: string): boolean {
  const stored = KINDS[kind].stored(observed, name);
  const mark = stored === undefined ? undefined : KINDS[kind].mark?.(stored);
  return mark === undefined ? ownsByLedger(observed.ledger, `${kind}/${name}`, owner) : mark === owner;
}

/** What is there of a kind and the owner's. */
export function ownedNames(observed: ObservedIndices, kind: IndexChangeKind, owner: string): readonly string[] {
  const byLedger = Object.keys(observed.ledger.resources).flatMap((key) => (key.startsWith(`${kind}/`) ? [key.slice(kind.length + 1)] : []));
  const names = new Set([...byLedger, ...Object.keys(KINDS[kind].all?.(observed) ?? {})]);
  return [...names].sort().filter((name) => KINDS[kind].stored(observed, name) !== undefined && owns(observed, kind, name, owner));
}

function existing(stream: ObservedStream | undefined): JsonObject | undefined {
  if (stream === undefined) return undefined;
  return { writeIndex: stream.writeIndex ?? null, ...(stream.uuid === undefined ? {} : { uuid: stream.uuid }), ...(stream.unmarked === undefined ? {} : { unmarked: true }) };
}
