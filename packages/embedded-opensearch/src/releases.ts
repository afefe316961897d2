import { runsUnderAgent } from './distribution.ts';

/** An official archive: where it lies and what it must hash to. */
export interface Tarball {
  readonly url: string;
  /** SHA-512 in hex, pinned here; `published`: not pinned, compared with the `.sha512` file beside the archive. */
  readonly sha512: string;
}

/** What is known of one server version. */
export interface Release {
  readonly version: string;
  /** The Java feature versions it runs on. */
  readonly java: { readonly min: number; readonly max?: number };
  /** The log4j version its own libraries use; its pom marks `log4j-core` optional, so it has to be named. */
  readonly log4j: string;
  /** The version of its `plugin-classloader`, where not its own: that of the nearest version that was published. */
  readonly classLoader?: string;
  /** Modules of other versions that were not published for this one. */
  readonly without?: readonly string[];
  /** There where the security plugin is published for it; it is installed with it. */
  readonly securityPlugin?: {
    /** What the plugin takes from modules that were not published. */
    readonly jars: readonly { readonly group: string; readonly artifact: string; readonly version: string }[];
  };
  /** Archives by Node's `process.arch`; Linux only. They bring their own JDK and all plugins. */
  readonly tarballs: Readonly<Record<string, Tarball>>;
}

const ARCHIVES = 'https://artifacts.opensearch.org/releases/bundle/opensearch';

function tarballs(version: string, hashes: Readonly<Record<'x64' | 'arm64', string>>): Release['tarballs'] {
  return Object.fromEntries(
    Object.entries(hashes).map(([arch, sha512]) => [
      arch,
      { url: `${ARCHIVES}/${version}/opensearch-${version}-linux-${arch}.tar.gz`, sha512 },
    ]),
  );
}

/** The Java security manager, which OpenSearch 2.x and Elasticsearch need, is gone from 24 on. */
const JAVA_WITH_SECURITY_MANAGER = { min: 17, max: 23 } as const;
const JAVA_OF_3 = { min: 21 } as const;

/** The versions that are known to assemble and run. */
export const releases: Readonly<Record<string, Release>> = {
  '7.10.2': {
    version: '7.10.2',
    java: JAVA_WITH_SECURITY_MANAGER,
    log4j: '2.11.1',
    tarballs: {},
  },
  '2.19.4': {
    version: '2.19.4',
    java: JAVA_WITH_SECURITY_MANAGER,
    log4j: '2.21.0',
    classLoader: '2.19.6',
    without: ['opensearch-dashboards'],
    securityPlugin: { jars: [] },
    tarballs: {},
  },
  '3.4.0': {
    version: '3.4.0',
    java: JAVA_OF_3,
    log4j: '2.21.0',
    without: ['cache-common', 'opensearch-dashboards', 'search-pipeline-common'],
    securityPlugin: { jars: [{ group: 'org.apache.commons', artifact: 'commons-collections4', version: '4.5.0' }] },
    tarballs: {},
  },
  '2.19.6': {
    version: '2.19.6',
    java: JAVA_WITH_SECURITY_MANAGER,
    log4j: '2.25.4',
    tarballs: tarballs('2.19.6', { x64: 'published', arm64: 'published' }),
  },
  '3.8.0': {
    version: '3.8.0',
    java: JAVA_OF_3,
    log4j: '2.25.4',
    tarballs: tarballs('3.8.0', {
      x64: 'cba25b10114e796273fa9399af27fe9c2daaf25a190c37e4b5feb9cfd088e371e0fbd3cddf2bc0fbb753c2e681c0b55f08c0926d11718bf76f77e830017b06ff',
      arm64: 'c3d873bbbbce9f08f003b884ec07a4610b9ef30f8916ca12feb13c9863521c5afc61e508ebeabbb565e10b45e8e87e5f2eff5f7e49e39c69375f309d1d476d07',
    }),
  },
};

/** The version that {@link startOpenSearch} runs where none is named. */
export const DEFAULT_VERSION = '2.19.6';

/** The Elasticsearch OSS that can be had. */
export type ElasticsearchVersion = '7.10.2';

/** The one that is run where none is named. */
export const DEFAULT_ELASTICSEARCH_VERSION: ElasticsearchVersion = '7.10.2';

/** The OpenSearch versions that come with the security plugin. */
export type SecuredVersion = '2.19.4' | '3.4.0';

/** The Java feature versions that a server version runs on, by its major number where it is not listed. */
export function javaRangeOf(version: string): Release['java'] {
  return releases[version]?.java ?? (runsUnderAgent(version) ? JAVA_OF_3 : JAVA_WITH_SECURITY_MANAGER);
}
