import type { Change, ChangeAction, Mapping, Plan } from '@podscope/core';
import type { IsmBase, IsmManagedIndex, IsmRevision } from './lifecycle/ism-requests.ts';
import type { LifecyclePolicies } from './lifecycle/retention-model.ts';

/** Plain JSON, as a server takes and gives it. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}

/** What an index gets when it is created: the body that both kinds of template share. */
export interface TemplateBody {
  /** Index settings; dotted or nested, with or without the `index.` prefix. */
  readonly settings?: JsonObject;
  readonly mappings?: Mapping | JsonObject;
  readonly aliases?: JsonObject;
}

/** The body of `PUT _component_template/<name>`. */
export interface ComponentTemplate {
  readonly template: TemplateBody;
  readonly version?: number;
  readonly _meta?: JsonObject;
}

/** The body of `PUT _index_template/<name>`. */
export interface IndexTemplate {
  readonly index_patterns: readonly string[];
  /** Component templates of the same setup; later ones win. */
  readonly composed_of?: readonly string[];
  /** Of several matching templates the one with the highest priority holds. @default 0 */
  readonly priority?: number;
  /** Present when what matches becomes a data stream. */
  readonly data_stream?: { readonly timestamp_field?: { readonly name: string } };
  readonly template?: TemplateBody;
  readonly version?: number;
  readonly _meta?: JsonObject;
}

/** The body of `PUT _ingest/pipeline/<name>`. */
export interface IngestPipeline {
  readonly description?: string;
  readonly processors: readonly JsonObject[];
  readonly on_failure?: readonly JsonObject[];
  readonly version?: number;
}

/** The body of `PUT _template/<name>`: the older kind, which newer templates of any priority go before. */
export interface LegacyTemplate extends TemplateBody {
  readonly index_patterns: readonly string[];
  /** Of several that match, those of a higher order win, setting by setting. @default 0 */
  readonly order?: number;
  readonly version?: number;
}

/** An alias with a write index, rolled over as a data stream is: for servers and documents that data streams are not for. */
export interface RolloverAlias {
  /** Its name must end in a hyphen and a number. @default `<alias>-000001` */
  readonly firstIndex?: string;
}

/** What an alias says of one index. */
export interface AliasOptions {
  readonly filter?: JsonObject;
  /** Both halves at once. */
  readonly routing?: string;
  readonly index_routing?: string;
  readonly search_routing?: string;
  readonly is_write_index?: boolean;
  readonly is_hidden?: boolean;
}

/** An alias and everything that it points at; nothing else stays behind it. */
export interface Alias {
  readonly indices: Readonly<Record<string, AliasOptions>>;
}

/** What {@link defineIndexSetup} takes. */
export interface IndexSetupInput {
  /** Who owns what the setup makes; setups of different owners share a cluster. @default 'podscope' */
  readonly owner?: string;
  readonly componentTemplates?: Readonly<Record<string, ComponentTemplate>>;
  readonly indexTemplates?: Readonly<Record<string, IndexTemplate>>;
  readonly legacyTemplates?: Readonly<Record<string, LegacyTemplate>>;
  readonly ingestPipelines?: Readonly<Record<string, IngestPipeline>>;
  /** ISM or ILM policies, told apart by their form; translated where the server has the other one. */
  readonly lifecyclePolicies?: LifecyclePolicies;
  /**
   * Names of data streams; each must be matched by an index template of the setup that has `data_stream`. A server without
   * data streams gets a rollover alias of that name.
   */
  readonly dataStreams?: readonly string[];
  readonly rolloverAliases?: Readonly<Record<string, RolloverAlias>>;
  readonly aliases?: Readonly<Record<string, Alias>>;
  /** Persistent cluster settings by their dotted names. */
  readonly clusterSettings?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}

/** A checked description of what should stand in a cluster. */
export type IndexSetup = Required<IndexSetupInput>;

/** What decides whether somebody else's index template or one of ours holds for a new index. */
export interface ForeignTemplate {
  readonly patterns: readonly string[];
  readonly priority: number;
  /** The component templates that it is composed of. */
  readonly parts: readonly string[];
  /** The owner made it, and the setup names it no longer. */
  readonly left?: true;
}

/** What a server can do, found out from its answers to the observing requests. */
export interface Capabilities {
  readonly distribution: 'opensearch' | 'elasticsearch';
  /** As the server says it; nothing is decided by it. */
  readonly version: string;
  /** Undefined, here and below: nobody asked, because the setup has nothing of that kind. */
  readonly composableTemplates: boolean | undefined;
  readonly dataStreams: boolean | undefined;
  /** Whether backing indices of data streams can be exchanged; asked for with the history of streams only. */
  readonly modifyDataStream: boolean | undefined;
  /** Where the ISM plugin answers. */
  readonly ism: IsmBase | false | undefined;
  readonly ilm: boolean | undefined;
}

/** A data stream or rollover alias as it stands. */
export interface ObservedStream {
  /** The index template that holds for it, where the server says so. */
  readonly template: string | null;
  /** Oldest first. */
  readonly indices: readonly string[];
  readonly writeIndex: string | undefined;
  /** Of a data stream, which index of its name the write index is. */
  readonly uuid?: string;
  /** Of a rollover alias that says of no index that it is written to: what it says of its newest. */
  readonly unmarked?: { readonly index: string; readonly options: JsonObject };
}

/** The part of an index that templates decide. */
export interface ObservedIndex {
  readonly mappings: JsonObject;
  readonly settings: JsonObject;
}

/** One thing that was made for a setup, in the ledger that the cluster holds. */
export interface LedgerEntry {
  readonly owner: string;
  /** Fingerprint of what was applied last. */
  readonly form: string;
  readonly at: string;
  readonly by: string;
  /** Written before the change was made; gone afterwards. */
  readonly pending?: boolean;
}

/** What is owned, in the cluster's index `podscope-index-manager`. */
export interface Ledger {
  /** By `<kind>/<name>`. */
  readonly resources: Readonly<Record<string, LedgerEntry>>;
  /** By data stream or rollover alias, the fingerprint of what its template came to when it last agreed with it. */
  readonly streams: Readonly<Record<string, string>>;
}

/** What stands in a cluster under the names of a setup, and what is owned beside it: plain data. */
export interface ObservedIndices {
  readonly capabilities: Capabilities;
  readonly componentTemplates: Readonly<Record<string, JsonObject>>;
  readonly indexTemplates: Readonly<Record<string, JsonObject>>;
  /** Index templates that the setup doesn't name and its owner didn't make, or has left there. */
  readonly foreignTemplates: Readonly<Record<string, ForeignTemplate>>;
  readonly legacyTemplates: Readonly<Record<string, JsonObject>>;
  readonly ingestPipelines: Readonly<Record<string, JsonObject>>;
  readonly lifecyclePolicies: Readonly<Record<string, JsonObject>>;
  /** For ISM: the write that each policy comes from. */
  readonly policyRevisions: Readonly<Record<string, IsmRevision>>;
  /** Where ISM stands with the indices of the setup's streams and rollover aliases. */
  readonly managedIndices: readonly IsmManagedIndex[];
  readonly dataStreams: Readonly<Record<string, ObservedStream>>;
  readonly rolloverAliases: Readonly<Record<string, ObservedStream>>;
  /** By alias and index. */
  readonly aliases: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
  readonly clusterSettings: Readonly<Record<string, JsonValue>>;
  /** Of the setup's cluster settings, those with a transient value: it holds instead of the persistent one. */
  readonly transientSettings: Readonly<Record<string, JsonValue>>;
  /** Indices of the streams and rollover aliases: those that are written to, or all. */
  readonly indices: Readonly<Record<string, ObservedIndex>>;
  /** Plain indices and aliases that carry the name of something else of the setup. */
  readonly taken: Readonly<Record<string, 'index' | 'alias' | 'data stream'>>;
  readonly ledger: Ledger;
}

/** What a change is about. */
export type IndexChangeKind =
  | 'cluster-setting'
  | 'component-template'
  | 'ingest-pipeline'
  | 'lifecycle-policy'
  | 'legacy-template'
  | 'index-template'
  | 'data-stream'
  | 'rollover-alias'
  | 'alias';

/** What a change does. `reindex` is carried out by the reindex functions, not by {@link applyPlan}. */
export type IndexChangeAction = ChangeAction | 'rollover' | 'put-mapping' | 'attach-policy' | 'reindex';

/**
 * How much a change can do to what is stored or searched. `safe`: it holds for what comes later. `careful`: it holds at once,
 * for what runs now. `destructive`: documents go.
 */
export type IndexChangeRisk = 'none' | 'safe' | 'careful' | 'destructive';

/** Where two normalised values differ. */
export interface Difference {
  /** Member names, joined by `.`. */
  readonly path: string;
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
  /** What there is to know of it: that it can't be taken back, or holds for new indices only. */
  readonly note?: string;
}

/** One step towards a setup. `desired` is what the request needs, with the mark of ownership. */
export interface IndexChange extends Change<IndexChangeKind, JsonObject, IndexChangeAction> {
  readonly risk: IndexChangeRisk;
  /** What else feels it: data streams, indices, templates. */
  readonly touches: readonly string[];
  /** Fingerprint of what stood there when the plan was made; absent when nothing did. */
  readonly before?: string;
  readonly differences?: readonly Difference[];
  /** Made before the other changes of its kind, after them, or after that. */
  readonly phase?: 'early' | 'late' | 'last';
}

/** The steps that make a cluster equal to a setup, in the order in which they are made: plain data. */
export interface IndexPlan extends Plan<IndexChange> {
  readonly owner: string;
  /** What is done otherwise than the setup says, and why. */
  readonly notes: readonly string[];
  /** By data stream or rollover alias, the fingerprint of what its template comes to; for the ledger. */
  readonly streams: Readonly<Record<string, string>>;
}
