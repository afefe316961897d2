import { SECTION_NAMES, type SetupSection } from '../validate/sections.ts';

/** Where the things of a section stand in a folder: one file each, in a folder, or all in one file. */
export type SectionPlace = { readonly section: SetupSection } & ({ readonly folder: string } | { readonly file: string });

const PLACES = {
  clusterSettings: { file: 'cluster-settings' },
  componentTemplates: { folder: 'component-templates' },
  ingestPipelines: { folder: 'ingest-pipelines' },
  lifecyclePolicies: { folder: 'lifecycle-policies' },
  legacyTemplates: { folder: 'legacy-templates' },
  indexTemplates: { folder: 'index-templates' },
  dataStreams: { file: 'data-streams' },
  rolloverAliases: { file: 'rollover-aliases' },
  aliases: { folder: 'aliases' },
} as const satisfies Readonly<Record<SetupSection, { readonly folder: string } | { readonly file: string }>>;

/** Every section, in the order in which things are made. What a setup has nothing of is left out. */
export const LAYOUT: readonly SectionPlace[] = SECTION_NAMES.map((section) => ({ section, ...PLACES[section] }));

/** The file that may hold any section under its name, and the owner. */
export const SETUP_FILE = 'setup';

/** What a file of the folder may end in. */
export const EXTENSIONS = ['yaml', 'yml', 'json'] as const;
