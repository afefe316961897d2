import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { namesOf, runsUnderAgent } from '../distribution.ts';

/** How the Java machine is tuned: quick to be there, or quick once it runs. */
export type Profile = 'fast-start' | 'throughput';

/** What the command line depends on. */
export interface CommandOptions {
  readonly java: string;
  readonly home: string;
  readonly version: string;
  readonly configDir: string;
  readonly tempDir: string;
  /** Such as `512m`. */
  readonly heap: string;
  readonly profile: Profile;
  /** Further Java options, after the package's own. */
  readonly jvmOptions: readonly string[];
  /** A class archive to read, or to write at the end. One that doesn't fit is left alone by Java. */
  readonly classArchive?: { readonly path: string; readonly write: boolean } | undefined;
  /** True when the server is to run as root, which it refuses unless it cannot find out. */
  readonly asRoot: boolean;
}

/** The serial collector is the best of all at heaps this small, and C1 alone starts fastest; the README has figures. */
const PROFILES: Readonly<Record<Profile, readonly string[]>> = {
  'fast-start': ['-XX:TieredStopAtLevel=1'],
  throughput: [],
};
const COLLECTOR = '-XX:+UseSerialGC';
const NAMES_COLLECTOR = /^-XX:\+Use\w+GC$/;

/** What the distribution's own `jvm.options` and launcher set, without the memory they touch in advance. */
const COMMON = [
  '-Xss1m',
  '-Xshare:auto',
  '-Djava.awt.headless=true',
  '-Dfile.encoding=UTF-8',
  '-Djna.nosys=true',
  '-XX:-OmitStackTraceInFastThrow',
  '-Dio.netty.noUnsafe=true',
  '-Dio.netty.noKeySetOptimization=true',
  '-Dio.netty.recycler.maxCapacityPerThread=0',
  '-Dio.netty.allocator.numDirectArenas=0',
  '-Dlog4j.shutdownHookEnabled=false',
  '-Dlog4j2.disable.jmx=true',
  '-Dlog4j2.formatMsgNoLookups=true',
] as const;

/** The same, under the server's own names. */
function ownProperties(version: string): string[] {
  const { properties } = namesOf(version);
  return [
    `-D${properties}.networkaddress.cache.ttl=60`,
    `-D${properties}.networkaddress.cache.negative.ttl=10`,
    `-D${properties}.distribution.type=tar`,
    `-D${properties}.bundled_jdk=false`,
    ...(properties === 'es' ? ['-Des.distribution.flavor=oss'] : []),
  ];
}

async function jarsIn(directory: string): Promise<string[]> {
  return (await readdir(directory)).filter((name) => name.endsWith('.jar')).sort().map((name) => join(directory, name));
}

async function byVersion(options: CommandOptions): Promise<string[]> {
  if (!runsUnderAgent(options.version)) {
    return ['-Djava.security.manager=allow', '-Djava.locale.providers=SPI,COMPAT'];
  }
  const agents = existsSync(join(options.home, 'agent')) ? await jarsIn(join(options.home, 'agent')) : [];
  const agent = agents.find((path) => /opensearch-agent-\d/.test(path));
  return [
    '--add-modules=jdk.incubator.vector',
    '-Djava.locale.providers=SPI,CLDR',
    ...(agent === undefined ? [] : [`-javaagent:${agent}`]),
  ];
}

function archiveOptions(archive: CommandOptions['classArchive']): string[] {
  if (archive === undefined) return [];
  return archive.write ? [`-XX:ArchiveClassesAtExit=${archive.path}`] : [`-XX:SharedArchiveFile=${archive.path}`];
}

/** The whole command line of a server. The class path is spelled out and sorted, as a class archive asks for. */
export async function serverCommand(options: CommandOptions): Promise<string[]> {
  const { properties, mainClass } = namesOf(options.version);
  return [
    options.java,
    ...COMMON,
    ...ownProperties(options.version),
    `-Xms${options.heap}`,
    `-Xmx${options.heap}`,
    ...PROFILES[options.profile],
    ...(options.jvmOptions.some((option) => NAMES_COLLECTOR.test(option)) ? [] : [COLLECTOR]),
    ...(await byVersion(options)),
    ...(options.asRoot ? ['-Djna.noclasspath=true', '-Djna.nounpack=true'] : []),
    ...archiveOptions(options.classArchive),
    `-Djava.io.tmpdir=${options.tempDir}`,
    `-Djna.tmpdir=${options.tempDir}`,
    ...options.jvmOptions,
    `-D${properties}.path.home=${options.home}`,
    `-D${properties}.path.conf=${options.configDir}`,
    '-cp',
    (await jarsIn(join(options.home, 'lib'))).join(':'),
    mainClass,
  ];
}
