import type { IndexChangeKind, IndexSetup } from '../model.ts';
import type { SetupSection } from '../validate/sections.ts';

/** Options of {@link loadIndexSetup}. */
export interface LoadIndexSetupOptions {
  /** Bytes that one file may have. @default 16 MiB */
  readonly largestFile?: number;
}

/** By section, the names that are exported; `*` in a name stands for anything. A section that is left out is not exported. */
export type ExportSelection = Readonly<Partial<Record<SetupSection, readonly string[]>>>;

/** Options of {@link exportIndexSetup}. */
export interface ExportIndexSetupOptions {
  /** The owner that the setup names. @default who applied everything of it that was applied, if that is one; else 'podscope' */
  readonly owner?: string;
}

/** Something of the cluster that is not in the exported setup. */
export interface LeftOut {
  readonly kind: IndexChangeKind;
  readonly name: string;
  /** The part that is left out; the whole where there is none. */
  readonly path?: string;
  readonly why: string;
}

/** What {@link exportIndexSetup} found: plain data. */
export interface ExportedIndexSetup {
  readonly setup: IndexSetup;
  readonly leftOut: readonly LeftOut[];
}

/** How {@link writeIndexSetup} writes. */
export type SetupFileFormat = 'yaml' | 'json';

/** Options of {@link writeIndexSetup}. */
export interface WriteIndexSetupOptions {
  /** @default 'yaml' */
  readonly format?: SetupFileFormat;
  /** Replace files that say something else. @default false */
  readonly overwrite?: boolean;
}

/** What {@link writeIndexSetup} did; paths from the folder on, with `/`. */
export interface WrittenIndexSetup {
  readonly written: readonly string[];
  /** Had these bytes already. */
  readonly unchanged: readonly string[];
  /** The same thing in the other format, which the written file stands for now. */
  readonly removed: readonly string[];
  /** Things that were in the folder and are not in the setup; they are still there. */
  readonly others: readonly string[];
}

/** Options of {@link indexSetupToTypeScript}. */
export interface TypeScriptOptions {
  /** The name of the constant. @default 'setup' */
  readonly name?: string;
}
