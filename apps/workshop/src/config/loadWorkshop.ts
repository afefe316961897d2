import { pathToFileURL } from 'node:url';
import { isPodscopeError, PodscopeError } from '@podscope/core';
import type { Fault } from '@podscope/fault-injectors';
import { defineIndexSetup, type IndexSetup } from '@podscope/index-manager';
import { bundle, type Definition, type SavedObject } from '@podscope/saved-objects';
import { workshopObjects } from '../dashboards/index.ts';
import { huntCatalogue } from '../hunts/catalogue.ts';
import type { WorkshopHunt } from '../hunts/publicState.ts';
import { workshopIndexSetup } from '../indices/setup.ts';
import type { WorkshopConfig, WorkshopShipper } from './defineWorkshop.ts';

/** The workshop with what an extension adds to it. */
export interface LoadedWorkshop {
  readonly objects: readonly SavedObject[];
  readonly indices: IndexSetup;
  /** Of the extension only; the workshop's own are always there. */
  readonly hunts: readonly WorkshopHunt[];
  readonly faults: readonly Fault[];
  readonly shippers: readonly WorkshopShipper[];
}

const KEYS = ['visualizations', 'dashboards', 'shippers', 'faults', 'hunts', 'indices'] as const;

/** The parts of an index setup that hold things by their names. */
const BY_NAME = ['componentTemplates', 'indexTemplates', 'legacyTemplates', 'ingestPipelines', 'lifecyclePolicies', 'rolloverAliases', 'aliases', 'clusterSettings'] as const satisfies readonly Exclude<keyof IndexSetup, 'owner' | 'dataStreams'>[];

/** The workshop alone: what runs when there is no configuration file. */
const ALONE: LoadedWorkshop = { objects: workshopObjects, indices: workshopIndexSetup, hunts: [], faults: [], shippers: [] };

/**
 * Loads `podscope.config.ts` (Node strips its types), checks it and joins it with the workshop.
 *
 * @param path Absolute path of the file; undefined for the workshop alone.
 * @throws PodscopeError `CONFIG_INVALID` with what is wrong in which file.
 */
export async function loadWorkshop(path: string | undefined): Promise<LoadedWorkshop> {
  if (path === undefined) return ALONE;
  let module: { readonly default?: unknown };
  try {
    module = (await import(pathToFileURL(path).href)) as { readonly default?: unknown };
  } catch (cause) {
    throw invalid(path, `it could not be loaded: ${cause instanceof Error ? cause.message.split('\n')[0] : String(cause)}`, cause);
  }
  const config = checkConfig(path, module.default);
  try {
    return join(config);
  } catch (cause) {
    if (!isPodscopeError(cause)) throw invalid(path, cause instanceof Error ? cause.message : String(cause), cause);
    throw invalid(path, cause.message, cause);
  }
}

function invalid(path: string, what: string, cause?: unknown): PodscopeError<'CONFIG_INVALID'> {
  return new PodscopeError('CONFIG_INVALID', `The configuration ${path} is not usable: ${what}`, {
    hint: 'It exports by default what defineWorkshop({ visualizations, dashboards, shippers, faults, hunts, indices }) returns.',
    ...(cause === undefined ? {} : { cause }),
  });
}

function checkConfig(path: string, value: unknown): WorkshopConfig {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(path, 'it has no default export of an object.');
  for (const [key, part] of Object.entries(value)) {
    if (!KEYS.some((known) => known === key)) throw invalid(path, `"${key}" is not a part of it.`);
    if (key !== 'indices' && !Array.isArray(part)) throw invalid(path, `"${key}" is not a list.`);
  }
  const config = value as WorkshopConfig;
  for (const part of [...(config.visualizations ?? []), ...(config.dashboards ?? [])]) {
    if (typeof part !== 'object' || part === null || !('object' in part)) throw invalid(path, 'a visualization or dashboard was not made with @podscope/saved-objects.');
  }
  for (const hunt of config.hunts ?? []) {
    if (huntCatalogue.some((own) => own.id === hunt.id)) throw invalid(path, `the workshop has a hunt "${hunt.id}" itself.`);
  }
  for (const shipper of config.shippers ?? []) {
    if (!/^[a-z][a-z0-9-]*$/.test(shipper.id) || typeof shipper.command !== 'string') throw invalid(path, 'a shipper needs an id of lower-case letters, digits and dashes, and a command.');
  }
  return config;
}

/** Everything that a definition uses, itself included. */
function withUses(definition: Definition): readonly SavedObject[] {
  return [...definition.uses.flatMap(withUses), definition.object];
}

function join(config: WorkshopConfig): LoadedWorkshop {
  const ours = new Set(workshopObjects.filter((object) => object.type === 'index-pattern').map((object) => object.id));
  // An extension may describe only the fields it needs of a data view that the workshop has in full.
  const added = [...(config.visualizations ?? []), ...(config.dashboards ?? [])].flatMap(withUses).filter((object) => object.type !== 'index-pattern' || !ours.has(object.id));
  const { indices = {} } = config;
  return {
    objects: bundle(...workshopObjects, ...added).objects,
    indices: defineIndexSetup({
      ...workshopIndexSetup,
      ...Object.fromEntries(BY_NAME.map((section) => [section, { ...workshopIndexSetup[section], ...indices[section] }])),
      dataStreams: [...workshopIndexSetup.dataStreams, ...(indices.dataStreams ?? [])],
    }),
    hunts: config.hunts ?? [],
    faults: config.faults ?? [],
    shippers: config.shippers ?? [],
  };
}
