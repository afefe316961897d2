import type { IndexChangeKind, IndexSetup } from '../model.ts';

/** The sections of a setup that hold things. */
export type SetupSection = Exclude<keyof IndexSetup, 'owner'>;

/** Every section, in the order in which things are made, with the kind of its things and the word for one of them. */
export const SECTIONS = {
  clusterSettings: { kind: 'cluster-setting', one: 'cluster setting' },
  componentTemplates: { kind: 'component-template', one: 'component template' },
  ingestPipelines: { kind: 'ingest-pipeline', one: 'ingest pipeline' },
  lifecyclePolicies: { kind: 'lifecycle-policy', one: 'lifecycle policy' },
  legacyTemplates: { kind: 'legacy-template', one: 'legacy template' },
  indexTemplates: { kind: 'index-template', one: 'index template' },
  dataStreams: { kind: 'data-stream', one: 'data stream' },
  rolloverAliases: { kind: 'rollover-alias', one: 'rollover alias' },
  aliases: { kind: 'alias', one: 'alias' },
} as const satisfies Readonly<Record<SetupSection, { readonly kind: IndexChangeKind; readonly one: string }>>;

/** The names of the sections. */
export const SECTION_NAMES = Object.keys(SECTIONS) as readonly SetupSection[];
