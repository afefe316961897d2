import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PodscopeError } from '../../packages/core/src/index.ts';
import { buildGoProgram, type BuildOptions } from '../go-programs/build.ts';

/** One folder for each program and version: `<name>-<version>`, with `go.mod`, `go.sum` and `main.go`. */
const RECIPES = fileURLToPath(new URL('recipes', import.meta.url));
const RECIPE = /^(?<name>[a-z][a-z-]*)-(?<version>\d+\.\d+\.\d+)$/;

/** A program that can be built here. */
export interface ShipperProgram {
  readonly name: string;
  readonly version: string;
}

/** Every program that has a recipe, by name and version. */
export function shipperPrograms(): readonly ShipperProgram[] {
  const found = readdirSync(RECIPES).sort().map((folder) => RECIPE.exec(folder)?.groups);
  return found.flatMap((groups) => (groups === undefined ? [] : [{ name: String(groups['name']), version: String(groups['version']) }]));
}

/**
 * The path of a real shipper, built from its Go modules on the first call and taken from the cache afterwards: see
 * {@link buildGoProgram}.
 *
 * @throws PodscopeError `GO_BUILD_FAILED` when there is no recipe of that name and version, or it does not build; `GO_MISSING`.
 */
export async function ensureProgram(name: string, version: string, options: BuildOptions = {}): Promise<string> {
  const moduleFolder = join(RECIPES, `${name}-${version}`);
  if (!existsSync(moduleFolder)) {
    throw new PodscopeError('GO_BUILD_FAILED', `There is no recipe for ${name} ${version}.`, { hint: `There are: ${shipperPrograms().map((each) => `${each.name}-${each.version}`).join(', ')}.` });
  }
  return buildGoProgram({ name, version, moduleFolder, package: '.' }, options);
}
