import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PodscopeError } from '@podscope/core';

/** A server's files on disk. */
export interface Installation {
  readonly home: string;
  readonly version: string;
  readonly source: 'home' | 'cache';
}

/** Counts up when servers are put together in another way, so that one made in the old way is not taken for a new one. */
const LAYOUT = 2;

/** The directory of an installed version in the cache. */
export function installDirectory(cacheDir: string, version: string): string {
  return join(cacheDir, 'servers', `${version}-layout-${LAYOUT}`);
}

async function versionIn(home: string): Promise<string | undefined> {
  const lib = join(home, 'lib');
  if (!existsSync(lib)) return undefined;
  for (const name of await readdir(lib)) {
    const version = /^(?:opensearch|elasticsearch)-(\d+\.\d+\.\d+(?:-[\w.]+)?)\.jar$/.exec(name)?.[1];
    if (version !== undefined) return version;
  }
  return undefined;
}

/**
 * The distribution in `home`, whatever its version.
 *
 * @throws PodscopeError `OPENSEARCH_HOME_INVALID` when there is none.
 */
export async function locateHome(home: string): Promise<Installation> {
  const version = await versionIn(home);
  if (version === undefined) {
    throw new PodscopeError('OPENSEARCH_HOME_INVALID', `There is no OpenSearch or Elasticsearch in ${resolve(home)}: lib/opensearch-<version>.jar is missing.`, {
      hint: 'Point it at the directory that holds bin, lib and modules, or leave it unset.',
    });
  }
  return { home: resolve(home), version, source: 'home' };
}

/** The version's installation in the cache; undefined when it is not installed there. */
export async function locateInCache(cacheDir: string, version: string): Promise<Installation | undefined> {
  const home = installDirectory(cacheDir, version);
  return (await versionIn(home)) === version ? { home, version, source: 'cache' } : undefined;
}
