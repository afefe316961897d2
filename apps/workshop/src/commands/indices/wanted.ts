import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isPodscopeError, PodscopeError } from '@podscope/core';
import type { SavedObject } from '@podscope/dashboard-renderer';
import { defineIndexSetup, type IndexSetup, type IndexSetupInput, loadIndexSetup } from '@podscope/index-manager';
import { loadWorkshop } from '../../config/loadWorkshop.ts';
import { readObjectsFile } from '../../indices/objectsFile.ts';
import { SavedVisualizations } from '../../targets/embedded/supervisor/savedVisualizations.ts';
import type { CommandContext } from '../command.ts';
import { findConfig } from '../findConfig.ts';
import { usageError } from '../usageError.ts';

type Options = Readonly<Record<string, unknown>>;

/**
 * The setup after `--setup`, a folder or a module; without it, the workshop's with what its configuration adds.
 *
 * @throws PodscopeError INDEX_SETUP_INVALID with the files and lines that are wrong; CONFIG_INVALID; CLI_USAGE.
 */
export async function wantedSetup(options: Options): Promise<IndexSetup> {
  const given = options['setup'];
  if (given === undefined) return (await loadWorkshop(await findConfig(options['config']))).indices;
  if (options['config'] !== undefined) throw usageError('--setup and --config exclude each other.', 'The configuration adds to the workshop’s own setup, which --setup stands instead of.');
  const path = resolve(String(given));
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw usageError(`There is no ${path}.`, 'Check the path after --setup.');
  return found.isDirectory() ? loadIndexSetup(path) : setupOfModule(path);
}

async function setupOfModule(path: string): Promise<IndexSetup> {
  if (!/\.[cm]?[jt]s$/.test(path)) throw usageError(`${path} is neither a folder nor a module.`, 'Pass a folder of YAML and JSON files, or a module in .ts or .mjs that exports a setup.');
  let exported: unknown[];
  try {
    const module = (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>;
    exported = module['default'] === undefined ? Object.values(module) : [module['default']];
  } catch (cause) {
    if (isPodscopeError(cause)) throw cause;
    throw invalid(path, `it could not be loaded: ${cause instanceof Error ? cause.message.split('\n')[0] : String(cause)}`, cause);
  }
  const [setup, ...more] = exported;
  if (typeof setup !== 'object' || setup === null || more.length > 0) throw invalid(path, `it exports ${exported.length === 1 ? 'no object' : `${exported.length} things`}`);
  return defineIndexSetup(setup as IndexSetupInput);
}

function invalid(path: string, what: string, cause?: unknown): PodscopeError<'INDEX_SETUP_INVALID'> {
  return new PodscopeError('INDEX_SETUP_INVALID', `The module ${path} holds no index setup: ${what}.`, {
    hint: 'Let it export one thing, or a default: what defineIndexSetup of @podscope/index-manager returns.',
    ...(cause === undefined ? {} : { cause }),
  });
}

/**
 * The dashboards and visualizations that read what a plan changes: those after `--objects`; of the running system, its own
 * and those saved in its console; of another cluster, the workshop's where its setup is planned.
 */
export async function storedObjects({ environment }: CommandContext, options: Options, isRunningSystem: boolean): Promise<readonly SavedObject[]> {
  if (options['objects'] !== undefined) return readObjectsFile(resolve(String(options['objects'])));
  if (!isRunningSystem && options['setup'] !== undefined) return [];
  const { objects } = await loadWorkshop(await findConfig(options['config']));
  if (!isRunningSystem) return objects;
  const saved = new SavedVisualizations(environment.runDir);
  await saved.load();
  return [...objects, ...saved.objects];
}
