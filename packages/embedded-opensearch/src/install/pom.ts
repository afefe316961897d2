import { distributionOf, runsUnderAgent } from '../distribution.ts';
import { releases } from '../releases.ts';
import { moduleGroup, serverModules } from './server-modules.ts';

/** Maven coordinates. */
export interface Coordinates {
  readonly group: string;
  readonly artifact: string;
  readonly version: string;
  /** What kind of file it is. @default 'jar' */
  readonly type?: 'zip';
}

/** The folder of a reactor module → its dependencies. */
export type Reactor = Readonly<Record<string, readonly Coordinates[]>>;

/** The folder whose jars become the server's `lib`. */
export const LIB = 'lib';
/** The folder whose jars become the server's `agent` (3.x). */
export const AGENT = 'agent';

/** The folder that holds the security plugin's archive. */
export const SECURITY = 'opensearch-security';

const OWN_GROUP = 'podscope.embedded';

/** The artifact that is the server itself. */
export function coreCoordinates(version: string): Coordinates {
  return distributionOf(version) === 'opensearch'
    ? { group: 'org.opensearch', artifact: 'opensearch', version }
    : { group: 'org.elasticsearch', artifact: 'elasticsearch', version };
}

/** The artifact with the class loader of modules that extend others. Elastic did not publish its own. */
export function classLoaderCoordinates(version: string): Coordinates {
  return distributionOf(version) === 'opensearch'
    ? { group: 'org.opensearch', artifact: 'opensearch-plugin-classloader', version: releases[version]?.classLoader ?? version }
    : { group: 'org.codelibs.elasticsearch.lib', artifact: 'plugin-classloader', version };
}

/** What the server is made of, as one Maven build: `lib`, `agent` on 3.x, one folder for each module and plugin. */
export function serverReactor(version: string, log4j: string): Reactor {
  const plugin = releases[version]?.securityPlugin;
  const agent = (artifact: string): Coordinates => ({ group: 'org.opensearch', artifact, version });
  return {
    [LIB]: [
      coreCoordinates(version),
      classLoaderCoordinates(version),
      // The server's pom marks these three optional, and it does not start or index without them.
      { group: 'org.apache.logging.log4j', artifact: 'log4j-core', version: log4j },
      { group: 'org.locationtech.spatial4j', artifact: 'spatial4j', version: '0.7' },
      { group: 'org.locationtech.jts', artifact: 'jts-core', version: '1.15.0' },
    ],
    ...(runsUnderAgent(version) ? { [AGENT]: [agent('opensearch-agent'), agent('opensearch-agent-bootstrap')] } : {}),
    ...Object.fromEntries(
      serverModules(version).map(({ artifact }) => [artifact, [{ group: moduleGroup(artifact, version), artifact, version }]]),
    ),
    // Plugins have a fourth number of their own, and come whole, as an archive.
    ...(plugin === undefined
      ? {}
      : { [SECURITY]: [{ group: 'org.opensearch.plugin', artifact: SECURITY, version: `${version}.0`, type: 'zip' }, ...plugin.jars] }),
  };
}

function project(artifact: string, body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>${OWN_GROUP}</groupId>
  <artifactId>${artifact}</artifactId>
  <version>1</version>
${body}
</project>
`;
}

/** The files of a reactor: path → content. Coordinates must be plain words. */
export function reactorFiles(reactor: Reactor): Readonly<Record<string, string>> {
  const folders = Object.keys(reactor);
  const files: Record<string, string> = {
    'pom.xml': project(
      'reactor',
      `  <packaging>pom</packaging>\n  <modules>\n${folders.map((folder) => `    <module>${folder}</module>`).join('\n')}\n  </modules>`,
    ),
  };
  for (const [folder, dependencies] of Object.entries(reactor)) {
    const entries = dependencies.map((each) => {
      for (const word of [each.group, each.artifact, each.version]) {
        if (!/^[\w.-]+$/.test(word)) throw new TypeError(`"${word}" cannot stand in Maven coordinates.`);
      }
      return `    <dependency><groupId>${each.group}</groupId><artifactId>${each.artifact}</artifactId><version>${each.version}</version>${each.type === undefined ? '' : `<type>${each.type}</type>`}</dependency>`;
    });
    files[`${folder}/pom.xml`] = project(folder, `  <dependencies>\n${entries.join('\n')}\n  </dependencies>`);
  }
  return files;
}
