import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { PodscopeError } from '@podscope/core';
import { distributionOf, namesOf, type Distribution } from './distribution.ts';
import { installOpenSearch, type InstallSource } from './install/install.ts';
import { findJava } from './java/find-java.ts';
import { locateHome, locateInCache, type Installation } from './locate/locate.ts';
import type { Source } from './progress.ts';
import { DEFAULT_ELASTICSEARCH_VERSION, DEFAULT_VERSION, type ElasticsearchVersion, type SecuredVersion, type Tarball } from './releases.ts';
import { classArchive } from './run/class-archive.ts';
import { requireFreePort } from './run/port.ts';
import { runOpenSearch, type RunOptions, type StartedOpenSearch } from './run/run.ts';
import type { SecurityOptions } from './security/options.ts';
import { prepareSecurity } from './security/prepare.ts';
import { secured, type SecuredOpenSearch } from './security/secured.ts';

/** Where a server comes from. */
export interface SourceOptions extends Pick<RunOptions, 'onProgress' | 'signal'> {
  /** An installed distribution to use, whatever its version: usually what the variable OPENSEARCH_HOME says. */
  readonly home?: string | undefined;
  /** @default ~/.cache/podscope/opensearch */
  readonly cacheDir?: string | undefined;
  /** A JDK to use. @default the server's own, the PATH's, or an installed one that fits */
  readonly javaHome?: string | undefined;
  /** Where the server may come from; the order is always home, cache, tarball, Maven. @default all four */
  readonly sources?: readonly Source[] | undefined;
  /** The Maven program. @default 'mvn' */
  readonly mavenCommand?: string | undefined;
  /** Archives by `process.arch`, instead of the official ones: a mirror's. */
  readonly tarballs?: Readonly<Record<string, Tarball>> | undefined;
}

/** An OpenSearch server. */
export interface OpenSearchChoice {
  readonly distribution?: 'opensearch' | undefined;
  /** @default '2.19.6' */
  readonly version?: string | undefined;
}

/** The last Elasticsearch under the Apache licence: no data streams, no index lifecycle, no security. */
export interface ElasticsearchChoice {
  readonly distribution: 'elasticsearch-oss';
  /** @default '7.10.2' */
  readonly version?: ElasticsearchVersion | undefined;
}

/** Which server, and where it comes from. */
export type ObtainOptions = SourceOptions & (OpenSearchChoice | ElasticsearchChoice);

/** Options of every start. */
export interface LaunchOptions extends SourceOptions, RunOptions {
  /** Whether to start from an archive of loaded classes, made on the first start (about 10 s, once). @default true */
  readonly classArchive?: boolean | undefined;
}

/** Options of {@link startOpenSearch}. */
export type StartOptions = LaunchOptions & (OpenSearchChoice | ElasticsearchChoice) & { readonly security?: undefined };

/** Options of {@link startOpenSearch} with the security plugin: a version that has it, or an installed full distribution. */
export type SecuredStartOptions<Name extends string = string> = LaunchOptions & {
  readonly distribution?: 'opensearch' | undefined;
  readonly security: SecurityOptions<Name>;
} & ({ readonly version: SecuredVersion } | { readonly home: string; readonly version?: string | undefined });

const INSTALLED_FROM: readonly InstallSource[] = ['tarball', 'maven'];
const ALL_SOURCES: readonly Source[] = ['home', 'cache', ...INSTALLED_FROM];

function cacheDirOf(options: ObtainOptions): string {
  return resolve(options.cacheDir ?? join(homedir(), '.cache/podscope/opensearch'));
}

function requireDistribution(version: string, distribution: Distribution): void {
  const found = distributionOf(version);
  if (found === distribution) return;
  throw new PodscopeError('OPENSEARCH_NO_SOURCE', `${version} is a version of ${namesOf(version).title}, which was not asked for.`, {
    hint: `Say distribution: '${found}', or name another version or home.`,
  });
}

/**
 * Finds a server's files, and installs them when they are not there. Nothing is started.
 *
 * @throws PodscopeError as {@link startOpenSearch}.
 */
export async function obtainOpenSearch(options: ObtainOptions = {}): Promise<Installation> {
  const sources = options.sources ?? ALL_SOURCES;
  const distribution: Distribution = options.distribution ?? 'opensearch';
  const version = options.version ?? (distribution === 'opensearch' ? DEFAULT_VERSION : DEFAULT_ELASTICSEARCH_VERSION);
  requireDistribution(version, distribution);
  const cacheDir = cacheDirOf(options);
  const tell = (source: Source, reason?: string): void =>
    options.onProgress?.(reason === undefined ? { type: 'source', source, state: 'used' } : { type: 'source', source, state: 'passed-over', reason });
  if (sources.includes('home')) {
    if (options.home !== undefined) {
      const found = await locateHome(options.home);
      requireDistribution(found.version, distribution);
      tell('home');
      return found;
    }
    tell('home', 'none was named');
  }
  if (sources.includes('cache')) {
    const found = await locateInCache(cacheDir, version);
    if (found) {
      tell('cache');
      return found;
    }
    tell('cache', `${version} is not in ${cacheDir}`);
  }
  return installOpenSearch({ ...options, version, cacheDir, sources: INSTALLED_FROM.filter((source) => sources.includes(source)) });
}

/**
 * Starts a real OpenSearch server, or Elasticsearch OSS where `distribution` says so, on the loopback address: finds it
 * or installs it, runs it under a watchdog, and waits until it is ready. It ends with its handle, or with this process,
 * whatever ends that.
 *
 * @throws PodscopeError `OPENSEARCH_NO_SOURCE`, `OPENSEARCH_HOME_INVALID`, `OPENSEARCH_NO_JAVA`,
 *   `OPENSEARCH_JAVA_TOO_OLD`, `OPENSEARCH_JAVA_TOO_NEW`, `OPENSEARCH_NO_DISK_SPACE`, `OPENSEARCH_CORRUPT_DOWNLOAD`,
 *   `OPENSEARCH_PORT_TAKEN`, `OPENSEARCH_START_FAILED`; with `security`, `OPENSEARCH_NO_SECURITY_PLUGIN` and
 *   `OPENSEARCH_SECURITY_REFUSED`; the signal's reason when it is aborted.
 */
export async function startOpenSearch(options?: StartOptions): Promise<StartedOpenSearch>;
export async function startOpenSearch<const Name extends string>(options: SecuredStartOptions<Name>): Promise<SecuredOpenSearch<Name>>;
export async function startOpenSearch(options: StartOptions | SecuredStartOptions = {}): Promise<StartedOpenSearch | SecuredOpenSearch> {
  options.signal?.throwIfAborted();
  // Before anything is installed for it: a start that can't succeed changes nothing.
  if (options.port !== undefined) await requireFreePort(options.port);
  const installation = await obtainOpenSearch(options);
  const security = options.security && (await prepareSecurity(options.security, installation));
  const own = join(installation.home, 'jdk/bin/java');
  const java = await findJava(installation.version, { javaHome: options.javaHome, bundled: existsSync(own) ? own : undefined });
  const path = options.classArchive === false ? undefined : await classArchive({ ...options, cacheDir: cacheDirOf(options), installation, java });
  const server = await runOpenSearch({ installation, java, classArchive: path === undefined ? undefined : { path, write: false }, security }, options);
  return security === undefined ? server : secured(server, security);
}
