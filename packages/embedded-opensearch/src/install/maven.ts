import { copyFile, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { OnProgress } from '../progress.ts';
import { namesOf } from '../distribution.ts';
import { releases } from '../releases.ts';
import { spawnWatched } from '../run/server-process.ts';
import { AGENT, classLoaderCoordinates, coreCoordinates, LIB, reactorFiles, SECURITY, serverReactor, type Reactor } from './pom.ts';
import { unpackSecurityPlugin } from './security-plugin.ts';
import { moduleDescriptor, moduleName, pluginClass, serverModules } from './server-modules.ts';
import { zipEntries } from './zip.ts';

/** Options of {@link installFromMaven}. */
export interface MavenOptions {
  readonly version: string;
  /** An empty directory that becomes the server's home. */
  readonly target: string;
  /** An empty directory for the build; the caller removes it. */
  readonly work: string;
  /** The Maven program. @default 'mvn' */
  readonly mavenCommand?: string | undefined;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Maven is not installed. */
export class MavenMissing extends Error {}

/** What a shell ends with when it finds no such program. */
const NOT_FOUND = 127;
const GRACE_MS = 3_000;

/** Runs Maven under the watchdog: it ends with this process, and what it made goes with it. */
async function maven(command: string, cwd: string, { signal, work }: MavenOptions): Promise<void> {
  signal?.throwIfAborted();
  const goals = ['-q', '-B', 'dependency:copy-dependencies', '-DincludeScope=runtime', '-DoutputDirectory=target/jars'];
  const logFile = join(cwd, 'maven.log');
  await writeFile(logFile, '');
  const running = await spawnWatched([command, ...goals], { logFile, trash: work, cwd, graceMs: GRACE_MS });
  const stop = (): void => void running.end();
  signal?.addEventListener('abort', stop, { once: true });
  const { code, signal: endedBy } = await running.exited;
  signal?.removeEventListener('abort', stop);
  signal?.throwIfAborted();
  if (code === 0) return;
  if (code === NOT_FOUND) throw new MavenMissing(`the command ${command} is not installed`);
  const lines = (await readFile(logFile, 'utf8')).trim().split('\n');
  const first = lines.find((line) => line.includes('ERROR')) ?? lines.at(-1) ?? '';
  throw new Error(`${command} ended with ${endedBy ?? code}: ${first.trim()}`);
}

async function resolveJars(reactor: Reactor, options: MavenOptions, work: string): Promise<void> {
  for (const [path, content] of Object.entries(reactorFiles(reactor))) {
    await mkdir(dirname(join(work, path)), { recursive: true });
    await writeFile(join(work, path), content);
  }
  await maven(options.mavenCommand ?? 'mvn', work, options);
}

/** A version that is not listed names its log4j only through the jars it resolves to. */
async function log4jOf(options: MavenOptions): Promise<string> {
  const known = releases[options.version];
  if (known) return known.log4j;
  const work = join(options.work, 'probe');
  await resolveJars({ [LIB]: [coreCoordinates(options.version)] }, options, work);
  const jar = (await readdir(join(work, LIB, 'target/jars'))).find((name) => /^log4j-api-[\d.]+\.jar$/.test(name));
  if (jar === undefined) throw new Error(`${namesOf(options.version).title} ${options.version} has no log4j-api.`);
  return jar.slice('log4j-api-'.length, -'.jar'.length);
}

async function copyJars(from: string, to: string, except: ReadonlySet<string>): Promise<string[]> {
  await mkdir(to, { recursive: true });
  const names = (await readdir(from)).filter((name) => !except.has(name));
  for (const name of names) await copyFile(join(from, name), join(to, name));
  return names;
}

/** The server's own policy grants a permission to the class loader's jar by its name in the official archive. */
async function nameClassLoader(lib: string, version: string): Promise<void> {
  const { artifact, version: own } = classLoaderCoordinates(version);
  const wanted = `${namesOf(version).word}-plugin-classloader`;
  if (artifact !== wanted) await rename(join(lib, `${artifact}-${own}.jar`), join(lib, `${wanted}-${own}.jar`));
}

/**
 * Assembles a server in `target` from the artifacts that the `mvn` command resolves. No repository is named: Maven
 * knows its own.
 *
 * @throws MavenMissing when there is no `mvn`; Error with Maven's own words when it fails.
 */
export async function installFromMaven(options: MavenOptions): Promise<void> {
  const { version, target } = options;
  options.onProgress?.({ type: 'install', step: `resolving ${namesOf(version).title} ${version} with Maven` });
  const reactor = serverReactor(version, await log4jOf(options));
  const work = join(options.work, 'server');
  await resolveJars(reactor, options, work);
  options.onProgress?.({ type: 'install', step: 'assembling the server' });
  const jars = (folder: string): string => join(work, folder, 'target/jars');
  const lib = new Set(await copyJars(jars(LIB), join(target, 'lib'), new Set()));
  await nameClassLoader(join(target, 'lib'), version);
  if (AGENT in reactor) await copyJars(jars(AGENT), join(target, 'agent'), new Set());
  for (const module of serverModules(version)) {
    const directory = join(target, 'modules', moduleName(module));
    await copyJars(jars(module.artifact), directory, lib);
    const own = join(directory, `${module.artifact}-${version}.jar`);
    const className = pluginClass(module.artifact, (await zipEntries(own)).map(({ name }) => name));
    await writeFile(join(directory, 'plugin-descriptor.properties'), moduleDescriptor(module, version, className));
    if (module.policy) await writeFile(join(directory, 'plugin-security.policy'), `${module.policy.join('\n')}\n`);
  }
  await mkdir(join(target, 'plugins'), { recursive: true });
  const plugin = releases[version]?.securityPlugin;
  if (plugin === undefined) return;
  const directory = join(target, 'plugins', SECURITY);
  await unpackSecurityPlugin(join(jars(SECURITY), `${SECURITY}-${version}.0.zip`), directory, serverModules(version).map(moduleName));
  for (const jar of plugin.jars) {
    const name = `${jar.artifact}-${jar.version}.jar`;
    await copyFile(join(jars(SECURITY), name), join(directory, name));
  }
}
