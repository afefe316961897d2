/** Whose server it is. */
export type Distribution = 'opensearch' | 'elasticsearch-oss';

/** What the two servers, of one origin, name differently. */
export interface DistributionNames {
  /** The product, as messages name it. */
  readonly title: string;
  /** In file names, package names and module descriptors. */
  readonly word: 'opensearch' | 'elasticsearch';
  /** Before its Java system properties. */
  readonly properties: 'opensearch' | 'es';
  readonly mainClass: string;
}

const names: Readonly<Record<Distribution, DistributionNames>> = {
  opensearch: { title: 'OpenSearch', word: 'opensearch', properties: 'opensearch', mainClass: 'org.opensearch.bootstrap.OpenSearch' },
  'elasticsearch-oss': {
    title: 'Elasticsearch OSS',
    word: 'elasticsearch',
    properties: 'es',
    mainClass: 'org.elasticsearch.bootstrap.Elasticsearch',
  },
};

/** Whose version that is: OpenSearch has never had a 7. */
export function distributionOf(version: string): Distribution {
  return version.startsWith('7.') ? 'elasticsearch-oss' : 'opensearch';
}

/** What the server of that version is called, and calls its own. */
export function namesOf(version: string): DistributionNames {
  return names[distributionOf(version)];
}

/** True for servers that run under a Java agent, which came in place of the security manager. */
export function runsUnderAgent(version: string): boolean {
  return distributionOf(version) === 'opensearch' && Number.parseInt(version, 10) >= 3;
}
