import { distributionOf, namesOf, runsUnderAgent } from '../distribution.ts';
import { releases } from '../releases.ts';

/** One of the server's modules as Maven publishes it. */
export interface ServerModule {
  readonly artifact: string;
  /** Modules whose classes it uses. */
  readonly extends?: string;
  /** The body of its `plugin-security.policy`; none when it needs no permission of its own. */
  readonly policy?: readonly string[];
}

const grant = (...permissions: readonly string[]): string[] => [
  'grant {',
  ...permissions.map((permission) => `  permission ${permission};`),
  '};',
];
const runtime = (name: string): string => `java.lang.RuntimePermission "${name}"`;
const sockets = (actions: string): string => `java.net.SocketPermission "*", "${actions}"`;
const scriptClasses = (word: string, ...names: readonly string[]): string[] => names.map((name) => `org.${word}.script.ClassPermission "${name}"`);

/** Modules that Elasticsearch 7 does not have. */
const OPENSEARCH_ONLY = ['cache-common', 'geo', 'opensearch-dashboards', 'search-pipeline-common'];

/**
 * The modules of a minimal distribution of a version. Their artifacts carry no policy file, so the permissions that each
 * needs under the security manager (OpenSearch 2.x, Elasticsearch) or the agent (3.x) stand here.
 */
export function serverModules(version: string): readonly ServerModule[] {
  const without = [...(releases[version]?.without ?? []), ...(distributionOf(version) === 'opensearch' ? [] : OPENSEARCH_ONLY)];
  return modules(namesOf(version).word).filter(({ artifact }) => !without.includes(artifact));
}

/** The Maven group of a module: Elastic published only those that its own clients used, CodeLibs the others. */
export function moduleGroup(artifact: string, version: string): string {
  if (distributionOf(version) === 'opensearch') return 'org.opensearch.plugin';
  return artifact.endsWith('-client') ? 'org.elasticsearch.plugin' : 'org.codelibs.elasticsearch.module';
}

const modules = (word: string): readonly ServerModule[] => [
  { artifact: 'aggs-matrix-stats-client' },
  { artifact: 'lang-mustache-client', policy: grant(runtime('accessDeclaredMembers')) },
  { artifact: 'mapper-extras-client' },
  { artifact: 'parent-join-client' },
  { artifact: 'percolator-client' },
  { artifact: 'rank-eval-client' },
  {
    artifact: 'reindex-client',
    policy: [
      ...grant(sockets('connect')),
      `grant codeBase "\${codebase.${word}-rest-client}" {`,
      '  permission java.net.NetPermission "getProxySelector";',
      '};',
      'grant codeBase "${codebase.httpasyncclient}" {',
      '  permission java.net.NetPermission "getProxySelector";',
      '};',
    ],
  },
  {
    artifact: 'transport-netty4-client',
    policy: grant(
      'java.io.FilePermission "/proc/sys/net/core/somaxconn", "read"',
      sockets('accept,connect'),
      runtime('setContextClassLoader'),
      runtime('getClassLoader'),
      'java.util.PropertyPermission "sun.nio.ch.bugLevel", "write"',
    ),
  },
  { artifact: 'analysis-common', extends: 'lang-painless' },
  { artifact: 'cache-common' },
  { artifact: 'geo' },
  { artifact: 'ingest-common', extends: 'lang-painless' },
  { artifact: 'ingest-user-agent' },
  {
    artifact: 'lang-expression',
    policy: grant(
      runtime('createClassLoader'),
      ...scriptClasses(
        word,
        'java.lang.String',
        'java.lang.Math',
        'org.apache.lucene.expressions.Expression',
        'org.apache.lucene.expressions.js.ExpressionMath',
        'org.apache.lucene.search.DoubleValues',
        'org.apache.lucene.util.MathUtil',
        'org.apache.lucene.util.SloppyMath',
      ),
    ),
  },
  { artifact: 'lang-painless', policy: grant(runtime('createClassLoader'), runtime('getClassLoader')) },
  { artifact: 'opensearch-dashboards' },
  { artifact: 'repository-url', policy: grant(sockets('connect')) },
  { artifact: 'search-pipeline-common' },
];

/** The name a module has on disk: Maven's artifact without `-client`. */
export function moduleName(module: ServerModule): string {
  return module.artifact.replace(/-client$/, '');
}

/** The `plugin-descriptor.properties` of a module. */
export function moduleDescriptor(module: ServerModule, version: string, className: string): string {
  return [
    `description=${moduleName(module)}`,
    `version=${version}`,
    `name=${moduleName(module)}`,
    `classname=${className}`,
    `java.version=${runsUnderAgent(version) ? '21' : '11'}`,
    `${namesOf(version).word}.version=${version}`,
    `extended.plugins=${module.extends ?? ''}`,
    'has.native.controller=false',
    '',
  ].join('\n');
}

/**
 * The class that the server loads a module by: the only top-level `*Plugin` among its jar's entries.
 *
 * @throws Error when there is not exactly one.
 */
export function pluginClass(artifact: string, entries: readonly string[]): string {
  const classes = entries.filter((name) => /^[\w/]+Plugin\.class$/.test(name));
  if (classes.length !== 1) throw new Error(`${artifact} has ${classes.length} plugin classes: ${classes.join(', ')}`);
  return (classes[0] as string).replace(/\.class$/, '').replaceAll('/', '.');
}
